//! The desk screen of a counsellor: who waits, who is here, what is around.

pub mod api;
mod around;
mod cards;
mod head;
mod line;
mod opening;
mod panels;
mod state;
mod undo;
mod visit;
pub(super) mod words;

use domain::view::{DeskView, Halt};
use leptos::prelude::*;

use self::{around::Around, cards::Cards, head::Head, line::Line, opening::Opening, state::DeskState, visit::Here};
use super::{
    api as staff,
    frame::screen,
    halt::{Alarm, HaltBanner, is_alarm},
    parts::TroubleBanner,
};
use crate::texts::{desk, use_texts, words as said};

/// The desk screen.
#[component]
pub fn Desk() -> impl IntoView {
    screen(desk::title(&use_texts()), staff::load_desk, |first| view! { <Screen first /> }.into_any())
}

#[component]
fn Screen(first: DeskView) -> impl IntoView {
    let state = DeskState::new(first);
    provide_context(state);
    let open = Memo::new(move |_| state.view.with(|v| v.mine.is_some()));
    let halt = Memo::new(move |_| state.view.with(|v| v.halt.clone()));
    let alarm = Memo::new(move |_| halt.with(|h| is_alarm(h.as_ref())));
    view! {
        <Alarm halt />
        <main class="desk" id="work" hidden=alarm class:desk-closed=move || !open.get()>
            {move || if open.get() { view! { <Head /> }.into_any() } else { ().into_any() }}
            <Line />
            <section class="here" aria-label=desk::here(&state.t())>
                <Banners halt />
                {move || if open.get() { view! { <Here /> }.into_any() } else { view! { <Opening /> }.into_any() }}
            </section>
            <Around />
        </main>
        <Cards />
    }
    .into_any()
}

/// What everybody at a desk should know now.
#[component]
fn Banners(halt: Memo<Option<Halt>>) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let message = Memo::new(move |_| state.view.with(|v| v.message.clone()));
    let calling_for_help = Memo::new(move |_| {
        state.view.with(|v| v.colleagues.iter().filter(|c| c.asks_help).map(|c| c.place).collect::<Vec<_>>())
    });
    let help = move || {
        let wanted = |place| desk::help_wanted(&state.t(), state.place_capital(place));
        calling_for_help
            .get()
            .into_iter()
            .map(|place| view! { <div class="banner help"><p>{wanted(place)}</p></div> }.into_any())
            .collect_view()
    };
    let note = move || {
        message.get().map(|m| {
            let t = state.t();
            view! { <div class="banner note"><p>{desk::message_now(&t, said::message(&t, &m))}</p></div> }.into_any()
        })
    };
    view! {
        <div class="banners">
            <div role="alert"><HaltBanner halt />{help}</div>
            <div role="status">{note}</div>
            <TroubleBanner />
        </div>
    }
    .into_any()
}
