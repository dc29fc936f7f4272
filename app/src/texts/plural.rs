//! Plural categories by CLDR's rules: from ICU on the server, from the browser's own in a page.

use domain::Language;

/// The position of the form for `n`: zero, one, two, few, many, other.
#[cfg(feature = "ssr")]
pub(super) fn category(language: &Language, n: u64) -> usize {
    use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};

    let Ok(locale) = language.code().parse::<icu_locale_core::Locale>() else { return 5 };
    let Ok(rules) = PluralRules::try_new(locale.into(), PluralRuleType::Cardinal.into()) else { return 5 };
    match rules.category_for(n) {
        PluralCategory::Zero => 0,
        PluralCategory::One => 1,
        PluralCategory::Two => 2,
        PluralCategory::Few => 3,
        PluralCategory::Many => 4,
        PluralCategory::Other => 5,
    }
}

/// The position of the form for `n`: zero, one, two, few, many, other.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub(super) fn category(language: &Language, n: u64) -> usize {
    use std::cell::RefCell;

    use js_sys::{Array, Intl, Object};

    thread_local! { static RULES: RefCell<Option<(Language, Intl::PluralRules)>> = const { RefCell::new(None) }; }
    RULES.with_borrow_mut(|cached| {
        if cached.as_ref().is_none_or(|(l, _)| l != language) {
            let rules = Intl::PluralRules::new(&Array::of1(&language.code().into()), &Object::new());
            *cached = Some((language.clone(), rules));
        }
        let Some((_, rules)) = cached else { return 5 };
        // Counts on a screen are far below the 53 bits that a browser's numbers hold.
        #[allow(clippy::cast_precision_loss)]
        let name = String::from(rules.select(n as f64));
        ["zero", "one", "two", "few", "many"].iter().position(|c| *c == name).unwrap_or(5)
    })
}

/// Without a browser or a server there is nobody to ask.
#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
pub(super) fn category(_language: &Language, n: u64) -> usize {
    if n == 1 { 1 } else { 5 }
}
