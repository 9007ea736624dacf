//! Colleagues of the first partner's cast, so that its list of members shows every state, and two roles of its own.

use partner_center::{
    access::{Action, Role},
    contact::{Email, Phone},
    ctx::{Origin, Store},
    moment::Moment,
    people::{
        Sent, Site,
        admin::{self, NewMember},
        member_ctx, set_contacts,
    },
};

use super::{cast::Cast, draw::Draw, failed, people};
use crate::commands::Failure;

const TENANT: &str = "yunfan";
/// Numbers of demo phones that nobody else has.
const PHONES: u64 = 6_005_000;
/// How many days ago the first of them joined; the others followed.
const JOINED_DAYS: i64 = 150;

/// What is special about a colleague.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Now {
    Working,
    /// Has not signed in yet, so the initial password is still the one.
    New,
    Disabled,
}

/// Which of the two roles a colleague holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    None,
    /// Looks at leads and at the trail.
    Review,
    /// Brings leads in.
    Marketing,
}

/// Account, name, default roles, own role, supervisor, state.
type Colleague = (&'static str, &'static str, &'static [Role], Own, Option<&'static str>, Now);

const COLLEAGUES: [Colleague; 9] = [
    ("luo.jia", "罗佳", &[Role::Supervisor], Own::None, None, Now::Working),
    ("zhou.ming", "周明", &[Role::Manager], Own::None, Some("lin"), Now::Disabled),
    ("tan.yue", "谭悦", &[Role::Manager], Own::None, None, Now::Working),
    ("gao.feng", "高峰", &[Role::Manager, Role::Architect], Own::None, Some("luo.jia"), Now::Working),
    ("xie.lan", "谢岚", &[], Own::Review, None, Now::Working),
    ("meng.qi", "孟琪", &[Role::Finance], Own::Review, None, Now::Working),
    ("su.hang", "苏航", &[Role::LeadOperator], Own::Marketing, None, Now::Working),
    ("deng.rui", "邓睿", &[Role::Finance], Own::None, None, Now::New),
    ("jiang.nan", "姜楠", &[Role::Architect], Own::None, None, Now::Disabled),
];

/// Sets them up.
pub async fn create(store: &Store, cast: &Cast, password_hash: &str, now: Moment) -> Result<(), Failure> {
    let tenant = cast.tenants[TENANT];
    let joined = |place: usize| now.plus_seconds(-86_400 * (JOINED_DAYS - 15 * place as i64));
    let items = [Action::ViewLeads, Action::ViewAudit];
    let review = admin::create_role(store, tenant, "线索稽核", &items, joined(0)).await.map_err(failed)?;
    let items = [Action::ViewLeads, Action::CreateLead, Action::ImportLeads];
    let marketing = admin::create_role(store, tenant, "市场专员", &items, joined(0)).await.map_err(failed)?;
    let mut draw = Draw::new(1126);
    let mut supervisors = cast.members.clone();
    for (place, (account, name, roles, own, supervisor, state)) in COLLEAGUES.into_iter().enumerate() {
        let member = NewMember {
            account: account.to_owned(),
            name: name.to_owned(),
            phone: Phone::parse(&people::mobile(PHONES + place as u64, &mut draw)).ok(),
            email: Email::parse(&format!("{account}@{TENANT}.example")).ok(),
            password_hash: password_hash.to_owned(),
            must_change_password: state == Now::New,
            telesales: false,
            supervisor: supervisor.and_then(|account| supervisors.get(&(TENANT, account)).copied()),
            site: Site::China,
            roles: roles.to_vec(),
        };
        let id = admin::plant_member(store, tenant, member, joined(place)).await.map_err(failed)?;
        supervisors.insert((TENANT, account), id);
        let own = match own {
            Own::None => None,
            Own::Review => Some(review),
            Own::Marketing => Some(marketing),
        };
        if let Some(own) = own {
            admin::give_role(store, tenant, id, own, joined(place)).await.map_err(failed)?;
        }
        if state == Now::Disabled {
            admin::disable_member(store, id, joined(place).plus_seconds(86_400 * 20)).await.map_err(failed)?;
        }
    }
    let reviewed = supervisors[&(TENANT, "gao.feng")];
    admin::set_review(store, tenant, reviewed, Role::Architect, true, now).await.map_err(failed)?;
    let ctx = member_ctx(store, cast.members[&(TENANT, "admin")], Origin::default(), now).await.map_err(failed)?;
    let contacts = ["lin", "luo.jia"].map(|account| supervisors.get(&(TENANT, account)).copied());
    set_contacts(&ctx, &contacts, Sent::default()).await.map_err(failed)
}
