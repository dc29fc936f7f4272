//! Refusing a hand-over, with a reason from a fixed list.

use domain::{
    TicketId,
    day::{Command, RefusalReason},
};
use leptos::prelude::*;

use super::super::{DeskState, words};
use crate::{
    staff::parts::{Action, Panel},
    texts::{desk, use_texts},
};

const REASONS: [(RefusalReason, &str); 3] =
    [(RefusalReason::NoTime, "1"), (RefusalReason::NotOurs, "2"), (RefusalReason::SomethingMissing, "3")];

#[component]
pub(super) fn RefuseOffer(ticket: TicketId) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let reasons = REASONS
        .into_iter()
        .map(|(reason, key)| {
            let act = state.at_place(move |place| Command::Refuse { ticket, place, reason });
            view! { <Action label=words::refusal(&t, reason) act=act key=Some(key) /> }.into_any()
        })
        .collect_view();
    view! {
        <Panel title=desk::refuse_why(&t) close=state.close_panel()>
            <div class="choices">{reasons}</div>
        </Panel>
    }
    .into_any()
}
