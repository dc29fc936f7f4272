//! Choosing a time: some minutes by one key, or any time of today.

use chrono::Duration;
use domain::Instant;
use leptos::prelude::*;

use super::super::DeskState;
use crate::{
    staff::parts::Action,
    texts::{desk, use_texts},
};

/// Keys of the choices, in their order.
const KEYS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// So many minutes from now, or another time.
#[component]
pub(super) fn Times(minutes: &'static [u32], choose: Callback<Instant>) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let typed = RwSignal::new(String::new());
    let choices = minutes
        .iter()
        .zip(KEYS)
        .map(|(n, key)| {
            let until = move || state.now.get_untracked() + Duration::minutes(i64::from(*n));
            let minute = Memo::new(move |_| state.now.get().timestamp() / 60);
            let hint = Signal::derive(move || {
                minute.get();
                desk::until(&state.t(), state.time(until()))
            });
            let act = Callback::new(move |()| choose.run(until()));
            view! { <Action label=desk::for_minutes(&t, *n) act=act key=Some(key) hint=hint /> }.into_any()
        })
        .collect_view();
    let at = move || {
        let typed = typed.get();
        let (hour, minute) = typed.split_once(':')?;
        let time = state.start(|s| s.time);
        time.at(state.now.get_untracked(), hour.parse().ok()?, minute.get(..2)?.parse().ok()?)
    };
    let set = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(at) = untrack(at) {
            choose.run(at);
        }
    };
    view! {
        <div class="choices narrow">{choices}</div>
        <form class="inline-form" on:submit=set>
            <label>
                {desk::other_time(&t)}
                <input type="time" required on:input=move |event| typed.set(event_target_value(&event)) />
            </label>
            <button type="submit" class="pill">{desk::set_time(&t)}</button>
        </form>
    }
    .into_any()
}
