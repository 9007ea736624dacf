//! The route table: every page, all rendered whole before the first byte leaves, so that the status is right.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};
use partner_center::error::Error;

use crate::{
    account::{ChangePasswordPage, SignInPage},
    audit::AuditPage,
    codes::VerificationPage,
    fault::{Failed, FaultPage},
    home::HomePage,
    imports::{ImportPage, ImportsPage},
    layout::Layout,
    leads::{
        DispatchChosenPage, DispatchPage, DispatchStepPage, EyePage, FollowStepPage, LeadPage, LeadsPage, NewLeadPage,
        ReopenStepPage, ReturnStepPage,
    },
    messages::{DemoOutboxPage, MessageSettingsPage, MessagesPage, ReceiversPage},
    text::{Locale, words},
    visit::Visit,
};

/// The page of the address, inside the frame.
#[component]
pub fn App() -> impl IntoView {
    let locale = Visit::current().map_or(Locale::default(), |visit| visit.locale);
    let product = words(locale).product;
    let failed = use_context::<Failed>();
    view! {
        <Title formatter=move |title: String| {
            // The title is written into the page as it is, so nothing but our own words may stand in it.
            if title.is_empty() { product.to_owned() } else { format!("{title} - {product}") }
        } />
        <Layout>
            {match failed {
                Some(Failed(error)) => view! { <FaultPage error /> }.into_any(),
                None => view! { <Pages /> }.into_any(),
            }}
        </Layout>
    }
}

/// The route table without a request, for whoever lists it.
pub fn listed() -> impl IntoView {
    leptos_meta::provide_meta_context();
    App()
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| view! { <FaultPage error=Error::NotFound /> }>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/change-password") view=ChangePasswordPage ssr=SsrMode::Async />
                <Route path=path!("/leads") view=LeadsPage ssr=SsrMode::Async />
                <Route path=path!("/leads/new") view=NewLeadPage ssr=SsrMode::Async />
                <Route path=path!("/leads/import") view=ImportsPage ssr=SsrMode::Async />
                <Route path=path!("/leads/import/:id") view=ImportPage ssr=SsrMode::Async />
                <Route path=path!("/leads/eye") view=EyePage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id") view=LeadPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/follow") view=FollowStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/dispatch") view=DispatchStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/return") view=ReturnStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/reopen") view=ReopenStepPage ssr=SsrMode::Async />
                <Route path=path!("/lead-dispatch") view=DispatchPage ssr=SsrMode::Async />
                <Route path=path!("/lead-dispatch/chosen") view=DispatchChosenPage ssr=SsrMode::Async />
                <Route path=path!("/audit") view=AuditPage ssr=SsrMode::Async />
                <Route path=path!("/messages") view=MessagesPage ssr=SsrMode::Async />
                <Route path=path!("/messages/settings") view=MessageSettingsPage ssr=SsrMode::Async />
                <Route path=path!("/messages/receivers") view=ReceiversPage ssr=SsrMode::Async />
                <Route path=path!("/verification") view=VerificationPage ssr=SsrMode::Async />
                <Route path=path!("/demo/outbox") view=DemoOutboxPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
