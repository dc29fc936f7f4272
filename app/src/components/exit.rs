//! The way out, for those who read none of the languages.

use leptos::prelude::*;

/// A door with an arrow.
#[component]
pub fn Exit() -> impl IntoView {
    view! { <svg class="exit" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 21V3h9v18M2 21h20M10.5 12h.01M15.5 12h7M19.5 8.5 23 12l-3.5 3.5"></path></svg> }
        .into_any()
}
