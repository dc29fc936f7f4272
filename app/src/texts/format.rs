//! Times, dates and durations as a language writes them, by plain arithmetic: the same on the server and in a page.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Offset, Timelike};
use domain::{Instant, view::Crowd};
use serde::{Deserialize, Serialize};

use super::{ISOLATES, Texts, common};

/// The centre's distance from UTC, as the server found it today: pages hold no time zone data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CentreTime {
    /// Seconds east of UTC.
    pub offset_seconds: i32,
}

impl CentreTime {
    /// A centre's time, so many seconds east of UTC.
    pub fn new(offset_seconds: i32) -> Self {
        Self { offset_seconds }
    }
    /// The instant on the centre's clock.
    pub fn local(self, at: Instant) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(self.offset_seconds).unwrap_or_else(|| chrono::Utc.fix());
        at.with_timezone(&offset)
    }
    /// Hours and minutes: `11 h 42`, `11:42`.
    pub fn time(self, t: &Texts, at: Instant) -> String {
        let local = self.local(at);
        clock(t, local.hour(), local.minute())
    }
    /// The date on the centre's clock: `lundi 2 mars`.
    pub fn date(self, t: &Texts, at: Instant) -> String {
        date(t, self.local(at).date_naive())
    }
    /// The instant of `hour:minute` on the day of `near`, on the centre's clock.
    pub fn at(self, near: Instant, hour: u32, minute: u32) -> Option<Instant> {
        let local = self.local(near);
        Some(local.date_naive().and_hms_opt(hour, minute, 0)?.and_local_timezone(*local.offset()).single()?.to_utc())
    }
}

fn clock(t: &Texts, hour: u32, minute: u32) -> String {
    match minute {
        0 => common::clock_full_hour(t, hour),
        _ => common::clock(t, hour, format!("{minute:02}")),
    }
    // A time has no direction of its own to protect: digits and a colon read alike in every text.
    .replace(ISOLATES, "")
}

/// A date with its weekday, without its year: `lundi 2 mars`.
pub fn date(t: &Texts, date: NaiveDate) -> String {
    common::date(t, weekday(t, date.weekday()), date.day(), month(t, date.month()))
}

fn weekday(t: &Texts, day: chrono::Weekday) -> String {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match day {
        Mon => common::monday(t),
        Tue => common::tuesday(t),
        Wed => common::wednesday(t),
        Thu => common::thursday(t),
        Fri => common::friday(t),
        Sat => common::saturday(t),
        Sun => common::sunday(t),
    }
}

fn month(t: &Texts, month: u32) -> String {
    match month {
        1 => common::january(t),
        2 => common::february(t),
        3 => common::march(t),
        4 => common::april(t),
        5 => common::may(t),
        6 => common::june(t),
        7 => common::july(t),
        8 => common::august(t),
        9 => common::september(t),
        10 => common::october(t),
        11 => common::november(t),
        _ => common::december(t),
    }
}

/// Whole minutes of a number of seconds, never negative.
pub fn minutes(seconds: i64) -> i64 {
    seconds.max(0) / 60
}

/// A duration of so many seconds: `24 min`, `1 h 05`.
pub fn duration(t: &Texts, seconds: i64) -> String {
    let minutes = minutes(seconds);
    match minutes / 60 {
        0 => common::minutes(t, minutes),
        hours => common::hours_minutes(t, hours, format!("{:02}", minutes % 60)).replace(ISOLATES, ""),
    }
}

/// People who wait, and their numbers where a number has several people: `60 personnes attendent · 53 numéros`.
pub fn crowd_waits(t: &Texts, crowd: Crowd) -> String {
    with_numbers(t, common::people_wait(t, crowd.people), crowd)
}

/// People, and their numbers where a number has several people: `60 personnes · 53 numéros`.
pub fn crowd(t: &Texts, crowd: Crowd) -> String {
    with_numbers(t, common::people(t, crowd.people), crowd)
}

fn with_numbers(t: &Texts, people: String, crowd: Crowd) -> String {
    if crowd.people == crowd.numbers { people } else { list([people, common::numbers(t, crowd.numbers)]) }
}

/// Things of equal rank in one line: `français · anglais · arabe`.
pub fn list(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().collect::<Vec<_>>().join(" · ")
}
