//! ESCO as the European Commission gives it: `occupations_xx.csv` and others, one file a language, in any number of
//! languages.
//!
//! Read are: occupations and ISCO groups with their names and descriptions, and which group an occupation is in; skill
//! groups; the collection of digital skills.

use std::collections::BTreeMap;

use domain::{
    Language,
    catalogue::{EntryId, Kind, Record, Relation, Section, Source, Words},
};

use super::{
    Found, Sink,
    folder::Folder,
    report::{ImportError, Reason},
    table::{Column, Row, Separator, Table, Wrong},
};

const NAME: &str = "ESCO";

/// The tables of one release.
pub(super) struct Esco {
    version: String,
    tables: Vec<(Language, Kind, Table)>,
    broader: Vec<Table>,
}

impl Esco {
    pub(super) fn open(folder: &Folder) -> Result<Self, ImportError> {
        let mut tables = Vec::new();
        let kinds = [
            ("ISCOGroups_", Kind::Group),
            ("occupations_", Kind::Occupation),
            ("skillGroups_", Kind::Skill),
            ("digitalSkillsCollection_", Kind::Skill),
        ];
        for (prefix, kind) in kinds {
            for name in folder.matching(|n| language_of(n, prefix).is_some()) {
                if let Some(language) = language_of(&name, prefix) {
                    tables.push((language, kind, folder.table(&name, Separator::Comma)?));
                }
            }
        }
        if !tables.iter().any(|(_, kind, _)| *kind == Kind::Occupation) {
            return Err(folder.holds_none(NAME, "occupations_xx.csv, where xx is a language"));
        }
        let broader = folder
            .matching(|n| language_of(n, "broaderRelationsOccPillar_").is_some())
            .iter()
            .map(|name| folder.table(name, Separator::Comma))
            .collect::<Result<_, _>>()?;
        let mut esco = Self { version: String::new(), tables, broader };
        esco.version = esco.newest()?;
        Ok(esco)
    }

    /// The files do not say their release: it is called by the last day on which one of its occupations changed.
    fn newest(&self) -> Result<String, ImportError> {
        let mut newest = String::new();
        for (_, kind, table) in &self.tables {
            let (Kind::Occupation, Some(date)) = (kind, table.optional(&["modifiedDate"])) else { continue };
            table.each(&mut Vec::new(), |row| {
                let day = row.get(date).split('T').next().unwrap_or_default();
                if day > newest.as_str() {
                    day.clone_into(&mut newest);
                }
                Ok(())
            })?;
        }
        Ok(newest)
    }

    pub(super) fn found(&self) -> Found {
        Found { source: Source::Esco, version: self.version.clone() }
    }

    pub(super) fn read(&self, sink: &mut Sink) -> Result<(), ImportError> {
        let mut all = BTreeMap::new();
        for (language, kind, table) in &self.tables {
            read_concepts(sink, table, *kind, language, &mut all)?;
        }
        for table in &self.broader {
            read_broader(sink, table, &mut all)?;
        }
        sink.give_all(all.into_values())
    }
}

type Concepts = BTreeMap<(Kind, String), Record>;

fn read_concepts(
    sink: &mut Sink,
    t: &Table,
    kind: Kind,
    language: &Language,
    all: &mut Concepts,
) -> Result<(), ImportError> {
    let (uri, title) = (t.column(&["conceptUri"])?, t.column(&["preferredLabel"])?);
    let names = [t.optional(&["altLabels"]), t.optional(&["hiddenLabels"])];
    let (description, isco) = (t.optional(&["description"]), t.optional(&["iscoGroup"]));
    let status = t.optional(&["status"]);
    sink.each(t, |row| {
        if !matches!(row.get(status), "" | "released") {
            return Ok(());
        }
        let code = concept(row, uri)?;
        let title = row.filled(title)?.to_owned();
        let record = all.entry((kind, code.clone())).or_insert_with(|| Record::new(kind, code));
        if let Some(group) = Some(row.get(isco)).filter(|g| !g.is_empty()) {
            record.isco = Some(group.to_owned());
            record.link(Relation::Broader, EntryId::new(Source::Esco, format!("C{group}")));
        }
        let mut words = Words { title, ..Words::default() };
        for name in names.into_iter().flat_map(|column| labels(row.get(column))) {
            if name != words.title && !words.names.iter().any(|n| n == name) {
                words.names.push(name.to_owned());
            }
        }
        let text = row.get(description);
        if !text.is_empty() {
            words.summary = Some(first_sentence(text).to_owned());
            words.sections.insert(Section::Definition, lines(text));
        }
        record.words.insert(language.clone(), words);
        Ok(())
    })
}

fn read_broader(sink: &mut Sink, t: &Table, all: &mut Concepts) -> Result<(), ImportError> {
    let (own, above) = (t.column(&["conceptUri"])?, t.column(&["broaderUri"])?);
    sink.each(t, |row| {
        let code = concept(row, own)?;
        let above = concept(row, above)?;
        for kind in [Kind::Group, Kind::Occupation] {
            if let Some(record) = all.get_mut(&(kind, code.clone())) {
                record.link(Relation::Broader, EntryId::new(Source::Esco, above.clone()));
            }
        }
        Ok(())
    })
}

/// The end of a concept's address, which stays the same over releases.
fn code_of(uri: &str) -> Option<String> {
    let end = uri.rsplit('/').next()?.trim();
    let is_code = !end.is_empty() && end.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    is_code.then(|| end.to_owned())
}

/// The code in a cell that has to hold a concept's address.
pub(super) fn concept(row: &Row, column: Column) -> Result<String, Wrong> {
    let uri = row.filled(column)?;
    code_of(uri).ok_or_else(|| Wrong::cell(column, Reason::NotACode(uri.to_owned())))
}

/// Lists are separated by newlines, in collections by ` | `.
fn labels(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['\n', '|']).map(str::trim).filter(|label| !label.is_empty())
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What comes before the first full stop that ends a sentence.
pub(super) fn first_sentence(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default().trim();
    line.find(". ").map_or(line, |end| &line[..=end])
}

/// `fr` of `occupations_fr.csv`.
fn language_of(file: &str, prefix: &str) -> Option<Language> {
    file.strip_prefix(prefix)?.strip_suffix(".csv")?.parse().ok()
}
