//! Every address of the product, as a constant or a function.

use partner_center::{
    ids::{AttachmentId, CallId, ExportId, ImportId, LeadId, MemberId, PreregistrationId, ReceiverId, RoleId},
    views::List,
};

pub const HOME: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
pub const SIGN_OUT: &str = "/sign-out";
pub const CHANGE_PASSWORD: &str = "/change-password";
pub const LANGUAGE: &str = "/language";
pub const THEME: &str = "/theme";
pub const DISMISS_NOTICE: &str = "/notice/dismiss";
pub const LEADS: &str = "/leads";
pub const NEW_LEAD: &str = "/leads/new";
pub const LEAD_EYE: &str = "/leads/eye";
pub const LEAD_COLUMNS: &str = "/leads/columns";
pub const LEAD_IMPORTS: &str = "/leads/import";
pub const LEAD_EXPORT: &str = "/leads/export";
pub const LEAD_DISPATCH: &str = "/lead-dispatch";
pub const DISPATCH_CHOSEN: &str = "/lead-dispatch/chosen";
pub const MEMBERS: &str = "/members";
pub const MEMBER_EXPORT: &str = "/members/export";
pub const NEW_MEMBER: &str = "/members/new";
pub const MEMBER_EYE: &str = "/members/eye";
pub const CONTACTS: &str = "/members/contacts";
pub const ROLES: &str = "/roles";
pub const NEW_ROLE: &str = "/roles/new";
pub const ACCESS: &str = "/access";
pub const PROFILE: &str = "/profile";
pub const EDIT_PROFILE: &str = "/profile/edit";
pub const PROFILE_CHOICES: &str = "/profile/choices";
pub const CALL_SETTINGS: &str = "/calls/settings";
/// Where the voice service tells of a call; not a page.
pub const VOICE_CALLBACK: &str = "/v/{call}/{token}/{body}";
/// How every such address begins.
pub const VOICE_CALLBACKS: &str = "/v/";
pub const AUDIT: &str = "/audit";
pub const AUDIT_EXPORT: &str = "/audit/export";
pub const MESSAGES: &str = "/messages";
pub const MESSAGE_SETTINGS: &str = "/messages/settings";
pub const MESSAGE_RECEIVERS: &str = "/messages/receivers";
pub const VERIFICATION: &str = "/verification";
pub const DEMO_OUTBOX: &str = "/demo/outbox";
pub const EXPORTS: &str = "/exports";
pub const JOBS: &str = "/jobs";
pub const KEYBOARD: &str = "/keyboard";

/// A lead's own page.
pub fn lead(id: LeadId) -> String {
    format!("/leads/{id}")
}

/// A lead's page with the dialog of a step open.
pub fn lead_step(id: LeadId, step: &str) -> String {
    format!("/leads/{id}/{step}")
}

/// A call's own page.
pub fn call(id: CallId) -> String {
    format!("/calls/{id}")
}

/// A pre-registration's own page.
pub fn prospect(id: PreregistrationId) -> String {
    format!("/prospects/{id}")
}

/// A file of a lead's history.
pub fn attachment(lead: LeadId, id: AttachmentId) -> String {
    format!("/leads/{lead}/attachments/{id}")
}

/// Where the views of a list are kept.
pub fn views(list: List) -> String {
    format!("/views/{list}")
}

/// An import's own page.
pub fn import(id: ImportId) -> String {
    format!("/leads/import/{id}")
}

/// Where a receiver of messages is removed.
pub fn remove_receiver(id: ReceiverId) -> String {
    format!("/messages/receivers/{id}/remove")
}

/// A member's own page.
pub fn member(id: MemberId) -> String {
    format!("/members/{id}")
}

/// A member's page with the dialog of a step open.
pub fn member_step(id: MemberId, step: &str) -> String {
    format!("/members/{id}/{step}")
}

/// A custom role's own page.
pub fn role(id: RoleId) -> String {
    format!("/roles/{id}")
}

/// The dialog that gives a custom role up.
pub fn delete_role(id: RoleId) -> String {
    format!("/roles/{id}/delete")
}

/// Where one of one's own sessions is ended.
pub fn end_session(key: &str) -> String {
    format!("/profile/sessions/{key}/end")
}

/// What is done with an export, or its file.
pub fn export(id: ExportId, step: &str) -> String {
    format!("/exports/{id}/{step}")
}

/// Whether somebody may be sent to this address after signing in: a path of this product and nothing else.
pub fn is_local(address: &str) -> bool {
    let plain = |character: char| character.is_ascii_graphic() && character != '\\';
    address.starts_with('/') && !address.starts_with("//") && address.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_addresses_are_gone_to() {
        for good in ["/", "/leads?page=2&company=%E4%BA%91", "/leads/1/follow"] {
            assert!(is_local(good), "{good}");
        }
        for bad in [
            "",
            "leads",
            "//evil",
            "/\\evil",
            "\\\\evil",
            "https:evil",
            "javascript:alert(1)",
            "/%09//evil\t",
            "\t//evil",
            "/a\r\nSet-Cookie: x",
            "@evil",
            "/\u{202e}",
            "http://evil/",
        ] {
            assert!(!is_local(bad), "{bad}");
        }
    }
}
