//! The screen of the host at the door: counting, tickets for visitors, everything that waits, the day.

pub mod api;
mod around;
mod closing;
mod counted;
mod counters;
mod message;
mod needs;
mod state;
mod suspending;
mod take;
mod ticket;
mod waiting;

use domain::view::{DayState, Halt, WelcomeView};
use leptos::prelude::*;

use self::{
    around::Around,
    counters::Counters,
    state::{Open, WelcomeState},
    waiting::Waiting,
};
use super::{
    api::load_welcome,
    causes::Causes,
    device,
    frame::screen,
    halt::{Alarm, HaltBanner, is_alarm},
    machine,
    parts::TroubleBanner,
};
use crate::texts::{desk, use_texts, welcome};

/// The welcome screen.
#[component]
pub fn Welcome() -> impl IntoView {
    screen(welcome::title(&use_texts()), load_welcome, |first| view! { <Screen first /> }.into_any())
}

#[component]
fn Screen(first: WelcomeView) -> impl IntoView {
    let state = WelcomeState::new(first);
    provide_context(state);
    let panel = move || match state.panel.get() {
        None => ().into_any(),
        Some(Open::Take) => view! { <take::Take /> }.into_any(),
        Some(Open::Message) => view! { <message::SayToAll /> }.into_any(),
        Some(Open::Needs) => view! { <needs::Needs /> }.into_any(),
        Some(Open::Suspending) => view! { <suspending::Suspending /> }.into_any(),
        Some(Open::Closing) => view! { <closing::Closing /> }.into_any(),
    };
    let halt = Memo::new(move |_| state.view.with(|v| v.halt.clone()));
    let alarm = Memo::new(move |_| halt.with(|h| is_alarm(h.as_ref())));
    view! {
        <Alarm halt />
        <main class="welcome" id="work" hidden=alarm>
            <Counters />
            <section class="here" aria-label=welcome::everything(&state.t())>
                <Banners halt />
                {panel}
                <Undecided />
                <Waiting />
            </section>
            <Around />
        </main>
    }
    .into_any()
}

/// What everybody at the door should know now.
#[component]
fn Banners(halt: Memo<Option<Halt>>) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let closed = Memo::new(move |_| state.view.with(|v| v.day == DayState::Closed));
    let help = Memo::new(move |_| {
        state.view.with(|v| v.places.iter().filter(|p| p.asks_help).map(|p| p.place).collect::<Vec<_>>())
    });
    let kiosks = Memo::new(move |_| {
        state.view.with(|v| {
            let flagged = v.flagged_kiosks.iter().copied();
            flagged.map(|id| (id, v.stopped_kiosks.contains(&id))).collect::<Vec<_>>()
        })
    });
    let shut = move || {
        closed.get().then(|| {
            let t = state.t();
            view! { <div class="banner note"><p><b>{desk::day_closed(&t)}</b>" "{welcome::day_closed_lead(&t)}</p></div> }
                .into_any()
        })
    };
    let wanted = move || {
        let sentence = |place| desk::help_wanted(&state.t(), state.place(place));
        help.get()
            .into_iter()
            .map(|p| view! { <div class="banner help"><p>{sentence(p)}</p></div> }.into_any())
            .collect_view()
    };
    let many = move || {
        let banner = |(id, stopped)| {
            let t = state.t();
            let seen = move |_| state.send(domain::day::Command::KioskChecked { device: id });
            view! {
                <div class="banner trouble">
                    <p>{device::kiosk_busy(&t, state.device(id), stopped)}</p>
                    <button type="button" class="pill" on:click=seen>{welcome::kiosk_checked(&t)}</button>
                </div>
            }
            .into_any()
        };
        kiosks.get().into_iter().map(banner).collect_view()
    };
    let printers = Memo::new(move |_| state.view.with(|v| v.printers_down.clone()));
    let no_paper = move || {
        let banner = |id| {
            let words = device::printer_down(&state.t(), state.device(id));
            view! { <div class="banner trouble"><p>{words}</p></div> }.into_any()
        };
        printers.get().into_iter().map(banner).collect_view()
    };
    let asked = Memo::new(move |_| state.view.with(|v| v.date_asked));
    let lost = Memo::new(move |_| state.view.with(|v| v.log_lost));
    let machine = move || {
        let t = state.t();
        let date = asked.get().map(|asked| machine::date_asked(&t, state.centre_time(), asked));
        let lost = lost.get().then(|| machine::log_lost(&t));
        let banner = |words| view! { <div class="banner trouble"><p>{words}</p></div> }.into_any();
        lost.into_iter().chain(date).map(banner).collect_view()
    };
    let refused = Memo::new(move |_| state.view.with(|v| v.printers_refused.clone()));
    let not_allowed = move || {
        let banner = |id| {
            let words = device::printer_refused(&state.t(), state.device(id));
            view! { <div class="banner trouble"><p>{words}</p></div> }.into_any()
        };
        refused.get().into_iter().map(banner).collect_view()
    };
    let doubled = Memo::new(move |_| state.view.with(|v| v.printers_doubled.clone()));
    let two_agents = move || {
        let banner = |id| {
            let words = device::printer_doubled(&state.t(), state.device(id));
            view! { <div class="banner trouble"><p>{words}</p></div> }.into_any()
        };
        doubled.get().into_iter().map(banner).collect_view()
    };
    view! {
        <div class="banners">
            <div role="alert"><HaltBanner halt />{machine}{shut}{wanted}{many}{no_paper}{not_allowed}{two_agents}</div>
            <TroubleBanner />
        </div>
    }
    .into_any()
}

/// Why some wait in vain or too long.
#[component]
fn Undecided() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let causes = Memo::new(move |_| state.view.with(|v| v.causes.clone()));
    let open = Signal::derive(move || state.is_day_open());
    view! { <Causes causes open quiet=true /> }.into_any()
}
