//! Everything that is not over, by space, with a search by number.

use domain::{
    SpaceId, TicketId,
    day::Stage,
    view::{Crowd, LineItem},
};
use leptos::prelude::*;

use super::{WelcomeState, ticket::Row};
use crate::{
    components::Sign,
    texts::{common, crowd_waits, use_texts, welcome},
};

/// The row that shows what can be done.
#[derive(Clone, Copy)]
pub(super) struct Chosen(pub(super) RwSignal<Option<TicketId>>);

#[component]
pub(super) fn Waiting() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    provide_context(Chosen(RwSignal::new(None)));
    let search = RwSignal::new(String::new());
    let all = Memo::new(move |_| {
        state.view.with(|v| v.tickets.iter().filter(|l| waits(l)).map(|l| l.party).collect::<Crowd>())
    });
    let spaces: Vec<Option<SpaceId>> = state.centre(|c| c.spaces.iter().map(|s| Some(s.id)).chain([None]).collect());
    let groups = spaces.into_iter().map(|space| view! { <Group space search /> }.into_any()).collect_view();
    let closed = Memo::new(move |_| state.is_day_closed());
    let nobody = move || {
        let lead = move || (!closed.get()).then(|| view! { <p>{welcome::nobody_lead(&state.t())}</p> }.into_any());
        state
            .view
            .with(|v| v.tickets.is_empty() && v.missed.is_empty())
            .then(|| view! { <div class="calm"><h2>{welcome::nobody(&state.t())}</h2>{lead}</div> }.into_any())
    };
    view! {
        <header class="lines-head">
            <h1>{move || crowd_waits(&state.t(), all.get())}</h1>
            <label class="search">
                <span>{welcome::search(&t)}</span>
                <input
                    type="search" dir="ltr" autocomplete="off" placeholder="C 042"
                    on:input=move |e| search.set(plain(&event_target_value(&e)))
                />
            </label>
        </header>
        {nobody}
        <div class="lines">{groups}<Missed search /></div>
    }
    .into_any()
}

/// A number as it is compared: capitals and digits only.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

fn waits(line: &LineItem) -> bool {
    matches!(line.stage, Stage::Waiting { .. })
}

/// Whether what somebody typed is in the number, written with or without its zeros: `C042` is found by `C42` too.
fn found(line: &LineItem, search: &str) -> bool {
    let bare = format!("{}{}", line.number.letter.get(), line.number.counter);
    search.is_empty() || line.number.to_string().contains(search) || bare.contains(search)
}

/// The line of one space, or of the welcome.
#[component]
fn Group(space: Option<SpaceId>, search: RwSignal<String>) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let language = state.language();
    let (sign, letter, name) = state.centre(|c| match space.and_then(|id| c.space(id)) {
        Some(s) => (s.sign, s.letter, s.name.get(&language).to_owned()),
        None => (0, c.policies.welcome_letter, common::welcome_capital(&state.t())),
    });
    let ids = Memo::new(move |_| {
        let search = search.get();
        let here = |l: &&LineItem| state.centre(|c| c.space_of(l.need).map(|s| s.id)) == space;
        state
            .view
            .with(|v| v.tickets.iter().filter(here).filter(|l| found(l, &search)).map(|l| l.id).collect::<Vec<_>>())
    });
    let some = Memo::new(move |_| !ids.with(Vec::is_empty));
    let in_line = Memo::new(move |_| {
        let here = |l: &&LineItem| state.centre(|c| c.space_of(l.need).map(|s| s.id)) == space;
        state.view.with(|v| v.tickets.iter().filter(here).filter(|l| waits(l)).map(|l| l.party).collect::<Crowd>())
    });
    let name = StoredValue::new(name);
    move || {
        some.get().then(|| {
            view! {
                <section class=format!("group space-{sign}")>
                    <h2>
                        <Sign sign letter=Some(letter.get()) />
                        {name.get_value()}
                        <span class="group-count">{move || crowd_waits(&state.t(), in_line.get())}</span>
                    </h2>
                    <ul class="rows">
                        <For each=move || ids.get() key=|id| *id children=move |id| view! { <Row id /> } />
                    </ul>
                </section>
            }
            .into_any()
        })
    }
}

/// Who was called and not there: they may still come.
#[component]
fn Missed(search: RwSignal<String>) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let ids = Memo::new(move |_| {
        let search = search.get();
        state.view.with(|v| v.missed.iter().filter(|l| found(l, &search)).map(|l| l.id).collect::<Vec<_>>())
    });
    let some = Memo::new(move |_| !ids.with(Vec::is_empty));
    move || {
        some.get().then(|| {
            view! {
                <section class="group space-0">
                    <h2>{welcome::missed(&state.t())}</h2>
                    <ul class="rows">
                        <For each=move || ids.get() key=|id| *id children=move |id| view! { <Row id /> } />
                    </ul>
                </section>
            }
            .into_any()
        })
    }
}
