//! A prospect as somebody typed it, field by field, and the check that makes a [`NewPreregistration`] of it.

use super::NewPreregistration;
use crate::{
    contact::{self, CompanyName, Email, Flaw, PersonName, Phone},
    error::{Code, Problem},
};

/// The fields of a prospect, as text. An empty one is carried over from the lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProspectFields {
    pub company: String,
    pub contact: String,
    pub mobile: String,
    pub email: String,
    pub invite: String,
    pub remark: String,
}

impl ProspectFields {
    /// What these fields add to a lead, or everything that is wrong with them.
    pub fn check(&self) -> Result<NewPreregistration, Vec<Problem>> {
        let mut problems = Vec::new();
        let company = optional(&mut problems, "company", &self.company, CompanyName::parse);
        let contact = optional(&mut problems, "contact", &self.contact, PersonName::parse);
        let mobile = optional(&mut problems, "mobile", &self.mobile, Phone::parse);
        if mobile.as_ref().is_some_and(|phone| !phone.is_mobile()) {
            problems.push(Problem::new("mobile", Code::NotAMobile));
        }
        let email = optional(&mut problems, "email", &self.email, Email::parse);
        let remark = optional(&mut problems, "remark", &self.remark, |text| contact::paragraph(text, 1, 500));
        let invite = match self.invite.as_str() {
            "yes" => true,
            "no" => false,
            "" => {
                problems.push(Problem::new("invite", Code::Required));
                false
            }
            _ => {
                problems.push(Problem::new("invite", Code::Unknown));
                false
            }
        };
        if problems.is_empty() {
            Ok(NewPreregistration { company, contact, mobile, email, invite, remark })
        } else {
            Err(problems)
        }
    }
}

fn optional<T>(
    problems: &mut Vec<Problem>,
    field: &'static str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, Flaw>,
) -> Option<T> {
    if text.trim().is_empty() {
        return None;
    }
    parse(text).map_err(|flaw| problems.push(Problem::new(field, flaw.into()))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(fields: ProspectFields) -> Vec<Problem> {
        fields.check().err().unwrap_or_default()
    }

    #[test]
    fn whether_to_invite_is_all_that_must_be_said() {
        let fields = ProspectFields { invite: "no".to_owned(), ..ProspectFields::default() };
        assert_eq!(problems(fields), []);
        assert_eq!(problems(ProspectFields::default()), [Problem::new("invite", Code::Required)]);
    }

    #[test]
    fn every_bad_field_is_named_at_once() {
        let bad = ProspectFields {
            company: "云".to_owned(),
            mobile: "010-88886666".to_owned(),
            email: "nobody".to_owned(),
            remark: "字".repeat(501),
            invite: "perhaps".to_owned(),
            ..ProspectFields::default()
        };
        let fields: Vec<&str> = problems(bad).iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["company", "mobile", "email", "remark", "invite"]);
    }
}
