//! Career information: what visitors browse, search and take away. Each record comes from one release of one named
//! source, so that every fact has its source.

pub mod edit;
pub mod explorer;
mod interest;
mod kind;
mod notebook;
mod source;

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use edit::{Edit, LocalWords, is_web_address};
pub use interest::{Interest, NotAnInterest};
pub use kind::{Company, Feature, Kind, Lending, Level, NotInList, Relation, Section, Sector, Workplace};
pub use notebook::{Entries, Notebook, TooManyEntries};
pub use source::{NotASource, Release, Source};

use crate::Language;

/// Where an entry is found, for ever: its source and the code that the source gave it, for example `rome:A1101`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntryId {
    /// Whose entry it is.
    pub source: Source,
    /// The source's own code.
    pub code: String,
}

/// What is written is not an entry's address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{0}” is not an entry, such as rome:A1101 or own:baker")]
pub struct NotAnEntry(String);

impl EntryId {
    /// The entry with this code in this source.
    pub fn new(source: Source, code: impl Into<String>) -> Self {
        Self { source, code: code.into() }
    }
}
impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source.code(), self.code)
    }
}
impl FromStr for EntryId {
    type Err = NotAnEntry;
    fn from_str(text: &str) -> Result<Self, NotAnEntry> {
        let parts = text.split_once(':').filter(|(_, code)| (1..=100).contains(&code.chars().count()));
        let id = parts.and_then(|(source, code)| Some(Self::new(source.parse().ok()?, code)));
        id.ok_or_else(|| NotAnEntry(text.to_owned()))
    }
}
impl TryFrom<String> for EntryId {
    type Error = NotAnEntry;
    fn try_from(text: String) -> Result<Self, NotAnEntry> {
        text.parse()
    }
}
impl From<EntryId> for String {
    fn from(id: EntryId) -> Self {
        id.to_string()
    }
}

/// How a record names another: a code of its own source, or any entry.
pub type Target = EntryId;

/// What one release of a source says of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// The source's own code.
    pub code: String,
    /// Its words, by language.
    pub words: BTreeMap<Language, Words>,
    /// Its interests (RIASEC), the strongest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interests: Vec<Interest>,
    /// Where it belongs in the starter list of sectors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// What is asked to begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// With whom or what one mostly works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Company>,
    /// Where one works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Workplace>,
    /// What is true of the work, liked by some and not by others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<Feature>,
    /// What it has to do with other entries.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<Relation, Vec<Target>>,
    /// The transitions that change it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
    /// Its code in ISCO-08, where the source says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isco: Option<String>,
    /// A shelf mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shelf: Option<String>,
    /// What may be done with a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lending: Option<Lending>,
    /// An address on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The last day on which it is true, for a job offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<chrono::NaiveDate>,
}

impl Record {
    /// A record without anything but its kind and code.
    pub fn new(kind: Kind, code: impl Into<String>) -> Self {
        Self {
            kind,
            code: code.into(),
            words: BTreeMap::new(),
            interests: Vec::new(),
            sector: None,
            level: None,
            with: Vec::new(),
            places: Vec::new(),
            features: Vec::new(),
            links: BTreeMap::new(),
            transitions: Vec::new(),
            isco: None,
            shelf: None,
            lending: None,
            url: None,
            expires: None,
        }
    }

    /// The words in `language`, else in French, else in English, else in any language, with the language that they are in.
    pub fn words(&self, language: &Language) -> Option<(&Language, &Words)> {
        [language, &Language::french(), &Language::english()]
            .into_iter()
            .find_map(|l| self.words.get_key_value(l))
            .or_else(|| self.words.iter().next())
    }

    /// Whether it was true until a day that is over.
    pub fn is_over(&self, today: chrono::NaiveDate) -> bool {
        self.expires.is_some_and(|last| last < today)
    }

    /// Notes that it has to do with another entry.
    pub fn link(&mut self, relation: Relation, to: Target) {
        let targets = self.links.entry(relation).or_default();
        if !targets.contains(&to) {
            targets.push(to);
        }
    }

    /// The entries that it has to do with in this way.
    pub fn linked(&self, relation: Relation) -> &[Target] {
        self.links.get(&relation).map_or(&[], Vec::as_slice)
    }
}

/// A record's words in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Its name.
    pub title: String,
    /// Other names: what people type and say when they mean it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// One sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What else there is to say. A line is a paragraph, or a point of a list.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sections: BTreeMap<Section, Vec<String>>,
}

/// The most characters of a name, a sentence and a paragraph, and the most names, paragraphs of a section, and links of a
/// kind: what is longer was no fact, and would make the answer to anybody as long.
const NAME: usize = 300;
const SENTENCE: usize = 2_000;
const PARAGRAPH: usize = 5_000;
const MANY: usize = 200;
const LINKS: usize = 5_000;

impl Record {
    /// The record with what is beyond all measure cut off, so that every page and answer has a bound.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        for words in self.words.values_mut() {
            cut(&mut words.title, NAME);
            words.names.truncate(MANY);
            words.names.iter_mut().for_each(|name| cut(name, NAME));
            words.summary.iter_mut().for_each(|summary| cut(summary, SENTENCE));
            for paragraphs in words.sections.values_mut() {
                paragraphs.truncate(MANY);
                for text in paragraphs {
                    cut(text, PARAGRAPH);
                }
            }
        }
        self.links.values_mut().for_each(|links| links.truncate(LINKS));
        self.transitions.truncate(MANY);
        for text in [&mut self.isco, &mut self.shelf].into_iter().flatten() {
            cut(text, NAME);
        }
        self.url.iter_mut().for_each(|url| cut(url, SENTENCE));
        self
    }
}

/// Keeps the first characters, with a sign that there were more.
fn cut(text: &mut String, most: usize) {
    if text.len() > most
        && let Some((end, _)) = text.char_indices().nth(most)
    {
        text.truncate(end);
        text.push('…');
        text.shrink_to_fit();
    }
}

/// A change of the world of work that an occupation has a part in (ROME).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transition {
    /// The ecological one.
    Ecological,
    /// The digital one.
    Digital,
    /// The demographic one: more old people.
    Demographic,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_address_is_a_source_and_a_code() {
        let id: EntryId = "rome:A1101".parse().unwrap();
        assert_eq!(id, EntryId::new(Source::Rome, "A1101"));
        assert_eq!(id.to_string(), "rome:A1101");
        for wrong in ["", "rome", "rome:", "elsewhere:A1101", ":x"] {
            assert!(wrong.parse::<EntryId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn no_record_is_longer_than_an_answer_can_be() {
        let long = |n: usize| "é".repeat(n);
        let words = Words {
            title: long(1 << 20),
            names: vec![long(1 << 12); 1 << 12],
            summary: Some(long(1 << 20)),
            sections: BTreeMap::from([(Section::Day, vec![long(1 << 14); 1 << 10])]),
        };
        let record = Record::new(Kind::Occupation, "x");
        let record =
            Record { words: BTreeMap::from([(Language::french(), words)]), shelf: Some(long(1 << 20)), ..record };
        let bounded = serde_json::to_string(&record.clone().bounded()).unwrap();
        assert!(bounded.len() < 3 << 20, "{}", bounded.len());
        let short = Record { words: BTreeMap::new(), shelf: Some("A 12".into()), ..record };
        assert_eq!(short.clone().bounded(), short);
        let mut title = "éé".to_owned();
        cut(&mut title, 1);
        assert_eq!(title, "é…");
    }

    #[test]
    fn an_offer_holds_through_its_last_day() {
        let day = |d| chrono::NaiveDate::from_ymd_opt(2026, 6, d).unwrap();
        let offer = Record { expires: Some(day(15)), ..Record::new(Kind::Offer, "baker") };
        assert_eq!([14, 15, 16].map(|d| offer.is_over(day(d))), [false, false, true]);
        assert!(!Record::new(Kind::Offer, "for-ever").is_over(day(16)));
    }

    #[test]
    fn words_fall_back_to_french_then_english_then_any() {
        let mut record = Record::new(Kind::Occupation, "x");
        let arabic = Language::arabic();
        assert!(record.words(&arabic).is_none());
        for (language, title) in [("es", "c"), ("en", "b"), ("fr", "a"), ("ar", "d")] {
            let words = Words { title: title.into(), ..Words::default() };
            record.words.insert(language.parse().unwrap(), words);
            let (found, words) = record.words(&arabic).unwrap();
            assert_eq!((found.code(), words.title.as_str()), (language, title));
        }
    }
}
