//! Who sees a row: for each kind of row the reasons that a viewer has, as one table by role and kind of tenant. What a
//! viewer sees is the union of its reasons; where rows are fetched, `ctx::within` makes the condition of them, and the page
//! that explains prints them.

use std::collections::BTreeSet;

use crate::{
    access::{Action, TenantKind, Viewer},
    grants::{Grant, LeadScope},
};

/// Why a viewer sees a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::Display, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Reason {
    /// It is on the vendor's side, which works on the rows of every tenant.
    Everywhere,
    /// The row is its tenant's.
    Tenant,
    /// The row is its own.
    Own,
    /// The row belongs to a member whom it supervises.
    Team,
    /// The row belongs to a member for whom it stands in, for as long as it does.
    StandIn,
    /// The row is that of a tenant below its own, such as a distributor's reseller.
    Below,
    /// Its tenant is the second party of the row, for as long as it is.
    Party,
}

/// A kind of row that somebody sees and somebody else does not. What belongs to such a row is seen with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// With their history, calls and attachments.
    Leads,
    Preregistrations,
    Imports,
    Exports,
    /// The people whom one may know by name, with their roles.
    Colleagues,
    Tenants,
    /// Who is told besides the members.
    Receivers,
    /// Letters, and what has become of them.
    Letters,
    Messages,
    /// What a member keeps for itself: views, choices, sessions, codes.
    OwnThings,
    /// What a tenant has set for all its members.
    Settings,
    AuditTrail,
    ScheduledJobs,
}

/// All the reasons that a viewer has to see rows of a kind; without any it sees none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons(BTreeSet<Reason>);

impl Reasons {
    /// Whether this is one of them.
    pub fn has(&self, reason: Reason) -> bool {
        self.0.contains(&reason)
    }

    /// Whether there are none, so that nothing is seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether nothing of the viewer's own tenant is hidden from it.
    pub fn whole_tenant(&self) -> bool {
        self.has(Reason::Tenant) || self.has(Reason::Everywhere)
    }

    /// The reasons, in the order in which they are told.
    pub fn iter(&self) -> impl Iterator<Item = Reason> + use<'_> {
        self.0.iter().copied()
    }
}

impl<const N: usize> From<[Reason; N]> for Reasons {
    fn from(reasons: [Reason; N]) -> Self {
        Self(reasons.into())
    }
}

impl Viewer {
    /// Why the viewer sees the rows of this kind that it sees. A new kind does not compile until it says so.
    pub fn sees(&self, kind: Kind) -> Reasons {
        let if_so = |holds: bool, reason: Reason| if holds { Reasons::from([reason]) } else { Reasons::default() };
        match kind {
            Kind::Leads => self.lead_scope().reasons(),
            // Whoever pre-registers sees what it has announced; whoever sees all leads sees what becomes of them.
            Kind::Preregistrations => self.lead_scope().reasons(),
            Kind::Imports => if_so(self.can(Action::ImportLeads), Reason::Tenant),
            Kind::Exports if self.watches_exports() => Reasons::from([Reason::Tenant]),
            Kind::Exports => Reasons::from([Reason::Own]),
            Kind::Colleagues if self.tenant_kind == TenantKind::Platform => Reasons::from([Reason::Everywhere]),
            Kind::Colleagues => Reasons::from([Reason::Tenant]),
            // Whoever reads everybody's trail sees whose it is.
            Kind::Tenants if self.sees(Kind::AuditTrail).has(Reason::Everywhere) => Reasons::from([Reason::Everywhere]),
            Kind::Tenants => Reasons::from([Reason::Tenant]),
            Kind::Receivers => if_so(self.can(Action::ManageReceivers), Reason::Tenant),
            Kind::Letters if self.can(Action::ManageReceivers) => Reasons::from([Reason::Tenant]),
            Kind::Letters | Kind::Messages | Kind::OwnThings => Reasons::from([Reason::Own]),
            Kind::Settings => Reasons::from([Reason::Tenant]),
            Kind::AuditTrail => match (self.can(Action::ViewAudit), self.tenant_kind) {
                (false, _) => Reasons::default(),
                (true, TenantKind::Platform) => Reasons::from([Reason::Everywhere]),
                (true, _) => Reasons::from([Reason::Tenant]),
            },
            // They work for every tenant at once, so all of them or none.
            Kind::ScheduledJobs => if_so(self.can(Action::ViewJobs), Reason::Everywhere),
        }
    }

    /// Whether a default role lets it watch over the work in the background. A custom role does not: its holder may see
    /// fewer rows than the files of others have.
    fn watches_exports(&self) -> bool {
        self.grants(Action::ViewJobs).any(|grant| matches!(grant, Grant::Role(_)))
    }

    /// Whether the viewer sees how much the scheduled jobs did, which tells of every tenant.
    pub fn counts_scheduled_jobs(&self) -> bool {
        self.can(Action::ViewJobs) && self.tenant_kind == TenantKind::Platform
    }
}

impl LeadScope {
    /// What the rule lets one see.
    pub fn reasons(self) -> Reasons {
        match self {
            LeadScope::NoPermission => Reasons::default(),
            LeadScope::Dispatch | LeadScope::CustomRole | LeadScope::ManagerAndMore => Reasons::from([Reason::Tenant]),
            LeadScope::Own => Reasons::from([Reason::Own, Reason::StandIn]),
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::access::Role;

    #[test]
    fn who_sees_which_rows() {
        let mut table = String::new();
        for kind in Kind::iter() {
            table.push_str(&format!("{kind}\n"));
            for role in Role::iter() {
                let home = TenantKind::iter().find(|kind| kind.roles().contains(&role)).unwrap();
                let reasons = Viewer::of_kind(home, [role]).sees(kind);
                let told: Vec<String> = reasons.iter().map(|reason| reason.to_string()).collect();
                let told = if told.is_empty() { "–".to_owned() } else { told.join(" + ") };
                table.push_str(&format!("  {:<18}{told}\n", role.to_string()));
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_custom_role_shows_nobody_the_exports_of_others() {
        let mut operator = Viewer::of_kind(TenantKind::Reseller, [Role::LeadOperator]);
        operator.extra = [Action::ViewJobs, Action::ExportLeads].into();
        assert_eq!(operator.sees(Kind::Exports), Reasons::from([Reason::Own]));
    }

    #[test]
    fn a_custom_role_adds_its_items() {
        let mut finance = Viewer::of_kind(TenantKind::Reseller, [Role::Finance]);
        assert!(finance.sees(Kind::Leads).is_empty());
        finance.extra = [Action::ViewLeads, Action::DispatchLead].into();
        assert!(finance.sees(Kind::Leads).whole_tenant());
    }
}
