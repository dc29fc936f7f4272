//! A whole centre from one TOML file. The format is that of `server/src/demo/centre.toml`, the demo centre.

use domain::{
    CentreId,
    staff::{Device, Staff},
};

use crate::{DeviceSecret, Parvis, Problem};

/// What new accounts of an import get as their first password.
#[derive(Clone, Debug)]
pub enum FirstPasswords {
    /// Each its own, to be changed at the first sign-in.
    Generated,
    /// All this one, never to be changed: a demonstration.
    All(String),
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The centre.
    pub centre: CentreId,
    /// New accounts with their first passwords, to be shown once.
    pub accounts: Vec<(Staff, String)>,
    /// New devices with their secrets, to be shown once.
    pub devices: Vec<(Device, DeviceSecret)>,
}

/// A mistake in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its line, from 1.
    pub line: usize,
    /// Which field.
    pub field: String,
    /// What is wrong, and what to do.
    pub what: String,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file has mistakes: all of them, in the order of their lines.
    #[error("{}", .0.iter().map(|m| format!("line {}: {}: {}", m.line, m.field, m.what)).collect::<Vec<_>>().join("\n"))]
    Mistakes(Vec<Mistake>),
    /// It could not be stored.
    #[error(transparent)]
    Problem(#[from] Problem),
}

impl Parvis {
    /// Imports a whole centre. Importing it again changes what differs; ids stay, by slug, letters, codes and names.
    pub async fn import_centre(&self, toml: &str, passwords: FirstPasswords) -> Result<Imported, ImportError> {
        let _ = (toml, passwords);
        todo!()
    }
}
