//! Keys that the installation signs with, made once and kept.

use crate::{Database, StorageError};

/// The key for this purpose: the one that is kept, or `fresh`, which is kept from now on.
pub async fn get_or_keep(database: &Database, purpose: &str, fresh: [u8; 32]) -> Result<[u8; 32], StorageError> {
    let sql = "SELECT bytes FROM signing_key WHERE purpose = $1";
    let mut reader = database.reader().await?;
    if let Some(kept) = fetch_optional!(reader, (Vec<u8>,), sql, purpose)? {
        return key(kept.0);
    }
    drop(reader);
    let mut link = database.writer().await?;
    let insert = "INSERT INTO signing_key (purpose, bytes) VALUES ($1, $2) ON CONFLICT (purpose) DO NOTHING";
    execute!(link, insert, purpose, &fresh[..])?;
    // Another node may have been first.
    let kept = fetch_optional!(link, (Vec<u8>,), sql, purpose)?;
    link.commit().await?;
    kept.map_or(Ok(fresh), |(bytes,)| key(bytes))
}

fn key(bytes: Vec<u8>) -> Result<[u8; 32], StorageError> {
    bytes.try_into().map_err(|_| StorageError::Unreadable("a signing key that has not 32 bytes".into()))
}
