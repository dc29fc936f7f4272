//! When the centre is open, as one would say it.

use chrono::{Days, NaiveDate, NaiveTime, Timelike};
use domain::centre::Period;

use super::Visit;
use crate::texts::{date, kiosk};

/// The next opening, today's included: "tomorrow at 9:30".
pub(super) fn next_opening(visit: &Visit) -> Option<String> {
    let local = visit.time.local(visit.now).naive_local();
    let later_today = visit.centre.hours.on(local.date()).iter().find(|p| p.from > local.time());
    match later_today {
        Some(period) => when(visit, local.date(), period.from),
        None => opening_after_today(visit),
    }
}

/// The first opening of a later day.
pub(super) fn opening_after_today(visit: &Visit) -> Option<String> {
    let today = visit.time.local(visit.now).date_naive();
    let day = visit.centre.hours.next_open(today)?;
    when(visit, day, visit.centre.hours.span(day)?.from)
}

/// Whether the doors should be open now.
pub(super) fn is_within_hours(visit: &Visit) -> bool {
    let local = visit.time.local(visit.now).naive_local();
    visit.centre.hours.on(local.date()).iter().any(|p| p.from <= local.time() && local.time() < p.to)
}

/// The next seven days with their hours; none means closed.
pub(super) fn week(visit: &Visit) -> Vec<(String, Vec<String>)> {
    let today = visit.time.local(visit.now).date_naive();
    let days = today.iter_days().take(7);
    days.map(|day| {
        let periods = visit.centre.hours.on(day).iter().map(|p| period(visit, p)).collect();
        (date(&visit.texts, day), periods)
    })
    .collect()
}

fn period(visit: &Visit, period: &Period) -> String {
    kiosk::from_to(&visit.texts, clock(visit, period.from), clock(visit, period.to))
}

fn when(visit: &Visit, day: NaiveDate, from: NaiveTime) -> Option<String> {
    let t = &visit.texts;
    let today = visit.time.local(visit.now).date_naive();
    let from = clock(visit, from);
    Some(if day == today {
        kiosk::when_today(t, from)
    } else if today.checked_add_days(Days::new(1))? == day {
        kiosk::when_tomorrow(t, from)
    } else {
        kiosk::when_on(t, date(t, day), from)
    })
}

fn clock(visit: &Visit, time: NaiveTime) -> String {
    let at = visit.time.at(visit.now, time.hour(), time.minute());
    at.map_or_else(String::new, |at| visit.time.time(&visit.texts, at))
}
