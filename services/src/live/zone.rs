//! A centre's local time.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;
use domain::{Instant, centre::Centre, day::Break};

/// The time zone of a centre; UTC where its name is unknown, which no import lets in.
pub(crate) fn of(centre: &Centre) -> Tz {
    centre.time_zone.parse().unwrap_or(Tz::UTC)
}

/// The local time of an instant.
pub(crate) fn local(zone: Tz, at: Instant) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// When a local clock shows this time: the first moment where it shows it twice, and where it jumps over it the moment
/// of the jump.
pub(crate) fn instant(zone: Tz, date: NaiveDate, time: NaiveTime) -> Instant {
    let wanted = date.and_time(time);
    match zone.from_local_datetime(&wanted).earliest() {
        Some(at) => at.to_utc(),
        None => after_gap(zone, wanted),
    }
}

/// Clocks jump by at most some hours: with the offset that held before the jump, the wanted time lies after it by as
/// much as the jump is wide, and with the offset after it, before it.
fn after_gap(zone: Tz, wanted: NaiveDateTime) -> Instant {
    let day_before = zone.from_utc_datetime(&(wanted - chrono::Duration::hours(24)));
    let day_after = zone.from_utc_datetime(&(wanted + chrono::Duration::hours(24)));
    let (before, after) = (day_before.offset().fix(), day_after.offset().fix());
    let jump = chrono::Duration::seconds(i64::from(after.local_minus_utc() - before.local_minus_utc()));
    // Step back to the last whole minute that the clock shows, then one forward: the jump itself.
    let mut last = wanted - jump;
    for _ in 0..24 * 60 {
        let next = last + chrono::Duration::minutes(1);
        if next >= wanted || zone.from_local_datetime(&next).earliest().is_none() {
            break;
        }
        last = next;
    }
    match zone.from_local_datetime(&last).latest() {
        Some(at) => at.to_utc() + chrono::Duration::minutes(1),
        None => wanted.and_utc(),
    }
}

/// What a centre's hours say of a date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HoursOfDate {
    /// The last closing, which may be after midnight; none = closed all day.
    pub closes: Option<Instant>,
    /// Between its periods, in order.
    pub breaks: Vec<Break>,
}

/// The periods of a date as moments, in order. One that the clocks jump over is not there.
fn periods(centre: &Centre, date: NaiveDate) -> Vec<(Instant, Instant)> {
    let zone = of(centre);
    let moment = |at: NaiveDateTime| instant(zone, at.date(), at.time());
    let all = centre.hours.on(date).iter().map(|p| (moment(p.opens(date)), moment(p.closes(date))));
    all.filter(|(opens, closes)| opens < closes).collect()
}

/// What a centre's hours say of a date.
pub(crate) fn hours_of(centre: &Centre, date: NaiveDate) -> HoursOfDate {
    let periods = periods(centre, date);
    let between = periods.windows(2).map(|pair| Break { from: pair[0].1, to: pair[1].0 });
    HoursOfDate {
        closes: periods.last().map(|(_, closes)| *closes),
        breaks: between.filter(|b| b.from < b.to).collect(),
    }
}

/// The date whose hours hold the doors open at an instant: after midnight it may be the one before. None in a break.
pub(crate) fn open_date(centre: &Centre, now: Instant) -> Option<NaiveDate> {
    let today = local(of(centre), now).date();
    let dates = [today.pred_opt(), Some(today)].into_iter().flatten();
    dates.into_iter().find(|date| periods(centre, *date).iter().any(|(opens, closes)| (*opens..*closes).contains(&now)))
}

/// The date of service: the local date, or the one before while its evening goes on after midnight.
pub(crate) fn date_of_service(centre: &Centre, now: Instant) -> NaiveDate {
    open_date(centre, now).unwrap_or_else(|| local(of(centre), now).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: Tz, date: (i32, u32, u32), time: (u32, u32)) -> Option<String> {
        let date = NaiveDate::from_ymd_opt(date.0, date.1, date.2)?;
        let time = NaiveTime::from_hms_opt(time.0, time.1, 0)?;
        Some(instant(zone, date, time).to_rfc3339())
    }

    #[test]
    fn ordinary_times_are_what_they_are() {
        assert_eq!(at(Tz::Europe__Paris, (2026, 7, 1), (9, 0)).as_deref(), Some("2026-07-01T07:00:00+00:00"));
        assert_eq!(at(Tz::Europe__Paris, (2026, 1, 5), (9, 0)).as_deref(), Some("2026-01-05T08:00:00+00:00"));
    }

    #[test]
    fn a_time_that_is_jumped_over_is_the_jump() {
        for minute in [0, 30, 59] {
            assert_eq!(at(Tz::Europe__Paris, (2026, 3, 29), (2, minute)).as_deref(), Some("2026-03-29T01:00:00+00:00"));
        }
        assert_eq!(at(Tz::Australia__Lord_Howe, (2026, 10, 4), (2, 15)).as_deref(), Some("2026-10-03T15:30:00+00:00"));
    }

    #[test]
    fn a_time_shown_twice_is_its_first_moment() {
        assert_eq!(at(Tz::Europe__Paris, (2026, 10, 25), (2, 30)).as_deref(), Some("2026-10-25T00:30:00+00:00"));
    }
}
