//! Priority slips that were used. A slip is signed and says by itself until when it is valid; here is only kept that it
//! was used, until then.

use domain::{Instant, SlipId};
use uuid::Uuid;

use crate::{Database, StorageError, values::micros};

/// Uses a slip; gives whether it was not used before. `until` is the end of its validity.
pub async fn mark_used(database: &Database, slip: SlipId, until: Instant) -> Result<bool, StorageError> {
    let mut link = database.writer().await?;
    let sql = "INSERT INTO used_slip (id, valid_until) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
    let rows = execute!(link, sql, slip.0, micros(until))?;
    link.commit().await?;
    Ok(rows == 1)
}

/// Whether a slip was used.
pub async fn is_used(database: &Database, slip: SlipId) -> Result<bool, StorageError> {
    let mut link = database.reader().await?;
    Ok(fetch_optional!(link, (Uuid,), "SELECT id FROM used_slip WHERE id = $1", slip.0)?.is_some())
}

/// Gives a slip back, whose ticket could not be taken after all.
pub async fn release(database: &Database, slip: SlipId) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    execute!(link, "DELETE FROM used_slip WHERE id = $1", slip.0)?;
    link.commit().await
}

/// Forgets slips that are no longer valid anyway; gives how many.
pub async fn delete_expired(database: &Database, now: Instant) -> Result<u64, StorageError> {
    let mut link = database.writer().await?;
    let rows = execute!(link, "DELETE FROM used_slip WHERE valid_until <= $1", micros(now))?;
    link.commit().await?;
    Ok(rows)
}
