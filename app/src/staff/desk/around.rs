//! The third column: colleagues without durations, and what keeps everybody safe.

use domain::{
    PlaceId,
    day::Command,
    view::{Colleague, ColleagueState},
};
use leptos::prelude::*;

use super::{DeskState, state::Moment};
use crate::{
    staff::parts::{Action, Weight},
    texts::{desk, use_texts},
};

#[component]
pub(super) fn Around() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let places = Memo::new(move |_| state.view.with(|v| v.colleagues.iter().map(|c| c.place).collect::<Vec<_>>()));
    let none = move || {
        places.with(Vec::is_empty).then(|| view! { <p class="nobody">{desk::no_colleagues(&t)}</p> }.into_any())
    };
    view! {
        <aside class="around" aria-label=desk::around(&state.t())>
            <div class="around-lists">
                <h2>{desk::colleagues(&state.t())}</h2>
                {none}
                <ul class="colleagues">
                    <For each=move || places.get() key=|p| *p children=move |place| view! { <Row place /> } />
                </ul>
            </div>
            <Safety />
        </aside>
    }
    .into_any()
}

#[component]
fn Row(place: PlaceId) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let who = Memo::new(move |_| state.view.with(|v| v.colleagues.iter().find(|c| c.place == place).copied()));
    let class = move || who.get().map_or("colleague", |c| class_of(&c));
    let words = move || who.get().map(|c| words_of(state, &c));
    let talk = Memo::new(move |_| who.get()?.talk.filter(|_| state.moment.get() == Some(Moment::Free)));
    let can_join = move || talk.get().is_some();
    let join = move || {
        let ticket = talk.get()?;
        let t = state.t();
        let act = state.at_place(move |place| Command::JoinTalk { place, ticket });
        let full = desk::join_at(&t, state.place_capital(place));
        Some(
            view! {
                <button type="button" class="pill small" aria-label=full on:click=move |_| act.run(())>{desk::join(&t)}</button>
            }
            .into_any(),
        )
    };
    view! {
        <li class=class>
            <i aria-hidden="true"></i>
            <span class="colleague-name">{state.place_with_space(place)}</span>
            <span class="colleague-state" class:unseen=can_join>{words}</span>
            {join}
        </li>
    }
    .into_any()
}

fn class_of(colleague: &Colleague) -> &'static str {
    match (colleague.asks_help, colleague.state) {
        (true, _) => "colleague help",
        (false, ColleagueState::Free) => "colleague free",
        (false, ColleagueState::Busy | ColleagueState::Joining) => "colleague busy",
        (false, ColleagueState::Away(_)) => "colleague away",
    }
}

fn words_of(state: DeskState, colleague: &Colleague) -> String {
    let t = state.t();
    if colleague.asks_help {
        return desk::colleague_help(&t);
    }
    match (colleague.state, colleague.talk) {
        (ColleagueState::Free, _) => desk::colleague_free(&t),
        (ColleagueState::Busy, Some(_)) => desk::colleague_busy(&t),
        (ColleagueState::Busy, None) => desk::colleague_called(&t),
        (ColleagueState::Joining, _) => desk::colleague_joining(&t),
        (ColleagueState::Away(None), _) => desk::colleague_away(&t),
        (ColleagueState::Away(Some(until)), _) => desk::colleague_back(&t, state.time(until)),
    }
}

/// Always at the same spot, whatever happens at the desk.
#[component]
fn Safety() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let asked = Memo::new(move |_| state.mine.with(|m| m.as_ref().map(|m| m.asks_help)));
    let help = move || {
        asked.get().map(|on| {
            let act = state.at_place(move |place| Command::AskHelp { place, on: !on });
            let t = state.t();
            let (label, hint) = if on {
                (desk::help_on(&t), desk::help_on_hint(&t))
            } else {
                (desk::help(&t), desk::help_hint(&t))
            };
            view! {
                <Action label=label act=act key=Some("F8") hint=Signal::stored(hint) pressed=Signal::stored(on) weight=Weight::Plain />
            }
            .into_any()
        })
    };
    let cards = Callback::new(move |()| state.cards.update(|c| *c = !*c));
    view! {
        <div class="safety">
            <h2>{desk::safety(&t)}</h2>
            {help}
            <Action label=desk::cards(&t) act=cards key=Some("F9") hint=Signal::stored(desk::cards_hint(&t)) />
        </div>
    }
    .into_any()
}
