//! A button that a hurried touch cannot press.

use std::time::Duration;

use leptos::prelude::*;

/// How long it is held.
const HELD: Duration = Duration::from_secs(2);

/// A button that acts once it was held for two seconds, by a finger, a mouse, Enter or the space bar. Whoever presses it
/// by a program that can only click waits two seconds, and clicks again to think better of it.
#[component]
pub(super) fn Hold(
    /// What it does, in words.
    label: String,
    /// That it has to be held.
    hint: String,
    /// What is said meanwhile.
    holding: String,
    /// What it does.
    act: Callback<()>,
) -> impl IntoView {
    let held = RwSignal::new(None::<TimeoutHandle>);
    let let_go = move || {
        if let Some(timer) = held.try_get_untracked().flatten() {
            timer.clear();
            held.set(None);
        }
    };
    let press = move || {
        let_go();
        let done = move || {
            if held.try_set(None).is_none() {
                act.run(());
            }
        };
        held.set(set_timeout_with_handle(done, HELD).ok());
    };
    on_cleanup(let_go);
    let is_held = move || held.with(Option::is_some);
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            if !event.repeat() {
                press();
            }
        }
    };
    let on_key_up = move |event: leptos::ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            let_go();
        }
    };
    // A click that no finger and no key came before counts nothing in its detail.
    let on_click = move |event: leptos::ev::MouseEvent| {
        if event.detail() == 0 {
            if held.with_untracked(Option::is_some) { let_go() } else { press() }
        }
    };
    let words = move || if is_held() { holding.clone() } else { hint.clone() };
    view! {
        <button
            type="button" class="action hold" class:held=is_held
            on:pointerdown=move |event| if event.button() == 0 { press() }
            on:pointerup=move |_| let_go() on:pointerleave=move |_| let_go() on:pointercancel=move |_| let_go()
            on:blur=move |_| let_go() on:contextmenu=move |event| event.prevent_default()
            on:keydown=on_key on:keyup=on_key_up on:click=on_click
        >
            <span class="action-label">{label}</span>
            <span class="action-hint">{words}</span>
        </button>
    }
    .into_any()
}
