//! Days and their logs: what happened, entry after entry, until the fold destroys it.

use chrono::NaiveDate;
use domain::{
    CentreId, DayId, Instant,
    day::{Entry, Event},
    statistics::Fold,
};
use futures::TryStreamExt;
use uuid::Uuid;

use crate::{
    Conflict, Database, StorageError,
    database::{Kept, Kind, Link},
    statistics,
    values::{instant, micros, whole},
};

/// A centre's day as the register of days knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredDay {
    /// Identifier.
    pub id: DayId,
    /// Whose day.
    pub centre: CentreId,
    /// The service day's date, in the centre's time zone.
    pub date: NaiveDate,
    /// 1 for the first day of this date, 2 if it was closed and opened again, and so on.
    pub run: u32,
    /// When it was made.
    pub opened_at: Instant,
    /// When a node last said that it serves it: what comes much later was interrupted.
    pub last_seen: Instant,
}

#[derive(Clone, Copy, sqlx::FromRow)]
struct DayRow {
    id: Uuid,
    centre: Uuid,
    date: NaiveDate,
    run: i64,
    opened_at: i64,
    last_seen: i64,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    sequence: i64,
    at: i64,
    key: String,
    fingerprint: i64,
    events: String,
}

/// A day's columns. The last entry of its log is a sign of life too.
macro_rules! day_columns {
    () => {
        "id, centre, date, run, opened_at, CASE
            WHEN (SELECT at FROM day_log WHERE day_log.day = day.id ORDER BY sequence DESC LIMIT 1) > last_seen
            THEN (SELECT at FROM day_log WHERE day_log.day = day.id ORDER BY sequence DESC LIMIT 1)
            ELSE last_seen END AS last_seen"
    };
}

/// The centre's day that is not folded yet: there is one at most.
pub async fn open_day(database: &Database, centre: CentreId) -> Result<Option<StoredDay>, StorageError> {
    let mut link = database.reader().await?;
    let sql = concat!("SELECT ", day_columns!(), " FROM day WHERE centre = $1 AND folded_at IS NULL");
    fetch_optional!(link, DayRow, sql, centre.0)?.map(stored).transpose()
}

/// Every day that is not folded yet, the oldest first.
pub async fn unfolded_days(database: &Database) -> Result<Vec<StoredDay>, StorageError> {
    let mut link = database.reader().await?;
    let sql = concat!("SELECT ", day_columns!(), " FROM day WHERE folded_at IS NULL ORDER BY opened_at, id");
    fetch_all!(link, DayRow, sql)?.into_iter().map(stored).collect()
}

/// Makes a day. A date that was folded gets another run.
///
/// # Errors
/// [`Conflict::Day`] if the centre has a day that is not folded, also one that another node makes just now.
pub async fn create_day(
    database: &Database,
    id: DayId,
    centre: CentreId,
    date: NaiveDate,
    at: Instant,
) -> Result<StoredDay, StorageError> {
    let mut link = database.writer().await?;
    let sql = "INSERT INTO day (id, centre, date, run, opened_at, last_seen)
        VALUES ($1, $2, $3, (SELECT COALESCE(MAX(run), 0) + 1 FROM day WHERE centre = $2 AND date = $3), $4, $4)
        RETURNING id, centre, date, run, opened_at, last_seen";
    let row = fetch_optional!(link, DayRow, sql, id.0, centre.0, date, micros(at))?;
    link.commit().await?;
    row.map_or_else(|| Err(Conflict::Day.into()), stored)
}

/// Whether a centre had a day on this date, folded or not.
pub async fn was_opened(database: &Database, centre: CentreId, date: NaiveDate) -> Result<bool, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT id FROM day WHERE centre = $1 AND date = $2 LIMIT 1";
    Ok(fetch_optional!(link, (Uuid,), sql, centre.0, date)?.is_some())
}

/// Notes that a day is being served, so that an interruption can be measured. Gives whether it is not folded yet.
pub async fn touch_day(database: &Database, day: DayId, at: Instant) -> Result<bool, StorageError> {
    let mut link = database.writer().await?;
    let rows = execute!(link, "UPDATE day SET last_seen = $1 WHERE id = $2 AND folded_at IS NULL", micros(at), day.0)?;
    link.commit().await?;
    if let Kind::Sqlite(sqlite) = &database.0 {
        sqlite.scrub_later().await?;
    }
    Ok(rows == 1)
}

/// Appends entries to a day's log: all of them, durably, or none. Instants are kept to the microsecond.
///
/// # Errors
/// [`Conflict::Sequence`] if the log has one of these sequences or keys already, [`Conflict::Folded`] if the day is over.
pub async fn append(database: &Database, day: DayId, entries: &[Entry]) -> Result<(), StorageError> {
    append_after(database, day, None, entries).await
}

/// The same behind an entry that is known to be in the log, by its key.
///
/// # Errors
/// As [`append`], and [`Conflict::Lost`] if that entry is not there any more, or another one is in its place.
pub async fn append_after(
    database: &Database,
    day: DayId,
    known: Option<&str>,
    entries: &[Entry],
) -> Result<(), StorageError> {
    let Some(last) = entries.last() else { return Ok(()) };
    let rows: Vec<Row<'_>> = entries.iter().map(Row::of).collect::<Result<_, _>>()?;
    let appended = match &database.0 {
        Kind::Sqlite(db) => append_sqlite(&db.log, day, known, &rows).await?,
        Kind::Postgres(db) => append_postgres(db.log(day), day, micros(last.at), known, &rows).await?,
    };
    match appended {
        0 if known.is_some() && is_folded(database, day).await? != Some(true) => Err(Conflict::Lost.into()),
        0 => Err(Conflict::Folded.into()),
        _ => Ok(()),
    }
}

/// Whether a day is folded; none if there is no such day.
pub async fn is_folded(database: &Database, day: DayId) -> Result<Option<bool>, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT id, folded_at FROM day WHERE id = $1";
    Ok(fetch_optional!(link, (Uuid, Option<i64>), sql, day.0)?.map(|(_, folded)| folded.is_some()))
}

/// Makes a day again that the database has lost, as it was known.
///
/// # Errors
/// [`Conflict::Day`] if another is in its place.
pub async fn put_back_day(database: &Database, day: &StoredDay) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    let sql = "INSERT INTO day (id, centre, date, run, opened_at, last_seen) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO NOTHING";
    let (opened_at, last_seen) = (micros(day.opened_at), micros(day.last_seen));
    execute!(link, sql, day.id.0, day.centre.0, day.date, i64::from(day.run), opened_at, last_seen)?;
    link.commit().await
}

/// An entry as the log's table has it.
struct Row<'e> {
    sequence: i64,
    at: i64,
    key: &'e str,
    fingerprint: i64,
    events: String,
}

impl<'e> Row<'e> {
    fn of(entry: &'e Entry) -> Result<Self, StorageError> {
        let unreadable = |_| StorageError::Unreadable("a sequence out of range".into());
        Ok(Self {
            sequence: i64::try_from(entry.sequence).map_err(unreadable)?,
            at: micros(entry.at),
            key: &entry.key,
            fingerprint: entry.fingerprint.cast_signed(),
            events: serde_json::to_string(&entry.events).map_err(|e| StorageError::Unreadable(e.to_string()))?,
        })
    }
}

/// The sequence of the entry before these.
fn before(rows: &[Row<'_>]) -> i64 {
    rows.first().map_or(0, |first| first.sequence - 1)
}

/// One statement, which SQLite makes one transaction. Who comes after a fold changes nothing.
async fn append_sqlite(
    log: &Kept<sqlx::Sqlite>,
    day: DayId,
    known: Option<&str>,
    rows: &[Row<'_>],
) -> Result<u64, StorageError> {
    let sql = "INSERT INTO day_log (day, sequence, at, key, fingerprint, events)
        SELECT $1, entry.value ->> 0, entry.value ->> 1, entry.value ->> 2, entry.value ->> 3, entry.value ->> 4
        FROM json_each($2) AS entry WHERE EXISTS (SELECT 1 FROM day WHERE id = $1 AND folded_at IS NULL)
        AND ($3 IS NULL OR EXISTS (SELECT 1 FROM day_log WHERE day = $1 AND sequence = $4 AND key = $3))";
    let columns = |r: &Row<'_>| serde_json::json!([r.sequence, r.at, r.key, r.fingerprint, r.events]);
    let before = before(rows);
    let rows_text = serde_json::Value::Array(rows.iter().map(columns).collect()).to_string();
    let done = log.execute(sqlx::query(sql).bind(day.0).bind(rows_text).bind(known).bind(before)).await?;
    Ok(done.rows_affected())
}

/// One statement, one round trip, one commit. The day's row is locked first: a fold or another node's append waits, and
/// who comes after a fold finds no row.
async fn append_postgres(
    log: &Kept<sqlx::Postgres>,
    day: DayId,
    at: i64,
    known: Option<&str>,
    rows: &[Row<'_>],
) -> Result<u64, StorageError> {
    let sql = "WITH unfolded AS (UPDATE day SET last_seen = $1 WHERE id = $2 AND folded_at IS NULL
            AND ($8::TEXT IS NULL OR EXISTS (SELECT 1 FROM day_log WHERE day = $2 AND sequence = $9 AND key = $8))
            RETURNING id)
        INSERT INTO day_log (day, sequence, at, key, fingerprint, events)
        SELECT unfolded.id, entry.* FROM unfolded,
            UNNEST($3::BIGINT[], $4::BIGINT[], $5::TEXT[], $6::BIGINT[], $7::TEXT[]) AS entry";
    let append = sqlx::query(sql)
        .bind(at)
        .bind(day.0)
        .bind(rows.iter().map(|r| r.sequence).collect::<Vec<_>>())
        .bind(rows.iter().map(|r| r.at).collect::<Vec<_>>())
        .bind(rows.iter().map(|r| r.key).collect::<Vec<_>>())
        .bind(rows.iter().map(|r| r.fingerprint).collect::<Vec<_>>())
        .bind(rows.iter().map(|r| r.events.as_str()).collect::<Vec<_>>())
        .bind(known)
        .bind(before(rows));
    Ok(log.execute(append).await?.rows_affected())
}

/// The entries of a day's log after a sequence (0: all of them), in order. Empty once the day is folded.
///
/// # Errors
/// [`StorageError::Unreadable`] if an entry is not understood.
pub async fn read(database: &Database, day: DayId, after_sequence: u64) -> Result<Vec<Entry>, StorageError> {
    let after = i64::try_from(after_sequence).unwrap_or(i64::MAX);
    let mut link = database.reader().await?;
    let sql =
        "SELECT sequence, at, key, fingerprint, events FROM day_log WHERE day = $1 AND sequence > $2 ORDER BY sequence";
    // Entries are understood while the database still reads: a whole day is read when the service starts.
    let entries = on!(link, c => {
        let mut rows = sqlx::query_as::<_, EntryRow>(sql).bind(day.0).bind(after).fetch(c);
        let mut entries = Vec::new();
        loop {
            match rows.try_next().await {
                Ok(Some(row)) => entries.push(entry(row)),
                Ok(None) => break Ok(entries),
                Err(error) => break Err(error),
            }
        }
    })?;
    entries.into_iter().collect()
}

fn entry(row: EntryRow) -> Result<Entry, StorageError> {
    let events: Vec<Event> = serde_json::from_str(&row.events)
        .map_err(|e| StorageError::Unreadable(format!("entry {} of the day's log: {e}", row.sequence)))?;
    Ok(Entry {
        sequence: whole(row.sequence)?,
        at: instant(row.at)?,
        key: row.key,
        fingerprint: row.fingerprint.cast_unsigned(),
        events,
    })
}

fn stored(row: DayRow) -> Result<StoredDay, StorageError> {
    Ok(StoredDay {
        id: DayId(row.id),
        centre: CentreId(row.centre),
        date: row.date,
        run: whole(row.run)?,
        opened_at: instant(row.opened_at)?,
        last_seen: instant(row.last_seen)?,
    })
}

/// Ends a day for ever: keeps its counts and destroys its log, in one transaction. Gives `false`, and changes nothing,
/// if the day was folded before, by this node or by another.
///
/// Afterwards the deleted bytes are removed from SQLite's files too (at once, or at a later [`touch_day`] where readers
/// stand in the way), and PostgreSQL frees their space.
pub async fn fold(database: &Database, day: DayId, folded_at: Instant, fold: &Fold) -> Result<bool, StorageError> {
    let mut link = database.writer().await?;
    let sql = "UPDATE day SET folded_at = $1 WHERE id = $2 AND folded_at IS NULL RETURNING centre";
    let Some((centre,)) = fetch_optional!(link, (Uuid,), sql, micros(folded_at), day.0)? else { return Ok(false) };
    statistics::add(&mut link, CentreId(centre), fold).await?;
    destroy(&mut link, day).await?;
    link.commit().await?;
    scrub(database).await;
    Ok(true)
}

async fn destroy(link: &mut Link, day: DayId) -> Result<(), StorageError> {
    execute!(*link, "DELETE FROM day_log WHERE day = $1", day.0)?;
    Ok(())
}

async fn scrub(database: &Database) {
    match &database.0 {
        Kind::Sqlite(db) => db.scrub_now().await,
        Kind::Postgres(db) => {
            if let Err(error) = sqlx::raw_sql("VACUUM day_log").execute(&db.pool).await {
                tracing::warn!(%error, "the space of a folded day was not freed; PostgreSQL does it by itself later");
            }
        }
    }
}
