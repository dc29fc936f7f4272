//! What was searched in vain, by month: only ever in steps that several searches share.

use chrono::NaiveDate;
use domain::CentreId;

use crate::{Database, StorageError, values::whole};

/// Words that were searched in vain at least so often in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fruitless {
    /// The first day of the month.
    pub month: NaiveDate,
    /// What was searched, folded.
    pub words: String,
    /// How often at least.
    pub count: u32,
}

/// Adds a step to a month's count of some words.
pub async fn add(
    database: &Database,
    centre: CentreId,
    month: NaiveDate,
    words: &str,
    step: u32,
) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    let sql = "INSERT INTO catalogue_fruitless (centre, month, words, count) VALUES ($1, $2, $3, $4)
        ON CONFLICT (centre, month, words) DO UPDATE SET count = catalogue_fruitless.count + excluded.count";
    execute!(link, sql, centre.0, month, words, i64::from(step))?;
    link.commit().await
}

/// What was searched in vain in a centre: the newest month first, in it the most frequent first.
pub async fn of_centre(database: &Database, centre: CentreId) -> Result<Vec<Fruitless>, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT month, words, count FROM catalogue_fruitless WHERE centre = $1";
    let rows = fetch_all!(link, (NaiveDate, String, i64), sql, centre.0)?;
    let read = |(month, words, count)| Ok(Fruitless { month, words, count: whole(count)? });
    let mut all = rows.into_iter().map(read).collect::<Result<Vec<_>, StorageError>>()?;
    all.sort_by(|a, b| (b.month, b.count).cmp(&(a.month, a.count)).then_with(|| a.words.cmp(&b.words)));
    Ok(all)
}

/// Forgets the months before one; gives how many counts went.
pub async fn delete_before(database: &Database, month: NaiveDate) -> Result<u64, StorageError> {
    let mut link = database.writer().await?;
    let rows = execute!(link, "DELETE FROM catalogue_fruitless WHERE month < $1", month)?;
    link.commit().await?;
    Ok(rows)
}
