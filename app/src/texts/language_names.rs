//! Names of languages.

use domain::Language;

use super::{Texts, languages};

/// A language's name for a reader of `t`; its code if the catalogue does not know it.
pub fn language_name(t: &Texts, language: &Language) -> String {
    languages::by_key(t, language.code()).unwrap_or_else(|| language.code().to_owned())
}

/// What a language calls itself; its code if the catalogue does not know it. Only pages made on the server offer
/// languages to their own speakers.
#[cfg(feature = "ssr")]
pub fn own_name(language: &Language) -> &str {
    let names = super::data::OWN_NAMES;
    names.iter().find(|(code, _)| *code == language.code()).map_or(language.code(), |(_, name)| name)
}

/// Every language that has a name of its own here, by that name: more than any centre's counsellors speak.
#[cfg(feature = "ssr")]
pub fn offered_languages() -> impl Iterator<Item = Language> {
    let mut names = super::data::OWN_NAMES.to_vec();
    names.sort_unstable_by_key(|(_, name)| name.to_lowercase());
    names.into_iter().filter_map(|(code, _)| code.parse().ok())
}
