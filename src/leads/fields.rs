//! A lead as somebody typed it, field by field, and the check that makes a [`NewLead`] of it. Forms and imports share
//! it, so that both refuse the same.

use std::str::FromStr;

use super::{Industry, NewLead, Product, REGIONS, Source};
use crate::{
    contact::{self, CompanyName, Email, Flaw, PersonName, Phone},
    error::{Code, Problem},
    ids::MemberId,
};

/// The fields of a new lead, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadFields {
    pub company: String,
    pub contact: String,
    pub phone: String,
    pub email: String,
    pub title: String,
    pub industry: String,
    pub region: String,
    pub campaign: String,
    pub source: String,
    pub need: String,
    pub products: Vec<String>,
    pub follower: String,
}

impl LeadFields {
    /// The lead that these fields describe, or everything that is wrong with them.
    pub fn check(&self) -> Result<NewLead, Vec<Problem>> {
        let mut problems = Vec::new();
        let company = take(&mut problems, "company", CompanyName::parse(&self.company));
        let contact = take(&mut problems, "contact", PersonName::parse(&self.contact));
        let phone = optional(&mut problems, "phone", &self.phone, Phone::parse);
        let email = optional(&mut problems, "email", &self.email, Email::parse);
        if self.phone.trim().is_empty() && self.email.trim().is_empty() {
            problems.push(Problem::new("phone", Code::PhoneOrEmail));
        }
        let title = optional(&mut problems, "title", &self.title, |text| contact::line(text, 1, 64));
        let industry = coded::<Industry>(&mut problems, "industry", &self.industry);
        let region = match self.region.as_str() {
            "" => None,
            code if REGIONS.contains(&code) => Some(code.to_owned()),
            _ => {
                problems.push(Problem::new("region", Code::Unknown));
                None
            }
        };
        let campaign = optional(&mut problems, "campaign", &self.campaign, |text| contact::line(text, 1, 128));
        let source = if self.source.is_empty() {
            problems.push(Problem::new("source", Code::Required));
            None
        } else {
            coded::<Source>(&mut problems, "source", &self.source)
        };
        let need = optional(&mut problems, "need", &self.need, |text| contact::paragraph(text, 1, 500));
        let mut products = Vec::new();
        for code in &self.products {
            products.extend(coded::<Product>(&mut problems, "products", code).filter(|code| !products.contains(code)));
        }
        let follower = coded::<MemberId>(&mut problems, "follower", &self.follower);
        match (company, contact, source) {
            (Some(company), Some(contact), Some(source)) if problems.is_empty() => Ok(NewLead {
                company,
                contact,
                phone,
                email,
                title,
                industry,
                region,
                campaign,
                source,
                need,
                products,
                follower,
            }),
            _ => Err(problems),
        }
    }
}

fn take<T>(problems: &mut Vec<Problem>, field: &'static str, parsed: Result<T, Flaw>) -> Option<T> {
    parsed.map_err(|flaw| problems.push(Problem::new(field, flaw.into()))).ok()
}

fn optional<T>(
    problems: &mut Vec<Problem>,
    field: &'static str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, Flaw>,
) -> Option<T> {
    if text.trim().is_empty() { None } else { take(problems, field, parse(text)) }
}

fn coded<T: FromStr>(problems: &mut Vec<Problem>, field: &'static str, code: &str) -> Option<T> {
    if code.is_empty() {
        return None;
    }
    code.parse().map_err(|_| problems.push(Problem::new(field, Code::Unknown))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> LeadFields {
        LeadFields {
            company: "上海云帆科技有限公司".to_owned(),
            contact: "李小明".to_owned(),
            phone: "138 0013 8000".to_owned(),
            source: "own".to_owned(),
            ..LeadFields::default()
        }
    }

    fn problems(fields: LeadFields) -> Vec<Problem> {
        fields.check().err().unwrap_or_default()
    }

    #[test]
    fn a_company_a_contact_a_phone_and_a_source_are_enough() {
        assert_eq!(problems(fields()), []);
    }

    #[test]
    fn a_phone_or_an_email_is_asked_for() {
        let neither = LeadFields { phone: " ".to_owned(), ..fields() };
        assert_eq!(problems(neither.clone()), [Problem::new("phone", Code::PhoneOrEmail)]);
        assert_eq!(problems(LeadFields { email: "li@yunfan.example".to_owned(), ..neither }), []);
    }

    #[test]
    fn every_bad_field_is_named_at_once() {
        let bad = LeadFields {
            company: "云".to_owned(),
            contact: String::new(),
            phone: "12".to_owned(),
            industry: "alchemy".to_owned(),
            region: "XX".to_owned(),
            source: String::new(),
            need: "字".repeat(501),
            products: vec!["ecs".to_owned(), "teapot".to_owned()],
            ..fields()
        };
        let fields: Vec<&str> = problems(bad).iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["company", "contact", "phone", "industry", "region", "source", "need", "products"]);
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for text in ["云\0帆", "云\u{200b}帆", "云\u{202e}帆"] {
            let hidden = LeadFields { company: text.to_owned(), ..fields() };
            assert_eq!(problems(hidden), [Problem::new("company", Code::Unprintable)]);
        }
    }
}
