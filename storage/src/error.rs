//! Why something could not be kept or read.

use std::borrow::Cow;

use sqlx::{error::ErrorKind, migrate::MigrateError, postgres::PgDatabaseError, sqlite::SqliteError};
use thiserror::Error;

/// Why something could not be kept or read. Nothing was changed, unless a commit's answer got lost on the way.
#[derive(Debug, Error)]
pub enum StorageError {
    /// A newer version has changed the database; this one would not understand it.
    #[error(
        "the database was made by a newer version (its schema is {found}, this version knows {known}): start that version, or restore a backup made before it"
    )]
    NewerSchema {
        /// The newest schema found.
        found: i64,
        /// The newest schema that this version knows.
        known: i64,
    },
    /// The database's address cannot be understood.
    #[error("“{0}” is not a database: use sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// There is no space left. Works again by itself when there is.
    #[error("the database's disk is full: nothing can be saved until there is space again")]
    Full,
    /// The database may be read only. Works again by itself when it may be written.
    #[error("the database cannot be written: its file, folder or server is read-only")]
    ReadOnly,
    /// The server or the disk does not answer. Works again by itself when it does.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// Something else was there first.
    #[error("{0}")]
    Conflict(Conflict),
    /// An entry of a day's log, or another stored value, is not understood.
    #[error("a stored value cannot be read: {0}")]
    Unreadable(String),
    /// Anything else.
    #[error("the database refused: {0}")]
    Other(#[source] sqlx::Error),
}

/// What was there first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Conflict {
    /// Another node has appended to the day's log: read it and decide again.
    #[error("the day's log has grown meanwhile")]
    Sequence,
    /// The log no longer has what was known to be in it: its server came back with less.
    #[error("the day's log has lost what was in it")]
    Lost,
    /// The day was folded: nothing can be added to it.
    #[error("the day is folded")]
    Folded,
    /// The centre has a day that is not folded.
    #[error("the centre has a day already")]
    Day,
    /// Somebody else signs in with this name.
    #[error("this login is in use")]
    Login,
    /// Another centre has this name in addresses.
    #[error("this address is in use by another centre")]
    Slug,
    /// A release of this source is being written by another import, or this one is not any more.
    #[error("another import of this source is running")]
    Import,
    /// Another device shows this code.
    #[error("this code is in use")]
    Code,
    /// Something else has this identifier or secret.
    #[error("this identifier is in use")]
    Identifier,
    /// What is referred to does not exist, or is still referred to.
    #[error("something that this refers to does not exist, or something still refers to it")]
    Reference,
}

impl StorageError {
    /// Whether the connection itself may have suffered, so that it is better not used again.
    pub(crate) fn spoils_connection(&self) -> bool {
        matches!(self, Self::Full | Self::ReadOnly | Self::Unreachable(_))
    }
}

impl From<Conflict> for StorageError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::Database(e) => named(e.as_ref()).unwrap_or(Self::Other(error)),
            E::Io(e) if e.kind() == std::io::ErrorKind::StorageFull => Self::Full,
            E::PoolTimedOut => Self::Unreachable("no connection was free or could be made in time".into()),
            E::Io(_)
            | E::Tls(_)
            | E::PoolClosed
            | E::WorkerCrashed
            | E::Protocol(_)
            | E::BeginFailed
            | E::InvalidSavePointStatement => Self::Unreachable(error.to_string()),
            E::Migrate(_) => match error {
                E::Migrate(e) => Self::from(*e),
                other => Self::Other(other),
            },
            E::Decode(e) | E::ColumnDecode { source: e, .. } => Self::Unreadable(e.to_string()),
            _ => Self::Other(error),
        }
    }
}

impl From<MigrateError> for StorageError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => e.into(),
            other => Self::Other(sqlx::Error::Migrate(Box::new(other))),
        }
    }
}

/// The name of what a database answered, if it has one.
fn named(error: &dyn sqlx::error::DatabaseError) -> Option<StorageError> {
    match error.kind() {
        ErrorKind::UniqueViolation => {
            return Some(conflict(error.constraint().unwrap_or_else(|| error.message())).into());
        }
        ErrorKind::ForeignKeyViolation => return Some(Conflict::Reference.into()),
        _ => {}
    }
    let code = error.code().unwrap_or(Cow::Borrowed(""));
    let of_sqlite = error.try_downcast_ref::<SqliteError>().is_some();
    let of_postgres = error.try_downcast_ref::<PgDatabaseError>().is_some();
    let unreachable = || Some(StorageError::Unreachable(error.to_string()));
    match code.parse::<u32>() {
        Ok(number) if of_sqlite => match (number, number & 0xff) {
            // IOERR_SHMSIZE: the index beside the log cannot grow.
            (4874, _) | (_, 13) => Some(StorageError::Full),
            (_, 8) => Some(StorageError::ReadOnly),
            // BUSY, LOCKED, IOERR, CANTOPEN
            (_, 5 | 6 | 10 | 14) => unreachable(),
            _ => None,
        },
        _ if of_postgres => match &*code {
            "53100" => Some(StorageError::Full),
            "25006" => Some(StorageError::ReadOnly),
            // too many connections, input/output error, not a working server
            "53300" | "58030" => unreachable(),
            _ if code.starts_with("08") || code.starts_with("57P") => unreachable(),
            _ => None,
        },
        _ => None,
    }
}

/// What a broken unique constraint was about: PostgreSQL gives its name, SQLite the columns in a sentence.
fn conflict(constraint: &str) -> Conflict {
    let about = |table: &str| constraint.contains(&format!("{table}.")) || constraint.starts_with(&format!("{table}_"));
    if about("day_log") {
        Conflict::Sequence
    } else if about("day") {
        Conflict::Day
    } else if constraint.contains("login") {
        Conflict::Login
    } else if constraint.contains("slug") {
        Conflict::Slug
    } else if about("catalogue_release") {
        Conflict::Import
    } else if about("enrolment") {
        Conflict::Code
    } else {
        Conflict::Identifier
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_of_both_databases_have_one_name() {
        for (constraint, what) in [
            ("UNIQUE constraint failed: day_log.day, day_log.sequence", Conflict::Sequence),
            ("day_log_pkey", Conflict::Sequence),
            ("day_log_key", Conflict::Sequence),
            ("UNIQUE constraint failed: day.centre", Conflict::Day),
            ("day_unfolded", Conflict::Day),
            ("UNIQUE constraint failed: staff.login", Conflict::Login),
            ("staff_login_key", Conflict::Login),
            ("centre_slug_key", Conflict::Slug),
            ("UNIQUE constraint failed: enrolment.code", Conflict::Code),
            ("UNIQUE constraint failed: catalogue_release.source", Conflict::Import),
            ("catalogue_release_loading", Conflict::Import),
            ("UNIQUE constraint failed: device.secret_hash", Conflict::Identifier),
        ] {
            assert_eq!(conflict(constraint), what, "{constraint}");
        }
    }
}
