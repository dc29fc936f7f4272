//! Copies of a SQLite file, made while it is in use.

use std::{io::Read, path::Path};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use crate::{StorageError, database::sqlite_schema, keep_private};

/// How a SQLite file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Why a file is no copy that can be put in a database's place.
#[derive(Debug, thiserror::Error)]
pub enum NotACopy {
    /// It is something else.
    #[error("it is not a SQLite database")]
    NotSqlite,
    /// It is another program's.
    #[error("it is a database of another program, not of Parvis")]
    Foreign,
    /// Something of it is missing or wrong.
    #[error("it is damaged or was cut short: {0}")]
    Damaged(String),
    /// It cannot be read, or was made by a newer version.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Whether a file is a whole database of Parvis that this version understands. Nothing of it is changed.
///
/// # Errors
/// What it is instead.
pub async fn check(file: &Path) -> Result<(), NotACopy> {
    let unreadable = |e: std::io::Error| StorageError::Unreachable(format!("{}: {e}", file.display()));
    let mut head = Vec::new();
    let opened = std::fs::File::open(file).map_err(unreadable)?;
    let length = opened.metadata().map_err(unreadable)?.len();
    opened.take(MAGIC.len() as u64).read_to_end(&mut head).map_err(unreadable)?;
    if head != MAGIC {
        return Err(NotACopy::NotSqlite);
    }
    let mut copy = open(file).await.map_err(|e| damaged(&e))?;
    let found = look(&mut copy, length).await;
    copy.close().await.map_err(StorageError::from)?;
    found
}

async fn look(copy: &mut SqliteConnection, length: u64) -> Result<(), NotACopy> {
    let wrong: String =
        sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut *copy).await.map_err(|e| damaged(&e.into()))?;
    if wrong != "ok" {
        return Err(NotACopy::Damaged(wrong));
    }
    let page: i64 =
        sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut *copy).await.map_err(|e| damaged(&e.into()))?;
    if !length.is_multiple_of(u64::try_from(page).unwrap_or(1).max(1)) {
        return Err(NotACopy::Damaged("its last page is not whole".into()));
    }
    // Each step of the schema has a digest: another program has none of them.
    let steps: Result<Vec<(i64, Vec<u8>)>, _> =
        sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version").fetch_all(&mut *copy).await;
    let steps = steps.map_err(|_| NotACopy::Foreign)?;
    let known = sqlite_schema();
    let newest = known.iter().map(|m| m.version).max().unwrap_or_default();
    let is_ours =
        |(version, digest): &(i64, Vec<u8>)| known.iter().any(|m| m.version == *version && *m.checksum == **digest);
    let (older, newer): (Vec<_>, Vec<_>) = steps.into_iter().partition(|(version, _)| *version <= newest);
    if older.is_empty() || !older.iter().all(is_ours) {
        return Err(NotACopy::Foreign);
    }
    match newer.last() {
        Some((found, _)) => Err(StorageError::NewerSchema { found: *found, known: newest }.into()),
        None => Ok(()),
    }
}

fn damaged(error: &StorageError) -> NotACopy {
    NotACopy::Damaged(error.to_string())
}

/// Copies the database of a file to another that does not exist. Without `with_day` the copy says nothing of the days
/// that are not folded: no trace of their logs is left in it.
///
/// # Errors
/// If the file is no database, or the copy cannot be written.
pub async fn sqlite(from: &Path, to: &Path, with_day: bool) -> Result<(), StorageError> {
    let mut source = open(from).await?;
    // An empty file is one that SQLite may write into; its rights stay.
    keep_private(to).map_err(|e| StorageError::Unreachable(format!("{}: {e}", to.display())))?;
    sqlx::query("VACUUM INTO $1").bind(to.to_string_lossy().into_owned()).execute(&mut source).await?;
    source.close().await?;
    if with_day {
        return Ok(());
    }
    // No journal on disk: it would hold what is deleted.
    let options = SqliteConnectOptions::new().filename(to).journal_mode(SqliteJournalMode::Memory);
    let mut copy = options.pragma("secure_delete", "ON").foreign_keys(true).connect().await?;
    sqlx::query("DELETE FROM day WHERE folded_at IS NULL").execute(&mut copy).await?;
    sqlx::query("DELETE FROM day_log").execute(&mut copy).await?;
    sqlx::query("VACUUM").execute(&mut copy).await?;
    copy.close().await?;
    Ok(())
}

/// Whether no other program has the file open for writing.
///
/// # Errors
/// If the file is no database.
pub async fn is_unused(file: &Path) -> Result<bool, StorageError> {
    let mut connection = open(file).await?;
    // Only the last connection may leave write-ahead mode.
    let mode: Result<String, _> = sqlx::query_scalar("PRAGMA journal_mode = DELETE").fetch_one(&mut connection).await;
    connection.close().await?;
    Ok(mode.is_ok_and(|m| m == "delete"))
}

async fn open(file: &Path) -> Result<SqliteConnection, StorageError> {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(false);
    Ok(options.connect().await?)
}
