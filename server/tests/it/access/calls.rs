//! A sample call for every page, form and server function. A route without one fails the coverage test.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::{
    imports::support as imports,
    support::{Answer, Client},
};

/// One route and how it is called.
pub struct Call {
    pub method: &'static str,
    pub route: &'static str,
    /// What follows the path.
    pub query: &'static str,
    pub fields: &'static [(&'static str, &'static str)],
    /// The state of the lead that it is called on; empty, if it is called on none.
    pub on: &'static str,
}

const fn page(route: &'static str, query: &'static str, on: &'static str) -> Call {
    Call { method: "GET", route, query, fields: &[], on }
}

const fn form(route: &'static str, fields: &'static [(&'static str, &'static str)], on: &'static str) -> Call {
    Call { method: "POST", route, query: "", fields, on }
}

/// Every route. What changes the password and what ends the session stand last.
pub const CALLS: &[Call] = &[
    page("/", "", ""),
    page("/sign-in", "", ""),
    page("/change-password", "", ""),
    page("/leads", "", ""),
    page("/leads/new", "", ""),
    page("/leads/{id}", "", "following"),
    page("/leads/{id}/follow", "", "following"),
    page("/leads/{id}/attachments/{file}", "", "following"),
    page("/leads/{id}/dispatch", "", "following"),
    page("/leads/{id}/return", "", "following"),
    page("/leads/{id}/reopen", "", "invalid"),
    page("/leads/{id}/call", "", "following"),
    page("/leads/{id}/mute", "", "following"),
    page("/leads/{id}/unmute", "", "following"),
    page("/leads/{id}/develop", "", "following"),
    page("/calls/settings", "", ""),
    page("/calls/{id}", "", ""),
    page("/calls/{id}/events", "", ""),
    page("/prospects/{id}", "", ""),
    page("/lead-dispatch", "", ""),
    page("/lead-dispatch/chosen", "?id={id}", "following"),
    page("/leads/import", "", ""),
    page("/leads/import/{id}", "", ""),
    page("/leads/import/{id}/failures", "", ""),
    page("/leads/export", "", ""),
    page("/members/export", "?account=a", ""),
    page("/audit/export", "?outcome=done", ""),
    page("/exports", "", ""),
    page("/exports/{id}/file", "", ""),
    page("/jobs", "", ""),
    page("/views/{list}", "", ""),
    page("/keyboard", "", ""),
    page("/audit", "", ""),
    page("/messages", "", ""),
    page("/messages/settings", "", ""),
    page("/messages/receivers", "", ""),
    page("/leads/eye", "", ""),
    page("/verification", "", ""),
    page("/demo/outbox", "", ""),
    page("/members", "?account=a&state=active&role=finance", ""),
    page("/members/new", "", ""),
    page("/members/contacts", "", ""),
    page("/members/{id}", "", ""),
    page("/members/{id}/edit", "", ""),
    page("/members/{id}/roles", "", ""),
    page("/members/{id}/supervisor", "", ""),
    page("/members/{id}/reset-password", "", ""),
    page("/members/{id}/disable", "", ""),
    page("/members/{id}/enable", "", ""),
    page("/roles", "", ""),
    page("/roles/new", "", ""),
    page("/roles/{id}", "", ""),
    page("/roles/{id}/delete", "", ""),
    page("/access", "?lead=XS00000001", ""),
    page("/profile", "", ""),
    page("/profile/edit", "", ""),
    form("/language", &[("tag", "zh-CN"), ("back", "/leads")], ""),
    form("/theme", &[("theme", "dark"), ("back", "/leads")], ""),
    form("/notice/dismiss", &[("back", "/")], ""),
    form(
        "/leads/new",
        &[
            ("company", "样例{n}有限公司"),
            ("contact", "李小明"),
            ("phone", "139{n}"),
            ("source", "own"),
            ("need", "上云"),
        ],
        "",
    ),
    form("/leads/eye", &[("field", "company"), ("open", ""), ("back", "/leads")], ""),
    form("/leads/columns", &[("shown", "company"), ("shown", "phone"), ("back", "/leads")], ""),
    form("/leads/{id}/dispatch", &[("follower", "{follower}")], "following"),
    form("/leads/{id}/follow", &[("way", "phone"), ("outcome", "unreached"), ("content", "未接通")], "following"),
    form("/leads/{id}/return", &[("content", "不在我的区域")], "following"),
    form("/leads/{id}/reopen", &[("content", "客户来电")], "invalid"),
    form("/leads/{id}/call", &[], "following"),
    form("/leads/{id}/mute", &[("mute", "asked")], "following"),
    form("/leads/{id}/unmute", &[], "following"),
    form("/leads/{id}/develop", &[("company", "报备{n}有限公司"), ("mobile", "137{n}"), ("invite", "no")], "following"),
    form("/calls/settings", &[("per_day", "2"), ("per_week", "5"), ("per_minute", "20")], ""),
    form("/calls/{id}", &[("outcome", "unreached"), ("content", "未接通")], ""),
    form("/calls/{id}/cancel", &[], ""),
    form("/v/{call}/{token}/{body}", &[], ""),
    form("/lead-dispatch/chosen", &[("id", "{id}"), ("member", "{follower}")], "following"),
    form("/leads/import", &[], ""),
    form("/leads/import/{id}/confirm", &[], ""),
    form("/leads/import/{id}/cancel", &[], ""),
    form("/leads/export", &[("format", "csv")], ""),
    form("/members/export", &[("format", "csv")], ""),
    form("/audit/export", &[("format", "xlsx")], ""),
    form("/exports/{id}/cancel", &[], ""),
    form("/exports/{id}/retry", &[], ""),
    form("/views/{list}", &[("act", "save"), ("name", "视图{n}"), ("query", "state=following")], ""),
    form("/keyboard", &[("on", "yes"), ("back", "/leads")], ""),
    form("/messages", &[], ""),
    form("/messages/settings", &[("ways", "leads.email")], ""),
    form("/messages/receivers", &[("kind", "lead_returned"), ("name", "王小明"), ("email", "ops@partner.example")], ""),
    form("/messages/receivers/{id}/remove", &[], ""),
    form("/verification", &[("wanted", "on")], ""),
    form(
        "/members/new",
        &[
            ("step", "roles"),
            ("account", "member{n}"),
            ("name", "王小明"),
            ("phone", "139{n}"),
            ("email", "member{n}@example.com"),
            ("password", "Initial-2026"),
            ("roles", "finance"),
        ],
        "",
    ),
    form("/members/contacts", &[("first", "{follower}")], ""),
    form("/members/eye", &[("field", "phone"), ("open", ""), ("back", "/members")], ""),
    form("/members/{id}/edit", &[("name", "王小明")], ""),
    form("/members/{id}/roles", &[("roles", "finance")], ""),
    form("/members/{id}/supervisor", &[("supervisor", "{follower}")], ""),
    form("/members/{id}/reset-password", &[("password", "Initial-2026")], ""),
    form("/members/{id}/disable", &[], ""),
    form("/members/{id}/enable", &[], ""),
    form("/roles/new", &[("name", "角色{n}"), ("items", "view_audit")], ""),
    form("/roles/{id}", &[("name", "角色{n}"), ("items", "view_audit")], ""),
    form("/roles/{id}/delete", &[], ""),
    form("/profile/edit", &[("name", "王小明")], ""),
    form("/profile/choices", &[("language", ""), ("zone", "Asia/Tokyo")], ""),
    form("/profile/sessions/{id}/end", &[], ""),
    Call {
        method: "POST",
        route: "/api/members/reveal",
        query: "",
        fields: &[("field", "phone"), ("ids[0]", "{id}")],
        on: "",
    },
    Call {
        method: "POST",
        route: "/api/leads/reveal",
        query: "",
        fields: &[("field", "phone"), ("ids[0]", "{id}")],
        on: "following",
    },
    form("/sign-in", &[("tenant", "nowhere"), ("account", "nobody"), ("password", "Wrong-2026")], ""),
    form("/change-password", &[("old", "Demo-2026-pc"), ("new", "Other-2026-pc"), ("again", "Other-2026-pc")], ""),
    form("/sign-out", &[], ""),
];

/// A file that never was.
const NO_FILE: &str = "00000000-0000-4000-8000-000000000000";

impl Call {
    /// Whether the call is meant to change something.
    pub fn is_post(&self) -> bool {
        self.method == "POST"
    }

    /// Whether it is no page's form, but told by another program.
    pub fn is_callback(&self) -> bool {
        self.route.starts_with(app::paths::VOICE_CALLBACKS)
    }

    /// The address of the call on this lead.
    pub fn address(&self, id: &str) -> String {
        format!("{}{}", self.route, self.query)
            .replace("{id}", id)
            .replace("{list}", "leads")
            .replace("{file}", NO_FILE)
    }

    /// The fields of the call on this lead.
    pub fn filled(&self, id: &str, follower: &str) -> Vec<(&'static str, String)> {
        static NUMBER: AtomicU32 = AtomicU32::new(10_000_000);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed).to_string();
        let value = |text: &str| text.replace("{id}", id).replace("{follower}", follower).replace("{n}", &number);
        self.fields.iter().map(|(name, text)| (*name, value(text))).collect()
    }

    /// Makes the call.
    pub async fn make(&self, client: &Client, id: &str, follower: &str) -> Answer {
        if !self.is_post() {
            return client.get(&self.address(id)).await;
        }
        if self.route == "/leads/import" {
            return client.send(imports::form("leads.csv", imports::good_rows(1).as_bytes())).await;
        }
        let filled = self.filled(id, follower);
        let fields: Vec<(&str, &str)> = filled.iter().map(|(name, text)| (*name, text.as_str())).collect();
        if self.route.starts_with("/api/") {
            client.call(&self.address(id), &fields).await
        } else {
            client.post(&self.address(id), &fields).await
        }
    }
}
