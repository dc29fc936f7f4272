//! What remains of days that are over: small honest tables.

use chrono::{Days, NaiveDate};
use domain::{
    Language,
    statistics::{HowEnded, Measure, Part, Period, Statistics, VisitKind},
};
use leptos::{prelude::*, task::spawn_local};

use super::{CentreState, api::load_statistics};
use crate::{
    staff::{desk::words, use_acts},
    texts::{Texts, centre as texts, date, duration, language_name, use_texts},
    trouble::Trouble,
};

#[component]
pub(super) fn Past() -> impl IntoView {
    let state = expect_context::<CentreState>();
    let t = use_texts();
    let centre = use_acts().centre();
    let period = RwSignal::new(Period::Day);
    let today = {
        let time = state.start.with_value(|s| s.time);
        time.local(state.now.get_untracked()).date_naive()
    };
    let shown = RwSignal::new(None::<Result<Statistics, Trouble>>);
    // Asked for in the browser only: the page does not wait for what is over.
    Effect::new(move |_| {
        let period = period.get();
        shown.set(None);
        spawn_local(async move {
            let answer = load_statistics(centre, period, before(period, today)).await;
            shown.try_set(Some(answer));
        });
    });
    let body = move || match shown.get() {
        None => view! { <p class="soft">{texts::loading(&state.t())}</p> }.into_any(),
        Some(Ok(statistics)) => tables(state, &statistics),
        Some(Err(trouble)) => view! { <p class="soft">{trouble.sentence(&state.t())}</p> }.into_any(),
    };
    let choose = move |label: String, value: Period| {
        let pressed = move || (period.get() == value).to_string();
        view! { <button type="button" class="pill" aria-pressed=pressed on:click=move |_| period.set(value)>{label}</button> }
            .into_any()
    };
    view! {
        <section class="card past">
            <h2>{texts::past(&t)}</h2>
            <div class="row-acts">
                {choose(texts::last_day(&t), Period::Day)}
                {choose(texts::last_week(&t), Period::Week)}
                {choose(texts::last_month(&t), Period::Month)}
                {choose(texts::last_year(&t), Period::Year)}
            </div>
            <div aria-live="polite">{body}</div>
        </section>
    }
    .into_any()
}

/// A date in the newest period that is over.
fn before(period: Period, today: NaiveDate) -> NaiveDate {
    let (first, _) = period.around(today);
    first.checked_sub_days(Days::new(1)).unwrap_or(today)
}

fn tables(state: CentreState, s: &Statistics) -> AnyView {
    let t = state.t();
    let span = if s.from == s.to { date(&t, s.from) } else { texts::from_to(&t, date(&t, s.from), date(&t, s.to)) };
    if s.tickets == 0 && s.visits.is_empty() {
        return view! { <p class="lead">{span}</p><p class="soft">{texts::nothing_kept(&t, s.threshold)}</p> }
            .into_any();
    }
    let spaces = s.spaces.iter().map(|c| (space(state, &t, c.space), c.count.to_string()));
    let needs = s.needs.iter().map(|c| (need(state, &t, c.need), c.count.to_string()));
    let languages = s.languages.iter().map(|c| (language(&t, &c.language), c.count.to_string()));
    let endings = s.endings.iter().map(|c| (ending(&t, c.how), c.count.to_string()));
    let visits = s.visits.iter().map(|c| (visit(&t, c.kind), c.count.to_string()));
    let durations = s.durations.iter().filter(|d| d.space.is_none()).map(|d| {
        let label = match d.measure {
            Measure::Wait => texts::wait(&t),
            Measure::Talk => texts::talk(&t),
        };
        let half = d.half_within_seconds.map(|s| duration(&t, i64::from(s)));
        (label, half.map_or_else(|| texts::long(&t), |h| texts::half_within(&t, h)))
    });
    view! {
        <p class="lead">{span}" · "<b>{texts::tickets_of(&t, s.tickets)}</b></p>
        {table(&texts::spaces(&t), spaces)}
        {table(&texts::needs(&t), needs)}
        {table(&texts::languages(&t), languages)}
        {table(&texts::endings(&t), endings)}
        {table(&texts::visits(&t), visits)}
        {table(&texts::durations(&t), durations)}
        <p class="soft">{texts::withheld(&t, s.threshold)}</p>
    }
    .into_any()
}

fn table(title: &str, rows: impl Iterator<Item = (String, String)>) -> Option<AnyView> {
    let rows: Vec<_> =
        rows.map(|(label, value)| view! { <tr><th scope="row">{label}</th><td>{value}</td></tr> }.into_any()).collect();
    (!rows.is_empty()).then(|| {
        view! { <table class="figures"><caption>{title.to_owned()}</caption><tbody>{rows}</tbody></table> }.into_any()
    })
}

fn space(state: CentreState, t: &Texts, space: Part<Option<domain::SpaceId>>) -> String {
    match space {
        Part::Of(space) => state.space(space).2,
        Part::Others => texts::others(t),
    }
}

fn need(state: CentreState, t: &Texts, need: Part<Option<domain::NeedId>>) -> String {
    match need {
        Part::Of(Some(id)) => {
            let label = |c: &domain::centre::Centre| c.need(id).map(|n| n.label.get(t.language()).to_owned());
            state.start.with_value(|s| label(&s.centre)).unwrap_or_else(|| texts::others(t))
        }
        Part::Of(None) => crate::texts::desk::welcome_need(t),
        Part::Others => texts::others(t),
    }
}

fn language(t: &Texts, language: &Part<Language>) -> String {
    match language {
        Part::Of(language) => language_name(t, language),
        Part::Others => texts::others(t),
    }
}

fn ending(t: &Texts, how: Part<HowEnded>) -> String {
    match how {
        Part::Of(HowEnded::Finished(Some(outcome))) => words::outcome(t, outcome),
        Part::Of(HowEnded::Finished(None)) => texts::ended_open(t),
        Part::Of(HowEnded::NoShow) => texts::no_show(t),
        Part::Of(HowEnded::Left) => texts::left(t),
        Part::Of(HowEnded::NotSeen) => texts::not_seen(t),
        Part::Of(HowEnded::Slip) => texts::slip(t),
        Part::Of(HowEnded::OtherHelp) => texts::other_help(t),
        Part::Others => texts::others(t),
    }
}

fn visit(t: &Texts, kind: VisitKind) -> String {
    match kind {
        VisitKind::CameIn => texts::came_in(t),
        VisitKind::QuickAnswer => texts::quick_answers(t),
        VisitKind::DocumentGiven => texts::documents(t),
    }
}
