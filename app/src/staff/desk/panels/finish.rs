//! How the talk ended: one touch, which can be undone; before it, whether the visit goes on with another need.

use domain::{
    NeedId,
    day::{Command, Outcome},
};
use leptos::prelude::*;

use super::{
    super::{DeskState, words},
    need::NeedSelect,
    number,
};
use crate::{
    staff::parts::{Action, Panel},
    texts::{desk, use_texts},
};

const KEYS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

#[component]
pub(super) fn Finish() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let further = RwSignal::new(None::<NeedId>);
    let outcomes = Outcome::ALL
        .into_iter()
        .zip(KEYS)
        .map(|(outcome, key)| {
            let act = state.about_visitor(move |ticket| Command::Finish {
                ticket,
                outcome,
                further: further.get_untracked(),
            });
            view! { <Action label=words::outcome(&t, outcome) act=act key=Some(key) /> }.into_any()
        })
        .collect_view();
    let returns = state.visit.with_untracked(|v| {
        v.as_ref().filter(|v| v.returns).and_then(|v| v.from).map(|(place, _)| state.place_capital(place))
    });
    let returns = returns.map(|desk| view! { <p class="lead">{desk::finish_returns(&t, desk)}</p> }.into_any());
    view! {
        <Panel title=desk::finish_title(&t, number(state)) close=state.close_panel()>
            <p class="lead">{desk::finish_lead(&t)}</p>
            {returns}
            <div class="choices">{outcomes}</div>
            <label class="inline-field">
                {desk::further(&t)}
                <NeedSelect chosen=further none=desk::further_none(&t) />
            </label>
        </Panel>
    }
    .into_any()
}
