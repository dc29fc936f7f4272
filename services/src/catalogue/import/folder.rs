//! The files of a release, found by what their names begin with.

use std::path::{Path, PathBuf};

use super::{
    report::ImportError,
    table::{Separator, Table},
};

/// A folder that holds one release.
pub(super) struct Folder {
    path: PathBuf,
    names: Vec<String>,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let unreadable = |error| ImportError::Unreadable { file: path.to_owned(), error };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            names.push(entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(Self { path: path.to_owned(), names })
    }

    /// The names of the files that match.
    pub(super) fn matching(&self, matches: impl Fn(&str) -> bool) -> Vec<String> {
        self.names.iter().filter(|n| matches(n)).cloned().collect()
    }

    /// Opens a file of the folder.
    pub(super) fn table(&self, name: &str, separator: Separator) -> Result<Table, ImportError> {
        Table::open(&self.path.join(name), separator)
    }

    /// What is said where the folder holds no release.
    pub(super) fn holds_none(&self, source_name: &'static str, expected: impl Into<String>) -> ImportError {
        ImportError::UnknownRelease { folder: self.path.clone(), source_name, expected: expected.into() }
    }

    /// What is said where two files are of different releases.
    pub(super) fn mixed(&self, one: &str, other: &str) -> ImportError {
        ImportError::Mixed { folder: self.path.clone(), one: one.to_owned(), other: other.to_owned() }
    }
}
