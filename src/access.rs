//! Who may do what: tenants, roles, actions, and the one table that joins them.
//!
//! Two questions decide everything. *May this role ever do this?* is answered here (else 403).
//! *Which rows does this viewer see?* is answered by [`Viewer::leads`] and its like, and applied where rows are fetched
//! (else 404).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    grants::Grant,
    ids::{MemberId, TenantId},
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

/// Which rows of a kind a viewer sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Every row of every tenant: the vendor's side.
    Everywhere,
    /// Every row of the viewer's tenant.
    All,
    /// The rows that belong to one of these members.
    Of(Vec<MemberId>),
    /// None at all.
    Nothing,
}

/// The signed-in member as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub tenant: TenantId,
    pub tenant_number: i64,
    pub tenant_kind: TenantKind,
    /// Whether the tenant has joined marketing plan 2.0: its leads' phones and e-mails stay anonymised for everybody.
    pub marketing_plan_2: bool,
    pub member: MemberId,
    pub roles: BTreeSet<Role>,
    /// What custom roles add to the default ones.
    pub extra: BTreeSet<Action>,
    /// Whether the member is authorised telesales staff, who are never a lead's follower.
    pub telesales: bool,
}

impl Viewer {
    /// Whether any of the viewer's roles permits the action.
    pub fn can(&self, action: Action) -> bool {
        self.grants(action).next().is_some()
    }

    /// The leads a viewer sees; [`Viewer::lead_scope`] says why.
    pub fn leads(&self) -> Rows {
        self.lead_scope().rows(self.member)
    }

    /// The imports a viewer sees: those of its tenant, if it may import at all.
    pub fn imports(&self) -> Rows {
        if self.can(Action::ImportLeads) { Rows::All } else { Rows::Nothing }
    }

    /// The receivers a viewer sees: those of its tenant, if it sets them.
    pub fn receivers(&self) -> Rows {
        if self.can(Action::ManageReceivers) { Rows::All } else { Rows::Nothing }
    }

    /// The letters whose fate a viewer sees: those of its tenant, if it sets its receivers, else its own.
    pub fn letters(&self) -> Rows {
        if self.can(Action::ManageReceivers) { Rows::All } else { Rows::Of(vec![self.member]) }
    }

    /// The exports a viewer sees: those of its tenant, if a default role lets it watch over the background, else its own.
    /// A custom role does not: its holder may see fewer rows than the files of others have.
    pub fn exports(&self) -> Rows {
        let watches = self.grants(Action::ViewJobs).any(|grant| matches!(grant, Grant::Role(_)));
        if watches { Rows::All } else { Rows::Of(vec![self.member]) }
    }

    /// The scheduled jobs a viewer sees: they work for every tenant at once, so all of them or none.
    pub fn scheduled_jobs(&self) -> Rows {
        if self.can(Action::ViewJobs) { Rows::Everywhere } else { Rows::Nothing }
    }

    /// Whether a viewer sees how much the scheduled jobs did, which tells of every tenant.
    pub fn counts_scheduled_jobs(&self) -> bool {
        self.can(Action::ViewJobs) && self.tenant_kind == TenantKind::Platform
    }

    /// The people a viewer may know by name: those of its tenant; the vendor's side knows all.
    pub fn colleagues(&self) -> Rows {
        if self.tenant_kind == TenantKind::Platform { Rows::Everywhere } else { Rows::All }
    }

    /// The tenants a viewer sees: its own; whoever reads everybody's trail sees whose it is.
    pub fn tenants(&self) -> Rows {
        if self.audit() == Rows::Everywhere { Rows::Everywhere } else { Rows::All }
    }

    /// The audit trail a viewer sees: the vendor's side sees all, others that of their own tenant.
    pub fn audit(&self) -> Rows {
        match (self.can(Action::ViewAudit), self.tenant_kind) {
            (false, _) => Rows::Nothing,
            (true, TenantKind::Platform) => Rows::Everywhere,
            (true, _) => Rows::All,
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;
    use uuid::Uuid;

    use super::*;

    fn viewer(kind: TenantKind, role: Role) -> Viewer {
        Viewer {
            tenant: TenantId(Uuid::from_u128(1)),
            tenant_number: 1,
            tenant_kind: kind,
            marketing_plan_2: false,
            member: MemberId(Uuid::from_u128(2)),
            roles: [role].into(),
            extra: BTreeSet::new(),
            telesales: false,
        }
    }

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
                let mark = if viewer(home_of(role), role).can(action) { "✔" } else { "–" };
                table.push_str(&format!(" {mark:^width$}", width = role.to_string().len()));
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn the_row_scopes() {
        let mut table = String::new();
        for role in Role::iter() {
            let viewer = viewer(home_of(role), role);
            let rows = |rows| match rows {
                Rows::Everywhere => "everywhere",
                Rows::All => "tenant",
                Rows::Of(_) => "own",
                Rows::Nothing => "–",
            };
            let scopes = [
                ("leads", viewer.leads()),
                ("imports", viewer.imports()),
                ("exports", viewer.exports()),
                ("colleagues", viewer.colleagues()),
                ("receivers", viewer.receivers()),
                ("letters", viewer.letters()),
                ("scheduled jobs", viewer.scheduled_jobs()),
                ("audit", viewer.audit()),
                ("tenants", viewer.tenants()),
            ];
            table.push_str(&format!("{role}:"));
            for (name, scope) in scopes {
                table.push_str(&format!(" {name} {},", rows(scope)));
            }
            table.push('\n');
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_role_is_worth_nothing_in_a_tenant_of_another_kind() {
        assert!(!viewer(TenantKind::Customer, Role::Admin).can(Action::DispatchLead));
    }

    #[test]
    fn a_custom_role_shows_nobody_the_exports_of_others() {
        let mut operator = viewer(TenantKind::Reseller, Role::LeadOperator);
        operator.extra = [Action::ViewJobs, Action::ExportLeads].into();
        assert_eq!(operator.exports(), Rows::Of(vec![operator.member]));
    }

    #[test]
    fn a_custom_role_adds_its_items() {
        let mut finance = viewer(TenantKind::Reseller, Role::Finance);
        assert_eq!(finance.leads(), Rows::Nothing);
        finance.extra = [Action::ViewLeads, Action::DispatchLead].into();
        assert_eq!(finance.leads(), Rows::All);
    }
}
