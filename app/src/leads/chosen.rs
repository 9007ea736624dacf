//! 批量派发: the chosen leads, or all that match, go to one follower. What was shown is what is dispatched: if a lead
//! has moved on meanwhile, they are shown again.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    ctx::Ctx,
    error::{Code, Error, Problem, Result},
    ids::LeadId,
    leads::{self, State},
};
use serde::Deserialize;

use super::{
    choices,
    query::ListQuery,
    steps::{follower, sent},
    text,
};
use crate::{
    form::{PageForm, Params, Posted, Saved, problem_of},
    islands::SendOnce,
    paths, query,
    text::{Locale, number, words},
    ui::{Dialog, FormShell, Hydration, PageHead, Select, SubmitBar, page},
    visit::Visit,
};

/// How many of the chosen leads are listed in the dialog.
const LISTED: u64 = 5;

/// Which leads, as they were shown, and who follows them. The same fields make the address of the dialog and
/// the form in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DispatchChosen {
    once: String,
    /// The member who follows them.
    member: String,
    /// The mark of the leads that were shown.
    seen: String,
    /// These leads, or
    id: Vec<String>,
    /// all that these conditions find.
    all: String,
    number: String,
    company: String,
    contact: String,
    follower: String,
    campaign: String,
    state: String,
    source: String,
    from: String,
    to: String,
    due: String,
}

impl DispatchChosen {
    async fn ids(&self, ctx: &Ctx) -> Result<Vec<LeadId>> {
        if self.all.is_empty() {
            return self.id.iter().map(|id| id.parse().map_err(|_| Error::Malformed)).collect();
        }
        leads::matching_ids(ctx, &self.conditions().filter(Some(State::Undispatched))?).await
    }

    fn conditions(&self) -> ListQuery {
        let form = self.clone();
        ListQuery {
            number: form.number,
            company: form.company,
            contact: form.contact,
            follower: form.follower,
            campaign: form.campaign,
            state: form.state,
            source: form.source,
            from: form.from,
            to: form.to,
            due: form.due,
            ..ListQuery::default()
        }
    }

    /// The fields that name the same leads again.
    fn naming_fields(&self) -> Vec<(String, String)> {
        if self.all.is_empty() {
            return self.id.iter().map(|id| ("id".to_owned(), id.clone())).collect();
        }
        let mut kept = self.conditions().conditions();
        kept.push(("all".to_owned(), self.all.clone()));
        kept
    }
}

impl PageForm for DispatchChosen {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::DispatchLead).await?;
        let ids = self.ids(&ctx).await?;
        if ids.is_empty() {
            return Err(Problem::alone("id", Code::Nothing));
        }
        let to = follower(&self.member).map_err(beside_member)?;
        let sent = sent(&self.once, &self.seen)?;
        let dispatched = leads::dispatch(&ctx, &ids, to, sent).await.map_err(beside_member)?;
        Ok(Saved::telling(paths::LEAD_DISPATCH, told(&dispatched)))
    }
}

/// What came of it, as a code with its numbers; the page makes words of it.
fn told(dispatched: &leads::Dispatched) -> String {
    let refused = dispatched.refused.iter().map(|(refusal, leads)| format!(".{refusal}.{leads}"));
    format!("leads-dispatched.{}{}", dispatched.done, refused.collect::<String>())
}

/// Here `follower` is a condition of the search; the chosen one is the `member`.
fn beside_member(error: Error) -> Error {
    let renamed = |problem: Problem| match problem.field {
        "follower" => Problem::new("member", problem.code),
        _ => problem,
    };
    match error {
        Error::Invalid(problems) => Error::Invalid(problems.into_iter().map(renamed).collect()),
        other => other,
    }
}

/// The page of the dialog.
#[component]
pub fn DispatchChosenPage() -> impl IntoView {
    let visit = Visit::current();
    let (form, error) = Posted::<DispatchChosen>::take();
    let chosen = if error.is_some() { Ok(form) } else { query::read::<DispatchChosen>() };
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let chosen = chosen?;
        let ctx = visit.ctx()?;
        ctx.require(Action::DispatchLead).await?;
        let ids = chosen.ids(&ctx).await?;
        let seen = leads::mark_all(&ctx, &ids).await?;
        let listed = leads::summary(&ctx, &ids, LISTED).await?;
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let error = match (error, ids.is_empty()) {
            (None, true) => Some(Problem::alone("id", Code::Nothing)),
            (error, _) => error,
        };
        let followers = choices::followers(&ctx, locale).await?;
        let lines = listed.iter().map(|lead| {
            let number = leads::display_number(lead.number);
            view! { <li><code class="id">{number}</code> " " <bdi>{lead.company.text().to_owned()}</bdi></li> }
        });
        let lines = lines.collect_view();
        let rest = ids.len().saturating_sub(listed.len());
        let more = (rest > 0).then(|| match locale {
            Locale::Chinese => format!("等共 {} 条", number(ids.len() as u64)),
            Locale::English => format!("and {} more", number(rest as u64)),
        });
        let title = if chosen.all.is_empty() { t.batch_dispatch } else { t.dispatch_all };
        let kept = chosen
            .naming_fields()
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
        let kept = kept.collect_view();
        let labels = vec![("member", t.follower), ("id", t.title)];
        let problem = problem_of(error.as_ref(), "member");
        let count = ids.len();
        let member = chosen.member.clone();
        let heading = format!("{} ({})", t.will_dispatch, number(count as u64));
        Ok(view! {
            <PageHead
                locale
                title
                crumbs=vec![(shell.sales, None), (shell.develop, None), (t.dispatch_title, Some(paths::LEAD_DISPATCH.to_owned()))]
            />
            <Dialog locale title back=paths::LEAD_DISPATCH.to_owned()>
                <div class="dialog__body">
                    <p>{heading}</p>
                    <ul>{lines} {more.map(|more| view! { <li class="muted">{more}</li> })}</ul>
                    <SendOnce word=shell.saving.to_owned()>
                        <FormShell locale action=paths::DISPATCH_CHOSEN.to_owned() error labels>
                            {kept} <input type="hidden" name="seen" value=seen />
                            <Select locale name="member" label=t.choose_follower value=member choices=followers error=problem blank=shell.please_choose required=true autofocus=true />
                            <SubmitBar locale word=text::step(locale, leads::Step::Dispatch) back=paths::LEAD_DISPATCH.to_owned() />
                        </FormShell>
                    </SendOnce>
                </div>
            </Dialog>
            <Hydration />
        })
    })
}
