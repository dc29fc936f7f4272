//! Going away for a while, now or after this visitor.

use domain::{
    Instant,
    day::{Activity, Command},
};
use leptos::prelude::*;

use super::{super::DeskState, times::Times};
use crate::{
    staff::parts::{Action, Panel, Weight},
    texts::{desk, use_texts},
};

#[component]
pub(super) fn Pause() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let busy = state.mine.with_untracked(|m| m.as_ref().is_some_and(|m| matches!(m.activity, Activity::Receiving(_))));
    let lead = if busy { desk::pause_lead_busy(&t) } else { desk::pause_lead(&t) };
    let go = move |until: Option<Instant>| state.at_place(move |place| Command::PausePlace { place, until }).run(());
    let choose = Callback::new(move |until| go(Some(until)));
    let open_end = Callback::new(move |()| go(None));
    view! {
        <Panel title=desk::pause_title(&t) close=state.close_panel()>
            <p class="lead">{lead}</p>
            <Times minutes=&[10, 15, 30, 45, 60] choose />
            <Action label=desk::no_time(&t) act=open_end key=Some("0") weight=Weight::Quiet />
        </Panel>
    }
    .into_any()
}
