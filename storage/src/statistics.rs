//! What remains of days: counts, never visitors.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    CentreId, SpaceId,
    statistics::{self, Cells, DurationCell, Fold, Margin, Part, Period},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    Database, StorageError,
    database::{Conn, Link},
    values::{code, of_code, whole},
};

#[derive(sqlx::FromRow)]
struct CellRow {
    margin: String,
    count: i64,
}

#[derive(sqlx::FromRow)]
struct DurationRow {
    date: NaiveDate,
    measure: String,
    space: String,
    visitors: i64,
    seconds: i64,
    buckets: String,
}

/// A centre's cells that count anything from one date to another, both included: a month's cell comes with any of its
/// dates.
pub async fn cells(
    database: &Database,
    centre: CentreId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Cells, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT margin, count FROM statistics_cell WHERE centre = $1 AND first_date <= $2 AND last_date >= $3";
    read_cells(fetch_all!(link, CellRow, sql, centre.0, to, from)?)
}

/// A centre's durations from one date to another, both included, in the order of date, measure and space.
pub async fn durations(
    database: &Database,
    centre: CentreId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<DurationCell>, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT date, measure, space, visitors, seconds, buckets FROM statistics_duration
        WHERE centre = $1 AND date BETWEEN $2 AND $3";
    let rows = fetch_all!(link, DurationRow, sql, centre.0, from, to)?;
    let mut cells = rows.into_iter().map(duration).collect::<Result<Vec<_>, _>>()?;
    cells.sort_by_key(|c| (c.date, c.measure, c.space));
    Ok(cells)
}

/// Merges cells below `threshold` upwards, in every period that is over by `today`, as [`statistics::merge_up`] says.
/// Gives whether anything changed. What was settled before is looked at by a reader, and not at all in the writer's turn,
/// which each year has for itself.
pub async fn merge_up(
    database: &Database,
    centre: CentreId,
    today: NaiveDate,
    threshold: u32,
) -> Result<bool, StorageError> {
    let mut changed = false;
    for (year, months) in unsettled(database, centre, today, threshold).await? {
        changed |= merge_in(database, centre, year, months, today, threshold).await?;
    }
    Ok(changed)
}

/// A first and a last date.
type Dates = (NaiveDate, NaiveDate);

/// The years, and their months, that have counts which are over by `today` and cannot stay where they are.
async fn unsettled(
    database: &Database,
    centre: CentreId,
    today: NaiveDate,
    threshold: u32,
) -> Result<BTreeMap<Dates, BTreeSet<Dates>>, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT margin, count FROM statistics_cell
        WHERE centre = $1 AND last_date < $2 AND (count < $3 OR margin LIKE '{\"small_days\"%')";
    let cells = read_cells(fetch_all!(link, CellRow, sql, centre.0, today, i64::from(threshold))?)?;
    let mut years: BTreeMap<Dates, BTreeSet<Dates>> = BTreeMap::new();
    for (margin, _) in cells.iter().filter(|(margin, n)| statistics::is_unsettled(margin, **n, threshold)) {
        let dates = margin.dates();
        let year = Period::Year.around(dates.0);
        let month = (dates != year).then(|| Period::Month.around(dates.0));
        years.entry(year).or_default().extend(month);
    }
    Ok(years)
}

/// Merges what some months of a year hold, into the year where it has to take it.
async fn merge_in(
    database: &Database,
    centre: CentreId,
    year: Dates,
    months: BTreeSet<Dates>,
    today: NaiveDate,
    threshold: u32,
) -> Result<bool, StorageError> {
    let mut link = database.writer().await?;
    lock(&mut link, centre).await?;
    let sql = "SELECT margin, count FROM statistics_cell WHERE centre = $1 AND first_date = $2 AND last_date = $3";
    let mut rows = fetch_all!(link, CellRow, sql, centre.0, year.0, year.1)?;
    for month in months {
        let sql =
            "SELECT margin, count FROM statistics_cell WHERE centre = $1 AND first_date >= $2 AND last_date <= $3";
        rows.extend(fetch_all!(link, CellRow, sql, centre.0, month.0, month.1)?);
    }
    let before = read_cells(rows)?;
    let after = statistics::merge_up(&before, today, threshold);
    for margin in before.keys().filter(|m| !after.contains_key(m)) {
        execute!(link, "DELETE FROM statistics_cell WHERE centre = $1 AND margin = $2", centre.0, json(margin)?)?;
    }
    for (margin, count) in after.iter().filter(|(m, n)| before.get(m) != Some(n)) {
        let sql =
            "INSERT INTO statistics_cell (centre, margin, first_date, last_date, count) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (centre, margin) DO UPDATE SET count = excluded.count";
        let (first, last) = margin.dates();
        execute!(link, sql, centre.0, json(margin)?, first, last, i64::from(*count))?;
    }
    link.commit().await?;
    Ok(before != after)
}

/// Adds a day's counts to those that are there.
pub(crate) async fn add(link: &mut Link, centre: CentreId, fold: &Fold) -> Result<(), StorageError> {
    lock(link, centre).await?;
    for (margin, count) in &fold.cells {
        let sql =
            "INSERT INTO statistics_cell (centre, margin, first_date, last_date, count) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (centre, margin) DO UPDATE SET count = statistics_cell.count + excluded.count";
        let (first, last) = margin.dates();
        execute!(*link, sql, centre.0, json(margin)?, first, last, i64::from(*count))?;
    }
    for cell in &fold.durations {
        add_duration(link, centre.0, cell).await?;
    }
    Ok(())
}

/// A date that was opened again has durations already: they are taken together.
async fn add_duration(link: &mut Link, centre: Uuid, cell: &DurationCell) -> Result<(), StorageError> {
    let sql = "SELECT date, measure, space, visitors, seconds, buckets FROM statistics_duration
        WHERE centre = $1 AND date = $2 AND measure = $3 AND space = $4";
    let (measure, space) = (code(&cell.measure)?, json(&cell.space)?);
    let before =
        fetch_optional!(*link, DurationRow, sql, centre, cell.date, &measure, &space)?.map(duration).transpose()?;
    let cell = before.map_or(*cell, |before| before.with(cell));
    let sql = "INSERT INTO statistics_duration (centre, date, measure, space, visitors, seconds, buckets)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (centre, date, measure, space) DO UPDATE SET visitors = excluded.visitors, seconds = excluded.seconds,
            buckets = excluded.buckets";
    let (visitors, seconds) = (i64::from(cell.visitors), i64::try_from(cell.seconds).unwrap_or(i64::MAX));
    execute!(*link, sql, centre, cell.date, measure, space, visitors, seconds, json(&cell.buckets)?)?;
    Ok(())
}

/// Two nodes that change one centre's counts do so one after the other; SQLite has one writer anyway.
async fn lock(link: &mut Link, centre: CentreId) -> Result<(), StorageError> {
    let locked = match link.conn() {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(c) => {
            let sql = "SELECT id FROM centre WHERE id = $1 FOR NO KEY UPDATE";
            sqlx::query(sql).bind(centre.0).execute(c).await.map(drop)
        }
    };
    locked.map_err(|e| link.failed(e))
}

fn read_cells(rows: Vec<CellRow>) -> Result<Cells, StorageError> {
    rows.into_iter().map(|row| Ok((of_json::<Margin>(&row.margin)?, whole(row.count)?))).collect()
}

fn duration(row: DurationRow) -> Result<DurationCell, StorageError> {
    Ok(DurationCell {
        measure: of_code(row.measure)?,
        date: row.date,
        space: of_json::<Part<Option<SpaceId>>>(&row.space)?,
        visitors: whole(row.visitors)?,
        seconds: whole(row.seconds)?,
        buckets: of_json(&row.buckets)?,
    })
}

fn json<T: Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|e| StorageError::Unreadable(e.to_string()))
}

fn of_json<T: DeserializeOwned>(text: &str) -> Result<T, StorageError> {
    serde_json::from_str(text).map_err(|e| StorageError::Unreadable(e.to_string()))
}
