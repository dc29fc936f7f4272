//! The last step, for as long as it can be undone.

use domain::day::{Command, Step};
use leptos::prelude::*;

use super::{DeskState, state::Moment, words};
use crate::{
    staff::parts::{Action, Weight},
    texts::desk,
};

/// A step can be undone until the next one: who arrived cannot be un-called any more.
fn still_stands(step: Step, moment: Option<Moment>) -> bool {
    match step {
        Step::Call => matches!(moment, Some(Moment::Called(_))),
        Step::NoShow | Step::Park | Step::Finish => matches!(moment, Some(Moment::Free | Moment::Away)),
    }
}

#[component]
pub(super) fn Undo() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let limit = state.centre(|c| c.policies.undo_seconds);
    let last = Memo::new(move |_| {
        let now = state.now.get();
        let moment = state.moment.get();
        let undo = state.mine.with(|m| m.as_ref().and_then(|m| m.undo));
        undo.filter(|(step, until)| *until > now && still_stands(*step, moment))
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
