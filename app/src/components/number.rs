//! A ticket's number.

use domain::day;
use leptos::prelude::*;

/// A number as it is read: letter, a space that does not break, three digits.
pub fn spaced(number: day::Number) -> String {
    format!("{}\u{a0}{:03}", number.letter, number.counter)
}

/// A ticket's number, left to right in every language.
#[component]
pub fn Number(
    /// Which.
    of: day::Number,
) -> impl IntoView {
    view! { <bdi class="number" dir="ltr">{spaced(of)}</bdi> }.into_any()
}
