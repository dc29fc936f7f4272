//! Opening hours: a week's pattern and the days that differ. Local times; the time zone is the centre's.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// From one local time to another, on the same date or after midnight. It belongs to the date on which the doors open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Period {
    /// The doors open.
    #[cfg_attr(feature = "schema", schema(value_type = String, example = "09:00:00", pattern = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"))]
    pub from: NaiveTime,
    /// The doors close: midnight is `00:00` (`24:00` is read too), and a time before the opening is on the next date.
    #[serde(deserialize_with = "closing_time")]
    #[cfg_attr(feature = "schema", schema(value_type = String, example = "18:00:00", pattern = "^(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?|24:00(:00)?)$"))]
    pub to: NaiveTime,
}

/// A date with hours of its own; none of them means closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SpecialDay {
    /// The date.
    pub date: NaiveDate,
    /// Its hours.
    pub periods: Vec<Period>,
}

/// When a centre is open to the public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OpeningHours {
    /// Monday to Sunday, each with its periods in order.
    #[cfg_attr(feature = "schema", schema(min_items = 7, max_items = 7))]
    pub week: [Vec<Period>; 7],
    /// Dates that differ from the week.
    pub special: Vec<SpecialDay>,
}

/// Hours that cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotHours {
    /// The periods of a day of the week, 0 for Monday, do not follow each other.
    #[error("the periods of day {0} of the week must follow each other")]
    WeekOrder(usize),
    /// The periods of a date do not follow each other.
    #[error("the periods of {0} must follow each other")]
    SpecialOrder(NaiveDate),
    /// A date is there twice.
    #[error("{0} is there twice")]
    DateTwice(NaiveDate),
    /// The last period of a day of the week ends after the next day opened.
    #[error("day {0} of the week ends after the next one opened")]
    WeekOverlap(usize),
    /// A date with hours of its own begins before the date before has ended, or ends after the next one opened.
    #[error("{0} and a date beside it are open at the same time")]
    SpecialOverlap(NaiveDate),
}

/// A closing time as it is written: `24:00` is the midnight that ends the date.
///
/// # Errors
/// What chrono says of anything that is no time.
pub fn read_closing(text: &str) -> Result<NaiveTime, chrono::ParseError> {
    match text {
        "24:00" | "24:00:00" => Ok(NaiveTime::MIN),
        time => NaiveTime::parse_from_str(time, "%H:%M").or_else(|_| time.parse()),
    }
}

fn closing_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    read_closing(&text).map_err(serde::de::Error::custom)
}

impl Period {
    /// Whether the doors close at midnight or after it: on the next date.
    pub fn passes_midnight(&self) -> bool {
        self.to <= self.from
    }
    /// When the doors open on the date that the period belongs to.
    pub fn opens(&self, date: NaiveDate) -> NaiveDateTime {
        date.and_time(self.from)
    }
    /// When the doors close, which may be on the date after.
    pub fn closes(&self, date: NaiveDate) -> NaiveDateTime {
        let on = if self.passes_midnight() { date.succ_opt().unwrap_or(date) } else { date };
        on.and_time(self.to)
    }
    /// Whether it can be meant: what goes on after midnight for more than half a day is a slip of the pen, as `12:00` to
    /// `09:00` is.
    fn can_be_meant(&self) -> bool {
        let until_midnight = self.to == NaiveTime::MIN;
        !self.passes_midnight() || until_midnight || self.from - self.to >= TimeDelta::hours(12)
    }
}

/// Whether periods follow each other: only the last of a day may pass midnight.
pub fn in_order(periods: &[Period]) -> bool {
    let follows = |pair: &[Period]| !pair[0].passes_midnight() && pair[0].to <= pair[1].from;
    periods.iter().all(Period::can_be_meant) && periods.windows(2).all(follows)
}

/// Whether the last period of a day goes on when the first of the next day begins.
fn overlap(day: &[Period], next: &[Period]) -> bool {
    matches!((day.last(), next.first()), (Some(last), Some(first)) if last.passes_midnight() && first.from < last.to)
}

impl OpeningHours {
    /// The periods of a date, in order.
    pub fn on(&self, date: NaiveDate) -> &[Period] {
        match self.special.iter().find(|s| s.date == date) {
            Some(special) => &special.periods,
            None => &self.week[date.weekday().num_days_from_monday() as usize],
        }
    }

    /// The period in which a local time lies, with the date that it belongs to: after midnight it may be the one before.
    pub fn at(&self, local: NaiveDateTime) -> Option<(NaiveDate, Period)> {
        let dates = [local.date().pred_opt(), Some(local.date())].into_iter().flatten();
        let all = dates.flat_map(|date| self.on(date).iter().map(move |p| (date, *p)));
        all.into_iter().find(|(date, p)| p.opens(*date) <= local && local < p.closes(*date))
    }

    /// When the doors open next, at or after a local time, within a year.
    pub fn next_opening(&self, from: NaiveDateTime) -> Option<NaiveDateTime> {
        let dates = from.date().iter_days().take(367);
        dates.flat_map(|date| self.on(date).iter().map(move |p| p.opens(date))).find(|opens| *opens >= from)
    }

    /// When the doors open next on a date after this one, within a year.
    pub fn next_opening_after(&self, date: NaiveDate) -> Option<NaiveDateTime> {
        self.next_opening(date.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN))
    }

    /// Checks that these hours can be followed.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub fn check(&self) -> Result<(), NotHours> {
        if let Some(day) = self.week.iter().position(|periods| !in_order(periods)) {
            return Err(NotHours::WeekOrder(day));
        }
        let mut dates = BTreeSet::new();
        for special in &self.special {
            if !in_order(&special.periods) {
                return Err(NotHours::SpecialOrder(special.date));
            }
            if !dates.insert(special.date) {
                return Err(NotHours::DateTwice(special.date));
            }
        }
        if let Some(day) = (0..7).find(|day| overlap(&self.week[*day], &self.week[(day + 1) % 7])) {
            return Err(NotHours::WeekOverlap(day));
        }
        let beside = |date: NaiveDate| {
            let before = date.pred_opt().is_some_and(|before| overlap(self.on(before), self.on(date)));
            before || date.succ_opt().is_some_and(|after| overlap(self.on(date), self.on(after)))
        };
        match dates.into_iter().find(|date| beside(*date)) {
            Some(date) => Err(NotHours::SpecialOverlap(date)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::{collection, prelude::*};

    use super::*;

    fn period(text: &str) -> Period {
        let (from, to) = text.split_once('-').unwrap();
        Period { from: NaiveTime::parse_from_str(from, "%H:%M").unwrap(), to: read_closing(to).unwrap() }
    }
    fn periods(text: &str) -> Vec<Period> {
        text.split_whitespace().map(period).collect()
    }
    fn day(n: u32) -> NaiveDate {
        // The 1st is a Monday.
        NaiveDate::from_ymd_opt(2026, 6, n).unwrap()
    }
    fn at(n: u32, hour: u32, minute: u32) -> NaiveDateTime {
        day(n).and_hms_opt(hour, minute, 0).unwrap()
    }
    /// Friday evening into the night, Saturday until midnight.
    fn evenings() -> OpeningHours {
        let mut hours = OpeningHours::default();
        hours.week[4] = periods("09:00-12:00 22:00-02:00");
        hours.week[5] = periods("18:00-24:00");
        hours
    }

    #[test]
    fn an_evening_belongs_to_the_date_on_which_it_began() {
        let hours = evenings();
        let friday = |local| hours.at(local).map(|(date, _)| date);
        assert_eq!(friday(at(5, 23, 59)), Some(day(5)));
        assert_eq!(friday(at(6, 1, 59)), Some(day(5)));
        assert_eq!(friday(at(6, 2, 0)), None);
        assert_eq!(friday(at(6, 23, 59)), Some(day(6)));
        assert_eq!(friday(at(7, 0, 0)), None);
        assert_eq!(hours.next_opening(at(5, 12, 0)), Some(at(5, 22, 0)));
        assert_eq!(hours.next_opening(at(6, 1, 0)), Some(at(6, 18, 0)));
        assert_eq!(hours.next_opening_after(day(5)), Some(at(6, 18, 0)));
        assert_eq!(hours.next_opening_after(day(6)), Some(at(12, 9, 0)));
        assert_eq!(OpeningHours::default().next_opening(at(5, 12, 0)), None);
    }

    #[test]
    fn midnight_and_past_it_can_be_written() {
        assert_eq!(evenings().check(), Ok(()));
        assert_eq!(period("18:00-24:00"), period("18:00-00:00"));
        let read: Period = serde_json::from_str(r#"{"from":"18:00:00","to":"24:00:00"}"#).unwrap();
        assert_eq!((read, read.closes(day(5))), (period("18:00-00:00"), at(6, 0, 0)));
        let json = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), read);
        assert!(serde_json::from_str::<Period>(r#"{"from":"18:00:00","to":"25:00:00"}"#).is_err());
    }

    #[test]
    fn what_cannot_be_followed_is_named() {
        let week = |n: usize, text: &str| {
            let mut hours = evenings();
            hours.week[n] = periods(text);
            hours.check()
        };
        assert_eq!(week(0, "00:00-24:00"), Ok(()));
        assert_eq!(week(0, "09:00-09:00"), Err(NotHours::WeekOrder(0)));
        assert_eq!(week(0, "12:00-09:00"), Err(NotHours::WeekOrder(0)));
        assert_eq!(week(0, "18:00-06:00"), Ok(()));
        assert_eq!(week(1, "09:00-12:30 12:00-17:00"), Err(NotHours::WeekOrder(1)));
        assert_eq!(week(1, "22:00-02:00 03:00-04:00"), Err(NotHours::WeekOrder(1)));
        assert_eq!(week(5, "01:30-04:00"), Err(NotHours::WeekOverlap(4)));
        assert_eq!(week(5, "02:00-04:00"), Ok(()));
        let special = |n: u32, text: &str| SpecialDay { date: day(n), periods: periods(text) };
        let with = |special: Vec<SpecialDay>| OpeningHours { special, ..evenings() }.check();
        assert_eq!(with(vec![special(8, ""), special(8, "10:00-12:00")]), Err(NotHours::DateTwice(day(8))));
        assert_eq!(with(vec![special(8, "10:00-12:00 11:00-13:00")]), Err(NotHours::SpecialOrder(day(8))));
        assert_eq!(with(vec![special(6, "01:00-12:00")]), Err(NotHours::SpecialOverlap(day(6))));
        assert_eq!(with(vec![special(4, "22:00-10:00")]), Err(NotHours::SpecialOverlap(day(4))));
    }

    /// Periods between six in the morning and six of the next one: the last of a day may pass midnight.
    fn one_day() -> impl Strategy<Value = Vec<Period>> {
        let time = |quarter: u32| NaiveTime::from_hms_opt(quarter / 4 % 24, quarter % 4 * 15, 0).unwrap();
        let of = move |times: BTreeSet<u32>| {
            let times: Vec<u32> = times.into_iter().collect();
            let mut periods: Vec<_> =
                times.chunks_exact(2).map(|pair| Period { from: time(pair[0]), to: time(pair[1]) }).collect();
            periods.retain(|p| p.from >= time(24) && p.can_be_meant());
            periods
        };
        collection::btree_set(24u32..=120, 0..6).prop_map(of)
    }
    fn some_hours() -> impl Strategy<Value = OpeningHours> {
        let one = one_day().boxed();
        let special = collection::btree_map(1u32..15, one.clone(), 0..3);
        (proptest::array::uniform7(one), special).prop_map(|(week, special)| OpeningHours {
            week,
            special: special.into_iter().map(|(n, periods)| SpecialDay { date: day(n), periods }).collect(),
        })
    }

    proptest! {
        /// Whatever passes the check: no moment lies in two periods, and what opens next is not open yet.
        #[test]
        fn no_moment_is_in_two_periods(hours in some_hours(), minutes in 0i64..20_160) {
            prop_assert_eq!(hours.check(), Ok(()));
            let local = at(1, 0, 0) + chrono::Duration::minutes(minutes);
            let dates = (-1i64..=1).map(|n| local.date() + chrono::Duration::days(n));
            let all: Vec<_> = dates.flat_map(|date| hours.on(date).iter().map(move |p| (date, *p))).collect();
            let holding: Vec<_> =
                all.iter().filter(|(date, p)| p.opens(*date) <= local && local < p.closes(*date)).copied().collect();
            prop_assert!(holding.len() <= 1, "{holding:?}");
            prop_assert_eq!(hours.at(local), holding.first().copied());
            if let Some(next) = hours.next_opening(local) {
                prop_assert!(next >= local && hours.at(next).is_some_and(|(date, p)| p.opens(date) == next));
                let between = all.iter().map(|(date, p)| p.opens(*date)).filter(|opens| (local..next).contains(opens));
                prop_assert_eq!(between.count(), 0);
            }
        }
    }
}
