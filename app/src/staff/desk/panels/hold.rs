//! Setting the visitor aside until a time.

use domain::day::Command;
use leptos::prelude::*;

use super::{super::DeskState, number, times::Times};
use crate::{
    staff::parts::Panel,
    texts::{desk, use_texts},
};

#[component]
pub(super) fn Hold() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let choose = Callback::new(move |until| {
        state.about_visitor(move |ticket| Command::Park { ticket, until }).run(());
    });
    view! {
        <Panel title=desk::hold_title(&t, number(state)) close=state.close_panel()>
            <p class="lead">{desk::hold_lead(&t)}</p>
            <Times minutes=&[5, 10, 15, 30, 60] choose />
        </Panel>
    }
    .into_any()
}
