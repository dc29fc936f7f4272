//! The last step, for as long as it can be undone.

use domain::day::Command;
use leptos::prelude::*;

use super::{DeskState, words};
use crate::{
    staff::parts::{Action, Weight},
    texts::desk,
};

#[component]
pub(super) fn Undo() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let limit = state.centre(|c| c.policies.undo_seconds);
    let last = Memo::new(move |_| {
        let now = state.now.get();
        state.mine.with(|m| m.as_ref().and_then(|m| m.undo)).filter(|(_, until)| *until > now)
    });
    let shown = move || {
        last.get().map(|(step, until)| {
            let undo = state.at_place(|place| Command::Undo { place });
            let left = Memo::new(move |_| state.now.seconds_until(until));
            let t = state.t();
            view! {
                <p class="undo">
                    <span>{words::step(&t, step)}</span>
                    <progress max=limit value=move || left.get().to_string() aria-hidden="true"></progress>
                    <span class="undo-left">{move || desk::seconds_left(&state.t(), left.get())}</span>
                    <Action label=desk::undo(&t) act=undo key=Some("Z") weight=Weight::Quiet />
                </p>
            }
            .into_any()
        })
    };
    view! { <div class="undo-place">{shown}</div> }.into_any()
}
