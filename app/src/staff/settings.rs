//! The screen of the coordinator and the administrator.

use leptos::prelude::*;

use crate::texts::{self, use_texts};

/// The screen.
#[component]
pub fn Settings() -> impl IntoView {
    let t = use_texts();
    view! { <h1>{texts::settings::title(&t)}</h1> }.into_any()
}
