//! Every address of the product, as a constant or a function.

use partner_center::ids::{ImportId, LeadId, ReceiverId};

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
pub const LEAD_DISPATCH: &str = "/lead-dispatch";
pub const DISPATCH_CHOSEN: &str = "/lead-dispatch/chosen";
pub const AUDIT: &str = "/audit";
pub const MESSAGES: &str = "/messages";
pub const MESSAGE_SETTINGS: &str = "/messages/settings";
pub const MESSAGE_RECEIVERS: &str = "/messages/receivers";
pub const VERIFICATION: &str = "/verification";
pub const DEMO_OUTBOX: &str = "/demo/outbox";

/// A lead's own page.
pub fn lead(id: LeadId) -> String {
    format!("/leads/{id}")
}

/// A lead's page with the dialog of a step open.
pub fn lead_step(id: LeadId, step: &str) -> String {
    format!("/leads/{id}/{step}")
}

/// An import's own page.
pub fn import(id: ImportId) -> String {
    format!("/leads/import/{id}")
}

/// Where a receiver of messages is removed.
pub fn remove_receiver(id: ReceiverId) -> String {
    format!("/messages/receivers/{id}/remove")
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
