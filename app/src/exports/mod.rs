//! 导出记录: the history of exports, their files, and the answers of the lists.

mod dialog;
mod face;
mod file;
mod history;
mod lists;
pub mod text;

pub use dialog::{ExportForm, export_page};
pub use face::{Face, FileColumn, wanted};
pub use file::file;
pub use history::{CancelExport, ExportsPage, RetryExport};
pub use lists::OurLists;
