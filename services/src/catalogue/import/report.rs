//! What an import did, and why one did not begin.

use std::{convert::Infallible, fmt, path::PathBuf};

use domain::{
    catalogue::{NotInList, Release},
    text::NotALanguage,
};

use crate::Problem;

/// Why a row was left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Nothing is written, and something has to be.
    #[error("it is empty")]
    Empty,
    /// The row does not have the columns of the header.
    #[error("it has {has} columns, the header has {header}")]
    Columns {
        /// How many it has.
        has: usize,
        /// How many the header has.
        header: usize,
    },
    /// It cannot be part of an address.
    #[error("“{0}” is no code of letters, digits, “.”, “_” and “-”")]
    NotACode(String),
    /// It is none of a list's words.
    #[error("“{word}” is none of: {list}")]
    NotInList {
        /// What is written.
        word: String,
        /// What could be.
        list: String,
    },
    /// It is no language.
    #[error("it is no language code of two or three lower-case letters, such as fr or prs")]
    NotALanguage,
    /// It is no date.
    #[error("it is no date such as 2027-06-30")]
    NotADate,
    /// It is no number.
    #[error("it is no number")]
    NotANumber,
    /// It is no address of the web.
    #[error("“{0}” is no address of the web (https://…)")]
    NotAnAddress(String),
    /// Another row has the same code.
    #[error("another row has the same code")]
    Twice,
    /// Another row has the entry in the same language.
    #[error("another row has this entry in the same language")]
    LanguageTwice,
    /// Another row of the same entry says something else.
    #[error("another row of this entry says something else")]
    Contradicts,
    /// It speaks of something that no row defines.
    #[error("no row defines “{0}”")]
    Undefined(String),
}

impl Reason {
    /// It is none of these words.
    pub(super) fn not_in(word: &str, list: &str) -> Self {
        Self::NotInList { word: word.to_owned(), list: list.to_owned() }
    }
}
impl From<NotInList> for Reason {
    fn from(NotInList { word, list }: NotInList) -> Self {
        Self::NotInList { word, list }
    }
}
impl From<NotALanguage> for Reason {
    fn from(_: NotALanguage) -> Self {
        Self::NotALanguage
    }
}
impl From<chrono::ParseError> for Reason {
    fn from(_: chrono::ParseError) -> Self {
        Self::NotADate
    }
}
impl From<Infallible> for Reason {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// The file's name.
    pub file: String,
    /// Its number as a spreadsheet shows it: the header is row 1.
    pub row: u64,
    /// The column, if one is to blame.
    pub column: Option<String>,
    /// Why.
    pub reason: Reason,
}

impl fmt::Display for RefusedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, row, column, reason } = self;
        write!(f, "{file}, row {row}")?;
        if let Some(column) = column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {reason}")
    }
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct Report {
    /// The release that is current now.
    pub release: Release,
    /// Rows read, in all files.
    pub rows: u64,
    /// Records of the release.
    pub records: u64,
    /// Records that the release before did not have.
    pub new: u64,
    /// Records that say something else than in the release before.
    pub changed: u64,
    /// Records of the release before that are not there any more.
    pub gone: u64,
    /// Rows that were left out.
    pub refused: Vec<RefusedRow>,
}

impl Report {
    /// Whether the same was imported before: then nothing was written.
    pub fn is_unchanged(&self) -> bool {
        self.new == 0 && self.changed == 0 && self.gone == 0
    }
}

/// Why nothing was imported. The release that was current before still is.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder has no file that the import begins with.
    #[error("{folder} holds no release of {source_name}: there is no file {expected}")]
    UnknownRelease {
        /// Where it was looked for.
        folder: PathBuf,
        /// Of what.
        source_name: &'static str,
        /// The file's name, or how it begins.
        expected: String,
    },
    /// Files of several releases are mixed.
    #[error("{folder} mixes releases: {one} and {other}. Put the files of one release in a folder of their own")]
    Mixed {
        /// The folder.
        folder: PathBuf,
        /// A file of one.
        one: String,
        /// A file of another.
        other: String,
    },
    /// A file or folder cannot be read.
    #[error("{file}: {error}")]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A file is not UTF-8.
    #[error("{file}, line {line}: this is not UTF-8. Save the file as UTF-8 and try again")]
    Encoding {
        /// Which.
        file: String,
        /// The first line that is not.
        line: u64,
    },
    /// A file has no header.
    #[error("{file} is empty: its first line has to name its columns")]
    Empty {
        /// Which.
        file: String,
    },
    /// A column is missing.
    #[error("{file} has no column “{column}”. It has: {}", .has.join(", "))]
    Column {
        /// In which file.
        file: String,
        /// Which.
        column: String,
        /// The columns that are there.
        has: Vec<String>,
    },
    /// A file is broken.
    #[error("{file}: {reason}")]
    Broken {
        /// Which.
        file: String,
        /// Why.
        reason: String,
    },
    /// Nothing was left to import.
    #[error("no row can be used:\n{}", .0.iter().take(20).map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Nothing(Vec<RefusedRow>),
    /// The program stopped in the middle.
    #[error("the import was interrupted: begin it again")]
    Interrupted,
    /// Another import of this source is running.
    #[error("another import of this source is running: wait for its end")]
    Running,
    /// It could not be stored.
    #[error(transparent)]
    Problem(#[from] Problem),
}
