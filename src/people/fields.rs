//! A member and a custom role as somebody typed them, and the checks that make values of them.

use super::{NewRole, Person};
use crate::{
    access::{Action, TenantKind},
    contact::{self, AccountName, Email, PersonName, Phone},
    error::{Code, Problem},
    grants,
};

/// The shortest account that may still be made. Older ones may be shorter.
const SHORTEST_ACCOUNT: usize = 5;
/// How accounts of the product's own begin.
const RESERVED: [&str; 2] = ["op_", "shadow_"];

/// The data of a member, as text.
#[derive(Clone, Default)]
pub struct PersonFields {
    pub account: String,
    pub name: String,
    pub phone: String,
    pub email: String,
}

impl PersonFields {
    /// The account and the person of a new member, or everything that is wrong.
    pub fn check_new(&self) -> Result<(AccountName, Person), Vec<Problem>> {
        self.check_with(&[("phone", &self.phone), ("email", &self.email)])
    }

    /// The same from the operator of the product, who need not know how the member is reached.
    pub fn check_unreached(&self) -> Result<(AccountName, Person), Vec<Problem>> {
        self.check_with(&[])
    }

    fn check_with(&self, required: &[(&'static str, &str)]) -> Result<(AccountName, Person), Vec<Problem>> {
        let mut problems = Vec::new();
        let account = account(&self.account).map_err(|code| problems.push(Problem::new("account", code))).ok();
        for (field, text) in required {
            if text.trim().is_empty() {
                problems.push(Problem::new(field, Code::Required));
            }
        }
        match (account, self.check()) {
            (Some(account), Ok(person)) if problems.is_empty() => Ok((account, person)),
            (_, person) => {
                problems.extend(person.err().into_iter().flatten());
                problems.sort_by_key(|problem| {
                    ["account", "name", "phone", "email"].iter().position(|f| *f == problem.field)
                });
                Err(problems)
            }
        }
    }

    /// The person, where an empty phone or e-mail means that it stays.
    pub fn check(&self) -> Result<Person, Vec<Problem>> {
        let mut problems = Vec::new();
        let name = PersonName::parse(&self.name).map_err(|flaw| problems.push(Problem::new("name", flaw.into()))).ok();
        let phone = match self.phone.trim() {
            "" => None,
            text => match Phone::parse(text) {
                Ok(phone) if phone.is_mobile() => Some(phone),
                Ok(_) => {
                    problems.push(Problem::new("phone", Code::NotMobile));
                    None
                }
                Err(flaw) => {
                    problems.push(Problem::new("phone", flaw.into()));
                    None
                }
            },
        };
        let email = match self.email.trim() {
            "" => None,
            text => Email::parse(text).map_err(|flaw| problems.push(Problem::new("email", flaw.into()))).ok(),
        };
        match name {
            Some(name) if problems.is_empty() => Ok(Person { name, phone, email }),
            _ => Err(problems),
        }
    }
}

fn account(text: &str) -> Result<AccountName, Code> {
    if text.trim().is_empty() {
        return Err(Code::Required);
    }
    if text.trim().chars().count() < SHORTEST_ACCOUNT {
        return Err(Code::AccountShape);
    }
    let account = AccountName::parse(text).map_err(|_| Code::AccountShape)?;
    let lower = text.trim().to_lowercase();
    if RESERVED.iter().any(|start| lower.starts_with(start)) { Err(Code::ReservedAccount) } else { Ok(account) }
}

/// A custom role, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleFields {
    pub name: String,
    pub items: Vec<String>,
}

impl RoleFields {
    /// The role that these fields describe, for a tenant of this kind.
    pub fn check(&self, kind: TenantKind) -> Result<NewRole, Vec<Problem>> {
        let mut problems = Vec::new();
        let name = contact::line(&self.name, 1, 32);
        let name = name.map_err(|flaw| problems.push(Problem::new("name", flaw.into()))).ok();
        let mut items: Vec<Action> = Vec::new();
        for code in &self.items {
            match code.parse::<Action>() {
                Ok(item) if grants::is_grantable(item, kind) => items.push(item),
                _ => problems.push(Problem::new("items", Code::Unknown)),
            }
        }
        items.sort_unstable();
        items.dedup();
        if items.iter().filter_map(|item| grants::stands_on(*item)).any(|view| !items.contains(&view)) {
            problems.push(Problem::new("items", Code::WithoutView));
        }
        if items.is_empty() && problems.iter().all(|problem| problem.field != "items") {
            problems.push(Problem::new("items", Code::Nothing));
        }
        match name {
            Some(name) if problems.is_empty() => Ok(NewRole { name, items }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    fn fields() -> PersonFields {
        PersonFields {
            account: "zhang.san".to_owned(),
            name: "张三".to_owned(),
            phone: "138 0013 8000".to_owned(),
            email: "zhang@yunfan.example".to_owned(),
        }
    }

    fn wrong(fields: PersonFields) -> Vec<(&'static str, Code)> {
        fields.check_new().err().unwrap_or_default().into_iter().map(|problem| (problem.field, problem.code)).collect()
    }

    #[test]
    fn all_four_are_asked_for() {
        assert_eq!(wrong(fields()), []);
        let required = ["account", "name", "phone", "email"].map(|field| (field, Code::Required));
        assert_eq!(wrong(PersonFields::default()), required);
    }

    #[test]
    fn an_account_has_five_to_thirty_two_characters_and_begins_with_a_letter() {
        let of = |account: &str| wrong(PersonFields { account: account.to_owned(), ..fields() });
        for good in ["admin", "Zhang_San-2.cn", &"a".repeat(32)] {
            assert_eq!(of(good), [], "{good}");
        }
        for bad in ["wu", "abcd", "1admin", "_admin", "张三张三张", "a b c d", &"a".repeat(33), "ad\u{200b}min"] {
            assert_eq!(of(bad), [("account", Code::AccountShape)], "{bad}");
        }
        for reserved in ["op_12345", "OP_admin", "shadow_admin", "Shadow_1"] {
            assert_eq!(of(reserved), [("account", Code::ReservedAccount)], "{reserved}");
        }
        assert_eq!(of("operator"), []);
    }

    #[test]
    fn a_landline_is_no_mobile() {
        let landline = PersonFields { phone: "010-88886666".to_owned(), ..fields() };
        assert_eq!(wrong(landline), [("phone", Code::NotMobile)]);
    }

    #[test]
    fn a_mask_is_not_stored_over_the_value_and_nothing_keeps_it() {
        let masked = PersonFields { phone: "138****8000".to_owned(), ..fields() };
        assert_eq!(wrong(masked), [("phone", Code::Malformed)]);
        let kept = PersonFields { phone: String::new(), email: " ".to_owned(), ..fields() }.check().unwrap();
        assert_eq!((kept.phone, kept.email), (None, None));
    }

    #[test]
    fn an_item_needs_the_view_that_it_stands_on() {
        let check = |items: &[Action]| {
            let items = items.iter().map(ToString::to_string).collect();
            RoleFields { name: "线索专员".to_owned(), items }.check(TenantKind::Distributor).map(|role| role.items)
        };
        for item in Action::iter().filter(|item| grants::stands_on(*item).is_some()) {
            assert_eq!(check(&[item]), Err(vec![Problem::new("items", Code::WithoutView)]), "{item}");
            assert_eq!(check(&[item, Action::ViewLeads]), Ok(vec![Action::ViewLeads, item]), "{item}");
        }
        assert_eq!(check(&[Action::ViewAudit]), Ok(vec![Action::ViewAudit]));
    }

    #[test]
    fn a_role_holds_at_least_one_item_that_its_tenant_can_have() {
        let role = |items: &[&str]| RoleFields {
            name: "线索审计".to_owned(),
            items: items.iter().map(|item| (*item).to_owned()).collect(),
        };
        let check = |items: &[&str], kind| role(items).check(kind).map_err(|problems| problems[0].code);
        assert_eq!(check(&[], TenantKind::Reseller), Err(Code::Nothing));
        assert_eq!(check(&["view_leads"], TenantKind::Customer), Err(Code::Unknown));
        assert_eq!(check(&["manage_members"], TenantKind::Reseller), Err(Code::Unknown));
        assert_eq!(check(&["keep_own_account"], TenantKind::Reseller), Err(Code::Unknown));
        let twice = check(&["view_audit", "view_leads", "view_leads"], TenantKind::Reseller).unwrap();
        assert_eq!(twice.items, [Action::ViewLeads, Action::ViewAudit]);
        let long = RoleFields { name: "名".repeat(33), ..role(&["view_leads"]) };
        assert_eq!(long.check(TenantKind::Reseller).unwrap_err(), [Problem::new("name", Code::TooLong)]);
    }
}
