//! Networks and centres with all that belongs to them.

mod hours;
mod load;
mod save;

use domain::{CentreId, NetworkId, Text, centre::Centre};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{Database, StorageError, values::parsed};

/// Saves a whole centre: adds what is new, changes what is there, removes what is gone.
///
/// # Errors
/// [`crate::Conflict::Slug`] if another centre has its address; [`crate::Conflict::Identifier`] if a part of it belongs
/// to another centre.
pub async fn save(database: &Database, centre: &Centre) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    save::centre(&mut link, centre).await?;
    execute!(link, "UPDATE register_changes SET saved = saved + 1 WHERE id = 1")?;
    link.commit().await
}

/// How often a centre was saved, by whichever program: as long as it stays the same, nothing has to be read again.
pub async fn changes(database: &Database) -> Result<i64, StorageError> {
    let mut link = database.reader().await?;
    let row = fetch_optional!(link, (i64,), "SELECT saved FROM register_changes WHERE id = 1")?;
    Ok(row.map_or(0, |(saved,)| saved))
}

/// Every centre, in the order of their addresses.
pub async fn all(database: &Database) -> Result<Vec<Centre>, StorageError> {
    let mut link = database.snapshot().await?;
    let mut rows = fetch_all!(link, (Uuid, String), "SELECT id, slug FROM centre")?;
    rows.sort_by(|a, b| a.1.cmp(&b.1));
    let mut centres = Vec::with_capacity(rows.len());
    for (id, _) in rows {
        centres.extend(load::centre(&mut link, id).await?);
    }
    Ok(centres)
}

/// A centre by its name in addresses.
pub async fn by_slug(database: &Database, slug: &str) -> Result<Option<Centre>, StorageError> {
    let mut link = database.snapshot().await?;
    match fetch_optional!(link, (Uuid,), "SELECT id FROM centre WHERE slug = $1", slug)? {
        Some((id,)) => load::centre(&mut link, id).await,
        None => Ok(None),
    }
}

/// A centre.
pub async fn by_id(database: &Database, id: CentreId) -> Result<Option<Centre>, StorageError> {
    let mut link = database.snapshot().await?;
    load::centre(&mut link, id.0).await
}

/// Saves a network of centres.
pub async fn save_network(database: &Database, id: NetworkId, name: &Text) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    let sql = "INSERT INTO network (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
    execute!(link, sql, id.0, Json(name))?;
    link.commit().await
}

/// Every network, in the order of their identifiers.
pub async fn networks(database: &Database) -> Result<Vec<(NetworkId, Text)>, StorageError> {
    let mut link = database.reader().await?;
    let rows = fetch_all!(link, (Uuid, Json<Text>), "SELECT id, name FROM network ORDER BY id")?;
    Ok(rows.into_iter().map(|(id, name)| (NetworkId(id), name.0)).collect())
}

/// The only character of a letter's column.
fn letter(text: &str) -> Result<domain::centre::Letter, StorageError> {
    let c: char = parsed(text)?;
    c.try_into().map_err(|e: domain::centre::NotALetter| StorageError::Unreadable(e.to_string()))
}
