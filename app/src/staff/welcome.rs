//! The screen of the host at the door.

use leptos::prelude::*;

use crate::texts::{self, use_texts};

/// The screen.
#[component]
pub fn Welcome() -> impl IntoView {
    let t = use_texts();
    view! { <h1>{texts::welcome::title(&t)}</h1> }.into_any()
}
