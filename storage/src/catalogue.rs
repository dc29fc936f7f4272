//! Career information as the sources' releases say it. An import writes a release in short batches while another stays
//! current; one small transaction at the end makes it the one that everybody sees.

use std::{collections::HashMap, fmt::Write as _, time::Duration};

use domain::{
    Instant,
    catalogue::{Kind, Record, Release},
};
use sha2::{Digest as _, Sha256};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Conflict, Database, StorageError,
    values::{instant, micros, of_code, parsed},
};

/// An import that wrote nothing for so long was interrupted.
const INTERRUPTED: chrono::Duration = chrono::Duration::minutes(2);
/// Records deleted in one transaction, so that tickets get through in between.
const BATCH: i64 = 50;
/// How long nothing is deleted between two of them.
const PAUSE: Duration = Duration::from_millis(15);

/// A release that is kept, by an identifier of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRelease {
    /// Identifies it.
    pub id: Uuid,
    /// What it is cited by.
    pub release: Release,
}

#[derive(FromRow)]
struct ReleaseRow {
    id: Uuid,
    source: String,
    version: String,
    licence: Option<String>,
    imported_at: i64,
}

/// The current release of every source that has one.
pub async fn current(database: &Database) -> Result<Vec<StoredRelease>, StorageError> {
    let sql = "SELECT id, source, version, licence, imported_at FROM catalogue_release WHERE state = 'current'";
    let mut link = database.reader().await?;
    let mut all = fetch_all!(link, ReleaseRow, sql)?.into_iter().map(stored).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|r| r.release.source);
    Ok(all)
}

/// Begins to write a release, which nobody sees before [`make_current`]. Removes what an interrupted import left.
///
/// # Errors
/// [`Conflict::Import`] while another import of the same source is being written.
pub async fn begin(database: &Database, id: Uuid, release: &Release) -> Result<(), StorageError> {
    let source = release.source.code();
    let mut link = database.reader().await?;
    let sql = "SELECT id, source, version, licence, imported_at FROM catalogue_release
        WHERE state = 'loading' AND source = $1";
    let unfinished = fetch_all!(link, ReleaseRow, sql, source)?;
    drop(link);
    for other in unfinished {
        if release.imported_at - instant(other.imported_at)? < INTERRUPTED {
            return Err(Conflict::Import.into());
        }
        discard(database, other.id).await?;
    }
    let mut link = database.writer().await?;
    let sql = "INSERT INTO catalogue_release (id, source, version, licence, imported_at, state)
        VALUES ($1, $2, $3, $4, $5, 'loading')";
    let at = micros(release.imported_at);
    execute!(link, sql, id, source, &release.version, &release.licence, at)?;
    link.commit().await
}

/// Adds records to a release that is being written, in one transaction. `now` shows that the import is alive.
///
/// # Errors
/// [`Conflict::Import`] if the release is not being written any more.
pub async fn add(database: &Database, release: Uuid, records: &[Record], now: Instant) -> Result<(), StorageError> {
    let bodies = records.iter().map(body).collect::<Result<Vec<_>, _>>()?;
    let mut link = database.writer().await?;
    let sql = "UPDATE catalogue_release SET imported_at = $1 WHERE id = $2 AND state = 'loading'";
    if execute!(link, sql, micros(now), release)? == 0 {
        return Err(Conflict::Import.into());
    }
    for (record, (digest, body)) in records.iter().zip(bodies) {
        let sql = "INSERT INTO catalogue_body (digest, body) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
        execute!(link, sql, &digest, body)?;
        let sql = "INSERT INTO catalogue_record (release, kind, code, digest) VALUES ($1, $2, $3, $4)";
        execute!(link, sql, release, record.kind.code(), &record.code, &digest)?;
    }
    link.commit().await
}

/// What a record says, and the name of that.
fn body(record: &Record) -> Result<(String, String), StorageError> {
    let body = serde_json::to_string(record).map_err(|e| StorageError::Unreadable(e.to_string()))?;
    Ok((digest(&body), body))
}

fn digest(body: &str) -> String {
    let mut name = String::with_capacity(32);
    for byte in Sha256::digest(body).iter().take(16) {
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// Makes a release that was written whole the one that everybody sees, and the one before it a past one.
///
/// # Errors
/// [`Conflict::Import`] if the release is not being written any more.
pub async fn make_current(database: &Database, release: Uuid, now: Instant) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    let sql = "UPDATE catalogue_release SET state = 'past' WHERE state = 'current'
        AND source = (SELECT source FROM catalogue_release WHERE id = $1 AND state = 'loading')";
    execute!(link, sql, release)?;
    let sql = "UPDATE catalogue_release SET state = 'current', imported_at = $1 WHERE id = $2 AND state = 'loading'";
    if execute!(link, sql, micros(now), release)? == 0 {
        return Err(Conflict::Import.into());
    }
    link.commit().await
}

/// Removes a release that was not finished, in short transactions.
pub async fn discard(database: &Database, release: Uuid) -> Result<(), StorageError> {
    loop {
        let mut link = database.writer().await?;
        let sql = "DELETE FROM catalogue_record WHERE release = $1 AND (kind, code) IN
            (SELECT kind, code FROM catalogue_record WHERE release = $1 ORDER BY kind, code LIMIT $2)
            RETURNING digest";
        let digests = fetch_all!(link, (String,), sql, release, BATCH)?;
        for (digest,) in &digests {
            let sql = "DELETE FROM catalogue_body WHERE digest = $1
                AND NOT EXISTS (SELECT 1 FROM catalogue_record WHERE catalogue_record.digest = $1)";
            execute!(link, sql, digest)?;
        }
        if digests.is_empty() {
            execute!(link, "DELETE FROM catalogue_release WHERE id = $1 AND state = 'loading'", release)?;
            return link.commit().await;
        }
        link.commit().await?;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Every record of a release, by kind and code.
pub async fn records(database: &Database, release: Uuid) -> Result<Vec<Record>, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT body.body FROM catalogue_record AS record JOIN catalogue_body AS body USING (digest)
        WHERE record.release = $1";
    let bodies = fetch_all!(link, (String,), sql, release)?;
    let read = |(body,): (String,)| {
        serde_json::from_str(&body).map_err(|e| StorageError::Unreadable(format!("a catalogue record: {e}")))
    };
    let mut records = bodies.into_iter().map(read).collect::<Result<Vec<Record>, _>>()?;
    records.sort_by(|a, b| (a.kind, &a.code).cmp(&(b.kind, &b.code)));
    Ok(records)
}

/// What two releases differ in is seen by what their records are called by.
pub type Digests = HashMap<(Kind, String), String>;

/// The names of what a release's records say.
pub async fn digests(database: &Database, release: Uuid) -> Result<Digests, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT kind, code, digest FROM catalogue_record WHERE release = $1";
    let rows = fetch_all!(link, (String, String, String), sql, release)?;
    rows.into_iter().map(|(kind, code, digest)| Ok(((of_code(kind)?, code), digest))).collect()
}

/// The name of what a record says, as [`digests`] has it.
pub fn digest_of(record: &Record) -> Result<String, StorageError> {
    Ok(body(record)?.0)
}

fn stored(row: ReleaseRow) -> Result<StoredRelease, StorageError> {
    let release = Release {
        source: parsed(&row.source)?,
        version: row.version,
        licence: row.licence,
        imported_at: instant(row.imported_at)?,
    };
    Ok(StoredRelease { id: row.id, release })
}
