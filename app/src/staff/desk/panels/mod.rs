//! What opens in the middle of the desk screen, in place of what is there.

mod abilities;
mod advice;
mod finish;
mod hand_over;
mod hold;
mod move_desk;
mod need;
mod pause;
mod recommend;
mod refuse;
mod times;

use leptos::prelude::*;

use super::{
    DeskState,
    state::{Moment, Open},
};
use crate::{
    components::spaced,
    texts::{desk, list, use_texts, words as said},
};

/// What is open; else the advice given so far.
#[component]
pub(super) fn Panels() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let advised = Memo::new(move |_| matches!(state.moment.get(), Some(Moment::Talk(_))));
    move || match state.panel.get() {
        Some(Open::Finish) => finish::Finish().into_any(),
        Some(Open::Hold) => hold::Hold().into_any(),
        Some(Open::HandOver) => hand_over::HandOver().into_any(),
        Some(Open::Advice) => advice::AdvicePanel().into_any(),
        Some(Open::Need(ticket)) => view! { <need::CorrectNeed ticket /> }.into_any(),
        Some(Open::Refuse(ticket)) => view! { <refuse::RefuseOffer ticket /> }.into_any(),
        Some(Open::Pause) => pause::Pause().into_any(),
        Some(Open::Abilities) => abilities::AbilitiesPanel().into_any(),
        Some(Open::Move) => move_desk::MoveDesk().into_any(),
        None if advised.get() => view! { <Cards /> }.into_any(),
        None => ().into_any(),
    }
}

/// What the person asks, and the advice given so far.
#[component]
fn Cards() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let visit = state.visit;
    let question = move || {
        let need = visit.with(|v| v.as_ref().and_then(|v| v.line.need));
        let language = state.language();
        state.centre(|c| need.and_then(|n| c.need(n)).map(|n| n.question.get(&language).to_owned()))
    };
    let question = move || question().unwrap_or_else(|| desk::welcome_need(&state.t()));
    let given = move || {
        let t = state.t();
        let advice = visit.with(|v| v.as_ref().map(|v| v.advice.clone())).unwrap_or_default();
        if advice.is_empty() {
            return view! { <p class="soft">{desk::no_advice(&t)}</p> }.into_any();
        }
        let items = advice.iter().map(|a| view! { <li>{said::advice(&t, *a)}</li> }.into_any()).collect_view();
        view! { <ul class="dots">{items}</ul> }.into_any()
    };
    let recommended = Memo::new(move |_| visit.with(|v| v.as_ref().map(|v| v.recommended.clone()).unwrap_or_default()));
    view! {
        <div class="cards-two">
            <article class="card"><h3>{desk::before_first_talk(&t)}</h3><p class="question">{question}</p></article>
            <article class="card"><h3>{desk::advice_given(&t)}</h3>{given} <recommend::Names entries=recommended /></article>
            <Notebook />
        </div>
    }
    .into_any()
}

/// What the visitor kept while looking around, and said yes to showing.
#[component]
fn Notebook() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let notebook = Memo::new(move |_| state.visit.with(|v| v.as_ref().map(|v| v.notebook.clone()).unwrap_or_default()));
    let kept = Memo::new(move |_| notebook.with(|n| n.kept.clone()));
    let likes = move || {
        let t = state.t();
        notebook.with(|n| n.profile).map(|profile| {
            let strongest: Vec<_> = profile.order()[..3].iter().map(|i| said::interest(&t, *i)).collect();
            view! { <p>{desk::likes(&t, list(strongest))}</p> }.into_any()
        })
    };
    move || {
        (!notebook.with(domain::catalogue::Notebook::is_empty)).then(|| {
            view! {
                <article class="card notebook">
                    <h3>{desk::notebook(&state.t())}</h3>
                    <recommend::Names entries=kept />
                    {likes}
                </article>
            }
            .into_any()
        })
    }
}

/// The visitor's number in words.
fn number(state: DeskState) -> String {
    state.visit.with_untracked(|v| v.as_ref().map(|v| spaced(v.line.number))).unwrap_or_default()
}
