//! Copies of a SQLite file, made while it is in use.

use std::path::Path;

use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use crate::StorageError;

/// Copies the database of a file to another that does not exist. Without `with_day` the copy says nothing of the days
/// that are not folded: no trace of their logs is left in it.
///
/// # Errors
/// If the file is no database, or the copy cannot be written.
pub async fn sqlite(from: &Path, to: &Path, with_day: bool) -> Result<(), StorageError> {
    let mut source = open(from).await?;
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
