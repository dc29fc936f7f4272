//! Everything stands still: why.

use domain::day::{Command, SuspendReason};
use leptos::prelude::*;

use super::WelcomeState;
use crate::{
    staff::parts::{Action, Panel, Weight},
    texts::{use_texts, welcome},
};

#[component]
pub(super) fn Suspending() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let suspend = move |reason| {
        Callback::new(move |()| {
            state.send(Command::Suspend { reason, since: None });
            state.panel.set(None);
        })
    };
    view! {
        <Panel title=welcome::pause_all(&t) close=state.close_panel()>
            <p class="lead">{welcome::pause_all_lead(&t)}</p>
            <div class="choices">
                <Action label=welcome::fire_alarm(&t) act=suspend(SuspendReason::FireAlarm) weight=Weight::Stop />
                <Action label=welcome::power_cut(&t) act=suspend(SuspendReason::PowerCut) />
                <Action label=welcome::other_pause(&t) act=suspend(SuspendReason::Other) />
            </div>
        </Panel>
    }
    .into_any()
}
