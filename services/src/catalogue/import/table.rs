//! Tables as sources give them: by the names of their columns, whatever their order, with quotes, newlines inside
//! quotes, CRLF and a byte order mark.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use domain::catalogue::Interest;

use super::report::{ImportError, Reason, RefusedRow};

/// What separates the columns of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Comma,
    /// What spreadsheets write where the comma stands in numbers.
    Semicolon,
    Tab,
}

/// A table file, opened and checked: it is UTF-8 and has a header.
pub(super) struct Table {
    /// The file's name, for reports.
    pub name: String,
    content: Content,
    separator: Separator,
    header: Vec<String>,
}

/// Where a table's text is.
enum Content {
    File(PathBuf),
    Embedded(&'static str),
}

impl Content {
    fn open(&self) -> Result<Box<dyn BufRead>, ImportError> {
        match self {
            Self::Embedded(text) => Ok(Box::new(text.as_bytes())),
            Self::File(path) => {
                let unreadable = |error| ImportError::Unreadable { file: path.clone(), error };
                let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
                if file.fill_buf().map_err(unreadable)?.starts_with(b"\xef\xbb\xbf") {
                    file.consume(3);
                }
                Ok(Box::new(file))
            }
        }
    }
}

/// A column of a table, by its place.
#[derive(Clone, Copy)]
pub(super) struct Column(usize);

/// One row.
pub(super) struct Row {
    /// Its number as a spreadsheet shows it: the header is row 1.
    pub number: u64,
    cells: csv::StringRecord,
}

impl Table {
    /// Opens a file, and reads all of it once to be sure of its encoding.
    pub(super) fn open(path: &Path, separator: Separator) -> Result<Self, ImportError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let unreadable = |error| ImportError::Unreadable { file: path.to_owned(), error };
        let mut reader = BufReader::new(File::open(path).map_err(unreadable)?);
        if let Some(line) = first_line_of_other_encoding(&mut reader).map_err(unreadable)? {
            return Err(ImportError::Encoding { file: name, line });
        }
        Self::with_header(name, Content::File(path.to_owned()), separator)
    }

    /// A table that comes with the program.
    pub(super) fn embedded(name: &str, text: &'static str) -> Result<Self, ImportError> {
        Self::with_header(name.to_owned(), Content::Embedded(text), Separator::Comma)
    }

    fn with_header(name: String, content: Content, separator: Separator) -> Result<Self, ImportError> {
        let mut table = Self { name, content, separator, header: Vec::new() };
        table.header = table.columns()?;
        if separator == Separator::Comma && matches!(&*table.header, [all] if all.contains(';')) {
            table.separator = Separator::Semicolon;
            table.header = table.columns()?;
        }
        if table.header.iter().all(String::is_empty) {
            return Err(ImportError::Empty { file: table.name });
        }
        Ok(table)
    }

    fn columns(&self) -> Result<Vec<String>, ImportError> {
        let mut reader = self.reader()?;
        let header = reader.headers().map_err(|e| self.broken(&e))?;
        Ok(header.iter().map(|h| h.trim().to_owned()).collect())
    }

    fn reader(&self) -> Result<csv::Reader<Box<dyn BufRead>>, ImportError> {
        let mut builder = csv::ReaderBuilder::new();
        builder.flexible(true);
        match self.separator {
            Separator::Comma => &mut builder,
            Separator::Semicolon => builder.delimiter(b';'),
            // Quotes mean nothing in tab-separated files of O*NET.
            Separator::Tab => builder.delimiter(b'\t').quoting(false),
        };
        Ok(builder.from_reader(self.content.open()?))
    }

    /// The column with this name, or with another that releases have used.
    pub(super) fn column(&self, names: &[&str]) -> Result<Column, ImportError> {
        self.optional(names).ok_or_else(|| ImportError::Column {
            file: self.name.clone(),
            column: names.first().copied().unwrap_or_default().to_owned(),
            has: self.header.clone(),
        })
    }

    /// The column, if the table has it.
    pub(super) fn optional(&self, names: &[&str]) -> Option<Column> {
        self.header.iter().position(|h| names.iter().any(|n| h.eq_ignore_ascii_case(n))).map(Column)
    }

    /// Goes through the rows. What `each` finds wrong with one is noted in the refused ones, and the next is read.
    pub(super) fn each(
        &self,
        refused: &mut Vec<RefusedRow>,
        mut each: impl FnMut(&Row) -> Result<(), Wrong>,
    ) -> Result<u64, ImportError> {
        let mut reader = self.reader()?;
        let mut row = Row { number: 1, cells: csv::StringRecord::new() };
        while reader.read_record(&mut row.cells).map_err(|e| self.broken(&e))? {
            row.number += 1;
            let whole = if row.cells.len() == self.header.len() {
                each(&row)
            } else {
                Err(Wrong::row(Reason::Columns { has: row.cells.len(), header: self.header.len() }))
            };
            if let Err(Wrong { column, reason }) = whole {
                let column = column.and_then(|Column(c)| self.header.get(c).cloned());
                refused.push(RefusedRow { file: self.name.clone(), row: row.number, column, reason });
            }
        }
        Ok(row.number - 1)
    }

    fn broken(&self, error: &csv::Error) -> ImportError {
        ImportError::Broken { file: self.name.clone(), reason: error.to_string() }
    }
}

/// What is wrong with a row.
pub(super) struct Wrong {
    column: Option<Column>,
    reason: Reason,
}

impl Wrong {
    /// The row as a whole.
    pub(super) fn row(reason: Reason) -> Self {
        Self { column: None, reason }
    }
    /// One cell.
    pub(super) fn cell(column: Column, reason: impl Into<Reason>) -> Self {
        Self { column: Some(column), reason: reason.into() }
    }
}

impl Row {
    /// A cell without surrounding spaces; empty where the table has no such column.
    pub(super) fn get(&self, column: impl Into<Option<Column>>) -> &str {
        column.into().and_then(|Column(c)| self.cells.get(c)).map_or("", str::trim)
    }
    /// A cell that has to be filled in.
    pub(super) fn filled(&self, column: Column) -> Result<&str, Wrong> {
        match self.get(column) {
            "" => Err(Wrong::cell(column, Reason::Empty)),
            text => Ok(text),
        }
    }
    /// A cell that holds letters of interests, such as `SAE`; none if it is empty.
    pub(super) fn interests(&self, column: Column) -> Result<Vec<Interest>, Wrong> {
        let letters = self.get(column);
        Interest::read(letters).map_err(|_| Wrong::cell(column, Reason::not_in(letters, "R, I, A, S, E, C")))
    }
    /// A cell that has to be an identifier: it becomes part of an address.
    pub(super) fn code(&self, column: Column) -> Result<&str, Wrong> {
        let code = self.filled(column)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if code.len() <= 80 && code.chars().all(allowed) {
            Ok(code)
        } else {
            Err(Wrong::cell(column, Reason::NotACode(code.to_owned())))
        }
    }
}

fn first_line_of_other_encoding(reader: &mut impl BufRead) -> std::io::Result<Option<u64>> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if std::str::from_utf8(&line).is_err() || line.contains(&0) {
            return Ok(Some(number));
        }
    }
    Ok(None)
}
