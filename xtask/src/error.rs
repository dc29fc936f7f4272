//! One error for all tasks: a sentence for the person at the terminal.

use std::fmt::{self, Display};
use std::path::Path;
use std::process::Command;

/// Why a task failed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

/// What tasks return.
pub type Result<T = ()> = std::result::Result<T, Error>;

impl Error {
    /// An error with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// Says what was being done when something failed.
pub trait Doing<T> {
    /// `doing` is read as in "`doing`: the cause".
    fn doing(self, doing: impl Display) -> Result<T>;
}

impl<T, E: Display> Doing<T> for std::result::Result<T, E> {
    fn doing(self, doing: impl Display) -> Result<T> {
        self.map_err(|cause| Error(format!("{doing}: {cause}")))
    }
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).doing(Reading(path))
}

struct Reading<'a>(&'a Path);

impl Display for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "reading {}", self.0.display())
    }
}

/// Runs a program to its end, its output going to the terminal.
pub fn succeed(command: &mut Command) -> Result {
    let name = name(command);
    let status = command.status().doing(format_args!("starting {name}"))?;
    if status.success() { Ok(()) } else { Err(Error(format!("{name} failed ({status})"))) }
}

/// Runs a program to its end and takes what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let name = name(command);
    let output = command.output().doing(format_args!("starting {name}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Error(format!("{name} failed ({})\n{said}", output.status)));
    }
    String::from_utf8(output.stdout).doing(format_args!("what {name} printed"))
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
