//! The row above the three columns: which desk, for whom, in which languages, and how to leave it.

use domain::day::{Afterwards, Command};
use leptos::prelude::*;

use super::{DeskState, state::Open};
use crate::{
    staff::{
        Keys, api,
        parts::{Action, Weight},
    },
    texts::{desk, language_name, list, use_texts},
};

#[component]
pub(super) fn Head() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let place = Memo::new(move |_| state.mine.with(|m| m.as_ref().map(|m| (m.place, m.organisation))));
    let name = move || place.get().map(|(place, _)| state.place_with_space(place));
    let organisation = move || place.get().map(|(_, organisation)| state.organisation(organisation));
    let languages = move || {
        let spoken = state.mine.with(|m| m.as_ref().map(|m| m.abilities.languages.clone())).unwrap_or_default();
        list(spoken.iter().map(|l| language_name(&state.t(), l)))
    };
    let close = state.at_place(|place| Command::ClosePlace { place });
    let abilities = state.toggle(Open::Abilities);
    let pressed = move |what: Open| move || (state.panel.get() == Some(what)).to_string();
    view! {
        <header class="desk-head">
            <h1>{name}</h1>
            <span>{organisation}</span>
            <button type="button" class="pill strong" aria-pressed=pressed(Open::Abilities) on:click=move |_| abilities.run(())>
                <span class="unseen">{desk::abilities(&t)}</span>
                {languages}
            </button>
            <span class="bar-space"></span>
            <Planned />
            <LetterKeys />
            <Action label=desk::r#move(&t) act=state.toggle(Open::Move) key=None weight=Weight::Quiet />
            <Action label=desk::pause(&t) act=state.toggle(Open::Pause) key=None weight=Weight::Quiet />
            <Action label=desk::close(&t) act=close key=None weight=Weight::Quiet />
        </header>
    }
    .into_any()
}

/// What happens after this visitor, and a way to think better of it.
#[component]
fn Planned() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let then = Memo::new(move |_| state.mine.with(|m| m.as_ref().and_then(|m| m.then)));
    move || {
        then.get()
            .map(|then| {
                let t = state.t();
                let words = match then {
                    Afterwards::Close => desk::then_close(&t),
                    Afterwards::Pause { until: None } => desk::then_pause(&t),
                    Afterwards::Pause { until: Some(until) } => desk::then_pause_until(&t, state.time(until)),
                };
                let stay = state.at_place(|place| Command::BackFromPause { place });
                view! {
                    <span class="chip planned">{words}</span>
                    <Action label=desk::stay_after_all(&t) act=stay key=None weight=Weight::Quiet />
                }
                .into_any()
            })
            .into_any()
    }
}

/// Single letters are in the way of some who speak to their computer or write with other keyboards.
#[component]
fn LetterKeys() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let letters = expect_context::<Keys>().letters;
    let label = Signal::derive(move || {
        let t = state.t();
        if letters.get() { desk::letter_keys_on(&t) } else { desk::letter_keys_off(&t) }
    });
    let change = Callback::new(move |()| {
        let wanted = !letters.get_untracked();
        letters.set(wanted);
        let language = state.start(|s| s.staff.language.clone());
        state.acts.run(move |_| api::save_preferences(language.clone(), wanted));
    });
    view! { <Action label=label act=change key=None weight=Weight::Quiet /> }.into_any()
}
