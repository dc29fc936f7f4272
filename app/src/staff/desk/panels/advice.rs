//! Structured advice: ready words only, noted at once.

use std::collections::BTreeSet;

use domain::day::{Advice, Command};
use leptos::prelude::*;

use super::{
    super::DeskState,
    number,
    recommend::{Dossier, Recommended},
};
use crate::{
    staff::{api, parts::Panel},
    texts::{desk, use_texts, words as said},
};

#[component]
pub(super) fn AdvicePanel() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let given = RwSignal::new(state.visit.with_untracked(|v| v.as_ref().map(|v| v.advice.clone())).unwrap_or_default());
    let changed = Callback::new(move |advice: BTreeSet<Advice>| {
        let (centre, ticket) = (state.acts.centre(), state.ticket());
        let Some(ticket) = ticket else { return };
        state.acts.run(move |key| api::act(centre, Command::GiveAdvice { ticket, advice: advice.clone() }, key));
    });
    view! {
        <Panel title=desk::advice_title(&t, number(state)) close=state.close_panel()>
            <p class="lead">{desk::advice_lead(&t)}</p>
            <AdviceChips given changed />
            <Recommended />
            <Dossier />
        </Panel>
    }
    .into_any()
}

/// Every piece of advice as a box to tick.
#[component]
pub(super) fn AdviceChips(given: RwSignal<BTreeSet<Advice>>, changed: Callback<BTreeSet<Advice>>) -> impl IntoView {
    let t = use_texts();
    let chips = Advice::ALL
        .into_iter()
        .map(|advice| {
            let toggle = move |_| {
                given.update(|g| {
                    if !g.remove(&advice) {
                        g.insert(advice);
                    }
                });
                changed.run(given.get_untracked());
            };
            view! {
                <li>
                    <label class="tick">
                        <input type="checkbox" prop:checked=move || given.with(|g| g.contains(&advice)) on:change=toggle />
                        <span>{said::advice(&t, advice)}</span>
                    </label>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <ul class="ticks">{chips}</ul> }.into_any()
}
