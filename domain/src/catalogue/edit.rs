//! What an installation changes of an entry. It lies over what is imported, and stays whatever is imported next.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Kind, Record, Section, Words};
use crate::Language;

/// Letters of a name at most.
pub const TITLE: usize = 160;
/// Letters of the one sentence at most.
pub const SUMMARY: usize = 500;
/// Letters of a paragraph, or of a point of a list, at most.
pub const LINE: usize = 1_500;
/// Other names, or lines of a section, at most.
pub const LINES: usize = 60;
/// Letters of a shelf mark at most.
pub const SHELF: usize = 40;
/// Letters of an address at most.
pub const URL: usize = 500;

/// What was changed of one entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Visitors do not see the entry.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// It stands first in lists, and on the first page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub featured: bool,
    /// The installation's own words: what of them is set stands in the place of the source's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<Language, LocalWords>,
    /// The facts of an entry that was made here and comes from no file. Its words are among the own ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Record>,
}

/// Own words in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalWords {
    /// A name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Other names, all of them; none keeps the source's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// One sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What else there is to say. A line is a paragraph, or a point of a list.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sections: BTreeMap<Section, Vec<String>>,
}

/// A part of an edit that somebody fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// The name.
    Title,
    /// Other names.
    Names,
    /// The one sentence.
    Summary,
    /// A section.
    Section(Section),
    /// The address on the web.
    Url,
    /// The shelf mark.
    Shelf,
    /// The last day of an offer.
    Expires,
}

impl Field {
    /// The name in errors.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Names => "names",
            Self::Summary => "summary",
            Self::Section(section) => section.code(),
            Self::Url => "url",
            Self::Shelf => "shelf",
            Self::Expires => "expires",
        }
    }
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Nothing is there, and something has to be.
    Needed,
    /// It has more letters than this.
    TooLong(usize),
    /// It has more lines than this.
    TooMany(usize),
    /// It is no address of the web.
    NotAnAddress,
}

impl Why {
    /// The key of a sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::TooLong(_) => "too_long",
            Self::TooMany(_) => "too_many",
            Self::NotAnAddress => "not_an_address",
        }
    }
}

/// Why an edit cannot be kept as it is.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{}: {}", .field.name(), .why.code())]
pub struct Fault {
    /// In the words of which language, if it is in words.
    pub language: Option<Language>,
    /// In what.
    pub field: Field,
    /// Why.
    pub why: Why,
}

impl LocalWords {
    fn tidy(&mut self) {
        let tidy = |lines: &mut Vec<String>| {
            for line in lines.iter_mut() {
                *line = line.trim().to_owned();
            }
            lines.retain(|line| !line.is_empty());
        };
        let text =
            |text: &mut Option<String>| *text = text.take().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        text(&mut self.title);
        text(&mut self.summary);
        tidy(&mut self.names);
        self.sections.values_mut().for_each(tidy);
        self.sections.retain(|_, lines| !lines.is_empty());
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn apply(&self, words: &mut Words) {
        if let Some(title) = &self.title {
            words.title.clone_from(title);
        }
        if !self.names.is_empty() {
            words.names.clone_from(&self.names);
        }
        if self.summary.is_some() {
            words.summary.clone_from(&self.summary);
        }
        words.sections.extend(self.sections.iter().map(|(section, lines)| (*section, lines.clone())));
    }

    fn check(&self, has_title: bool) -> Result<(), (Field, Why)> {
        if self.title.is_none() && !has_title {
            return Err((Field::Title, Why::Needed));
        }
        let texts = [(Field::Title, &self.title, TITLE), (Field::Summary, &self.summary, SUMMARY)];
        for (field, text, most) in texts {
            if text.as_ref().is_some_and(|t| is_longer(t, most)) {
                return Err((field, Why::TooLong(most)));
            }
        }
        let sections = self.sections.iter().map(|(section, lines)| (Field::Section(*section), lines, LINE));
        for (field, lines, most) in std::iter::once((Field::Names, &self.names, TITLE)).chain(sections) {
            if lines.len() > LINES {
                return Err((field, Why::TooMany(LINES)));
            }
            if lines.iter().any(|line| is_longer(line, most)) {
                return Err((field, Why::TooLong(most)));
            }
        }
        Ok(())
    }
}

impl Edit {
    /// Without spaces around texts, and without what is empty.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.words.values_mut().for_each(LocalWords::tidy);
        self.words.retain(|_, words| !words.is_empty());
        if let Some(own) = &mut self.own {
            for text in [&mut own.shelf, &mut own.url] {
                *text = text.take().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
            }
        }
        self
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Puts what was changed in the place of what the source says. Words in a language in which nothing gives the entry
    /// a name are left out: nobody could be shown them.
    pub fn apply(&self, record: &mut Record) {
        for (language, local) in &self.words {
            if local.title.is_some() || record.words.contains_key(language) {
                local.apply(record.words.entry(language.clone()).or_default());
            }
        }
    }

    /// The entry as it was made here; none if it comes from elsewhere.
    pub fn made_here(&self) -> Option<Record> {
        let mut record = self.own.clone()?;
        self.apply(&mut record);
        Some(record)
    }

    /// Which parts of the words in a language are the installation's own: they are not cited by the source.
    pub fn own_parts(&self, language: &Language) -> Vec<Field> {
        let Some(words) = self.words.get(language) else { return Vec::new() };
        let parts = [
            (Field::Title, words.title.is_some()),
            (Field::Summary, words.summary.is_some()),
            (Field::Names, !words.names.is_empty()),
        ];
        let said = parts.into_iter().filter(|(_, is_own)| *is_own).map(|(part, _)| part);
        said.chain(words.sections.keys().map(|section| Field::Section(*section))).collect()
    }

    /// Whether it can be kept, given what the source says of the entry.
    pub fn check(&self, imported: Option<&Record>) -> Result<(), Fault> {
        for (language, words) in &self.words {
            let has_title = imported.is_some_and(|r| r.words.contains_key(language));
            words.check(has_title).map_err(|(field, why)| Fault { language: Some(language.clone()), field, why })?;
        }
        self.own.as_ref().map_or(Ok(()), |own| self.check_own(own))
    }

    fn check_own(&self, own: &Record) -> Result<(), Fault> {
        let fault = |field, why| Err(Fault { language: None, field, why });
        if self.words.is_empty() {
            return fault(Field::Title, Why::Needed);
        }
        match &own.url {
            Some(url) if is_longer(url, URL) => return fault(Field::Url, Why::TooLong(URL)),
            Some(url) if !is_web_address(url) => return fault(Field::Url, Why::NotAnAddress),
            None if own.kind == Kind::Link => return fault(Field::Url, Why::Needed),
            _ => {}
        }
        if own.shelf.as_ref().is_some_and(|mark| is_longer(mark, SHELF)) {
            return fault(Field::Shelf, Why::TooLong(SHELF));
        }
        if own.kind == Kind::Offer && own.expires.is_none() {
            return fault(Field::Expires, Why::Needed);
        }
        Ok(())
    }
}

fn is_longer(text: &str, most: usize) -> bool {
    text.chars().count() > most
}

/// Whether a text can be an address of the web: http or https, a host with a dot or a port, and nothing that ends it.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let authority = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let labels = host.split('.').collect::<Vec<_>>();
    let is_label = |label: &&str| {
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(is_of_host)
    };
    let is_host = labels.iter().all(is_label) && (labels.len() > 1 || host == "localhost");
    is_host
        && port.parse::<u16>().is_ok()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

fn is_of_host(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn imported() -> Record {
        let mut record = Record::new(Kind::Occupation, "baker");
        let sections = BTreeMap::from([(Section::Day, vec!["Pétrir".to_owned()])]);
        let words = Words {
            title: "Boulanger".into(),
            names: vec!["pain".into()],
            summary: Some("Fait le pain.".into()),
            sections,
        };
        record.words.insert(Language::french(), words);
        record
    }

    fn saying(language: Language, words: LocalWords) -> Edit {
        Edit { words: [(language, words)].into(), ..Edit::default() }
    }

    fn titled(title: &str) -> LocalWords {
        LocalWords { title: Some(title.into()), ..LocalWords::default() }
    }

    #[test]
    fn own_words_stand_in_the_place_of_the_source_s_and_the_others_stay() {
        let mut record = imported();
        let local = LocalWords {
            summary: Some("Fait notre pain.".into()),
            sections: [(Section::WaysIn, vec!["CAP".to_owned()])].into(),
            ..LocalWords::default()
        };
        let edit = saying(Language::french(), local);
        edit.apply(&mut record);
        let words = &record.words[&Language::french()];
        assert_eq!((words.title.as_str(), words.summary.as_deref()), ("Boulanger", Some("Fait notre pain.")));
        assert_eq!((words.names.len(), words.sections.len()), (1, 2));
        assert_eq!(edit.own_parts(&Language::french()), [Field::Summary, Field::Section(Section::WaysIn)]);
        assert_eq!(edit.own_parts(&Language::english()), []);
    }

    #[test]
    fn a_language_that_the_source_does_not_have_needs_a_name() {
        let (mut record, arabic) = (imported(), Language::arabic());
        let nameless = saying(arabic.clone(), LocalWords { summary: Some("…".into()), ..LocalWords::default() });
        let fault = nameless.check(Some(&record)).unwrap_err();
        assert_eq!((fault.language.as_ref(), fault.field, fault.why), (Some(&arabic), Field::Title, Why::Needed));
        nameless.apply(&mut record);
        assert!(!record.words.contains_key(&arabic), "the source may have lost the language since");
        let named = saying(arabic.clone(), titled("خباز"));
        assert_eq!(named.check(Some(&record)), Ok(()));
        named.apply(&mut record);
        assert_eq!(record.words[&arabic].title, "خباز");
    }

    #[test]
    fn what_is_empty_is_no_edit() {
        let spaces = LocalWords {
            title: Some("  ".into()),
            names: vec![String::new(), " ".into()],
            sections: [(Section::Day, vec![" ".to_owned()])].into(),
            ..LocalWords::default()
        };
        assert!(saying(Language::french(), spaces).tidied().is_empty());
        assert!(!Edit { hidden: true, ..Edit::default() }.tidied().is_empty());
        let kept = saying(Language::french(), titled(" Pain ")).tidied();
        assert_eq!(kept.words[&Language::french()].title.as_deref(), Some("Pain"));
    }

    #[test]
    fn what_is_too_long_is_told_with_its_field_and_language() {
        let fault = |words| saying(Language::french(), words).check(Some(&imported())).unwrap_err();
        let long = fault(titled(&"x".repeat(TITLE + 1)));
        assert_eq!((long.field, long.why), (Field::Title, Why::TooLong(TITLE)));
        let many = fault(LocalWords { names: vec!["x".into(); LINES + 1], ..LocalWords::default() });
        assert_eq!((many.field, many.why), (Field::Names, Why::TooMany(LINES)));
        let sections = BTreeMap::from([(Section::Skills, vec!["x".repeat(LINE + 1)])]);
        let line = fault(LocalWords { sections, ..LocalWords::default() });
        assert_eq!((line.field.name(), line.why.code()), ("skills", "too_long"));
        assert_eq!(saying(Language::french(), titled(&"é".repeat(TITLE))).check(None), Ok(()));
    }

    #[test]
    fn what_is_made_here_has_what_its_kind_needs() {
        let made = |kind, change: fn(&mut Record)| {
            let mut own = Record::new(kind, "x");
            change(&mut own);
            Edit { own: Some(own), ..saying(Language::french(), titled("X")) }
        };
        let fault = |edit: Edit| edit.check(None).map_err(|f| (f.field, f.why));
        assert_eq!(fault(made(Kind::Service, |_| ())), Ok(()));
        assert_eq!(fault(made(Kind::Link, |_| ())), Err((Field::Url, Why::Needed)));
        assert_eq!(
            fault(made(Kind::Link, |r| r.url = Some("ftp://x.fr".into()))),
            Err((Field::Url, Why::NotAnAddress))
        );
        assert_eq!(fault(made(Kind::Offer, |_| ())), Err((Field::Expires, Why::Needed)));
        assert_eq!(fault(made(Kind::Offer, |r| r.expires = chrono::NaiveDate::from_ymd_opt(2026, 7, 1))), Ok(()));
        let nameless = Edit { words: BTreeMap::new(), ..made(Kind::Service, |_| ()) };
        assert_eq!(fault(nameless), Err((Field::Title, Why::Needed)));
        let record = made(Kind::Service, |_| ()).made_here().unwrap();
        assert_eq!(record.words[&Language::french()].title, "X");
        assert_eq!(Edit::default().made_here(), None);
    }

    #[test]
    fn an_address_of_the_web_is_told_from_what_is_none() {
        for right in ["https://a.fr", "http://a.b.org:8080/x?y=é#z", "http://localhost/x", "https://métiers.fr/"] {
            assert!(is_web_address(right), "{right}");
        }
        for wrong in [
            "",
            "a.fr",
            "https://",
            "https:///x",
            "https://a",
            "https://a..fr",
            "https://a.fr/x y",
            "https://-a.fr",
            "http://a.fr:x/",
            "javascript:alert(1)",
            "https://a.fr/<x>",
        ] {
            assert!(!is_web_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_edit_is_stored_short_and_read_again() {
        let edit = Edit { featured: true, ..saying(Language::french(), titled("Pain")) };
        let stored = serde_json::to_string(&edit).unwrap();
        assert_eq!(stored, r#"{"featured":true,"words":{"fr":{"title":"Pain"}}}"#);
        assert_eq!(serde_json::from_str::<Edit>(&stored).unwrap(), edit);
        assert_eq!(serde_json::from_str::<Edit>("{}").unwrap(), Edit::default());
    }
}
