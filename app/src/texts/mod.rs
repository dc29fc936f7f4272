//! Every word on a screen, in every language of the screens: one function per text, made from `texts/` by `build.rs`.
//!
//! The texts are in the server's binary only. A hydrated page carries the sections that it needs as
//! `<script type="application/json" id="texts">`, so that no text is in the wasm.

mod format;
mod language_names;
mod plural;
#[cfg(test)]
mod tests;
pub mod words;

use std::{fmt, sync::Arc};

use domain::{Language, runs_left};
use leptos::prelude::{expect_context, provide_context};

pub use self::language_names::language_name;
#[cfg(feature = "ssr")]
pub use self::language_names::{offered_languages, own_name};
pub use format::{CentreTime, crowd, crowd_waits, date, duration, list, minutes};
use plural::category;

#[allow(missing_docs, clippy::all, clippy::pedantic)]
mod generated {
    use super::{Count, Section, Texts};
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}
#[cfg(feature = "ssr")]
#[allow(clippy::all, clippy::pedantic)]
mod data {
    include!(concat!(env!("OUT_DIR"), "/texts_data.rs"));
}
pub use generated::*;

/// One file of texts, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section(pub(crate) usize);

/// What a plural is chosen by.
pub trait Count: Copy {
    /// The whole number; negative ones count as none.
    fn number(self) -> u64;
}
macro_rules! counts {
    ($($kind:ty),+) => {$(impl Count for $kind {
        fn number(self) -> u64 { u64::try_from(self).unwrap_or(0) }
    })+};
}
counts!(u8, u16, u32, u64, usize, i32, i64);

/// The texts of one language.
#[derive(Clone, Debug)]
pub struct Texts(Arc<Catalogue>);

#[derive(Debug)]
struct Catalogue {
    language: Language,
    #[cfg(feature = "ssr")]
    sections: &'static [&'static [&'static [&'static str]]],
    #[cfg(not(feature = "ssr"))]
    sections: Vec<Vec<Vec<String>>>,
}

/// Languages that the screens speak.
pub fn screen_languages() -> [Language; 3] {
    [Language::french(), Language::english(), Language::arabic()]
}

#[cfg(feature = "ssr")]
impl Texts {
    /// The texts of a language; French where the screens do not speak it.
    pub fn of(language: &Language) -> Self {
        let code = screen_languages().into_iter().find(|l| l == language).unwrap_or_else(Language::french);
        let sections = data::CATALOGUES.iter().find(|(l, _)| *l == code.code()).map_or(&[][..], |(_, s)| s);
        Self(Arc::new(Catalogue { language: code, sections }))
    }

    /// The given sections as JSON for [`Texts::from_json`], safe inside a `<script>` element.
    pub fn to_json(&self, wanted: &[Section]) -> String {
        let empty: &[&[&str]] = &[];
        let sections: Vec<_> = self
            .0
            .sections
            .iter()
            .enumerate()
            .map(|(i, s)| if wanted.contains(&Section(i)) { *s } else { empty })
            .collect();
        serde_json::json!({ "keys": KEYS, "language": self.0.language, "sections": sections })
            .to_string()
            .replace('<', "\\u003c")
    }

    fn forms(&self, section: Section, key: usize) -> &[&str] {
        self.0.sections.get(section.0).and_then(|s| s.get(key)).copied().unwrap_or_default()
    }
}

#[cfg(not(feature = "ssr"))]
impl Texts {
    /// The texts that a page carries; none if it is not what [`Texts::to_json`] of the same keys wrote: texts are found
    /// by position.
    pub fn from_json(json: &str) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Page {
            keys: String,
            language: Language,
            sections: Vec<Vec<Vec<String>>>,
        }
        let Page { keys, language, sections } = serde_json::from_str(json).ok()?;
        (keys == KEYS).then(|| Self(Arc::new(Catalogue { language, sections })))
    }

    /// No texts at all, where a page carries none.
    pub(crate) fn none() -> Self {
        Self(Arc::new(Catalogue { language: Language::french(), sections: Vec::new() }))
    }

    fn forms(&self, section: Section, key: usize) -> &[String] {
        self.0.sections.get(section.0).and_then(|s| s.get(key)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
impl Texts {
    /// The texts embedded in the page that is shown.
    pub fn of_page() -> Option<Self> {
        Self::from_json(&leptos::prelude::document().get_element_by_id("texts")?.text_content()?)
    }
}

impl Texts {
    /// The language of these texts.
    pub fn language(&self) -> &Language {
        &self.0.language
    }

    /// `ltr` or `rtl`, for the `dir` of a document.
    pub fn direction(&self) -> &'static str {
        if self.0.language.is_right_to_left() { "rtl" } else { "ltr" }
    }

    /// Makes these the texts of every component below.
    pub fn provide(self) {
        provide_context(self);
    }

    fn filled(&self, section: Section, key: usize, values: &[&dyn fmt::Display]) -> String {
        let forms = self.forms(section, key);
        forms.first().map_or_else(String::new, |form| self.fill(form, values))
    }

    fn counted(&self, section: Section, key: usize, n: u64, values: &[&dyn fmt::Display]) -> String {
        let forms = self.forms(section, key);
        let named = forms.get(if n == 0 { 0 } else { category(&self.0.language, n) }).filter(|f| !f.is_empty());
        let form = named.or_else(|| forms.get(category(&self.0.language, n))).filter(|f| !f.is_empty());
        let Some(form) = form.or(forms.last()) else { return String::new() };
        self.fill(&form.replace("{0}", &n.to_string()), &[&[&"" as &dyn fmt::Display], values].concat())
    }

    /// Puts values into a text. In right-to-left text each value keeps its own direction.
    fn fill(&self, form: &str, values: &[&dyn fmt::Display]) -> String {
        let isolate = self.0.language.is_right_to_left();
        values.iter().enumerate().fold(form.to_string(), |text, (i, value)| {
            let place = format!("{{{i}}}");
            if !text.contains(&place) {
                return text;
            }
            text.replace(&place, &if isolate { isolated(&value.to_string()) } else { value.to_string() })
        })
    }
}

/// The marks that keep a value's direction in right-to-left text: from here right to left, from here as its first letter
/// runs, until here.
pub const ISOLATES: [char; 3] = ['\u{2067}', '\u{2068}', '\u{2069}'];

/// A value that keeps its own direction. The first letter that is not in an isolate of its own says which; a value made
/// of nothing but such isolates, as a date is, has none: it runs as their letters do.
fn isolated(value: &str) -> String {
    let [right_to_left, by_first_letter, end] = ISOLATES;
    let mut depth = 0_usize;
    let has_letter = value.chars().any(|c| {
        match c {
            c if c == end => depth = depth.saturating_sub(1),
            c if ISOLATES.contains(&c) => depth += 1,
            _ => {}
        }
        depth == 0 && c.is_alphabetic()
    });
    let begin = if !has_letter && value.chars().any(runs_left) { right_to_left } else { by_first_letter };
    format!("{begin}{value}{end}")
}

/// The texts of the page that this component is in.
///
/// # Panics
/// Where no page above called [`Texts::provide`].
pub fn use_texts() -> Texts {
    expect_context::<Texts>()
}
