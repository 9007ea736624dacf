//! Who may do what: tenants, roles, actions, and the one table that joins them.
//!
//! Two questions decide everything. *May this role ever do this?* is answered here (else 403).
//! *Which rows does this viewer see?* is answered by [`Viewer::sees`], and applied where rows are fetched (else 404).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{MemberId, TenantId},
    moment::Moment,
};

/// What a tenant is in the trade.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum TenantKind {
    /// 解决方案提供商
    SolutionProvider,
    /// 总经销商
    Distributor,
    /// 云经销商, under a distributor
    Reseller,
    /// 商家
    Merchant,
    /// 客户
    Customer,
    /// The vendor's side
    Platform,
}

impl TenantKind {
    /// Whether the tenant is a partner, i.e. works leads and customers.
    pub fn is_partner(self) -> bool {
        matches!(self, TenantKind::SolutionProvider | TenantKind::Distributor | TenantKind::Reseller)
    }

    /// The default roles that members of such a tenant may hold.
    pub fn roles(self) -> &'static [Role] {
        match self {
            TenantKind::SolutionProvider | TenantKind::Distributor | TenantKind::Reseller => {
                &[Role::Admin, Role::Supervisor, Role::Manager, Role::Finance, Role::Architect, Role::LeadOperator]
            }
            TenantKind::Merchant => &[Role::MerchantAdmin],
            TenantKind::Customer => &[Role::CustomerAdmin],
            TenantKind::Platform => &[Role::Reviewer, Role::PlatformOperator],
        }
    }
}

/// The default roles (domain: 系统管理员, 客户经理主管, 客户经理, 财务专员, SA专员, 线索运营, and those of other tenants).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Admin,
    Supervisor,
    Manager,
    Finance,
    Architect,
    LeadOperator,
    MerchantAdmin,
    CustomerAdmin,
    Reviewer,
    PlatformOperator,
}

impl Role {
    /// Whether the role is the one that rules its tenant. It stands alone, and a tenant always has one member with it.
    pub fn is_administrator(self) -> bool {
        matches!(self, Role::Admin | Role::MerchantAdmin | Role::CustomerAdmin)
    }
}

/// Everything that is permitted or refused by role. Each is one permission item that a custom role may hold.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// `lead:view`
    ViewLeads,
    /// `lead:create`
    CreateLead,
    /// `lead:import`
    ImportLeads,
    /// `lead:dispatch`, which includes seeing every lead of the tenant
    DispatchLead,
    /// `lead:follow`, which includes returning
    FollowLead,
    /// `lead:reopen`
    ReopenLead,
    /// `lead:reveal`
    RevealLead,
    /// `org:manage`
    ManageMembers,
    /// `org:contacts`: whom a partner's customers are shown
    SetContacts,
    /// `lead:call`, in tenants of marketing plan 2.0
    CallLead,
    /// `lead:develop`
    DevelopLead,
    /// Taking a number off the list of those not called.
    LiftDoNotCall,
    /// Setting quiet hours and how often one calls.
    SetCallRules,
    /// `lead:export`; what is hidden stays hidden in the file
    ExportLeads,
    /// `audit:view`
    ViewAudit,
    /// `message:receivers`
    ManageReceivers,
    /// `account:verification`
    SwitchVerification,
    /// `job:view`: the work in the background, and everybody's exports
    ViewJobs,
    /// What every member may do for itself: password, list columns, notices, its messages, its exports.
    KeepOwnAccount,
}

/// The permission matrix. A new action does not compile until it says which roles may do it.
pub fn allowed(action: Action) -> &'static [Role] {
    use Role::*;
    match action {
        Action::ViewLeads => &[Admin, Supervisor, Manager, LeadOperator],
        Action::CreateLead => &[Admin, Supervisor, Manager, LeadOperator],
        Action::ImportLeads => &[Admin, Supervisor],
        Action::DispatchLead => &[Admin, Supervisor],
        Action::FollowLead => &[Admin, Manager, LeadOperator],
        Action::ReopenLead => &[Admin],
        Action::RevealLead => &[Admin, Supervisor, Manager, LeadOperator],
        Action::ManageMembers => &[Admin, MerchantAdmin, CustomerAdmin],
        Action::SetContacts => &[Admin],
        Action::CallLead => &[Admin, Manager, LeadOperator],
        Action::DevelopLead => &[Admin, Manager, LeadOperator],
        Action::LiftDoNotCall => &[Admin],
        Action::SetCallRules => &[Admin],
        Action::ExportLeads => &[Admin, Supervisor],
        Action::ViewJobs => &[Admin, PlatformOperator],
        Action::ViewAudit => &[Admin, CustomerAdmin, Reviewer, PlatformOperator],
        Action::ManageReceivers => &[Admin],
        Action::SwitchVerification => &[Admin],
        Action::KeepOwnAccount => &[
            Admin,
            Supervisor,
            Manager,
            Finance,
            Architect,
            LeadOperator,
            MerchantAdmin,
            CustomerAdmin,
            Reviewer,
            PlatformOperator,
        ],
    }
}

/// Which site of the vendor an account belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Site {
    /// 中国站
    China,
    /// 国际站
    International,
}

/// What a tenant is before the law.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum LegalEntityKind {
    #[default]
    Enterprise,
    /// 党政机关
    StateOrgan,
    /// 事业单位
    PublicInstitution,
    /// 社会团体
    SocialBody,
}

/// How the vendor stands to a partner. What is worse comes later.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum PartnerState {
    #[default]
    Normal,
    /// 受限: its resale customers cannot spend, and nothing is allocated to them.
    Restricted,
    /// 冻结: no customer is pre-registered, invited, made or let go.
    Frozen,
}

/// A member for whom the viewer stands in (代理人), until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandIn {
    pub member: MemberId,
    pub until: Moment,
}

/// The signed-in member as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub tenant: TenantId,
    pub tenant_number: i64,
    pub tenant_kind: TenantKind,
    /// Whether the tenant has joined marketing plan 2.0: its leads' phones and e-mails stay anonymised for everybody.
    pub marketing_plan_2: bool,
    /// How the vendor stands to the tenant, or to the distributor above it if that is worse.
    pub state: PartnerState,
    /// The distributor of a reseller.
    pub above: Option<TenantId>,
    pub member: MemberId,
    /// The version of its rights; it moves on when they shrink, and what was begun under an older one is not ended.
    pub version: i32,
    pub roles: BTreeSet<Role>,
    /// What custom roles add to the default ones.
    pub extra: BTreeSet<Action>,
    /// Whether the member is authorised telesales staff, who are never a lead's follower.
    pub telesales: bool,
    /// The members whom it supervises.
    pub team: Vec<MemberId>,
    /// Those for whom it stands in at this moment.
    pub stands_in: Vec<StandIn>,
    /// The instant at which all this is so.
    pub now: Moment,
}

impl Viewer {
    /// A member without roles, team or name: what the operator of the product looks through, and where tests begin.
    pub fn within(tenant: TenantId, tenant_number: i64, tenant_kind: TenantKind, member: MemberId) -> Viewer {
        Viewer {
            tenant,
            tenant_number,
            tenant_kind,
            marketing_plan_2: false,
            state: PartnerState::Normal,
            above: None,
            member,
            version: 0,
            roles: BTreeSet::new(),
            extra: BTreeSet::new(),
            telesales: false,
            team: Vec::new(),
            stands_in: Vec::new(),
            now: Moment::NEVER,
        }
    }

    /// Whether any of the viewer's roles permits the action.
    pub fn can(&self, action: Action) -> bool {
        self.grants(action).next().is_some()
    }

    /// Whether what belongs to this member is the viewer's to work on: its own, or that of a member for whom it stands in.
    pub fn works_for(&self, owner: MemberId) -> bool {
        owner == self.member || self.stands_in_for().any(|member| member == owner)
    }

    /// The members for whom it stands in at this moment.
    pub fn stands_in_for(&self) -> impl Iterator<Item = MemberId> + use<'_> {
        self.stands_in.iter().filter(|stand_in| self.now < stand_in.until).map(|stand_in| stand_in.member)
    }

    /// A viewer of the tests' own.
    #[cfg(test)]
    pub(crate) fn of_kind(kind: TenantKind, roles: impl IntoIterator<Item = Role>) -> Viewer {
        use uuid::Uuid;
        let (tenant, member) = (TenantId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        Viewer { roles: roles.into_iter().collect(), ..Viewer::within(tenant, 1, kind, member) }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    fn home_of(role: Role) -> TenantKind {
        TenantKind::iter().find(|kind| kind.roles().contains(&role)).unwrap()
    }

    #[test]
    fn the_permission_matrix() {
        let mut table = format!("{:<18}", "");
        for role in Role::iter() {
            table.push_str(&format!(" {role}"));
        }
        for action in Action::iter() {
            table.push_str(&format!("\n{:<20}", action.to_string()));
            for role in Role::iter() {
                let mark = if Viewer::of_kind(home_of(role), [role]).can(action) { "✔" } else { "–" };
                table.push_str(&format!(" {mark:^width$}", width = role.to_string().len()));
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_role_is_worth_nothing_in_a_tenant_of_another_kind() {
        assert!(!Viewer::of_kind(TenantKind::Customer, [Role::Admin]).can(Action::DispatchLead));
    }

    #[test]
    fn one_works_for_an_absent_member_until_the_minute_at_which_it_ends() {
        let (absent, other) = (MemberId(uuid::Uuid::from_u128(8)), MemberId(uuid::Uuid::from_u128(9)));
        let viewer = Viewer {
            stands_in: vec![StandIn { member: absent, until: Moment(1_000) }],
            ..Viewer::of_kind(TenantKind::Distributor, [Role::Manager])
        };
        for (now, works) in [(0, true), (999, true), (1_000, false)] {
            let then = Viewer { now: Moment(now), ..viewer.clone() };
            assert_eq!((then.works_for(absent), then.works_for(other)), (works, false), "at {now}");
            assert!(then.works_for(then.member));
        }
    }
}
