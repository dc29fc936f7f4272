//! Sign-ins. Of a token only its SHA-256 is kept.

use domain::{Instant, StaffId};
use uuid::Uuid;

use crate::{
    Database, StorageError,
    values::{instant, micros},
};

/// A session that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What is kept of its token.
    pub token_hash: [u8; 32],
    /// When it began.
    pub created: Instant,
    /// When it was used last.
    pub last_used: Instant,
}

/// Keeps a new session until `expires`.
pub async fn create(
    database: &Database,
    token_hash: [u8; 32],
    staff: StaffId,
    at: Instant,
    expires: Instant,
) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    let sql = "INSERT INTO session (token_hash, staff, created_at, expires_at, last_used_at)
        VALUES ($1, $2, $3, $4, $3)";
    execute!(link, sql, &token_hash[..], staff.0, micros(at), micros(expires))?;
    link.commit().await
}

/// Whose session this is and when it was used last, if it has not expired and the account is active.
pub async fn find(
    database: &Database,
    token_hash: [u8; 32],
    now: Instant,
) -> Result<Option<(StaffId, Instant)>, StorageError> {
    let mut link = database.reader().await?;
    let sql =
        "SELECT s.id AS id, session.last_used_at AS last_used_at FROM session JOIN staff s ON s.id = session.staff
        WHERE session.token_hash = $1 AND session.expires_at > $2 AND s.active = $3";
    let row = fetch_optional!(link, (Uuid, i64), sql, &token_hash[..], micros(now), true)?;
    row.map(|(id, last_used)| Ok((StaffId(id), instant(last_used)?))).transpose()
}

/// The sessions of an account that have not expired.
pub async fn of_staff(database: &Database, staff: StaffId, now: Instant) -> Result<Vec<Kept>, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT token_hash, created_at, last_used_at FROM session WHERE staff = $1 AND expires_at > $2";
    let rows = fetch_all!(link, (Vec<u8>, i64, i64), sql, staff.0, micros(now))?;
    let kept = |(hash, created, last_used): (Vec<u8>, i64, i64)| {
        let token_hash = hash.try_into().map_err(|_| StorageError::Unreadable("a token's digest".into()))?;
        Ok(Kept { token_hash, created: instant(created)?, last_used: instant(last_used)? })
    };
    rows.into_iter().map(kept).collect()
}

/// A session is used now.
pub async fn touch(database: &Database, token_hash: [u8; 32], now: Instant) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    execute!(link, "UPDATE session SET last_used_at = $1 WHERE token_hash = $2", micros(now), &token_hash[..])?;
    link.commit().await
}

/// Ends a session, if there is one.
pub async fn delete(database: &Database, token_hash: [u8; 32]) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    execute!(link, "DELETE FROM session WHERE token_hash = $1", &token_hash[..])?;
    link.commit().await
}

/// Ends every session of an account; gives how many.
pub async fn delete_all_of(database: &Database, staff: StaffId) -> Result<u64, StorageError> {
    let mut link = database.writer().await?;
    let rows = execute!(link, "DELETE FROM session WHERE staff = $1", staff.0)?;
    link.commit().await?;
    Ok(rows)
}

/// Removes sessions that have expired; gives how many.
pub async fn delete_expired(database: &Database, now: Instant) -> Result<u64, StorageError> {
    let mut link = database.writer().await?;
    let rows = execute!(link, "DELETE FROM session WHERE expires_at <= $1", micros(now))?;
    link.commit().await?;
    Ok(rows)
}
