//! Which roles go together, and what may be done to a member, and when. The same decisions enable the button and guard
//! the change.

use std::collections::BTreeSet;

use super::Held;
use crate::{
    access::{Action, Role, TenantKind, Viewer},
    error::{Code, Problem, Refusal},
    ids::{MemberId, RoleId},
};

/// The most roles that a member holds.
pub const MOST_ROLES: usize = 3;

/// The places of those whom a partner shows its customers, as the fields of their form: there are no more.
pub const CONTACT_PLACES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

/// What one may do to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum Step {
    Edit,
    Roles,
    Supervisor,
    ResetPassword,
    Disable,
    Enable,
}

/// How a member stands: what the rules need to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub id: MemberId,
    pub is_disabled: bool,
    pub is_manager: bool,
    pub has_supervisor: bool,
    /// Whether it is the only one left who administers the tenant.
    pub is_last_administrator: bool,
}

impl Standing {
    /// Whether it is an account manager whose supervisor is gone, so that somebody has to give it another one.
    pub fn is_unassigned(&self) -> bool {
        self.is_manager && !self.has_supervisor
    }
}

/// Whether this viewer may take the step with that member.
pub fn can(step: Step, member: &Standing, viewer: &Viewer) -> Result<(), Refusal> {
    if !viewer.can(Action::ManageMembers) {
        return Err(Refusal::NoPermission);
    }
    let oneself = member.id == viewer.member;
    match step {
        // Nobody gives itself more, and nobody locks itself out; one's own data and password are changed on one's own page,
        // which asks for the password.
        Step::Edit | Step::Roles | Step::ResetPassword | Step::Disable if oneself => Err(Refusal::Oneself),
        Step::Edit => Ok(()),
        Step::Roles => Ok(()),
        Step::Supervisor => {
            if member.is_manager {
                Ok(())
            } else {
                Err(Refusal::NotAManager)
            }
        }
        Step::ResetPassword => {
            if member.is_disabled {
                Err(Refusal::MemberDisabled)
            } else {
                Ok(())
            }
        }
        Step::Disable if member.is_disabled => Err(Refusal::MemberDisabled),
        Step::Disable => {
            if member.is_last_administrator {
                Err(Refusal::LastAdministrator)
            } else {
                Ok(())
            }
        }
        Step::Enable => {
            if member.is_disabled {
                Ok(())
            } else {
                Err(Refusal::MemberEnabled)
            }
        }
    }
}

/// Whether a member of such a tenant may hold these roles together. `known` are the tenant's own roles.
pub fn check_roles(held: &BTreeSet<Held>, kind: TenantKind, known: &[RoleId]) -> Result<(), Code> {
    let holds = |role: Role| held.contains(&Held::Default(role));
    let exists = |held: &Held| match held {
        Held::Default(role) => kind.roles().contains(role),
        Held::Custom(id) => known.contains(id),
    };
    let administers = held.iter().any(administers);
    if held.is_empty() {
        Err(Code::Nothing)
    } else if !held.iter().all(exists) {
        Err(Code::Unknown)
    } else if administers && held.len() > 1 {
        Err(Code::AdministratorAlone)
    } else if holds(Role::Manager) && holds(Role::Supervisor) {
        Err(Code::ManagerAndSupervisor)
    } else if held.len() > MOST_ROLES {
        Err(Code::TooManyRoles)
    } else {
        Ok(())
    }
}

/// Whether the role lets its holder administer the tenant.
pub(super) fn administers(held: &Held) -> bool {
    matches!(held, Held::Default(role) if role.is_administrator())
}

/// The roles whose holders stand for a tenant of this kind, where it is to be told something: those that administer it. The
/// vendor's own tenants have none, so there it is whoever operates the platform.
pub fn standing_for(kind: TenantKind) -> Vec<Role> {
    let administer: Vec<Role> = kind.roles().iter().copied().filter(|role| role.is_administrator()).collect();
    if administer.is_empty() { vec![Role::PlatformOperator] } else { administer }
}

/// Whether the vendor's review of the qualification behind this role may begin, for a member who holds these: only account
/// managers and SAs have one, and only for a role that they hold.
pub fn check_review(role: Role, held: &BTreeSet<Held>) -> Result<(), Code> {
    match role {
        Role::Manager | Role::Architect if held.contains(&Held::Default(role)) => Ok(()),
        Role::Manager | Role::Architect => Err(Code::RoleNotHeld),
        _ => Err(Code::Unknown),
    }
}

/// Whether a member may take these roles on while the qualifications behind those are under review: meanwhile none of them
/// goes. What excludes them has to wait with them, such as the administrator's role, and they count among the three.
pub fn keeps_reviewed(after: &BTreeSet<Held>, under_review: &BTreeSet<Role>) -> Result<(), Code> {
    let keeps = under_review.iter().all(|role| after.contains(&Held::Default(*role)));
    if keeps { Ok(()) } else { Err(Code::UnderReview) }
}

/// The supervisor that a member with these roles gets. Only an account manager has one, and needs one, except that one
/// whose supervisor went away may keep waiting for another.
pub fn supervisor_of(
    held: &BTreeSet<Held>,
    chosen: Option<MemberId>,
    was_unassigned: bool,
) -> Result<Option<MemberId>, Problem> {
    if !held.contains(&Held::Default(Role::Manager)) {
        return Ok(None);
    }
    match chosen {
        None if !was_unassigned => Err(Problem::new("supervisor", Code::Required)),
        chosen => Ok(chosen),
    }
}

/// Whether taking these roles on means that a member gives up the supervision of others.
pub fn gives_up_team(before: &BTreeSet<Held>, after: &BTreeSet<Held>) -> bool {
    let supervisor = Held::Default(Role::Supervisor);
    before.contains(&supervisor) && !after.contains(&supervisor)
}

/// Whether taking these roles on would leave the tenant without an administrator.
pub fn leaves_nobody(after: &BTreeSet<Held>, is_last_administrator: bool) -> bool {
    is_last_administrator && !after.iter().any(administers)
}

/// Those whom a partner shows its customers, if they are these members at these places, of whom those are `active`.
/// Empty places close up.
pub fn check_contacts(wanted: &[Option<MemberId>], active: &BTreeSet<MemberId>) -> Result<Vec<MemberId>, Vec<Problem>> {
    let (mut contacts, mut problems) = (Vec::new(), Vec::new());
    for (place, member) in wanted.iter().enumerate().filter_map(|(place, member)| Some((place, (*member)?))) {
        match CONTACT_PLACES.get(place) {
            None => problems.push(Problem::new(CONTACT_PLACES[0], Code::TooManyCustomerContacts)),
            Some(field) if !active.contains(&member) => problems.push(Problem::new(field, Code::NotActive)),
            Some(field) if contacts.contains(&member) => problems.push(Problem::new(field, Code::ChosenTwice)),
            Some(_) => contacts.push(member),
        }
    }
    if problems.is_empty() { Ok(contacts) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn somebody_stands_for_a_tenant_of_every_kind() {
        for kind in TenantKind::iter() {
            let roles = standing_for(kind);
            assert!(!roles.is_empty() && roles.iter().all(|role| kind.roles().contains(role)), "{kind}");
        }
    }

    const ME: MemberId = MemberId(Uuid::from_u128(7));
    const OTHER: MemberId = MemberId(Uuid::from_u128(8));
    const OWN: RoleId = RoleId(Uuid::from_u128(9));

    fn viewer(role: Role) -> Viewer {
        Viewer { member: ME, ..Viewer::of_kind(TenantKind::Distributor, [role]) }
    }

    fn standing(id: MemberId) -> Standing {
        Standing { id, is_disabled: false, is_manager: false, has_supervisor: false, is_last_administrator: false }
    }

    fn held(roles: &[Role]) -> BTreeSet<Held> {
        roles.iter().map(|role| Held::Default(*role)).collect()
    }

    fn check(held: BTreeSet<Held>) -> Result<(), Code> {
        check_roles(&held, TenantKind::Distributor, &[OWN])
    }

    #[test]
    fn a_member_holds_at_least_one_role() {
        assert_eq!(check(BTreeSet::new()), Err(Code::Nothing));
        assert_eq!(check([Held::Custom(OWN)].into()), Ok(()));
    }

    #[test]
    fn a_member_holds_three_roles_at_most() {
        let three = held(&[Role::Finance, Role::Architect, Role::LeadOperator]);
        assert_eq!(check(three.clone()), Ok(()));
        let mut four = three;
        four.insert(Held::Custom(OWN));
        assert_eq!(check(four), Err(Code::TooManyRoles));
    }

    #[test]
    fn the_administrator_stands_alone() {
        for other in [Held::Default(Role::Finance), Held::Custom(OWN)] {
            let both: BTreeSet<Held> = [Held::Default(Role::Admin), other].into();
            assert_eq!(check(both), Err(Code::AdministratorAlone));
        }
        assert_eq!(check(held(&[Role::Admin])), Ok(()));
    }

    #[test]
    fn account_manager_and_supervisor_exclude_each_other() {
        assert_eq!(check(held(&[Role::Manager, Role::Supervisor])), Err(Code::ManagerAndSupervisor));
        assert_eq!(check(held(&[Role::Manager, Role::Finance])), Ok(()));
    }

    #[test]
    fn a_role_of_another_kind_of_tenant_and_one_of_another_tenant_are_unknown() {
        assert_eq!(check(held(&[Role::MerchantAdmin])), Err(Code::Unknown));
        assert_eq!(check([Held::Custom(RoleId(Uuid::from_u128(10)))].into()), Err(Code::Unknown));
    }

    #[test]
    fn an_account_manager_needs_a_supervisor() {
        let manager = held(&[Role::Manager]);
        assert_eq!(supervisor_of(&manager, None, false), Err(Problem::new("supervisor", Code::Required)));
        assert_eq!(supervisor_of(&manager, Some(OTHER), false), Ok(Some(OTHER)));
        assert_eq!(supervisor_of(&manager, None, true), Ok(None), "the state after a supervisor is gone may last");
        assert_eq!(supervisor_of(&held(&[Role::Finance]), Some(OTHER), false), Ok(None), "nobody else has one");
    }

    #[test]
    fn customers_are_shown_five_members_at_most_each_once_and_all_active() {
        let members: Vec<MemberId> = (1..=6).map(|number| MemberId(Uuid::from_u128(number))).collect();
        let active: BTreeSet<MemberId> = members.iter().copied().collect();
        let all: Vec<Option<MemberId>> = members.iter().copied().map(Some).collect();
        assert_eq!(check_contacts(&all[..5], &active), Ok(members[..5].to_vec()));
        let too_many = vec![Problem::new("first", Code::TooManyCustomerContacts)];
        assert_eq!(check_contacts(&all, &active), Err(too_many));
        let twice = check_contacts(&[all[0], None, all[0]], &active);
        assert_eq!(twice, Err(vec![Problem::new("third", Code::ChosenTwice)]));
        let disabled = check_contacts(&[all[1], all[0]], &[members[1]].into());
        assert_eq!(disabled, Err(vec![Problem::new("second", Code::NotActive)]));
        assert_eq!(check_contacts(&[None; 5], &active), Ok(Vec::new()), "nobody has to be chosen");
    }

    #[test]
    fn the_order_of_contacts_is_kept_and_empty_places_close_up() {
        let active: BTreeSet<MemberId> = [ME, OTHER].into();
        assert_eq!(check_contacts(&[None, Some(OTHER), None, Some(ME)], &active), Ok(vec![OTHER, ME]));
    }

    #[test]
    fn only_account_managers_and_architects_are_reviewed_and_only_for_what_they_hold() {
        let both = held(&[Role::Manager, Role::Architect]);
        assert_eq!(check_review(Role::Manager, &both), Ok(()));
        assert_eq!(check_review(Role::Architect, &both), Ok(()));
        assert_eq!(check_review(Role::Architect, &held(&[Role::Manager])), Err(Code::RoleNotHeld));
        assert_eq!(check_review(Role::Finance, &held(&[Role::Finance])), Err(Code::Unknown));
    }

    #[test]
    fn a_role_under_review_stays_whatever_else_is_chosen() {
        let review: BTreeSet<Role> = [Role::Manager].into();
        assert_eq!(keeps_reviewed(&held(&[Role::Manager, Role::Finance]), &review), Ok(()));
        for without in [held(&[Role::Admin]), held(&[Role::Supervisor]), held(&[Role::Architect]), BTreeSet::new()] {
            assert_eq!(keeps_reviewed(&without, &review), Err(Code::UnderReview), "{without:?}");
        }
        assert_eq!(keeps_reviewed(&held(&[Role::Finance]), &BTreeSet::new()), Ok(()), "nothing is under review");
        // What goes with it is what goes together anyway.
        assert_eq!(check(held(&[Role::Manager, Role::Admin])), Err(Code::AdministratorAlone));
        let four = held(&[Role::Manager, Role::Finance, Role::Architect, Role::LeadOperator]);
        assert_eq!(check(four), Err(Code::TooManyRoles), "it counts among the three");
    }

    #[test]
    fn giving_up_the_supervisors_role_gives_up_the_team() {
        let (supervisor, finance) = (held(&[Role::Supervisor]), held(&[Role::Finance]));
        assert!(gives_up_team(&supervisor, &finance));
        assert!(!gives_up_team(&supervisor, &held(&[Role::Supervisor, Role::Finance])));
        assert!(!gives_up_team(&finance, &supervisor));
    }

    #[test]
    fn nobody_does_to_itself_what_administrators_do() {
        let admin = viewer(Role::Admin);
        for step in [Step::Edit, Step::Roles, Step::Disable, Step::ResetPassword] {
            assert_eq!(can(step, &standing(ME), &admin), Err(Refusal::Oneself), "{step}");
            assert_eq!(can(step, &standing(OTHER), &admin), Ok(()), "{step}");
        }
    }

    #[test]
    fn the_last_administrator_is_neither_disabled_nor_loses_the_role() {
        let last = Standing { is_last_administrator: true, ..standing(OTHER) };
        assert_eq!(can(Step::Disable, &last, &viewer(Role::Admin)), Err(Refusal::LastAdministrator));
        assert!(leaves_nobody(&held(&[Role::Finance]), true));
        assert!(!leaves_nobody(&held(&[Role::Admin]), true));
        assert!(!leaves_nobody(&held(&[Role::Finance]), false));
    }

    #[test]
    fn a_member_is_disabled_once_and_enabled_once() {
        let (admin, active) = (viewer(Role::Admin), standing(OTHER));
        let disabled = Standing { is_disabled: true, ..active.clone() };
        assert_eq!(can(Step::Disable, &disabled, &admin), Err(Refusal::MemberDisabled));
        assert_eq!(can(Step::ResetPassword, &disabled, &admin), Err(Refusal::MemberDisabled));
        assert_eq!(can(Step::Enable, &disabled, &admin), Ok(()));
        assert_eq!(can(Step::Enable, &active, &admin), Err(Refusal::MemberEnabled));
    }

    #[test]
    fn only_an_account_manager_gets_a_supervisor() {
        let manager = Standing { is_manager: true, ..standing(OTHER) };
        assert!(manager.is_unassigned());
        assert_eq!(can(Step::Supervisor, &manager, &viewer(Role::Admin)), Ok(()));
        assert_eq!(can(Step::Supervisor, &standing(OTHER), &viewer(Role::Admin)), Err(Refusal::NotAManager));
    }

    #[test]
    fn nobody_but_an_administrator_does_anything_to_anybody() {
        for role in [Role::Supervisor, Role::Manager, Role::Finance, Role::LeadOperator] {
            for step in Step::iter() {
                assert_eq!(can(step, &standing(OTHER), &viewer(role)), Err(Refusal::NoPermission), "{role} {step}");
            }
        }
    }
}
