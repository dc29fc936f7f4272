//! Opening hours in their three tables.

use chrono::{NaiveDate, NaiveTime};
use domain::centre::{OpeningHours, Period, SpecialDay};
use uuid::Uuid;

use crate::{
    StorageError,
    database::Link,
    values::{number, whole},
};

#[derive(sqlx::FromRow)]
struct WeekRow {
    weekday: i64,
    opens: NaiveTime,
    closes: NaiveTime,
}

#[derive(sqlx::FromRow)]
struct SpecialRow {
    date: NaiveDate,
    opens: Option<NaiveTime>,
    closes: Option<NaiveTime>,
}

pub(super) async fn load(link: &mut Link, centre: Uuid) -> Result<OpeningHours, StorageError> {
    let mut hours = OpeningHours::default();
    let sql = "SELECT weekday, opens, closes FROM opening_period WHERE centre = $1 ORDER BY weekday, position";
    for row in fetch_all!(*link, WeekRow, sql, centre)? {
        let weekday: usize = whole(row.weekday)?;
        let day = hours.week.get_mut(weekday).ok_or_else(|| StorageError::Unreadable(format!("weekday {weekday}")))?;
        day.push(Period { from: row.opens, to: row.closes });
    }
    let sql = "SELECT d.date AS date, p.opens AS opens, p.closes AS closes
        FROM special_day d LEFT JOIN special_period p ON p.centre = d.centre AND p.date = d.date
        WHERE d.centre = $1 ORDER BY d.position, p.position";
    for row in fetch_all!(*link, SpecialRow, sql, centre)? {
        if hours.special.last().is_none_or(|s| s.date != row.date) {
            hours.special.push(SpecialDay { date: row.date, periods: Vec::new() });
        }
        if let (Some(special), Some(from), Some(to)) = (hours.special.last_mut(), row.opens, row.closes) {
            special.periods.push(Period { from, to });
        }
    }
    Ok(hours)
}

pub(super) async fn save(link: &mut Link, centre: Uuid, hours: &OpeningHours) -> Result<(), StorageError> {
    execute!(*link, "DELETE FROM opening_period WHERE centre = $1", centre)?;
    for (weekday, periods) in hours.week.iter().enumerate() {
        for (position, period) in periods.iter().enumerate() {
            let sql =
                "INSERT INTO opening_period (centre, weekday, position, opens, closes) VALUES ($1, $2, $3, $4, $5)";
            execute!(*link, sql, centre, number(weekday), number(position), period.from, period.to)?;
        }
    }
    execute!(*link, "DELETE FROM special_day WHERE centre = $1", centre)?;
    for (position, special) in hours.special.iter().enumerate() {
        let sql = "INSERT INTO special_day (centre, date, position) VALUES ($1, $2, $3)";
        execute!(*link, sql, centre, special.date, number(position))?;
        for (position, period) in special.periods.iter().enumerate() {
            let sql = "INSERT INTO special_period (centre, date, position, opens, closes) VALUES ($1, $2, $3, $4, $5)";
            execute!(*link, sql, centre, special.date, number(position), period.from, period.to)?;
        }
    }
    Ok(())
}
