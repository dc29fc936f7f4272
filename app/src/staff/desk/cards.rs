//! What to do when somebody is in danger: one key away, over everything.

use domain::centre::SafeguardingCard;
use leptos::{html, prelude::*};

use super::DeskState;
use crate::{
    staff::use_key,
    texts::{desk, staff, use_texts},
};

#[component]
pub(super) fn Cards() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            show(&dialog, state.cards.get());
        }
    });
    let close = Callback::new(move |()| state.cards.set(false));
    let cards = state.centre(|c| c.safeguarding.clone());
    let none = cards.is_empty().then(|| view! { <p>{desk::cards_none(&t)}</p> }.into_any());
    let cards = cards.into_iter().map(|card| view! { <Card card /> }.into_any()).collect_view();
    view! {
        <dialog class="cards" node_ref=dialog aria-labelledby="cards-title" on:close=move |_| state.cards.set(false)>
            <header class="panel-head">
                <h2 id="cards-title">{desk::cards(&t)}</h2>
                <button type="button" class="pill" on:click=move |_| close.run(())>
                    {staff::close_panel(&t)}<kbd aria-hidden="true">"Esc"</kbd>
                </button>
            </header>
            {none}
            <div class="cards-all">{cards}</div>
        </dialog>
        {move || state.cards.get().then(|| use_key("Escape", close))}
    }
    .into_any()
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn show(dialog: &web_sys::HtmlDialogElement, wanted: bool) {
    if wanted && !dialog.open() {
        // Only a dialog that left the page cannot be shown.
        let _ = dialog.show_modal();
    } else if !wanted && dialog.open() {
        dialog.close();
    }
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn show<T>(_: &T, _: bool) {}

#[component]
fn Card(card: SafeguardingCard) -> impl IntoView {
    let t = use_texts();
    let language = t.language();
    let steps = card
        .steps
        .get(language)
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| view! { <li>{l.trim().to_owned()}</li> }.into_any())
        .collect_view();
    let phone = card.phone.map(|phone| view! { <p class="card-phone"><bdi dir="ltr">{phone}</bdi></p> }.into_any());
    view! {
        <article class="card">
            <h3>{card.title.get(language).to_owned()}</h3>
            {phone}
            <ol>{steps}</ol>
        </article>
    }
    .into_any()
}
