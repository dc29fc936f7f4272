//! O*NET as the US Department of Labor gives it: tab-separated text files.
//!
//! Read are: the occupations, and the high points of their interests.

use std::collections::BTreeMap;

use domain::{
    Language,
    catalogue::{Interest, Kind, Record, Section, Source, Words},
};

use super::{
    Found, Sink,
    esco::first_sentence,
    folder::Folder,
    report::{ImportError, Reason},
    table::{Separator, Table, Wrong},
};

const NAME: &str = "O*NET";
const OCCUPATIONS: &str = "Occupation Data.txt";
const INTERESTS: &str = "Interests.txt";

/// The tables of one release.
pub(super) struct Onet {
    version: String,
    occupations: Table,
    interests: Table,
}

impl Onet {
    pub(super) fn open(folder: &Folder) -> Result<Self, ImportError> {
        let table = |name: &str| {
            let there = folder.matching(|n| n == name).pop().ok_or_else(|| folder.holds_none(NAME, name))?;
            folder.table(&there, Separator::Tab)
        };
        let mut onet = Self { occupations: table(OCCUPATIONS)?, interests: table(INTERESTS)?, version: String::new() };
        onet.version = onet.newest()?;
        Ok(onet)
    }

    /// The files do not say their release: it is called by the last month (`2026-02`) of its interests.
    fn newest(&self) -> Result<String, ImportError> {
        let date = self.interests.column(&["Date"])?;
        let mut newest = String::new();
        self.interests.each(&mut Vec::new(), |row| {
            if let Some((month, year)) = row.get(date).split_once('/') {
                newest = newest.clone().max(format!("{year}-{month}"));
            }
            Ok(())
        })?;
        Ok(newest)
    }

    pub(super) fn found(&self) -> Found {
        Found { source: Source::Onet, version: self.version.clone() }
    }

    pub(super) fn read(&self, sink: &mut Sink) -> Result<(), ImportError> {
        let t = &self.occupations;
        let (code, title) = (t.column(&["O*NET-SOC Code"])?, t.column(&["Title"])?);
        let description = t.column(&["Description"])?;
        let mut all = BTreeMap::new();
        sink.each(t, |row| {
            let mut record = Record::new(Kind::Occupation, row.code(code)?);
            let mut words = Words { title: row.filled(title)?.to_owned(), ..Words::default() };
            let text = row.get(description);
            if !text.is_empty() {
                words.summary = Some(first_sentence(text).to_owned());
                words.sections.insert(Section::Definition, vec![text.to_owned()]);
            }
            record.words.insert(Language::english(), words);
            all.insert(record.code.clone(), record);
            Ok(())
        })?;
        self.read_interests(sink, &mut all)?;
        sink.give_all(all.into_values())
    }

    /// A high point is one of six, or none; they come in the order First, Second, Third.
    fn read_interests(&self, sink: &mut Sink, all: &mut BTreeMap<String, Record>) -> Result<(), ImportError> {
        let t = &self.interests;
        let (code, scale) = (t.column(&["O*NET-SOC Code"])?, t.column(&["Scale ID"])?);
        let (name, value) = (t.column(&["Element Name"])?, t.column(&["Data Value"])?);
        let mut high: BTreeMap<String, BTreeMap<usize, Interest>> = BTreeMap::new();
        sink.each(t, |row| {
            if row.get(scale) != "IH" {
                return Ok(());
            }
            let ranks = ["First", "Second", "Third"];
            let rank = ranks.iter().position(|r| row.get(name).starts_with(r));
            let rank =
                rank.ok_or_else(|| Wrong::cell(name, Reason::not_in(row.get(name), "First …, Second …, Third …")))?;
            let number: f64 = row.get(value).parse().map_err(|_| Wrong::cell(value, Reason::NotANumber))?;
            let interest = Interest::ALL.into_iter().zip(1_u8..).find(|(_, n)| (f64::from(*n) - number).abs() < 0.5);
            match interest {
                Some((interest, _)) => {
                    high.entry(row.filled(code)?.to_owned()).or_default().insert(rank, interest);
                    Ok(())
                }
                None if number == 0.0 => Ok(()),
                None => Err(Wrong::cell(value, Reason::not_in(row.get(value), "0 to 6"))),
            }
        })?;
        for (code, interests) in high {
            if let Some(record) = all.get_mut(&code) {
                record.interests = interests.into_values().collect();
            }
        }
        Ok(())
    }
}
