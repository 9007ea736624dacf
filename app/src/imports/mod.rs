//! 导入线索: upload, the report of the dry run, confirm or cancel, and the file of failed rows.

mod detail;
mod failures;
mod list;
pub(crate) mod text;
mod upload;

pub use detail::{CancelImport, ConfirmImport, ImportPage};
pub use failures::failures;
pub use list::ImportsPage;
pub use text::vocabulary;
pub use upload::UploadImport;
