//! The screen of the host at the door: counting, tickets for visitors, everything that waits, the day.

pub mod api;
mod around;
mod closing;
mod counted;
mod counters;
mod message;
mod needs;
mod state;
mod take;
mod ticket;
mod waiting;

use domain::view::{DayState, WelcomeView};
use leptos::prelude::*;

use self::{
    around::Around,
    counters::Counters,
    state::{Open, WelcomeState},
    waiting::Waiting,
};
use super::{api::load_welcome, frame::screen, parts::TroubleBanner};
use crate::texts::{desk, use_texts, welcome, words};

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
        Some(Open::Closing) => view! { <closing::Closing /> }.into_any(),
    };
    view! {
        <main class="welcome" id="work">
            <Counters />
            <section class="here" aria-label=welcome::everything(&state.t())>
                <Banners />
                {panel}
                <Waiting />
            </section>
            <Around />
        </main>
    }
    .into_any()
}

/// What everybody at the door should know now.
#[component]
fn Banners() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let day = Memo::new(move |_| state.view.with(|v| v.day));
    let help = Memo::new(move |_| {
        state.view.with(|v| v.places.iter().filter(|p| p.asks_help).map(|p| p.place).collect::<Vec<_>>())
    });
    let kiosks = Memo::new(move |_| state.view.with(|v| v.flagged_kiosks.clone()));
    let stopped =
        move || {
            let t = state.t();
            match day.get() {
            DayState::Suspended { reason } => Some(view! {
                <div class="banner stop"><p><b>{desk::suspended(&t)}</b>" "{words::suspension(&t, reason)}</p></div>
            }
            .into_any()),
            DayState::Closed => Some(view! {
                <div class="banner note"><p><b>{desk::day_closed(&t)}</b>" "{welcome::day_closed_lead(&t)}</p></div>
            }
            .into_any()),
            DayState::Open => None,
        }
        };
    let wanted = move || {
        let sentence = |place| desk::help_wanted(&state.t(), state.place(place));
        help.get()
            .into_iter()
            .map(|p| view! { <div class="banner help"><p>{sentence(p)}</p></div> }.into_any())
            .collect_view()
    };
    let many = move || {
        let banner = |device| {
            let t = state.t();
            let seen = move |_| state.send(domain::day::Command::KioskChecked { device });
            view! {
                <div class="banner trouble">
                    <p>{welcome::kiosk_busy(&t)}</p>
                    <button type="button" class="pill" on:click=seen>{welcome::kiosk_checked(&t)}</button>
                </div>
            }
            .into_any()
        };
        kiosks.get().into_iter().map(banner).collect_view()
    };
    let paper = Memo::new(move |_| state.view.with(|v| !v.printers_down.is_empty()));
    let no_paper = move || {
        paper
            .get()
            .then(|| view! { <div class="banner trouble"><p>{welcome::printer_down(&state.t())}</p></div> }.into_any())
    };
    view! {
        <div class="banners">
            <div role="alert">{stopped}{wanted}{many}{no_paper}</div>
            <TroubleBanner />
        </div>
    }
    .into_any()
}
