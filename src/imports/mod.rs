//! Imports of leads from files (导入线索): uploaded, checked row by row, confirmed, written. A job does the long parts;
//! it can be killed at any moment and goes on where the last committed batch ended.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    error::Code,
    ids::ImportId,
    leads::{Industry, LeadFields, Product, Source},
    moment::Moment,
};

#[cfg(feature = "ssr")]
mod batch;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod sheet;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod work;

#[cfg(feature = "ssr")]
pub(crate) use store::visible;
#[cfg(feature = "ssr")]
pub use store::{cancel, confirm, count, get, list, problems, upload};
#[cfg(feature = "ssr")]
pub use work::{sweep, work};

/// The largest file, in bytes.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;
/// The most rows of a file.
pub const MOST_ROWS: u64 = 100_000;

/// Where an import stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum State {
    /// Its rows are being checked; nothing is written.
    Checking,
    /// The report is there; somebody decides.
    Checked,
    /// Its good rows are being written.
    Writing,
    Done,
    Failed,
    Cancelled,
}

impl State {
    /// Whether a job has work to do on it.
    pub fn is_running(self) -> bool {
        matches!(self, State::Checking | State::Writing)
    }

    /// Whether it may still be given up.
    pub fn can_cancel(self) -> bool {
        matches!(self, State::Checking | State::Checked | State::Writing)
    }
}

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Format {
    /// Comma-separated, UTF-8.
    Csv,
    /// Comma-separated as Excel saves it in China, GB 18030.
    CsvGb,
    Xlsx,
}

/// An import as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    pub id: ImportId,
    pub file_name: String,
    pub by: String,
    pub state: State,
    /// Why it failed.
    pub failure: Option<Code>,
    /// Rows checked so far.
    pub checked: u64,
    pub good: u64,
    pub bad: u64,
    /// Rows of the file worked through while writing.
    pub committed: u64,
    /// Leads written.
    pub written: u64,
    pub created_at: Moment,
    pub ended_at: Moment,
}

/// A row that cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The line of the file, the heading being the first.
    pub line: u64,
    /// The row's company, masked: the file itself has the rest.
    pub company: String,
    /// Field codes and what is wrong with them.
    pub problems: Vec<(String, Code)>,
}

/// The words of files: headings and choices, in every language, lower-cased, to what they stand for.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    pub headings: HashMap<String, Heading>,
    pub industries: HashMap<String, Industry>,
    pub sources: HashMap<String, Source>,
    pub regions: HashMap<String, &'static str>,
    pub products: HashMap<String, Product>,
}

/// A column of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum Heading {
    Company,
    Contact,
    Phone,
    Email,
    Title,
    Industry,
    Region,
    Campaign,
    Source,
    Need,
    Products,
}

/// What stands between the products of a cell: the comma of lists, the comma and the semicolon, narrow and wide.
const SEPARATORS: [char; 5] = ['\u{3001}', ',', '\u{ff0c}', ';', '\u{ff1b}'];

/// Which cell of a row is which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Option<Heading>>);

impl Columns {
    /// Reads a file's first row; `None` if it has not what every lead needs, or names a column twice.
    pub fn read(first_row: &[String], vocabulary: &Vocabulary) -> Option<Columns> {
        let columns: Vec<Option<Heading>> =
            first_row.iter().map(|cell| vocabulary.headings.get(&normal(cell)).copied()).collect();
        let count = |heading| columns.iter().filter(|column| **column == Some(heading)).count();
        let once = columns.iter().flatten().all(|heading| count(*heading) == 1);
        let has_contact = count(Heading::Phone) + count(Heading::Email) > 0;
        let needed = [Heading::Company, Heading::Contact].into_iter().all(|heading| count(heading) == 1);
        (once && needed && has_contact).then_some(Columns(columns))
    }

    /// The fields of a row. A word that is no choice stays as it is, so that the check names it.
    pub fn fields(&self, row: &[String], vocabulary: &Vocabulary) -> LeadFields {
        let mut fields = LeadFields::default();
        for (heading, cell) in self.0.iter().zip(row) {
            let cell = cell.trim();
            match heading {
                None => {}
                Some(Heading::Company) => fields.company = cell.to_owned(),
                Some(Heading::Contact) => fields.contact = cell.to_owned(),
                Some(Heading::Phone) => fields.phone = cell.to_owned(),
                Some(Heading::Email) => fields.email = cell.to_owned(),
                Some(Heading::Title) => fields.title = cell.to_owned(),
                Some(Heading::Campaign) => fields.campaign = cell.to_owned(),
                Some(Heading::Need) => fields.need = cell.to_owned(),
                Some(Heading::Industry) => fields.industry = code(&vocabulary.industries, cell),
                Some(Heading::Region) => fields.region = code(&vocabulary.regions, cell),
                Some(Heading::Source) => fields.source = code(&vocabulary.sources, cell),
                Some(Heading::Products) => {
                    let words = cell.split(SEPARATORS).map(str::trim).filter(|word| !word.is_empty());
                    fields.products = words.map(|word| code(&vocabulary.products, word)).collect();
                }
            }
        }
        if fields.source.is_empty() {
            fields.source = Source::Own.to_string();
        }
        fields
    }
}

fn code<T: ToString>(words: &HashMap<String, T>, cell: &str) -> String {
    words.get(&normal(cell)).map_or_else(|| cell.to_owned(), ToString::to_string)
}

/// A word as it stands in the vocabulary: without the spaces around it, in small letters.
pub fn normal(word: &str) -> String {
    word.trim().trim_start_matches('\u{feff}').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let headings = [
            ("公司名称", Heading::Company),
            ("company", Heading::Company),
            ("客户名称", Heading::Contact),
            ("电话", Heading::Phone),
            ("行业", Heading::Industry),
            ("意向产品", Heading::Products),
        ];
        Vocabulary {
            headings: headings.map(|(word, heading)| (word.to_owned(), heading)).into(),
            industries: [("制造".to_owned(), Industry::Manufacturing)].into(),
            products: [("对象存储".to_owned(), Product::Obs), ("云会议".to_owned(), Product::Meeting)].into(),
            ..Vocabulary::default()
        }
    }

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn headings_come_in_any_order_and_unknown_ones_do_not_matter() {
        let columns = Columns::read(&row(&["\u{feff}电话", "备注", "Company ", "客户名称"]), &vocabulary()).unwrap();
        let fields = columns.fields(&row(&["13800138000", "x", "云帆科技", "张三"]), &vocabulary());
        assert_eq!((fields.company.as_str(), fields.contact.as_str()), ("云帆科技", "张三"));
        assert_eq!((fields.phone.as_str(), fields.source.as_str()), ("13800138000", "own"));
    }

    #[test]
    fn a_file_without_the_needed_headings_is_no_table_of_leads() {
        for headings in
            [&["公司名称", "客户名称"][..], &["客户名称", "电话"], &["公司名称", "公司名称", "客户名称", "电话"]]
        {
            assert_eq!(Columns::read(&row(headings), &vocabulary()), None, "{headings:?}");
        }
    }

    #[test]
    fn words_become_codes_and_unknown_words_stay() {
        let columns =
            Columns::read(&row(&["公司名称", "客户名称", "电话", "行业", "意向产品"]), &vocabulary()).unwrap();
        let fields = columns.fields(&row(&["云帆", "张三", "1", "制造", "对象存储、云会议;茶壶"]), &vocabulary());
        assert_eq!(fields.industry, "manufacturing");
        assert_eq!(fields.products, ["obs", "meeting", "茶壶"]);
    }

    #[test]
    fn products_stand_between_narrow_or_wide_signs() {
        let columns = Columns::read(&row(&["公司名称", "客户名称", "电话", "意向产品"]), &vocabulary()).unwrap();
        for sign in ["\u{3001}", ",", "\u{ff0c}", ";", "\u{ff1b}", " \u{ff0c} "] {
            let cell = format!("对象存储{sign}云会议");
            assert_eq!(columns.fields(&row(&["云帆", "张三", "1", &cell]), &vocabulary()).products, ["obs", "meeting"]);
        }
    }

    #[test]
    fn a_short_row_has_empty_fields() {
        let columns = Columns::read(&row(&["公司名称", "客户名称", "电话"]), &vocabulary()).unwrap();
        assert_eq!(columns.fields(&row(&["云帆"]), &vocabulary()).phone, "");
    }
}
