//! One batch of rows: which are good, which are not and why. Twins are looked for in the file and in the database.

use std::collections::{HashMap, HashSet};

use sea_orm::{DatabaseTransaction, QueryFilter, QuerySelect, entity::prelude::*};

use super::{Columns, Vocabulary, sheet::Rows};
use crate::{
    contact::CompanyName,
    ctx::{Store, everyones},
    error::{Code, Problem, Result},
    ids::TenantId,
    leads::{
        NewLead,
        draft::Twins,
        entity::{Column, Entity},
    },
};

/// A row that was read: its line, its masked company, and the lead or what is wrong with it.
pub(super) struct Read {
    pub line: u64,
    pub company: String,
    pub twins: Twins,
    pub lead: Result<Box<NewLead>, Vec<Problem>>,
}

/// How many contacts of one company a file may name. A file that guesses a company's numbers would name thousands.
pub(super) const CONTACTS_OF_A_COMPANY: u32 = 50;

/// What the file has named so far. A short print of each is enough to tell them apart.
#[derive(Default)]
pub(super) struct Seen {
    contacts: HashSet<u128>,
    companies: HashMap<u128, u32>,
}

impl Seen {
    fn is_new(&mut self, print: &[u8]) -> bool {
        self.contacts.insert(short(print))
    }

    /// Counts a contact of the company; says whether it is one too many.
    fn is_too_many(&mut self, company: &[u8]) -> bool {
        let count = self.companies.entry(short(company)).or_default();
        *count += 1;
        *count > CONTACTS_OF_A_COMPANY
    }
}

fn short(print: &[u8]) -> u128 {
    u128::from_be_bytes(print[..16].try_into().expect("fingerprints have 32 bytes"))
}

/// Reads rows into leads, without the database.
pub(super) fn read(
    store: &Store,
    tenant: TenantId,
    columns: &Columns,
    vocabulary: &Vocabulary,
    rows: Rows,
    seen: &mut Seen,
) -> Vec<Read> {
    let one = |(line, cells): (u64, Vec<String>)| {
        let fields = columns.fields(&cells, vocabulary);
        let company =
            CompanyName::parse(&fields.company).map_or("--".to_owned(), |name| name.masked().text().to_owned());
        let mut twins = Twins::default();
        let lead = fields.check().and_then(|lead| {
            twins = Twins::of_new(store, tenant, &lead);
            let mut problems = Vec::new();
            if seen.is_too_many(&store.fingerprint("import company", &lead.company.normalised())) {
                problems.push(Problem::new("company", Code::TooManyContacts));
            }
            for (field, print) in [("phone", &twins.phone), ("email", &twins.email)] {
                if print.as_ref().is_some_and(|print| !seen.is_new(print)) {
                    problems.push(Problem::new(field, Code::DuplicateInFile));
                }
            }
            if problems.is_empty() { Ok(Box::new(lead)) } else { Err(problems) }
        });
        Read { line, company, twins, lead }
    };
    rows.into_iter().map(one).collect()
}

/// Marks the rows whose company and contact are an open lead already.
pub(super) async fn find_twins(tx: &DatabaseTransaction, rows: &mut [Read]) -> Result<()> {
    let prints = |pick: fn(&Twins) -> &Option<Vec<u8>>| -> Vec<Vec<u8>> {
        rows.iter().filter(|row| row.lead.is_ok()).filter_map(|row| pick(&row.twins).clone()).collect()
    };
    let phones = existing(tx, Column::TwinPhone, prints(|twins| &twins.phone)).await?;
    let emails = existing(tx, Column::TwinEmail, prints(|twins| &twins.email)).await?;
    for row in rows.iter_mut().filter(|row| row.lead.is_ok()) {
        let among =
            |print: &Option<Vec<u8>>, found: &HashSet<Vec<u8>>| print.as_ref().is_some_and(|p| found.contains(p));
        // Which of the two is the same is not said: it would tell about a value that is hidden.
        if among(&row.twins.phone, &phones) || among(&row.twins.email, &emails) {
            row.lead = Err(vec![Problem::new("company", Code::Duplicate)]);
        }
    }
    Ok(())
}

async fn existing(tx: &DatabaseTransaction, column: Column, prints: Vec<Vec<u8>>) -> Result<HashSet<Vec<u8>>> {
    if prints.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<Vec<u8>> =
        everyones::<Entity>().select_only().column(column).filter(column.is_in(prints)).into_tuple().all(tx).await?;
    Ok(found.into_iter().collect())
}

/// Problems as they lie in their row.
pub(super) fn coded(problems: &[Problem]) -> String {
    let one = |problem: &Problem| format!("{}:{}", problem.field, problem.code);
    problems.iter().map(one).collect::<Vec<_>>().join(",")
}
