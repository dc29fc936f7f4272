//! Languages, and texts in several of them.

use std::{borrow::Cow, collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A language as its ISO 639 code of two or three lower-case letters, for example `fr`, `ar`, `prs`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

/// What is written is not a language code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{0}” is not a language code of two or three lower-case letters, such as fr or prs")]
pub struct NotALanguage(String);

impl Language {
    /// French.
    pub fn french() -> Self {
        Self("fr".into())
    }
    /// English.
    pub fn english() -> Self {
        Self("en".into())
    }
    /// Arabic.
    pub fn arabic() -> Self {
        Self("ar".into())
    }
    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }
    /// Whether the language is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(self.code(), "ar" | "fa" | "prs" | "ps" | "ur" | "he" | "ckb" | "ug" | "sd" | "dv" | "yi")
    }
}

/// Whether a character is a letter of a script that runs from right to left, such as Arabic or Hebrew.
pub fn runs_left(c: char) -> bool {
    let right_to_left = [
        '\u{590}'..='\u{8ff}',
        '\u{fb1d}'..='\u{fdff}',
        '\u{fe70}'..='\u{fefe}',
        '\u{10800}'..='\u{10fff}',
        '\u{1e800}'..='\u{1efff}',
    ];
    c.is_alphabetic() && right_to_left.iter().any(|script| script.contains(&c))
}

/// A text as it may be written to a terminal or a log: on one line, and without the characters that either takes for
/// commands (C0 and C1).
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    let seen = |c: char| if c.is_control() { c.is_whitespace().then_some(' ') } else { Some(c) };
    text.chars().filter_map(seen).collect()
}

impl TryFrom<String> for Language {
    type Error = NotALanguage;
    fn try_from(code: String) -> Result<Self, NotALanguage> {
        let right = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        if right { Ok(Self(code)) } else { Err(NotALanguage(code)) }
    }
}
impl FromStr for Language {
    type Err = NotALanguage;
    fn from_str(code: &str) -> Result<Self, NotALanguage> {
        Self::try_from(code.to_owned())
    }
}
impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}
impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One text in several languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Language, String>);

impl Text {
    /// The text in `language`, else in French, else in English, else in any language; empty if there is none.
    pub fn get(&self, language: &Language) -> &str {
        [language, &Language::french(), &Language::english()]
            .into_iter()
            .find_map(|l| self.0.get(l))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Text {
    /// Pairs of code and text; a pair whose code is no language is left out.
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.into_iter().filter_map(|(code, text)| Some((code.parse().ok()?, text.to_owned()))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_a_terminal_takes_for_a_command_is_not_printable() {
        assert_eq!(printable("Café « Ünï » العربية"), "Café « Ünï » العربية");
        let title = "a\u{1b}]0;owned\u{7}b\u{9b}2Jc\r\n2026 ERROR\u{85}d\te\u{7f}\0\u{90}";
        assert_eq!(printable(title), "a]0;ownedb2Jc  2026 ERROR d e");
    }
}
