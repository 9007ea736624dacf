//! The page to compare with: the same queries behind the same reception, and a page put together by hand.

use app::visit::Visit;
use axum::{
    extract::Request,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use partner_center::{
    contact::Shown,
    error::Result,
    leads::{self, Filter, Query, Sort},
    messages,
    page::{DEFAULT_SIZE, Slice, Start},
    preferences::{self, Preference},
};

/// The first page of the list, written with nothing but string formatting.
pub async fn list(request: Request) -> Response {
    let Some(visit) = request.extensions().get::<Visit>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match page(&visit).await {
        Ok(html) => Html(html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The question that the list page asks when its address says nothing.
pub fn first_page() -> Query {
    let slice = Slice { start: Start::Number(1), size: DEFAULT_SIZE };
    Query {
        filter: Filter::default(),
        sort: Sort::Created,
        ascending: false,
        slice,
        open: Vec::new(),
        place: String::new(),
    }
}

async fn page(visit: &Visit) -> Result<String> {
    let ctx = visit.ctx()?;
    let found = leads::list(&ctx, &first_page()).await?;
    let hidden = preferences::get(&ctx, Preference::LeadColumns).await?.unwrap_or_default();
    let unread = messages::unread(&ctx).await?;
    let mut html = format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><title>线索管理</title></head><body data-hidden=\"{hidden}\">\
         <a href=\"/messages\">{unread}</a><table><thead><tr><th>线索编号</th><th>公司名称</th><th>客户名称</th><th>电话</th>\
         <th>邮箱</th><th>活动名称</th><th>线索来源</th><th>跟进人</th><th>状态</th><th>派发时间</th><th>最近跟进时间</th>\
         <th>操作</th></tr></thead><tbody>"
    );
    for lead in &found.rows {
        let masked = |shown: &Shown| escape(shown.text());
        html.push_str(&format!(
            "<tr><td><a href=\"/leads/{id}\">{}</a></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>\
             <td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><a href=\"/leads/{id}/follow\">跟进</a></td></tr>",
            leads::display_number(lead.number),
            masked(&lead.company),
            masked(&lead.contact),
            masked(&lead.phone),
            masked(&lead.email),
            escape(lead.campaign.as_deref().unwrap_or("--")),
            lead.source,
            escape(lead.follower.as_deref().unwrap_or("--")),
            lead.state,
            app::text::date_time(lead.dispatched_at),
            app::text::date_time(lead.followed_at),
            id = lead.id,
        ));
    }
    html.push_str("</tbody></table></body></html>");
    Ok(html)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
