//! The sign of a space: a colour, a shape and a letter, the same everywhere.

use leptos::prelude::*;

/// The class that gives an element a space's colours as `--space` and `--tint`.
pub fn sign_class(sign: u8) -> String {
    format!("space-{sign}")
}

/// The sign of a space. The welcome (0) has a letter and no shape.
#[component]
pub fn Sign(
    /// 1 to 5; 0 for the welcome.
    sign: u8,
    /// The letter inside; none where the number stands beside it.
    #[prop(optional_no_strip)]
    letter: Option<char>,
) -> impl IntoView {
    let shape = match sign {
        1 => view! { <circle class="shape" cx="12" cy="12" r="11.5"></circle> }.into_any(),
        2 => view! { <rect class="shape" x="1.5" y="1.5" width="21" height="21" rx="3"></rect> }.into_any(),
        3 => view! { <path class="shape" d="M12 .5 24 22.5H0Z"></path> }.into_any(),
        4 => view! { <path class="shape" d="M12 0 24 12 12 24 0 12Z"></path> }.into_any(),
        5 => view! { <path class="shape" d="M6.3 1h11.4L24 12l-6.3 11H6.3L0 12Z"></path> }.into_any(),
        _ => ().into_any(),
    };
    // The letter sits where the shape is widest: lower in the triangle.
    let y = if sign == 3 { "15.6" } else { "12.4" };
    let letter = letter.map(|letter| view! { <text x="12" y=y>{letter.to_string()}</text> }.into_any());
    view! {
        <svg class=format!("sign {}", sign_class(sign)) viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            {shape}{letter}
        </svg>
    }
    .into_any()
}
