//! The coordinator's screen: the whole day at a glance, and what remains of days that are over.

pub mod api;
mod past;

use domain::{
    OrganisationId, SpaceId,
    day::ToldBreak,
    view::{Alert, CentreView, DayState, SpaceState},
};
use leptos::prelude::*;

use self::past::Past;
use super::{Now, Start, api::load_centre, frame::screen, parts::TroubleBanner, use_live, use_start};
use crate::{
    components::{Number, Sign, sign_class},
    texts::{Texts, centre as texts, common, desk, duration, minutes, use_texts, words},
};

/// The coordinator's screen.
#[component]
pub fn Centre() -> impl IntoView {
    screen(texts::title(&use_texts()), load_centre, |first| view! { <Screen first /> }.into_any())
}

/// What every part of the screen shares.
#[derive(Clone, Copy)]
struct CentreState {
    view: RwSignal<CentreView>,
    now: Now,
    texts: StoredValue<Texts>,
    start: StoredValue<Start>,
}

impl CentreState {
    fn t(self) -> Texts {
        self.texts.get_value()
    }
    fn space(self, space: Option<SpaceId>) -> (u8, char, String) {
        let t = self.t();
        self.start.with_value(|s| match space.and_then(|id| s.centre.space(id)) {
            Some(s) => (s.sign, s.letter.get(), s.name.get(t.language()).to_owned()),
            None => (0, s.centre.policies.welcome_letter.get(), common::welcome_capital(&t)),
        })
    }
    fn organisation(self, id: OrganisationId) -> String {
        self.start.with_value(|s| s.centre.organisation(id).map(|o| o.name.clone()).unwrap_or_default())
    }
}

#[component]
fn Screen(first: CentreView) -> impl IntoView {
    let start = use_start();
    let slug = start.with_value(|s| s.centre.slug.clone());
    let live = use_live(move || format!("centre?centre={slug}"), first);
    let state = CentreState { view: live.view, now: live.now, texts: StoredValue::new(use_texts()), start };
    provide_context(state);
    let t = state.t();
    let spaces = start.with_value(|s| s.centre.spaces.iter().map(|s| Some(s.id)).chain([None]).collect::<Vec<_>>());
    view! {
        <main class="overview" id="work">
            <header class="overview-head">
                <h1>{texts::title(&t)}</h1>
                <DayWord />
            </header>
            <TroubleBanner />
            <Alerts />
            <Totals />
            <section class="space-cards" aria-label=texts::spaces(&t)>
                {spaces.into_iter().map(|space| view! { <SpaceCard space /> }.into_any()).collect_view()}
            </section>
            <div class="overview-two">
                <OnDuty />
                <Past />
            </div>
        </main>
    }
    .into_any()
}

/// Whether the day is open, and until when.
#[component]
fn DayWord() -> impl IntoView {
    let state = expect_context::<CentreState>();
    let day = Memo::new(move |_| state.view.with(|v| (v.day, v.closes, v.told_break)));
    move || {
        let t = state.t();
        let (class, word) = match day.get() {
            (DayState::Closed, ..) => ("chip", desk::day_closed(&t)),
            (DayState::Suspended { reason }, ..) => ("chip stopped", words::suspension(&t, reason)),
            (DayState::Open, _, Some(ToldBreak { of, begun: true })) => {
                let time = state.start.with_value(|s| s.time).time(&t, of.to);
                ("chip open", texts::day_break_until(&t, time))
            }
            (DayState::Open, None, _) => ("chip open", texts::day_open(&t)),
            (DayState::Open, Some(at), _) => {
                let time = state.start.with_value(|s| s.time).time(&t, at);
                ("chip open", texts::day_open_until(&t, time))
            }
        };
        view! { <span class=class>{word}</span> }.into_any()
    }
}

/// What calls for attention, the most urgent first.
#[component]
fn Alerts() -> impl IntoView {
    let state = expect_context::<CentreState>();
    let alerts = Memo::new(move |_| state.view.with(|v| v.alerts.clone()));
    let list = move || {
        let all = alerts.get();
        let t = state.t();
        if all.is_empty() {
            return view! { <p class="all-well">{texts::all_well(&t)}</p> }.into_any();
        }
        let rows = all.into_iter().map(|a| alert(state, &t, a)).collect_view();
        view! { <ul class="alerts">{rows}</ul> }.into_any()
    };
    view! { <section aria-label=texts::alerts(&state.t()) aria-live="polite">{list}</section> }.into_any()
}

fn alert(state: CentreState, t: &Texts, alert: Alert) -> AnyView {
    let (urgent, words) = match alert {
        Alert::Help { place } => {
            let desk = state.start.with_value(|s| words::desk_capital(t, &s.centre.place_name(place)));
            (true, view! { {desk::help_wanted(t, desk)} }.into_any())
        }
        Alert::NobodyAble { number, .. } => (true, view! { <Number of=number />" "{texts::nobody_able(t)} }.into_any()),
        Alert::Late { number, .. } => (false, view! { <Number of=number />" "{texts::late(t)} }.into_any()),
        Alert::HoursOver { since } => {
            let time = state.start.with_value(|s| s.time).time(t, since);
            (true, texts::hours_over(t, time).into_any())
        }
        Alert::Kiosk { .. } => (false, texts::kiosk_busy(t).into_any()),
        Alert::Printer { .. } => (false, texts::printer(t).into_any()),
        Alert::Clock => (true, texts::clock(t).into_any()),
    };
    let class = if urgent { "alert urgent" } else { "alert" };
    view! { <li class=class>{words}</li> }.into_any()
}

/// The day in four numbers.
#[component]
fn Totals() -> impl IntoView {
    let state = expect_context::<CentreState>();
    let t = state.t();
    let total = move |of: fn(&CentreView) -> u32| Memo::new(move |_| state.view.with(of));
    let (came, tickets) = (total(|v| v.counts.came_in), total(|v| v.counts.tickets));
    let (open, talks) = (total(|v| v.open_tickets), total(|v| v.talks));
    let (quick, documents) = (total(|v| v.counts.quick_answers), total(|v| v.counts.documents));
    let one = |label: String, value: Memo<u32>| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }.into_any();
    view! {
        <dl class="totals">
            {one(texts::came_in(&t), came)}
            {one(texts::tickets(&t), tickets)}
            {one(texts::here_now(&t), open)}
            {one(texts::finished(&t), talks)}
            {one(texts::quick_answers(&t), quick)}
            {one(texts::documents(&t), documents)}
        </dl>
    }
    .into_any()
}

#[component]
fn SpaceCard(space: Option<SpaceId>) -> impl IntoView {
    let state = expect_context::<CentreState>();
    let now = Memo::new(move |_| state.view.with(|v| v.spaces.iter().find(|s| s.space == space).copied()));
    let t = state.t();
    let (sign, letter, name) = state.space(space);
    let promise = state.start.with_value(|s| i64::from(s.centre.policies.promise_minutes));
    let longest = Memo::new(move |_| {
        let since = now.get().and_then(|s| s.longest_since)?;
        Some(minutes(state.now.seconds_since(since)))
    });
    let wait = move || match longest.get() {
        Some(m) => texts::longest(&state.t(), duration(&state.t(), m * 60)),
        None => texts::no_wait(&state.t()),
    };
    let count = move |of: fn(&SpaceState) -> u32| now.get().as_ref().map_or(0, of);
    let duty = move || {
        let (open, away) = (count(|s| s.open_places), count(|s| s.away_places));
        let t = state.t();
        match (open, away) {
            (0, 0) => texts::nobody_on_duty(&t),
            (open, 0) => texts::desks_open(&t, open),
            (open, away) => format!("{} · {}", texts::desks_open(&t, open), texts::desks_away(&t, away)),
        }
    };
    let uncovered = move || count(|s| s.waiting) > 0 && count(|s| s.open_places) == 0;
    let is_late = move || longest.get().is_some_and(|m| m >= promise);
    view! {
        <article class=format!("space-card {}", sign_class(sign)) class:uncovered=uncovered>
            <h2><Sign sign letter=Some(letter) />{name}</h2>
            <p class="space-waiting"><b>{move || count(|s| s.waiting)}</b>" "{texts::waiting(&t)}</p>
            <p class="space-longest" class:late=is_late>{wait}</p>
            <p class="soft">{move || texts::in_talk(&state.t(), count(|s| s.in_talk))}" · "{duty}</p>
        </article>
    }
    .into_any()
}

/// Organisations with an open desk.
#[component]
fn OnDuty() -> impl IntoView {
    let state = expect_context::<CentreState>();
    let organisations = Memo::new(move |_| state.view.with(|v| v.organisations.clone()));
    let rows = move || {
        let all = organisations.get();
        let t = state.t();
        if all.is_empty() {
            return view! { <p class="soft">{texts::no_organisation(&t)}</p> }.into_any();
        }
        let row = |o: domain::view::OrganisationOnDuty| {
            view! { <li><span>{state.organisation(o.organisation)}</span><b>{texts::desks_open(&t, o.places)}</b></li> }
                .into_any()
        };
        view! { <ul class="on-duty">{all.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! { <section class="card"><h2>{texts::on_duty(&state.t())}</h2>{rows}</section> }.into_any()
}
