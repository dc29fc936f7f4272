//! The first column: one touch each, with undo, and a ticket for a visitor.

use domain::{
    day::{Command, Counted},
    view::DayState,
};
use leptos::prelude::*;

use super::{
    WelcomeState,
    state::{Open, new_count},
};
use crate::{
    staff::parts::{Action, Weight},
    texts::{use_texts, welcome},
};

#[component]
pub(super) fn Counters() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let counts = Memo::new(move |_| state.view.with(|v| v.counts));
    let day = Memo::new(move |_| state.view.with(|v| v.day));
    let take = move || {
        let t = state.t();
        let act = state.toggle(Open::Take);
        // No number is given while everything stands still.
        (day.get() == DayState::Open).then(|| view! { <Action label=welcome::take(&t) hint=welcome::take_hint(&t) act key=Some("T") weight=Weight::Main /> }.into_any())
    };
    view! {
        <section class="counters" aria-label=welcome::counters(&t)>
            {take}
            <h2>{welcome::counters(&t)}</h2>
            <Counter what=Counted::CameIn label=welcome::came_in(&t) key="1" total=Signal::derive(move || counts.get().came_in) />
            <Counter what=Counted::QuickAnswer label=welcome::quick_answer(&t) key="2" total=Signal::derive(move || counts.get().quick_answers) />
            <Counter what=Counted::DocumentGiven label=welcome::document_given(&t) key="3" total=Signal::derive(move || counts.get().documents) />
            <Group />
            <UndoCount />
            <dl class="today">
                <dt>{welcome::tickets_today(&t)}</dt>
                <dd>{move || counts.get().tickets}</dd>
            </dl>
        </section>
    }
    .into_any()
}

fn count(state: WelcomeState, what: Counted) {
    if let Some(id) = new_count() {
        state.counted.add(id);
        state.send(Command::Count { id, what });
    }
}

#[component]
fn Counter(what: Counted, label: String, key: &'static str, total: Signal<u32>) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let act = Callback::new(move |()| count(state, what));
    view! {
        <div class="counter">
            <Action label=label act=act key=Some(key) counts=true />
            <output class="counter-total" aria-live="polite">{total}</output>
        </div>
    }
    .into_any()
}

/// A group of several: 2 to 500 people with one touch.
#[component]
fn Group() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let size = RwSignal::new(None::<u16>);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(size) = size.get_untracked() {
            count(state, Counted::Group(size));
        }
    };
    view! {
        <form class="inline-form group" on:submit=add>
            <label>
                {welcome::group_of(&t)}
                <input
                    type="number" min="2" max="500" required on:input=move |e| size.set(event_target_value(&e).parse().ok())
                />
            </label>
            <button type="submit" class="pill">{welcome::group_add(&t)}</button>
        </form>
    }
    .into_any()
}

#[component]
fn UndoCount() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = StoredValue::new(use_texts());
    // The day knows what still counts, the page what it counted itself: another host's touch is not undone by mistake.
    let last = Memo::new(move |_| state.view.with(|v| state.counted.last_of(&v.counted)));
    let undo = Callback::new(move |()| {
        if let Some(id) = last.get_untracked() {
            state.send(Command::UndoCount { id });
        }
    });
    move || {
        last.get().is_some().then(|| view! { <Action label=welcome::undo_count(&t.get_value()) act=undo key=Some("U") weight=Weight::Quiet /> }.into_any())
    }
}
