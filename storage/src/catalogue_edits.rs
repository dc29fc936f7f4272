//! What the installation changed of entries of career information. No import touches it.

use domain::{
    Instant,
    catalogue::{Edit, EntryId},
};

use crate::{
    Database, StorageError,
    values::{instant, micros, parsed},
};

/// An edit that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEdit {
    /// Of which entry.
    pub entry: EntryId,
    /// What was changed.
    pub edit: Edit,
    /// When it was changed last.
    pub changed_at: Instant,
}

/// A number that is another after every change.
pub async fn revision(database: &Database) -> Result<i64, StorageError> {
    let mut link = database.reader().await?;
    let row = fetch_optional!(link, (i64,), "SELECT revision FROM catalogue_edit_revision WHERE id = 1")?;
    Ok(row.map_or(0, |(revision,)| revision))
}

/// Every edit with its revision, in the order of the entries.
pub async fn all(database: &Database) -> Result<(i64, Vec<StoredEdit>), StorageError> {
    let mut link = database.snapshot().await?;
    let row = fetch_optional!(link, (i64,), "SELECT revision FROM catalogue_edit_revision WHERE id = 1")?;
    let rows = fetch_all!(link, (String, String, i64), "SELECT entry, body, changed_at FROM catalogue_edit")?;
    link.commit().await?;
    let stored = |(entry, body, changed_at): (String, String, i64)| {
        let edit = serde_json::from_str(&body);
        Ok(StoredEdit {
            entry: parsed(&entry)?,
            edit: edit.map_err(|e| StorageError::Unreadable(format!("an edit of {entry}: {e}")))?,
            changed_at: instant(changed_at)?,
        })
    };
    let mut edits = rows.into_iter().map(stored).collect::<Result<Vec<_>, StorageError>>()?;
    edits.sort_by(|a, b| a.entry.cmp(&b.entry));
    Ok((row.map_or(0, |(revision,)| revision), edits))
}

/// Keeps what was changed of an entry; an edit that changes nothing is forgotten.
pub async fn save(database: &Database, entry: &EntryId, edit: &Edit, now: Instant) -> Result<(), StorageError> {
    if edit.is_empty() {
        return delete(database, entry).await;
    }
    let body = written(edit)?;
    let mut link = database.writer().await?;
    let sql = "INSERT INTO catalogue_edit (entry, body, changed_at) VALUES ($1, $2, $3)
        ON CONFLICT (entry) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at";
    execute!(link, sql, entry.to_string(), body, micros(now))?;
    execute!(link, NEXT)?;
    link.commit().await
}

/// Keeps an entry that is made here; gives whether its address was free.
pub async fn make(database: &Database, entry: &EntryId, edit: &Edit, now: Instant) -> Result<bool, StorageError> {
    let body = written(edit)?;
    let mut link = database.writer().await?;
    let sql = "INSERT INTO catalogue_edit (entry, body, changed_at) VALUES ($1, $2, $3)
        ON CONFLICT (entry) DO NOTHING";
    let is_free = execute!(link, sql, entry.to_string(), body, micros(now))? > 0;
    if is_free {
        execute!(link, NEXT)?;
    }
    link.commit().await?;
    Ok(is_free)
}

/// Forgets what was changed of an entry.
pub async fn delete(database: &Database, entry: &EntryId) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    if execute!(link, "DELETE FROM catalogue_edit WHERE entry = $1", entry.to_string())? > 0 {
        execute!(link, NEXT)?;
    }
    link.commit().await
}

fn written(edit: &Edit) -> Result<String, StorageError> {
    serde_json::to_string(edit).map_err(|e| StorageError::Unreadable(e.to_string()))
}

const NEXT: &str = "UPDATE catalogue_edit_revision SET revision = revision + 1 WHERE id = 1";
