//! Words for what is said of entries by fixed lists.

use std::collections::BTreeMap;

use domain::{Language, catalogue::Record};

/// By list, mark and language.
pub(super) struct Marks(BTreeMap<String, BTreeMap<String, BTreeMap<Language, String>>>);

impl Marks {
    pub fn read() -> Self {
        let read = toml::from_str(include_str!("marks.toml"));
        Self(read.inspect_err(|error| tracing::error!(%error, "the words of marks cannot be read")).unwrap_or_default())
    }

    /// All words of an entry's marks in a language.
    pub fn of(&self, record: &Record, language: &Language) -> String {
        let features = record.features.iter().map(|f| ("feature", f.code()));
        let places = record.places.iter().map(|p| ("workplace", p.code()));
        let sector = record.sector.iter().map(|s| ("sector", s.code()));
        let level = record.level.iter().map(|l| ("level", l.code()));
        let words = features.chain(places).chain(sector).chain(level);
        words
            .filter_map(|(list, mark)| self.0.get(list)?.get(mark)?.get(language))
            .fold(String::new(), |all, words| if all.is_empty() { words.clone() } else { format!("{all} {words}") })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use domain::catalogue::{Feature, Level, Sector, Workplace};

    use super::*;

    #[test]
    fn every_mark_has_words_in_every_language_of_the_starter_catalogue() {
        let marks = Marks::read();
        let codes = [
            ("feature", Feature::ALL.iter().map(|f| f.code()).collect::<Vec<_>>()),
            ("workplace", Workplace::ALL.iter().map(|p| p.code()).collect()),
            ("sector", Sector::ALL.iter().map(|s| s.code()).collect()),
            ("level", Level::ALL.iter().map(|l| l.code()).collect()),
        ];
        for (list, codes) in codes {
            for code in codes {
                for language in [Language::french(), Language::english(), Language::arabic()] {
                    assert!(marks.0[list][code].contains_key(&language), "{list} {code} {language}");
                }
            }
        }
    }
}
