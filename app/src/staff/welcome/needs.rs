//! Needs that give no more tickets today, with the reason that visitors are told.

use std::collections::BTreeSet;

use domain::{
    NeedId,
    centre::Space,
    day::{Command, Reason},
};
use leptos::prelude::*;

use super::WelcomeState;
use crate::{
    components::{Sign, sign_class},
    staff::parts::Panel,
    texts::{Texts, common, use_texts, welcome},
};

/// Why a need gives no more tickets.
fn reason_words(t: &Texts, reason: Reason) -> String {
    match reason {
        Reason::Full => common::reason_full(t),
        Reason::NobodyToday => common::reason_nobody_today(t),
        Reason::Event => common::reason_event(t),
        Reason::SoonClosing => common::reason_soon_closing(t),
    }
}

#[component]
pub(super) fn Needs() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let reason = RwSignal::new(None::<Reason>);
    let reasons = Reason::ALL.map(|r| {
        view! {
            <label class="tick">
                <input type="radio" name="reason" prop:checked=move || reason.get() == Some(r) on:change=move |_| reason.set(Some(r)) />
                {reason_words(&t, r)}
            </label>
        }
        .into_any()
    });
    let groups = state
        .centre(|c| c.spaces.iter().map(|s| view! { <SpaceNeeds space=s.clone() reason /> }.into_any()).collect_view());
    view! {
        <Panel title=welcome::needs(&t) close=state.close_panel()>
            <p class="lead">{welcome::needs_lead(&t)}</p>
            <fieldset class="take-set">
                <legend>{welcome::needs_reason(&t)}</legend>
                <div class="ticks">{reasons.into_iter().collect_view()}</div>
            </fieldset>
            <div class="needs-all">{groups}</div>
        </Panel>
    }
    .into_any()
}

#[component]
fn SpaceNeeds(space: Space, reason: RwSignal<Option<Reason>>) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let language = state.language();
    let (ids, labels): (Vec<NeedId>, Vec<String>) =
        state.centre(|c| c.needs_of(space.id).map(|n| (n.id, n.label.get(&language).to_owned())).unzip());
    let all: BTreeSet<NeedId> = ids.iter().copied().collect();
    let all = StoredValue::new(all);
    let all_closed = Memo::new(move |_| {
        all.with_value(|all| state.view.with(|v| all.iter().all(|n| v.closed_needs.contains_key(n))))
    });
    let change = move |needs: BTreeSet<NeedId>, close: bool| match (close, reason.get_untracked()) {
        (true, Some(reason)) => state.send(Command::CloseNeeds { needs, reason }),
        (false, _) => state.send(Command::ReopenNeeds { needs }),
        (true, None) => {}
    };
    // What is open can be closed once a reason was chosen.
    let waits = move |is_closed: bool| (!is_closed && reason.with(Option::is_none)).then_some("true");
    let rows = ids.into_iter().zip(labels).map(|(id, label)| {
        let closed = Memo::new(move |_| state.view.with(|v| v.closed_needs.get(&id).copied()));
        let why = move || closed.get().map(|r| view! { <span class="soft">{reason_words(&state.t(), r)}</span> }.into_any());
        view! {
            <li>
                <button
                    type="button" class="need" class:closed=move || closed.get().is_some() aria-disabled=move || waits(closed.get().is_some()) aria-pressed=move || closed.get().is_some().to_string()
                    on:click=move |_| change([id].into(), closed.get_untracked().is_none())
                >
                    <span>{label}</span>
                    {why}
                </button>
            </li>
        }
        .into_any()
    });
    let word =
        move || if all_closed.get() { welcome::reopen_space(&state.t()) } else { welcome::close_space(&state.t()) };
    view! {
        <section class=format!("needs {}", sign_class(space.sign))>
            <h3><Sign sign=space.sign letter=Some(space.letter.get()) />{space.name.get(t.language()).to_owned()}</h3>
            <ul>{rows.collect_view()}</ul>
            <button type="button" class="pill small" aria-disabled=move || waits(all_closed.get()) on:click=move |_| change(all.get_value(), !all_closed.get_untracked())>{word}</button>
        </section>
    }
    .into_any()
}
