//! Files that hang on a follow-up: what kinds are taken, what they may be called, and who may have them back.

use crate::ids::AttachmentId;

#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod kind;
mod rules;
#[cfg(feature = "ssr")]
mod store;

pub use rules::clean;
#[cfg(feature = "ssr")]
pub use store::{Download, NewFile, download, plant};
#[cfg(feature = "ssr")]
pub(crate) use store::{attach, checked, of_lead};

/// How many files one follow-up has.
pub const MOST: usize = 5;
/// How large a file is at most, in bytes.
pub const LARGEST: u64 = 10 * 1024 * 1024;
/// How much all files of a lead are at most, in bytes.
pub const MOST_BYTES_OF_LEAD: u64 = 200 * 1024 * 1024;
/// How much all files of a tenant are at most, in bytes.
pub const MOST_BYTES_OF_TENANT: u64 = 20 * 1024 * 1024 * 1024;
/// How long a file's name is at most, in characters.
pub const LONGEST_NAME: usize = 100;

/// A kind of file that is taken. Its bytes decide, whatever its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Kind {
    Png,
    Jpeg,
    Webp,
    Gif,
    Pdf,
    Text,
    Csv,
    Docx,
    Xlsx,
    Pptx,
    Zip,
}

impl Kind {
    /// The endings that a name of this kind may have, the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Png => &["png"],
            Kind::Jpeg => &["jpg", "jpeg"],
            Kind::Webp => &["webp"],
            Kind::Gif => &["gif"],
            Kind::Pdf => &["pdf"],
            Kind::Text => &["txt"],
            Kind::Csv => &["csv"],
            Kind::Docx => &["docx"],
            Kind::Xlsx => &["xlsx"],
            Kind::Pptx => &["pptx"],
            Kind::Zip => &["zip"],
        }
    }

    /// What a browser calls it.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Webp => "image/webp",
            Kind::Gif => "image/gif",
            Kind::Pdf => "application/pdf",
            Kind::Text => "text/plain",
            Kind::Csv => "text/csv",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Kind::Zip => "application/zip",
        }
    }
}

/// A file as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub name: String,
    pub kind: Kind,
    pub bytes: u64,
}
