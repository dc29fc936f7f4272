//! Which entries of two sources are the same: a table with two columns of codes, and one of how they match.

use std::{collections::BTreeMap, path::Path, str::FromStr};

use domain::catalogue::{EntryId, Kind, Record, Relation, Source};

use super::{
    Sink,
    esco::concept,
    report::{ImportError, Reason},
    table::{Separator, Table, Wrong},
};

/// A column of codes: whose, and what it is called, as in `onet=O*NET-SOC Code`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeColumn {
    /// Whose codes.
    pub source: Source,
    /// The column's name.
    pub column: String,
}

impl FromStr for CodeColumn {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (source, column) = text.split_once('=').ok_or_else(|| format!("“{text}” is not SOURCE=COLUMN"))?;
        let source = source.parse().map_err(|e: domain::catalogue::NotASource| e.to_string())?;
        Ok(Self { source, column: column.to_owned() })
    }
}

/// A table of matches.
pub(super) struct Crosswalk {
    table: Table,
    from: CodeColumn,
    to: CodeColumn,
    relation: Option<String>,
    /// What other tables said before.
    others: Vec<Record>,
}

impl Crosswalk {
    pub(super) fn open(
        path: &Path,
        from: CodeColumn,
        to: CodeColumn,
        relation: Option<String>,
        known: Vec<Record>,
    ) -> Result<Self, ImportError> {
        let separator = if path.extension().is_some_and(|e| e == "csv") { Separator::Comma } else { Separator::Tab };
        let table = Table::open(path, separator)?;
        let pair = pair(from.source, to.source);
        let others = known.into_iter().filter(|r| !r.code.starts_with(&pair)).collect();
        Ok(Self { table, from, to, relation, others })
    }

    pub(super) fn read(&self, sink: &mut Sink) -> Result<(), ImportError> {
        let t = &self.table;
        let (from, to) = (t.column(&[&self.from.column])?, t.column(&[&self.to.column])?);
        let relation = self.relation.as_ref().map(|name| t.column(&[name])).transpose()?;
        let pair = pair(self.from.source, self.to.source);
        let mut all: BTreeMap<String, Record> = BTreeMap::new();
        sink.each(t, |row| {
            let entry = |column, source| Ok(EntryId::new(source, concept(row, column)?));
            let (one, other) = (entry(from, self.from.source)?, entry(to, self.to.source)?);
            let same = match row.get(relation).to_lowercase().trim_start_matches("skos:") {
                "" | "same" | "exact" | "exactmatch" | "close" | "closematch" => Relation::Same,
                "related" | "relatedmatch" | "broad" | "broadmatch" | "broader" | "narrow" | "narrowmatch"
                | "narrower" => Relation::Related,
                other => {
                    let reason = Reason::not_in(other, "exact, close, broad, narrow");
                    return Err(Wrong::cell(relation.unwrap_or(from), reason));
                }
            };
            let code = format!("{pair}{}", one.code);
            let record = all.entry(code.clone()).or_insert_with(|| {
                let mut record = Record::new(Kind::Occupation, code);
                record.link(Relation::Same, one);
                record
            });
            record.link(same, other);
            Ok(())
        })?;
        sink.give_all(self.others.iter().cloned().chain(all.into_values()))
    }
}

/// How the codes of a pair's records begin, so that a newer table of the same pair takes the older one's place.
fn pair(from: Source, to: Source) -> String {
    format!("{}-{}:", from.code(), to.code())
}
