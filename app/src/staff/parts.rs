//! Parts of the staff's screens: buttons with their key, panels, banners.

use leptos::prelude::*;

use super::{Keys, use_acts, use_key};
use crate::texts::{staff, use_texts};

/// How a button calls for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// One of several.
    #[default]
    Plain,
    /// The one main action of a screen.
    Main,
    /// Small and quiet.
    Quiet,
    /// Takes something away.
    Stop,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "action",
            Self::Main => "action main",
            Self::Quiet => "pill",
            Self::Stop => "action stop",
        }
    }
}

/// A button with its key written on it.
#[component]
pub fn Action(
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// What it does.
    act: Callback<()>,
    /// The key that does the same: a capital letter, a digit, or a named key such as `F8`.
    #[prop(optional_no_strip)]
    key: Option<&'static str>,
    /// How it calls for attention.
    #[prop(default = Weight::Plain)]
    weight: Weight,
    /// A second, smaller line.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Whether it is switched on, for a button that stays pressed.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// Whether everything was chosen that it needs: before, neither a touch nor its key does anything.
    #[prop(optional, into)]
    ready: Option<Signal<bool>>,
    /// Whether each press counts, also before the server answered to the last one.
    #[prop(optional)]
    counts: bool,
) -> impl IntoView {
    let busy = use_context::<super::Acts>().filter(|_| !counts);
    let can = move || ready.is_none_or(|r| r.get()) && !busy.is_some_and(super::Acts::is_busy);
    let guarded = Callback::new(move |()| {
        if untrack(can) {
            act.run(());
        }
    });
    if let Some(key) = key {
        use_key(key, guarded);
    }
    let letters = use_context::<Keys>().map(|k| k.letters);
    let shown = move |key: &str| key.len() > 1 || letters.is_none_or(|l| l.get());
    view! {
        <button
            type="button"
            class=weight.class()
            class:not-ready=move || ready.is_some_and(|r| !r.get())
            aria-disabled=move || (!can()).then_some("true")
            aria-pressed=move || pressed.map(|p| p.get().to_string())
            aria-keyshortcuts=key
            on:click=move |_| guarded.run(())
        >
            <span class="action-label">{move || label.get()}</span>
            {hint.map(|hint| view! { <span class="action-hint">{move || hint.get()}</span> }.into_any())}
            {key.map(|key| view! { <kbd class:unseen=move || !shown(key) aria-hidden="true">{key}</kbd> }.into_any())}
        </button>
    }
    .into_any()
}

/// Part of a screen that opens in place, without covering anything: it takes the focus, Escape closes it.
#[component]
pub fn Panel(
    /// Its title.
    #[prop(into)]
    title: String,
    /// Closes it.
    close: Callback<()>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // A heading that is there can be focused; if it just went, nothing is lost.
            let _ = heading.focus();
        }
    });
    use_key("Escape", close);
    view! {
        <section class="panel" aria-labelledby="panel-title">
            <header class="panel-head">
                <h2 id="panel-title" tabindex="-1" node_ref=heading>{title}</h2>
                <button type="button" class="pill" on:click=move |_| close.run(())>
                    {staff::close_panel(&t)}
                    <kbd aria-hidden="true">"Esc"</kbd>
                </button>
            </header>
            {children()}
        </section>
    }
    .into_any()
}

/// Why the last command did not come true, in one calm sentence.
#[component]
pub fn TroubleBanner() -> impl IntoView {
    let t = StoredValue::new(use_texts());
    let trouble = use_acts().trouble();
    let shown = move || {
        trouble.get().map(|why| {
            let t = t.get_value();
            let again = (why == crate::trouble::Trouble::SignInNeeded).then(|| {
                view! { <a class="pill" href="" rel="external">{staff::sign_in(&t)}</a> }.into_any()
            });
            view! {
                <div class="banner trouble">
                    <p>{why.sentence(&t)}</p>
                    {again}
                    <button type="button" class="pill" on:click=move |_| trouble.set(None)>{staff::understood(&t)}</button>
                </div>
            }
            .into_any()
        })
    };
    view! { <div role="alert">{shown}</div> }.into_any()
}
