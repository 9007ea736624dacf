//! Writing the file: rows go to a thread that may wait and lie in a temporary file without a name, so that memory does
//! not grow with their number.

use std::{
    fs,
    io::{BufWriter, Seek, Write},
};

use rust_xlsxwriter::{Format as Style, Workbook, XlsxError};
use tokio::{sync::mpsc, task::JoinHandle};

use super::Format;
use crate::{
    cells,
    error::{Error, Result},
};

/// Rows as cells.
type Rows = Vec<Vec<String>>;

/// The longest text that a cell of a workbook holds, in characters.
const LONGEST_CELL: usize = 32_767;
/// How wide the columns of a workbook are, in characters.
const WIDTH: f64 = 20.0;

/// A file that is being written.
pub(super) struct Spool {
    to: mpsc::Sender<Rows>,
    file: JoinHandle<Result<fs::File>>,
}

impl Spool {
    /// Begins a file with its headings.
    pub fn begin(format: Format, headings: Vec<String>) -> Spool {
        let (to, rows) = mpsc::channel(2);
        let file = tokio::task::spawn_blocking(move || match format {
            Format::Csv => csv(&headings, rows).map_err(failed),
            Format::Xlsx => xlsx(&headings, rows).map_err(failed),
        });
        Spool { to, file }
    }

    /// Adds rows. Waits while the thread is behind.
    pub async fn write(&self, rows: Rows) -> Result<()> {
        self.to.send(rows).await.map_err(failed)
    }

    /// Ends the file, ready to be read from its beginning.
    pub async fn end(self) -> Result<fs::File> {
        drop(self.to);
        self.file.await.map_err(failed)?
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    tracing::error!(%error, "a file could not be written");
    Error::Internal
}

fn csv(headings: &[String], mut rows: mpsc::Receiver<Rows>) -> std::io::Result<fs::File> {
    let mut out = BufWriter::new(tempfile::tempfile()?);
    // The mark at the beginning tells Excel that this is UTF-8.
    out.write_all("\u{feff}".as_bytes())?;
    out.write_all(cells::line(headings).as_bytes())?;
    while let Some(rows) = rows.blocking_recv() {
        for row in rows {
            out.write_all(cells::line(&row).as_bytes())?;
        }
    }
    let mut file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.rewind()?;
    Ok(file)
}

fn xlsx(headings: &[String], mut rows: mpsc::Receiver<Rows>) -> Result<fs::File, XlsxError> {
    let mut book = Workbook::new();
    // Only the current row is in memory; the others lie in a temporary file of the library.
    let sheet = book.add_worksheet_with_constant_memory()?;
    let bold = Style::new().set_bold();
    sheet.set_freeze_panes(1, 0)?;
    for (column, heading) in (0..).zip(headings) {
        sheet.set_column_width(column, WIDTH)?;
        sheet.write_string_with_format(0, column, heading, &bold)?;
    }
    let mut line = 1;
    while let Some(rows) = rows.blocking_recv() {
        for row in rows {
            for (column, cell) in (0..).zip(&row).filter(|(_, cell)| !cell.is_empty()) {
                let guarded = cells::guarded(cell);
                let text: String = guarded.chars().take(LONGEST_CELL).collect();
                sheet.write_string(line, column, text)?;
            }
            line += 1;
        }
    }
    let mut file = tempfile::tempfile()?;
    book.save_to_writer(&mut file)?;
    file.rewind()?;
    Ok(file)
}
