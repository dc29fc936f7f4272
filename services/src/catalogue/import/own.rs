//! The installation's own catalogue, and the starter catalogue: one CSV file with a row for each entry and language. What
//! is the same in every language stands in one of an entry's rows. `services/src/catalogue/starter.csv` is the example.

use std::{collections::BTreeMap, path::Path, str::FromStr};

use domain::catalogue::{EntryId, Kind, Record, Relation, Section, Source, is_web_address};

use super::{
    Found, Sink,
    report::{ImportError, Reason},
    table::{Column, Row, Separator, Table, Wrong},
};

/// A file of entries.
pub(super) struct Own {
    source: Source,
    table: Table,
}

/// The columns of such a file.
struct Columns {
    kind: Column,
    code: Column,
    lang: Column,
    title: Column,
    names: Option<Column>,
    summary: Option<Column>,
    sections: [(Section, Option<Column>); 4],
    sector: Option<Column>,
    interests: Option<Column>,
    level: Option<Column>,
    with: Option<Column>,
    places: Option<Column>,
    features: Option<Column>,
    related: Option<Column>,
    trainings: Option<Column>,
    rome: Option<Column>,
    onet: Option<Column>,
    isco: Option<Column>,
    shelf: Option<Column>,
    lending: Option<Column>,
    url: Option<Column>,
    expires: Option<Column>,
}

impl Own {
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        Ok(Self { source: Source::Own, table: Table::open(path, Separator::Comma)? })
    }

    /// What comes with Parvis.
    pub(super) fn starter(csv: &'static str) -> Result<Self, ImportError> {
        Ok(Self { source: Source::Starter, table: Table::embedded("starter.csv", csv)? })
    }

    /// The file has no release's name.
    pub(super) fn found(&self) -> Found {
        Found { source: self.source, version: String::new() }
    }

    pub(super) fn read(&self, sink: &mut Sink) -> Result<(), ImportError> {
        let t = &self.table;
        let columns = Columns::of(t)?;
        let mut all: BTreeMap<String, Record> = BTreeMap::new();
        sink.each(t, |row| {
            let kind: Kind = parsed(row, columns.kind)?;
            let code = row.code(columns.code)?;
            let known = all.get(code);
            if known.is_some_and(|k| k.kind != kind) {
                return Err(Wrong::cell(columns.kind, Reason::Contradicts));
            }
            let mut record = known.cloned().unwrap_or_else(|| Record::new(kind, code));
            columns.read_words(row, &mut record)?;
            columns.read_facts(row, &mut record, self.source)?;
            all.insert(code.to_owned(), record);
            Ok(())
        })?;
        sink.give_all(all.into_values())
    }
}

impl Columns {
    fn of(t: &Table) -> Result<Self, ImportError> {
        Ok(Self {
            kind: t.column(&["kind"])?,
            code: t.column(&["code"])?,
            lang: t.column(&["lang"])?,
            title: t.column(&["title"])?,
            names: t.optional(&["names"]),
            summary: t.optional(&["summary"]),
            sections: [
                (Section::Day, t.optional(&["day"])),
                (Section::Skills, t.optional(&["skills"])),
                (Section::WaysIn, t.optional(&["ways_in"])),
                (Section::LeadsTo, t.optional(&["where"])),
            ],
            sector: t.optional(&["sector"]),
            interests: t.optional(&["interests"]),
            level: t.optional(&["level"]),
            with: t.optional(&["with"]),
            places: t.optional(&["places"]),
            features: t.optional(&["features"]),
            related: t.optional(&["related"]),
            trainings: t.optional(&["trainings"]),
            rome: t.optional(&["rome"]),
            onet: t.optional(&["onet"]),
            isco: t.optional(&["isco"]),
            shelf: t.optional(&["shelf"]),
            lending: t.optional(&["lending"]),
            url: t.optional(&["url"]),
            expires: t.optional(&["expires"]),
        })
    }

    fn read_words(&self, row: &Row, record: &mut Record) -> Result<(), Wrong> {
        let language = parsed(row, self.lang)?;
        if record.words.contains_key(&language) {
            return Err(Wrong::cell(self.lang, Reason::LanguageTwice));
        }
        let title = row.filled(self.title)?.to_owned();
        let words = record.words.entry(language).or_default();
        words.title = title;
        words.names = list(row.get(self.names)).map(str::to_owned).collect();
        words.summary = Some(row.get(self.summary)).filter(|s| !s.is_empty()).map(str::to_owned);
        for (section, column) in self.sections {
            let lines: Vec<_> = list(row.get(column)).map(str::to_owned).collect();
            if !lines.is_empty() {
                words.sections.insert(section, lines);
            }
        }
        Ok(())
    }

    fn read_facts(&self, row: &Row, record: &mut Record, own: Source) -> Result<(), Wrong> {
        one(row, self.sector, &mut record.sector)?;
        one(row, self.level, &mut record.level)?;
        one(row, self.lending, &mut record.lending)?;
        one(row, self.expires, &mut record.expires)?;
        one(row, self.isco, &mut record.isco)?;
        one(row, self.shelf, &mut record.shelf)?;
        many(row, self.with, &mut record.with)?;
        many(row, self.places, &mut record.places)?;
        many(row, self.features, &mut record.features)?;
        if let Some(column) = self.interests.filter(|c| !row.get(*c).is_empty()) {
            record.interests = row.interests(column)?;
        }
        if let Some(column) = self.url.filter(|c| !row.get(*c).is_empty()) {
            let url = row.get(column);
            if !is_web_address(url) {
                return Err(Wrong::cell(column, Reason::NotAnAddress(url.to_owned())));
            }
            record.url = Some(url.to_owned());
        }
        for (column, relation, source) in [
            (self.related, Relation::Related, own),
            (self.trainings, Relation::Training, own),
            (self.rome, Relation::Same, Source::Rome),
            (self.onet, Relation::Same, Source::Onet),
        ] {
            for code in list(row.get(column)) {
                record.link(relation, EntryId::new(source, code));
            }
        }
        Ok(())
    }
}

/// The parts of a cell that holds several, separated by `|`.
fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}

fn parsed<T: FromStr<Err: Into<Reason>>>(row: &Row, column: Column) -> Result<T, Wrong> {
    row.filled(column)?.parse().map_err(|e: T::Err| Wrong::cell(column, e))
}

/// A fact that an entry has once: a second row may repeat it, not say something else.
fn one<T: FromStr<Err: Into<Reason>> + PartialEq>(
    row: &Row,
    column: Option<Column>,
    fact: &mut Option<T>,
) -> Result<(), Wrong> {
    let Some(column) = column.filter(|c| !row.get(*c).is_empty()) else { return Ok(()) };
    let said = parsed(row, column)?;
    match fact {
        Some(known) if *known != said => Err(Wrong::cell(column, Reason::Contradicts)),
        _ => {
            *fact = Some(said);
            Ok(())
        }
    }
}

fn many<T: FromStr<Err: Into<Reason>> + PartialEq>(
    row: &Row,
    column: Option<Column>,
    facts: &mut Vec<T>,
) -> Result<(), Wrong> {
    let Some(column) = column else { return Ok(()) };
    for part in list(row.get(column)) {
        let fact = part.parse().map_err(|e: T::Err| Wrong::cell(column, e))?;
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    Ok(())
}
