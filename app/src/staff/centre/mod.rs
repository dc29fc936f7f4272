//! The coordinator's screen: the whole day at a glance, and what remains of days that are over.

pub mod api;
mod past;

use domain::{
    OrganisationId, SpaceId,
    day::ToldBreak,
    staff::Role,
    view::{Alert, CentreView, DateAsked, DayState, SpaceState},
};
use leptos::prelude::*;

use self::past::Past;
use super::{
    Now, Start,
    api::load_centre,
    causes::Causes,
    device,
    frame::screen,
    halt::{Alarm, HaltBanner, is_alarm},
    machine,
    parts::TroubleBanner,
    use_live, use_start,
};
use crate::{
    components::{Sign, sign_class},
    texts::{Texts, centre as texts, common, desk, duration, list, minutes, use_texts, words},
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
    let halt = Memo::new(move |_| state.view.with(|v| v.halt.clone()));
    let alarm = Memo::new(move |_| halt.with(|h| is_alarm(h.as_ref())));
    let causes = Memo::new(move |_| state.view.with(|v| v.causes.clone()));
    let is_running = Memo::new(move |_| state.view.with(|v| v.day != DayState::Closed));
    let open = Signal::derive(move || state.view.with(|v| v.day == DayState::Open));
    view! {
        <Alarm halt />
        <main class="overview" id="work" hidden=alarm>
            <header class="overview-head">
                <h1>{move || headline(state)}</h1>
                <p class="overview-facts"><span>{move || facts(state)}</span><DayWord /></p>
            </header>
            <div role="alert"><HaltBanner halt /></div>
            <LastFigures />
            <TroubleBanner />
            <section class="space-cards" aria-label=texts::spaces(&t) hidden=move || !is_running.get()>
                {spaces.into_iter().map(|space| view! { <SpaceCard space /> }.into_any()).collect_view()}
            </section>
            <div class="overview-two">
                <div class="overview-now">
                    <Alerts />
                    {move || is_running.get().then(|| view! { <Causes causes open /> }.into_any())}
                </div>
                <div class="overview-day">
                    <Totals />
                    <OnDuty />
                    <Past />
                </div>
            </div>
        </main>
    }
    .into_any()
}

/// Who waits, and how many of them nobody can receive.
fn headline(state: CentreState) -> String {
    let t = state.t();
    let (waiting, unanswered) = state.view.with(|v| (v.waiting.people, v.unanswered.people));
    let all = common::people_wait(&t, waiting);
    match unanswered {
        0 => all,
        some => texts::headline(&t, some, all),
    }
}

/// Numbers and desks in small: `53 numéros · 10 bureaux ouverts`.
fn facts(state: CentreState) -> String {
    let t = state.t();
    let (numbers, desks) = state.view.with(|v| (v.waiting.numbers, v.open_places));
    list([common::numbers(&t, numbers), texts::desks_open(&t, desks)])
}

/// A day that is closed still shows its last figures, as long as anybody remembers them.
#[component]
fn LastFigures() -> impl IntoView {
    let state = expect_context::<CentreState>();
    let shown = Memo::new(move |_| {
        state.view.with(|v| v.day == DayState::Closed && (v.counts.tickets > 0 || v.counts.came_in > 0))
    });
    move || {
        let words = shown.get().then(|| texts::last_figures(&state.t()))?;
        Some(view! { <div class="banner note"><p>{words}</p></div> }.into_any())
    }
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
            (DayState::Suspended { .. }, ..) => ("chip stopped", texts::day_suspended(&t)),
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

/// What else calls for attention, the most urgent first.
#[component]
fn Alerts() -> impl IntoView {
    let state = expect_context::<CentreState>();
    // A day that is closed asks no more whether it should.
    let is_over = |v: &CentreView, a: &Alert| v.day == DayState::Closed && matches!(a, Alert::HoursOver { .. });
    let alerts = Memo::new(move |_| {
        state.view.with(|v| v.alerts.iter().filter(|a| !is_over(v, a)).copied().collect::<Vec<_>>())
    });
    let list = move || {
        let all = alerts.get();
        let t = state.t();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().map(|a| alert(state, &t, a)).collect_view();
            view! { <ul class="alerts">{rows}</ul> }.into_any()
        })
    };
    view! { <section aria-label=texts::alerts(&state.t()) aria-live="polite">{list}</section> }.into_any()
}

fn alert(state: CentreState, t: &Texts, alert: Alert) -> AnyView {
    let device = |id| state.start.with_value(|s| s.devices.get(&id).cloned());
    let (urgent, words) = match alert {
        Alert::Help { place } => {
            let desk = state.start.with_value(|s| words::desk_capital(t, &s.centre.place_name(place)));
            (true, desk::help_wanted(t, desk))
        }
        Alert::HoursOver { since } => {
            let time = state.start.with_value(|s| s.time).time(t, since);
            (true, texts::hours_over(t, time))
        }
        Alert::Kiosk { device: id, stopped } => (stopped, device::kiosk_busy(t, device(id), stopped)),
        Alert::Printer { device: id } => (false, device::printer_down(t, device(id))),
        Alert::PrinterRefused { device: id } => (false, device::printer_refused(t, device(id))),
        Alert::PrinterAgents { device: id } => (true, device::printer_doubled(t, device(id))),
        Alert::Date { last, clock } => {
            let time = state.start.with_value(|s| s.time);
            (true, machine::date_asked(t, time, DateAsked { last, clock }))
        }
        Alert::LogLost => (true, machine::log_lost(t)),
        Alert::Clock => (true, texts::clock(t)),
    };
    let class = if urgent { "alert urgent" } else { "alert" };
    view! { <li class=class>{words}</li> }.into_any()
}

/// The day in a few numbers.
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
        <section class="card">
            <h2>{texts::title(&t)}</h2>
            <dl class="totals">
                {one(texts::came_in(&t), came)}
                {one(texts::tickets(&t), tickets)}
                {one(texts::here_now(&t), open)}
                {one(texts::finished(&t), talks)}
                {one(texts::quick_answers(&t), quick)}
                {one(texts::documents(&t), documents)}
            </dl>
        </section>
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
        Some(m) => duration(&state.t(), m * 60),
        None => texts::no_wait(&state.t()),
    };
    let waiting = Memo::new(move |_| now.get().map(|s| s.waiting).unwrap_or_default());
    let count = move |of: fn(&SpaceState) -> u32| now.get().as_ref().map_or(0, of);
    // The bar ends at twice what was promised.
    let share = move || longest.get().map_or(0, |m| (m * 50 / promise.max(1)).min(100)).to_string();
    let duty = move || desks(&state.t(), count(|s| s.open_places), count(|s| s.away_places));
    let numbers = move || {
        let crowd = waiting.get();
        (crowd.people != crowd.numbers).then(|| common::numbers(&state.t(), crowd.numbers))
    };
    let uncovered = move || count(|s| s.open_places) == 0;
    let in_vain = move || uncovered() && waiting.with(|w| w.numbers > 0);
    let is_late = move || longest.get().is_some_and(|m| m >= promise);
    view! {
        <article class=format!("space-card {}", sign_class(sign)) class:uncovered=in_vain>
            <h2><Sign sign letter=Some(letter) />{name}</h2>
            <p class="space-waiting">
                <b>{move || waiting.get().people}</b>" "
                <span>{move || texts::waiting(&state.t(), waiting.get().people)}</span>
                <span class="soft">{numbers}</span>
            </p>
            <p class="space-longest" class:late=is_late><span>{texts::longest_label(&t)}</span><b>{wait}</b></p>
            <svg class="space-rail" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class="rail" width="100" height="6"></rect>
                <rect class="long" width=share height="6"></rect>
            </svg>
            <p class="space-duty" class:none=uncovered>{duty}" · "{move || texts::in_talk(&state.t(), count(|s| s.in_talk))}</p>
        </article>
    }
    .into_any()
}

/// How many desks are open, and how many of others are away.
fn desks(t: &Texts, open: u32, away: u32) -> String {
    let away = (away > 0).then(|| texts::desks_away(t, away));
    list([texts::desks_open(t, open)].into_iter().chain(away))
}

/// Organisations with a desk that is open or away.
#[component]
fn OnDuty() -> impl IntoView {
    let state = expect_context::<CentreState>();
    let organisations = Memo::new(move |_| state.view.with(|v| v.organisations.clone()));
    let runs_the_centre = |role: &Role| matches!(role, Role::Coordinator | Role::Administrator);
    let sees_all = state.start.with_value(|s| s.staff.roles.iter().any(runs_the_centre));
    let rows = move || {
        let all = organisations.get();
        let t = state.t();
        if all.is_empty() {
            let none = if sees_all { texts::no_organisation(&t) } else { texts::own_organisation_not(&t) };
            return view! { <p class="soft">{none}</p> }.into_any();
        }
        let row = |o: domain::view::OrganisationOnDuty| {
            view! { <li><span>{state.organisation(o.organisation)}</span><b>{desks(&t, o.open_places, o.away_places)}</b></li> }
                .into_any()
        };
        view! { <ul class="on-duty">{all.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    let title = if sees_all { texts::on_duty(&state.t()) } else { texts::own_organisation(&state.t()) };
    view! { <section class="card"><h2>{title}</h2>{rows}</section> }.into_any()
}
