//! Sign-ins. Of a token only its SHA-256 is kept.

use domain::{Instant, StaffId};
use uuid::Uuid;

use crate::{Database, StorageError, values::micros};

/// Keeps a new session until `expires`.
pub async fn create(
    database: &Database,
    token_hash: [u8; 32],
    staff: StaffId,
    at: Instant,
    expires: Instant,
) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    let sql = "INSERT INTO session (token_hash, staff, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    execute!(link, sql, &token_hash[..], staff.0, micros(at), micros(expires))?;
    link.commit().await
}

/// Whose session this is, if it has not expired and the account is active.
pub async fn find(database: &Database, token_hash: [u8; 32], now: Instant) -> Result<Option<StaffId>, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT s.id AS id FROM session JOIN staff s ON s.id = session.staff
        WHERE session.token_hash = $1 AND session.expires_at > $2 AND s.active = $3";
    let row = fetch_optional!(link, (Uuid,), sql, &token_hash[..], micros(now), true)?;
    Ok(row.map(|(id,)| StaffId(id)))
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
