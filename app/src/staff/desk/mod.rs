//! The desk screen of a counsellor.

use leptos::prelude::*;

use crate::texts::{desk, use_texts};

/// The desk screen.
#[component]
pub fn Desk() -> impl IntoView {
    let t = use_texts();
    view! { <h1>{desk::title(&t)}</h1> }.into_any()
}
