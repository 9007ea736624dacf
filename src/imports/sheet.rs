//! The rows of a file, one after the other: CSV as a stream, XLSX cell by cell. Runs on a thread of its own.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use tokio::sync::mpsc::Sender;

use super::{Format, MOST_ROWS, parts::unread};
use crate::error::{Code, Error, Problem, Result};

/// How many rows go to the database together.
pub(super) const BATCH: usize = 1_000;
/// The longest cell that is looked at, in bytes; longer ones are cut and then refused as too long.
const LONGEST_CELL: usize = 16 * 1024;
/// The most columns of a table of leads.
const MOST_COLUMNS: usize = 64;
/// How many bytes of cells go together at the most; a file of nothing but long cells goes in smaller batches.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// The most bytes a packed file may unfold to.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// Rows that follow each other, each with its line in the file.
pub(super) type Rows = Vec<(u64, Vec<String>)>;

/// Reads the file and sends its rows, the heading first and alone. Ends early when nobody listens any more.
pub(super) fn read(file: impl Read, format: Format, to: &Sender<Result<Rows>>) {
    let result = match format {
        Format::Csv => read_csv(file, to),
        Format::CsvGb => {
            let decoder =
                encoding_rs_io::DecodeReaderBytesBuilder::new().encoding(Some(encoding_rs::GB18030)).build(file);
            read_csv(decoder, to)
        }
        Format::Xlsx => read_xlsx(file, to),
    };
    if let Err(error) = result {
        let _ = to.blocking_send(Err(error));
    }
}

fn not_a_table() -> Error {
    Problem::alone("file", Code::NotATable)
}

/// Gathers rows into batches.
struct Batches<'t> {
    to: &'t Sender<Result<Rows>>,
    rows: Rows,
    bytes: usize,
    count: u64,
}

impl Batches<'_> {
    /// Whether anybody still listens.
    fn push(&mut self, line: u64, cells: Vec<String>) -> Result<bool> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(true);
        }
        self.count += 1;
        if self.count > MOST_ROWS + 1 {
            return Err(Problem::alone("file", Code::TooLarge));
        }
        self.bytes += cells.iter().map(String::len).sum::<usize>();
        self.rows.push((line, cells));
        // The heading goes alone: what follows depends on it.
        let full = self.count == 1 || self.rows.len() == BATCH || self.bytes >= BATCH_BYTES;
        if full { Ok(self.flush()) } else { Ok(true) }
    }

    fn flush(&mut self) -> bool {
        self.bytes = 0;
        let rows = std::mem::take(&mut self.rows);
        rows.is_empty() || self.to.blocking_send(Ok(rows)).is_ok()
    }
}

fn read_csv(file: impl Read, to: &Sender<Result<Rows>>) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
    let mut batches = Batches { to, rows: Vec::with_capacity(BATCH), bytes: 0, count: 0 };
    let mut record = csv::ByteRecord::new();
    let mut behind = 0;
    while reader.read_byte_record(&mut record).map_err(unreadable)? {
        let begins = record.position().map_or(0, csv::Position::line);
        // Where lines end in CR LF, the reader has the LF still before it and is one line behind from then on.
        let line = begins + behind;
        if behind == 0 && reader.position().line() == begins {
            behind = 1;
        }
        let cells = record.iter().take(MOST_COLUMNS).map(|cell| {
            let cell = &cell[..cell.len().min(LONGEST_CELL)];
            String::from_utf8_lossy(cell).into_owned()
        });
        if !batches.push(line, cells.collect())? {
            return Ok(());
        }
    }
    batches.flush();
    Ok(())
}

/// Whose fault it is that a line cannot be read: the file's, or that of where it lies.
fn unreadable(error: csv::Error) -> Error {
    let unread = match error.kind() {
        csv::ErrorKind::Io(error) => unread(error),
        _ => None,
    };
    unread.unwrap_or_else(not_a_table)
}

fn read_xlsx(mut file: impl Read, to: &Sender<Result<Rows>>) -> Result<()> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| unread(&error).unwrap_or(Error::Internal))?;
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).map_err(|_| not_a_table())?;
    // What a file says of its own size is not believed: it is unpacked once into nothing.
    let mut room = MOST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| not_a_table())?;
        let unpacked = io::copy(&mut part.take(room + 1), &mut io::sink()).map_err(|_| not_a_table())?;
        room = room.checked_sub(unpacked).ok_or_else(|| Problem::alone("file", Code::TooLarge))?;
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| not_a_table())?;
    let first = book.sheet_names().first().cloned().ok_or_else(not_a_table)?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_| not_a_table())?;
    let mut batches = Batches { to, rows: Vec::with_capacity(BATCH), bytes: 0, count: 0 };
    let mut current: (u64, Vec<String>) = (0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|_| not_a_table())? {
        let (row, column) = cell.get_position();
        let (line, column) = (u64::from(row) + 1, column as usize);
        if line != current.0 {
            let (done, row) = std::mem::replace(&mut current, (line, Vec::new()));
            if done > 0 && !batches.push(done, row)? {
                return Ok(());
            }
        }
        if column < MOST_COLUMNS {
            current.1.resize(current.1.len().max(column + 1), String::new());
            current.1[column] = text(cell.get_value());
        }
    }
    if current.0 > 0 && !batches.push(current.0, current.1)? {
        return Ok(());
    }
    batches.flush();
    Ok(())
}

/// A cell as text. A phone number that a spreadsheet took for a number is written without a point.
fn text(value: &DataRef<'_>) -> String {
    let mut text = match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => format!("{number}"),
        DataRef::Bool(truth) => truth.to_string(),
        _ => String::new(),
    };
    if text.len() > LONGEST_CELL {
        let mut end = LONGEST_CELL;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::parts::not_read;

    /// A file whose second half cannot be had.
    struct HalfAway<'f>(&'f [u8], Error);

    impl Read for HalfAway<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() { Err(not_read(self.1.clone())) } else { self.0.read(into) }
        }
    }

    fn read(format: Format, error: Error) -> Option<Error> {
        let (to, mut rows) = tokio::sync::mpsc::channel(16);
        super::read(HalfAway("公司名称,电话\r\n上海".as_bytes(), error), format, &to);
        drop(to);
        std::iter::from_fn(|| rows.try_recv().ok()).find_map(Result::err)
    }

    #[test]
    fn a_part_that_cannot_be_had_now_is_not_taken_for_a_bad_file() {
        for format in [Format::Csv, Format::CsvGb, Format::Xlsx] {
            for error in [Error::Busy, Error::Internal] {
                assert_eq!(read(format, error.clone()), Some(error), "{format:?}");
            }
        }
    }
}
