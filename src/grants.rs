//! Why: through which of its roles a member may do something, and by which rule it sees the rows it sees. What decides
//! and what explains are the same functions. Also which items a custom role can hold at all, by menu.

use strum::IntoEnumIterator;

use crate::access::{Action, Role, TenantKind, Viewer, allowed};

/// What permits an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grant {
    /// Every member may, whatever its roles.
    Everybody,
    /// A default role.
    Role(Role),
    /// One of the member's custom roles.
    Custom,
}

impl Viewer {
    /// Everything that permits the action; nothing, if it is not permitted.
    pub fn grants(&self, action: Action) -> impl Iterator<Item = Grant> + use<'_> {
        let everybody = is_everybodys(action);
        let roles = allowed(action)
            .iter()
            .filter(move |role| !everybody && self.roles.contains(role) && self.tenant_kind.roles().contains(role))
            .map(|role| Grant::Role(*role));
        let custom = self.extra.contains(&action) && is_grantable(action, self.tenant_kind);
        let everybody = everybody.then_some(Grant::Everybody);
        everybody.into_iter().chain(roles).chain(custom.then_some(Grant::Custom))
    }

    /// Whether anything but the account manager's role means something here. An item that an older version has left in a
    /// custom role, or a role of another kind of tenant, does not.
    fn is_more_than_a_manager(&self) -> bool {
        let other = |role: &Role| *role != Role::Manager && self.tenant_kind.roles().contains(role);
        self.roles.iter().any(other) || self.extra.iter().any(|item| is_grantable(*item, self.tenant_kind))
    }

    /// The rule that decides which leads the viewer sees.
    pub fn lead_scope(&self) -> LeadScope {
        if !self.can(Action::ViewLeads) {
            LeadScope::NoPermission
        } else if self.can(Action::DispatchLead) {
            LeadScope::Dispatch
        } else if self.grants(Action::ViewLeads).any(|grant| grant == Grant::Custom) {
            LeadScope::CustomRole
        } else if self.roles.contains(&Role::Manager) && self.is_more_than_a_manager() {
            LeadScope::ManagerAndMore
        } else {
            LeadScope::Own
        }
    }
}

/// Why a member sees the leads it sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum LeadScope {
    /// It may not see leads at all.
    NoPermission,
    /// Dispatching needs the whole list.
    Dispatch,
    /// A custom role grants the menu, and such a role knows no owners.
    CustomRole,
    /// An account manager who holds another role as well is not held to its own.
    ManagerAndMore,
    /// Those that are dispatched to it.
    Own,
}

/// Where in the menu a permission belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::Display, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Menu {
    Leads,
    Organisation,
    Audit,
    OwnAccount,
}

/// The menu that the action belongs to.
pub fn menu(action: Action) -> Menu {
    match action {
        Action::ViewLeads
        | Action::CreateLead
        | Action::ImportLeads
        | Action::DispatchLead
        | Action::FollowLead
        | Action::ReopenLead
        | Action::RevealLead
        | Action::ExportLeads
        | Action::CallLead
        | Action::DevelopLead
        | Action::LiftDoNotCall
        | Action::SetCallRules => Menu::Leads,
        Action::ManageMembers | Action::SetContacts | Action::ManageReceivers | Action::SwitchVerification => {
            Menu::Organisation
        }
        Action::ViewAudit | Action::ViewJobs => Menu::Audit,
        Action::KeepOwnAccount => Menu::OwnAccount,
    }
}

/// Whether the action is for tenants of marketing plan 2.0 alone, whatever a role says.
pub fn needs_plan_2(action: Action) -> bool {
    matches!(action, Action::CallLead | Action::LiftDoNotCall | Action::SetCallRules)
}

/// What every default role may, every member may.
pub fn is_everybodys(action: Action) -> bool {
    allowed(action).len() == Role::iter().count()
}

/// Whether the action means anything in a tenant of this kind.
pub fn is_for(action: Action, kind: TenantKind) -> bool {
    allowed(action).iter().any(|role| kind.roles().contains(role))
}

/// Whether a custom role of such a tenant can hold the item. Whoever gives out roles could give itself all of them, so
/// that stays with the administrators, and so does what they do with members.
pub fn is_grantable(action: Action, kind: TenantKind) -> bool {
    is_for(action, kind) && !is_everybodys(action) && !matches!(action, Action::ManageMembers | Action::SetContacts)
}

/// The item without which this one leads nowhere: what it is done to stands on pages that one must be able to see.
pub fn stands_on(action: Action) -> Option<Action> {
    match action {
        Action::CreateLead
        | Action::ImportLeads
        | Action::DispatchLead
        | Action::FollowLead
        | Action::ReopenLead
        | Action::RevealLead
        | Action::ExportLeads
        | Action::CallLead
        | Action::DevelopLead
        | Action::LiftDoNotCall => Some(Action::ViewLeads),
        Action::ViewLeads
        | Action::SetCallRules
        | Action::ManageMembers
        | Action::SetContacts
        | Action::ManageReceivers
        | Action::SwitchVerification
        | Action::ViewAudit
        | Action::ViewJobs
        | Action::KeepOwnAccount => None,
    }
}

/// The items that a custom role of such a tenant can hold, by menu.
pub fn items(kind: TenantKind) -> Vec<(Menu, Vec<Action>)> {
    let of = |wanted: Menu| Action::iter().filter(move |action| menu(*action) == wanted && is_grantable(*action, kind));
    Menu::iter()
        .map(|wanted| (wanted, of(wanted).collect()))
        .filter(|(_, items): &(_, Vec<_>)| !items.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{prelude::*, sample};

    use super::*;
    use crate::scope::Kind;

    fn viewer(
        kind: TenantKind,
        roles: impl IntoIterator<Item = Role>,
        extra: impl IntoIterator<Item = Action>,
    ) -> Viewer {
        Viewer { extra: extra.into_iter().collect(), ..Viewer::of_kind(kind, roles) }
    }

    fn anybody() -> impl Strategy<Value = Viewer> {
        let kinds = sample::select(TenantKind::iter().collect::<Vec<_>>());
        let roles = sample::subsequence(Role::iter().collect::<Vec<_>>(), 0..=3);
        let items: Vec<Action> = Action::iter().collect();
        let most = items.len();
        (kinds, roles, sample::subsequence(items, 0..=most)).prop_map(|(kind, roles, extra)| viewer(kind, roles, extra))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn what_is_explained_is_what_is_decided(viewer in anybody()) {
            for action in Action::iter() {
                let through: BTreeSet<Grant> = viewer.grants(action).collect();
                prop_assert_eq!(viewer.can(action), !through.is_empty());
                for role in Role::iter() {
                    let alone = Viewer { roles: [role].into(), extra: BTreeSet::new(), ..viewer.clone() };
                    let named = through.contains(&Grant::Role(role)) || through.contains(&Grant::Everybody);
                    prop_assert_eq!(named, alone.can(action) && (viewer.roles.contains(&role) || is_everybodys(action)));
                }
                let custom = Viewer { roles: BTreeSet::new(), ..viewer.clone() };
                prop_assert_eq!(through.contains(&Grant::Custom), custom.can(action) && !is_everybodys(action));
            }
        }

        #[test]
        fn the_rule_that_is_named_is_the_rule_that_scopes(viewer in anybody()) {
            let leads = viewer.sees(Kind::Leads);
            prop_assert_eq!(&leads, &viewer.lead_scope().reasons());
            prop_assert_eq!(leads.is_empty(), !viewer.can(Action::ViewLeads));
            if viewer.can(Action::DispatchLead) && viewer.can(Action::ViewLeads) {
                prop_assert!(leads.whole_tenant());
            }
        }

        #[test]
        fn no_custom_role_lets_one_manage_members_or_reach_beyond_its_kind(viewer in anybody()) {
            let custom = Viewer { roles: BTreeSet::new(), ..viewer };
            prop_assert!(!custom.can(Action::ManageMembers));
            for action in Action::iter().filter(|action| custom.can(*action)) {
                prop_assert!(is_everybodys(action) || is_for(action, custom.tenant_kind));
            }
        }
    }

    #[test]
    fn an_account_manager_sees_its_own_leads_and_with_another_role_all() {
        let of = |roles: &[Role], extra: &[Action]| {
            viewer(TenantKind::Distributor, roles.iter().copied(), extra.iter().copied()).lead_scope()
        };
        assert_eq!(of(&[Role::Manager], &[]), LeadScope::Own);
        assert_eq!(of(&[Role::Manager, Role::Finance], &[]), LeadScope::ManagerAndMore);
        assert_eq!(of(&[Role::Manager], &[Action::ViewAudit]), LeadScope::ManagerAndMore);
        for left_over in [Action::ManageMembers, Action::KeepOwnAccount] {
            assert_eq!(of(&[Role::Manager], &[left_over]), LeadScope::Own, "nobody can be given {left_over}");
        }
        assert_eq!(of(&[Role::Manager, Role::MerchantAdmin], &[]), LeadScope::Own);
        assert_eq!(of(&[Role::LeadOperator, Role::Finance], &[]), LeadScope::Own);
        assert_eq!(of(&[Role::Finance], &[Action::ViewLeads]), LeadScope::CustomRole);
        assert_eq!(of(&[Role::Finance], &[]), LeadScope::NoPermission);
        assert_eq!(of(&[Role::Supervisor], &[]), LeadScope::Dispatch);
    }

    #[test]
    fn a_customer_is_granted_no_item_of_leads() {
        let menus: Vec<Menu> = items(TenantKind::Customer).into_iter().map(|(menu, _)| menu).collect();
        assert!(!menus.contains(&Menu::Leads));
        let reaching = viewer(TenantKind::Customer, [], [Action::ViewLeads, Action::DispatchLead]);
        assert!(reaching.sees(Kind::Leads).is_empty());
    }

    #[test]
    fn a_member_without_any_default_role_keeps_its_own_account() {
        assert!(viewer(TenantKind::Reseller, [], []).can(Action::KeepOwnAccount));
    }
}
