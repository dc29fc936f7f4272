//! Opening hours: the week, and the days that differ.

use chrono::{NaiveTime, Timelike};
use domain::centre::{OpeningHours, Period, SpecialDay};
use leptos::prelude::*;

use super::{api::save_hours, form::form};
use crate::{
    staff::use_start,
    texts::{Texts, common, settings, use_texts},
};

/// Which list of periods is edited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Day {
    Week(usize),
    Special(usize),
}

impl Day {
    fn periods(self, hours: &mut OpeningHours) -> Option<&mut Vec<Period>> {
        match self {
            Self::Week(n) => hours.week.get_mut(n),
            Self::Special(n) => hours.special.get_mut(n).map(|s| &mut s.periods),
        }
    }
    fn read(self, hours: &OpeningHours) -> Vec<Period> {
        match self {
            Self::Week(n) => hours.week.get(n).cloned(),
            Self::Special(n) => hours.special.get(n).map(|s| s.periods.clone()),
        }
        .unwrap_or_default()
    }
}

#[component]
pub(super) fn Hours() -> impl IntoView {
    let t = use_texts();
    let edited = RwSignal::new(use_start().with_value(|s| s.centre.hours.clone()));
    let days = weekdays(&t)
        .into_iter()
        .enumerate()
        .map(|(n, name)| view! { <li class="day"><h3>{name}</h3><Periods day=Day::Week(n) edited /></li> }.into_any())
        .collect_view();
    let fields = view! {
        <section class="card">
            <h2>{settings::week(&t)}</h2>
            <ul class="days">{days}</ul>
        </section>
        <SpecialDays edited />
    };
    form(edited, fields, save_hours, |centre, hours| centre.hours = hours)
}

fn weekdays(t: &Texts) -> [String; 7] {
    [
        common::monday(t),
        common::tuesday(t),
        common::wednesday(t),
        common::thursday(t),
        common::friday(t),
        common::saturday(t),
        common::sunday(t),
    ]
}

/// The periods of a day: none means closed.
#[component]
fn Periods(day: Day, edited: RwSignal<OpeningHours>) -> impl IntoView {
    let t = StoredValue::new(use_texts());
    let now = Memo::new(move |_| edited.with(|h| day.read(h)));
    let change = move |edit: &dyn Fn(&mut Vec<Period>)| {
        edited.update(|h| {
            if let Some(periods) = day.periods(h) {
                edit(periods);
            }
        });
    };
    let rows = move || {
        let t = t.get_value();
        let all = now.get();
        if all.is_empty() {
            return view! { <span class="soft">{settings::closed(&t)}</span> }.into_any();
        }
        let row = |(i, p): (usize, Period)| {
            let set = move |e, write: fn(&mut Period, NaiveTime)| {
                if let Some(time) = parse(&event_target_value(&e)) {
                    change(&|all| {
                        if let Some(p) = all.get_mut(i) {
                            write(p, time);
                        }
                    });
                }
            };
            let remove = move |_| {
                change(&|all| {
                    if i < all.len() {
                        all.remove(i);
                    }
                });
            };
            view! {
                <span class="period">
                    <input type="time" required aria-label=settings::from(&t) value=written(p.from) on:change=move |e| set(e, |p, time| p.from = time) />
                    "–"
                    <input type="time" required aria-label=settings::to(&t) value=written(p.to) on:change=move |e| set(e, |p, time| p.to = time) />
                    {p.passes_midnight().then(|| view! { <span class="soft">{settings::next_day(&t)}</span> })}
                    <button type="button" class="pill small" aria-label=settings::remove(&t) on:click=remove>"×"</button>
                </span>
            }
            .into_any()
        };
        all.into_iter().enumerate().map(row).collect_view().into_any()
    };
    let add = move |_| change(&|all| all.extend(another(all.last().copied())));
    let word = move || {
        let t = t.get_value();
        if now.with(Vec::is_empty) { settings::open_this_day(&t) } else { settings::another_period(&t) }
    };
    view! {
        <div class="periods">
            {rows}
            <button type="button" class="pill small" on:click=add>{word}</button>
        </div>
    }
    .into_any()
}

/// A period after the last one of its day, as a beginning; none where that goes on after midnight.
fn another(last: Option<Period>) -> Option<Period> {
    let hour = |h: u32| NaiveTime::from_hms_opt(h % 24, 0, 0);
    match last {
        None => Some(Period { from: hour(9)?, to: hour(17)? }),
        Some(last) if last.passes_midnight() || last.to.hour() == 23 => None,
        Some(last) => Some(Period { from: hour(last.to.hour() + 1)?, to: hour(last.to.hour() + 4)? }),
    }
}

fn parse(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0)
}

fn written(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[component]
fn SpecialDays(edited: RwSignal<OpeningHours>) -> impl IntoView {
    let t = use_texts();
    let stored = StoredValue::new(t.clone());
    let date = RwSignal::new(String::new());
    let dates = Memo::new(move |_| edited.with(|h| h.special.iter().map(|s| s.date).collect::<Vec<_>>()));
    let add = move |_| {
        if let Ok(date) = date.get_untracked().parse() {
            edited.update(|h| {
                if h.special.iter().all(|s| s.date != date) {
                    h.special.push(SpecialDay { date, periods: Vec::new() });
                    h.special.sort_by_key(|s| s.date);
                }
            });
        }
    };
    let rows = move || {
        let t = stored.get_value();
        let row = |(i, date): (usize, chrono::NaiveDate)| {
            let remove = move |_| {
                edited.update(|h| {
                    if i < h.special.len() {
                        h.special.remove(i);
                    }
                });
            };
            view! {
                <li class="day">
                    <h3>{crate::texts::date(&t, date)}" "<span class="soft">{date.to_string()}</span></h3>
                    <Periods day=Day::Special(i) edited />
                    <button type="button" class="pill small" on:click=remove>{settings::remove(&t)}</button>
                </li>
            }
            .into_any()
        };
        dates.get().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <section class="card">
            <h2>{settings::special(&t)}</h2>
            <p class="lead">{settings::special_lead(&t)}</p>
            <ul class="days">{rows}</ul>
            <div class="inline-form">
                <label>{settings::date(&t)}<input type="date" on:input=move |e| date.set(event_target_value(&e)) /></label>
                <button type="button" class="pill" on:click=add>{settings::add_date(&t)}</button>
            </div>
        </section>
    }
    .into_any()
}
