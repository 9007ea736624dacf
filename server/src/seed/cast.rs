//! The cast: fixed tenants and members, and some hundred customers.

use std::collections::HashMap;

use partner_center::{
    access::{Role, TenantKind},
    contact::{Email, Phone},
    ctx::Store,
    ids::{MemberId, TenantId},
    moment::Moment,
    people::{
        Site,
        admin::{self, NewMember, NewTenant},
    },
};

use super::{draw::Draw, failed, people};
use crate::commands::Failure;

/// How many customers there are besides `haitang`.
const CUSTOMERS: u64 = 300;
/// Numbers of demo phones that no lead uses.
const MEMBER_PHONES: u64 = 6_000_000;

/// The cast by tenant and account.
pub struct Cast {
    pub tenants: HashMap<&'static str, TenantId>,
    pub members: HashMap<(&'static str, &'static str), MemberId>,
}

struct Person {
    account: &'static str,
    name: &'static str,
    roles: &'static [Role],
    telesales: bool,
    international: bool,
    supervisor: Option<&'static str>,
}

const fn person(account: &'static str, name: &'static str, roles: &'static [Role]) -> Person {
    Person { account, name, roles, telesales: false, international: false, supervisor: None }
}

/// Tenant, title, kind, parent, whether in marketing plan 2.0, members.
type Company = (&'static str, &'static str, TenantKind, Option<&'static str>, bool, &'static [Person]);

const COMPANIES: [Company; 6] = [
    (
        "yunfan",
        "云帆科技",
        TenantKind::Distributor,
        None,
        false,
        &[
            person("admin", "何云帆", &[Role::Admin]),
            person("lin", "林晓梅", &[Role::Supervisor]),
            Person { supervisor: Some("lin"), ..person("chen", "陈志远", &[Role::Manager]) },
            Person { supervisor: Some("lin"), ..person("zhao", "赵雨桐", &[Role::Manager]) },
            person("wu", "吴海波", &[Role::LeadOperator]),
            person("qian", "钱静", &[Role::Finance]),
            Person { telesales: true, ..person("sun", "孙丽", &[Role::LeadOperator]) },
        ],
    ),
    (
        "qingshan",
        "青山网络",
        TenantKind::Reseller,
        Some("yunfan"),
        false,
        &[
            person("admin", "周青山", &[Role::Admin]),
            Person { international: true, ..person("he", "贺文博", &[Role::Manager]) },
        ],
    ),
    (
        "xinghe",
        "星河信息",
        TenantKind::SolutionProvider,
        None,
        true,
        &[
            person("admin", "郑星河", &[Role::Admin]),
            person("tang", "唐婉", &[Role::Manager]),
            person("ma", "马骏", &[Role::LeadOperator]),
        ],
    ),
    ("zhiyun", "智云软件", TenantKind::Merchant, None, false, &[person("admin", "冯智", &[Role::MerchantAdmin])]),
    (
        "platform",
        "平台",
        TenantKind::Platform,
        None,
        false,
        &[person("reviewer", "蒋审", &[Role::Reviewer]), person("operator", "沈运", &[Role::PlatformOperator])],
    ),
    ("haitang", "海棠餐饮", TenantKind::Customer, None, false, &[person("admin", "韩棠", &[Role::CustomerAdmin])]),
];

/// Sets everybody up.
pub async fn create(store: &Store, password_hash: &str, now: Moment) -> Result<Cast, Failure> {
    let mut cast = Cast { tenants: HashMap::new(), members: HashMap::new() };
    let mut draw = Draw::new(52);
    let mut number = MEMBER_PHONES;
    for (name, title, kind, parent, marketing_plan_2, members) in COMPANIES {
        let new = NewTenant {
            name: name.to_owned(),
            title: title.to_owned(),
            kind,
            parent: parent.and_then(|parent| cast.tenants.get(parent).copied()),
            marketing_plan_2,
        };
        let tenant = admin::create_tenant(store, new, now).await.map_err(failed)?;
        cast.tenants.insert(name, tenant);
        for person in members {
            number += 1;
            let supervisor = person.supervisor.and_then(|account| cast.members.get(&(name, account)).copied());
            let member = NewMember {
                account: person.account.to_owned(),
                name: person.name.to_owned(),
                phone: Phone::parse(&people::mobile(number, &mut draw)).ok(),
                email: Email::parse(&format!("{}@{name}.example", person.account)).ok(),
                password_hash: password_hash.to_owned(),
                must_change_password: false,
                telesales: person.telesales,
                supervisor,
                site: if person.international { Site::International } else { Site::China },
                roles: person.roles.to_vec(),
            };
            let id = admin::plant_member(store, tenant, member, now).await.map_err(failed)?;
            cast.members.insert((name, person.account), id);
        }
    }
    customers(store, password_hash, &mut draw, now).await?;
    Ok(cast)
}

async fn customers(store: &Store, password_hash: &str, draw: &mut Draw, now: Moment) -> Result<(), Failure> {
    for number in 1..=CUSTOMERS {
        let company = people::company(draw);
        let person = people::person(draw);
        let new = NewTenant {
            name: format!("customer{number:03}"),
            title: company.name.clone(),
            kind: TenantKind::Customer,
            parent: None,
            marketing_plan_2: false,
        };
        let tenant = admin::create_tenant(store, new, now).await.map_err(failed)?;
        let member = NewMember {
            account: "admin".to_owned(),
            name: person.name.clone(),
            phone: Phone::parse(&people::mobile(MEMBER_PHONES + 1000 + number, draw)).ok(),
            email: Email::parse(&people::email(MEMBER_PHONES + 1000 + number, &person, &company)).ok(),
            password_hash: password_hash.to_owned(),
            must_change_password: false,
            telesales: false,
            supervisor: None,
            site: Site::China,
            roles: vec![Role::CustomerAdmin],
        };
        admin::plant_member(store, tenant, member, now).await.map_err(failed)?;
    }
    Ok(())
}
