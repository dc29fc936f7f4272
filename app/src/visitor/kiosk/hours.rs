//! When the centre is open, as one would say it.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use domain::{centre::Period, day::Break, view::Board};
use leptos::prelude::*;

use super::Visit;
use crate::texts::{common, date, kiosk};

/// The next opening, today's included: "tomorrow at 9:30".
pub(super) fn next_opening(visit: &Visit) -> Option<String> {
    when(visit, visit.centre.hours.next_opening(local(visit))?)
}

/// The first opening of a later day.
pub(super) fn opening_after_today(visit: &Visit) -> Option<String> {
    when(visit, visit.centre.hours.next_opening_after(local(visit).date())?)
}

/// Whether the doors should be open now.
pub(super) fn is_within_hours(visit: &Visit) -> bool {
    visit.centre.hours.at(local(visit)).is_some()
}

/// The next seven days with their hours; none means closed.
pub(super) fn week(visit: &Visit) -> Vec<(String, Vec<String>)> {
    let days = local(visit).date().iter_days().take(7);
    days.map(|day| {
        let periods = visit.centre.hours.on(day).iter().map(|p| period(visit, p)).collect();
        (date(&visit.texts, day), periods)
    })
    .collect()
}

/// Before a break that comes soon: from when to when, and that nobody loses their place.
pub(super) fn break_soon(visit: &Visit, board: &Board) -> Option<AnyView> {
    let Break { from, to } = board.told_break.filter(|told| !told.begun)?.of;
    let t = &visit.texts;
    let sentence = kiosk::break_soon(t, visit.time.time(t, from), visit.time.time(t, to));
    let hint = kiosk::break_soon_hint(t);
    Some(view! { <div class="fact late"><p class="duty">{sentence}</p><p>{hint}</p></div> }.into_any())
}

fn local(visit: &Visit) -> NaiveDateTime {
    visit.time.local(visit.now).naive_local()
}

fn period(visit: &Visit, period: &Period) -> String {
    let to = if period.to == NaiveTime::MIN { common::midnight(&visit.texts) } else { clock(visit, period.to) };
    kiosk::from_to(&visit.texts, clock(visit, period.from), to)
}

fn when(visit: &Visit, opens: NaiveDateTime) -> Option<String> {
    let t = &visit.texts;
    let (today, day): (NaiveDate, NaiveDate) = (local(visit).date(), opens.date());
    let from = clock(visit, opens.time());
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
