//! Going on at another desk, with the visitor.

use domain::day::Command;
use leptos::prelude::*;

use super::super::{DeskState, opening::Places};
use crate::{
    staff::parts::Panel,
    texts::{desk, use_texts},
};

#[component]
pub(super) fn MoveDesk() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let choose = Callback::new(move |to| state.at_place(move |from| Command::MovePlace { from, to }).run(()));
    view! {
        <Panel title=desk::move_title(&t) close=state.close_panel()>
            <p class="lead">{desk::move_lead(&t)}</p>
            <Places choose />
        </Panel>
    }
    .into_any()
}
