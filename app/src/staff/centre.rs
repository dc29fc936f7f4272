//! The screen of the coordinator.

use leptos::prelude::*;

use crate::texts::{self, use_texts};

/// The screen.
#[component]
pub fn Centre() -> impl IntoView {
    let t = use_texts();
    view! { <h1>{texts::centre::title(&t)}</h1> }.into_any()
}
