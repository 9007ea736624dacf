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
    audit::{AuditPage, ExportAuditPage},
    calls::{CallPage, CallSettingsPage, CallStepPage, MuteStepPage, UnmuteStepPage},
    codes::VerificationPage,
    exports::ExportsPage,
    fault::{Failed, FaultPage},
    home::HomePage,
    imports::{ImportPage, ImportsPage},
    jobs::JobsPage,
    keyboard::KeyboardPage,
    layout::Layout,
    leads::{
        DispatchChosenPage, DispatchPage, DispatchStepPage, ExportLeadsPage, EyePage, FollowStepPage, LeadPage,
        LeadsPage, NewLeadPage, ReopenStepPage, ReturnStepPage,
    },
    messages::{DemoOutboxPage, MessageSettingsPage, MessagesPage, ReceiversPage},
    people::{
        AccessPage, ContactsPage, DeleteRolePage, DisableStepPage, EditProfilePage, EditRolePage, EditStepPage,
        EnableStepPage, ExportMembersPage, MemberPage, MembersPage, NewMemberPage, NewRolePage, ProfilePage,
        ResetStepPage, RolesPage, RolesStepPage, SupervisorStepPage,
    },
    preregistrations::{DevelopStepPage, ProspectPage},
    text::{Locale, words},
    views::ViewsPage,
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
                <Route path=path!("/leads/export") view=ExportLeadsPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id") view=LeadPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/follow") view=FollowStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/dispatch") view=DispatchStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/return") view=ReturnStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/reopen") view=ReopenStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/call") view=CallStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/mute") view=MuteStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/unmute") view=UnmuteStepPage ssr=SsrMode::Async />
                <Route path=path!("/leads/:id/develop") view=DevelopStepPage ssr=SsrMode::Async />
                <Route path=path!("/calls/settings") view=CallSettingsPage ssr=SsrMode::Async />
                <Route path=path!("/calls/:id") view=CallPage ssr=SsrMode::Async />
                <Route path=path!("/prospects/:id") view=ProspectPage ssr=SsrMode::Async />
                <Route path=path!("/lead-dispatch") view=DispatchPage ssr=SsrMode::Async />
                <Route path=path!("/lead-dispatch/chosen") view=DispatchChosenPage ssr=SsrMode::Async />
                <Route path=path!("/members") view=MembersPage ssr=SsrMode::Async />
                <Route path=path!("/members/export") view=ExportMembersPage ssr=SsrMode::Async />
                <Route path=path!("/members/new") view=NewMemberPage ssr=SsrMode::Async />
                <Route path=path!("/members/contacts") view=ContactsPage ssr=SsrMode::Async />
                <Route path=path!("/members/:id") view=MemberPage ssr=SsrMode::Async />
                <Route path=path!("/members/:id/edit") view=EditStepPage ssr=SsrMode::Async />
                <Route path=path!("/members/:id/roles") view=RolesStepPage ssr=SsrMode::Async />
                <Route path=path!("/members/:id/supervisor") view=SupervisorStepPage ssr=SsrMode::Async />
                <Route path=path!("/members/:id/reset-password") view=ResetStepPage ssr=SsrMode::Async />
                <Route path=path!("/members/:id/disable") view=DisableStepPage ssr=SsrMode::Async />
                <Route path=path!("/members/:id/enable") view=EnableStepPage ssr=SsrMode::Async />
                <Route path=path!("/roles") view=RolesPage ssr=SsrMode::Async />
                <Route path=path!("/roles/new") view=NewRolePage ssr=SsrMode::Async />
                <Route path=path!("/roles/:id") view=EditRolePage ssr=SsrMode::Async />
                <Route path=path!("/roles/:id/delete") view=DeleteRolePage ssr=SsrMode::Async />
                <Route path=path!("/access") view=AccessPage ssr=SsrMode::Async />
                <Route path=path!("/profile") view=ProfilePage ssr=SsrMode::Async />
                <Route path=path!("/profile/edit") view=EditProfilePage ssr=SsrMode::Async />
                <Route path=path!("/views/:list") view=ViewsPage ssr=SsrMode::Async />
                <Route path=path!("/keyboard") view=KeyboardPage ssr=SsrMode::Async />
                <Route path=path!("/audit") view=AuditPage ssr=SsrMode::Async />
                <Route path=path!("/audit/export") view=ExportAuditPage ssr=SsrMode::Async />
                <Route path=path!("/exports") view=ExportsPage ssr=SsrMode::Async />
                <Route path=path!("/jobs") view=JobsPage ssr=SsrMode::Async />
                <Route path=path!("/messages") view=MessagesPage ssr=SsrMode::Async />
                <Route path=path!("/messages/settings") view=MessageSettingsPage ssr=SsrMode::Async />
                <Route path=path!("/messages/receivers") view=ReceiversPage ssr=SsrMode::Async />
                <Route path=path!("/verification") view=VerificationPage ssr=SsrMode::Async />
                <Route path=path!("/demo/outbox") view=DemoOutboxPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
