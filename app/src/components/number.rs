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

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn a_number_keeps_its_zeros_and_does_not_break() {
        assert_eq!("C042".parse().map(spaced), Ok("C\u{a0}042".to_owned()));
        assert_eq!("C1042".parse().map(spaced), Ok("C\u{a0}1042".to_owned()));
    }
}
