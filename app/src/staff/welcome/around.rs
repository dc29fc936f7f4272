//! The last column: who was announced, who works, and the day itself.

use domain::{
    day::{Announcement, Command, Expected},
    view::{Colleague, ColleagueState, DayState},
};
use leptos::prelude::*;

use super::{WelcomeState, state::Open};
use crate::{
    staff::parts::{Action, Weight},
    texts::{desk, use_texts, welcome},
};

#[component]
pub(super) fn Around() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let places = Memo::new(move |_| state.view.with(|v| v.places.clone()));
    let announced = Memo::new(move |_| state.view.with(|v| v.announced.clone()));
    let expected = move || {
        let all = announced.get();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().map(|a| view! { <Announced what=a /> }.into_any()).collect_view();
            view! { <h2>{welcome::announced(&state.t())}</h2><ul class="announced">{rows}</ul> }.into_any()
        })
    };
    let working = move || {
        let all = places.get();
        if all.is_empty() {
            return view! { <p class="nobody">{welcome::no_desks(&state.t())}</p> }.into_any();
        }
        let rows = all.into_iter().map(|p| view! { <AtWork place=p /> }.into_any()).collect_view();
        view! { <ul>{rows}</ul> }.into_any()
    };
    view! {
        <section class="around" aria-label=desk::around(&t)>
            <div class="around-lists">
                {expected}
                <h2>{desk::colleagues(&t)}</h2>
                {working}
            </div>
            <div class="around-always">
                <h2>{welcome::for_everybody(&t)}</h2>
                <div class="stack">
                    <Action label=welcome::message(&t) act=state.toggle(Open::Message) key=Some("M") />
                    <Action label=welcome::needs(&t) act=state.toggle(Open::Needs) key=Some("B") />
                </div>
                <h2>{welcome::the_day(&t)}</h2>
                <DayControls />
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Announced(what: Announcement) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let language = state.language();
    let kind = match what.kind {
        Expected::Appointment => welcome::appointment(&t),
        Expected::Workshop => welcome::workshop(&t),
    };
    let space = what.space.and_then(|id| state.centre(|c| c.space(id).map(|s| s.name.get(&language).to_owned())));
    let words = [Some(kind), space, Some(state.time(what.at))].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let seen = move |_| state.send(Command::Welcomed { id: what.id });
    view! {
        <li class="announcement">
            <span>{words}</span>
            <button type="button" class="pill small" on:click=seen>{welcome::welcomed(&t)}</button>
        </li>
    }
    .into_any()
}

#[component]
fn AtWork(place: Colleague) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let (class, word) = match place.state {
        ColleagueState::Free => ("colleague", desk::colleague_free(&t)),
        ColleagueState::Busy if place.talk.is_none() => ("colleague busy", desk::colleague_called(&t)),
        ColleagueState::Busy => ("colleague busy", desk::colleague_busy(&t)),
        ColleagueState::Joining => ("colleague busy", desk::colleague_joining(&t)),
        ColleagueState::Away(Some(at)) => ("colleague away", desk::colleague_back(&t, state.time(at))),
        ColleagueState::Away(None) => ("colleague away", desk::colleague_away(&t)),
    };
    view! { <li class=class><i></i><b>{state.place(place.place)}</b><span>{word}</span></li> }.into_any()
}

/// Opening, pausing and closing.
#[component]
fn DayControls() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let day = Memo::new(move |_| state.view.with(|v| v.day));
    let send = move |command: fn() -> Command| Callback::new(move |()| state.send(command()));
    let closes = move || {
        state
            .view
            .with(|v| v.closes)
            .filter(|_| state.is_day_open())
            .map(|at| view! { <p class="soft">{welcome::closes_at(&state.t(), state.time(at))}</p> }.into_any())
    };
    let controls = move || {
        let t = state.t();
        match day.get() {
            DayState::Closed => {
                let open = send(|| Command::OpenDay { closes: None });
                view! { <Action label=desk::open_day(&t) act=open weight=Weight::Main /> }.into_any()
            }
            DayState::Suspended { .. } => {
                let resume = send(|| Command::ResumeDay);
                view! { <Action label=welcome::resume_day(&t) hint=welcome::resume_day_hint(&t) act=resume weight=Weight::Main /> }.into_any()
            }
            DayState::Open => view! {
                <Action label=welcome::pause_all(&t) act=state.toggle(Open::Suspending) />
                <Action label=welcome::close_day(&t) act=state.toggle(Open::Closing) />
            }
            .into_any(),
        }
    };
    let on_break = move || {
        let until = state.view.with(|v| v.told_break).filter(|told| told.begun)?.of.to;
        Some(view! { <p class="soft">{welcome::break_until(&state.t(), state.time(until))}</p> }.into_any())
    };
    view! { <div class="stack">{on_break}{closes}<HoursOver />{controls}</div> }.into_any()
}

/// The hours were taken away from a day that runs: what becomes of it is for staff to say.
#[component]
fn HoursOver() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let over = Memo::new(move |_| state.view.with(|v| v.hours_over).filter(|_| state.is_day_open()));
    move || {
        let since = over.get()?;
        let t = state.t();
        let stay = Callback::new(move |()| state.send(Command::StayOpen));
        Some(
            view! {
                <div class="question" role="alert">
                    <p><strong>{welcome::hours_over(&t, state.time(since))}</strong></p>
                    <p class="soft">{welcome::hours_over_lead(&t)}</p>
                    <Action label=welcome::stay_open(&t) hint=welcome::stay_open_hint(&t) act=stay />
                </div>
            }
            .into_any(),
        )
    }
}
