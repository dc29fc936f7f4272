//! The rules that a centre chooses for itself, each with its meaning and its unit.

use domain::centre::{Policies, PutBackRule};
use leptos::prelude::*;

use super::{api::save_policies, form::form};
use crate::{
    staff::use_start,
    texts::{Texts, settings, use_texts},
};

/// What something is called, in a language.
type Words = fn(&Texts) -> String;

/// A rule that is a whole number.
struct Rule {
    label: Words,
    unit: Words,
    get: fn(&Policies) -> u32,
    set: fn(&mut Policies, u32),
    least: u32,
    most: u32,
}

macro_rules! rule {
    ($label:ident, $unit:ident, $field:ident: $kind:ty, $least:expr, $most:expr) => {
        Rule {
            label: settings::$label,
            unit: settings::$unit,
            get: |p| u32::from(p.$field),
            set: |p, n| p.$field = <$kind>::try_from(n).unwrap_or(p.$field),
            least: $least,
            most: $most,
        }
    };
}

/// The rules of calling, waiting and closing, with the bounds of [`Policies::check`].
fn groups() -> [(Words, Vec<Rule>); 4] {
    [
        (
            settings::rules_calls,
            vec![
                rule!(call_limit, seconds, call_limit_seconds: u32, 10, 3600),
                rule!(recalls, times, recalls: u8, 0, 10),
                rule!(undo, seconds, undo_seconds: u32, 5, 300),
                rule!(offer, minutes, offer_minutes: u32, 1, 120),
            ],
        ),
        (
            settings::rules_waits,
            vec![
                rule!(promise, minutes, promise_minutes: u32, 1, 480),
                rule!(more_time, minutes, more_time_minutes: u32, 1, 120),
                rule!(first_number, number, first_number: u16, 0, 9998),
                rule!(last_number, number, last_number: u16, 1, 9999),
            ],
        ),
        (
            settings::rules_kiosk,
            vec![
                rule!(kiosk_idle, seconds, kiosk_idle_seconds: u32, 15, 600),
                rule!(kiosk_limit, tickets, kiosk_limit: u32, 1, 1000),
                rule!(kiosk_limit_minutes, minutes, kiosk_limit_minutes: u32, 1, 120),
            ],
        ),
        (
            settings::rules_end,
            vec![
                rule!(last_talk, minutes, last_talk_minutes: u32, 0, 240),
                rule!(close_grace, minutes, close_grace_minutes: u32, 0, 720),
                rule!(slip_days, days, slip_days: u32, 1, 90),
                rule!(threshold, people, anonymity_threshold: u32, 3, 100),
                rule!(interruption, seconds, interruption_seconds: u32, 30, 3600),
            ],
        ),
    ]
}

#[component]
pub(super) fn Rules() -> impl IntoView {
    let t = use_texts();
    let edited = RwSignal::new(use_start().with_value(|s| s.centre.policies.clone()));
    let sections = groups()
        .into_iter()
        .map(|(title, rules)| {
            let fields = rules.into_iter().map(|rule| view! { <Field rule edited /> }.into_any()).collect_view();
            view! { <fieldset class="card rules"><legend>{title(&t)}</legend>{fields}</fieldset> }.into_any()
        })
        .collect_view();
    let fields = view! { <div class="rules-all">{sections}<PutBack edited /></div> };
    form(edited, fields, save_policies, |centre, policies| centre.policies = policies)
}

#[component]
fn Field(rule: Rule, edited: RwSignal<Policies>) -> impl IntoView {
    let t = use_texts();
    let Rule { label, unit, get, set, least, most } = rule;
    let now = edited.with_untracked(get);
    let change = move |e| {
        if let Ok(n) = event_target_value(&e).parse() {
            edited.update(|p| set(p, n));
        }
    };
    view! {
        <label class="rule">
            <span>{label(&t)}</span>
            <span class="amount">
                <input type="number" required min=least max=most value=now on:input=change />
                {unit(&t)}
            </span>
        </label>
    }
    .into_any()
}

/// Where a ticket goes that is put back.
#[component]
fn PutBack(edited: RwSignal<Policies>) -> impl IntoView {
    let t = use_texts();
    let places = RwSignal::new(edited.with_untracked(|p| match p.put_back {
        PutBackRule::Places(n) => n,
        _ => 3,
    }));
    let choice = move |label: String, is: fn(PutBackRule) -> bool, make: fn(u8) -> PutBackRule| {
        let set = move |_| edited.update(|p| p.put_back = make(places.get_untracked()));
        view! {
            <label class="tick">
                <input type="radio" name="put_back" prop:checked=move || edited.with(|p| is(p.put_back)) on:change=set />
                {label}
            </label>
        }
        .into_any()
    };
    let change = move |e| {
        if let Ok(n) = event_target_value(&e).parse::<u8>() {
            places.set(n);
            edited.update(|p| p.put_back = PutBackRule::Places(n));
        }
    };
    view! {
        <fieldset class="card rules">
            <legend>{settings::put_back(&t)}</legend>
            <div class="ticks">
                {choice(settings::put_back_keep(&t), |r| r == PutBackRule::KeepPlace, |_| PutBackRule::KeepPlace)}
                {choice(settings::put_back_places(&t), |r| matches!(r, PutBackRule::Places(_)), PutBackRule::Places)}
                <input type="number" min="1" max="50" aria-label=settings::put_back_places(&t) prop:value=places on:input=change />
                {choice(settings::put_back_end(&t), |r| r == PutBackRule::End, |_| PutBackRule::End)}
            </div>
        </fieldset>
    }
    .into_any()
}
