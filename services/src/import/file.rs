//! The shape of the file, before anything in it is believed.

use std::collections::BTreeSet;

use domain::{
    Language, Text,
    catalogue::Kind,
    centre::{Accommodation, Letter, Policies, Shelf},
    staff::{Arrow, Connection, DeviceKind, Paper, Role},
};
use serde::Deserialize;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::Mistake;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub centre: CentreEntry,
    #[serde(default)]
    pub hours: Hours,
    pub policies: Option<Spanned<Policies>>,
    pub spaces: Vec<SpaceEntry>,
    #[serde(default)]
    pub organisations: Vec<OrganisationEntry>,
    #[serde(default)]
    pub desks: Vec<DeskEntry>,
    #[serde(default)]
    pub devices: Vec<DeviceEntry>,
    #[serde(default)]
    pub staff: Vec<StaffEntry>,
    #[serde(default)]
    pub safeguarding: Vec<Safeguarding>,
    #[serde(default)]
    pub shelves: Vec<Spanned<Shelf>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CentreEntry {
    pub slug: Spanned<String>,
    pub network: Option<String>,
    pub name: Text,
    pub time_zone: Spanned<String>,
    pub languages: Spanned<Vec<Language>>,
    #[serde(default)]
    pub talk_languages: Vec<Language>,
}

/// Periods such as `"09:00-12:30"`.
pub(super) type Periods = Vec<Spanned<String>>;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Hours {
    pub monday: Periods,
    pub tuesday: Periods,
    pub wednesday: Periods,
    pub thursday: Periods,
    pub friday: Periods,
    pub saturday: Periods,
    pub sunday: Periods,
    pub special: Vec<Special>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Special {
    pub date: Spanned<String>,
    #[serde(default)]
    pub periods: Periods,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpaceEntry {
    pub letter: Spanned<Letter>,
    pub sign: Spanned<u8>,
    pub name: Text,
    pub question: Text,
    #[serde(default)]
    pub hint: Text,
    #[serde(default)]
    pub directions: Text,
    #[serde(default)]
    pub needs: Vec<NeedEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedEntry {
    pub code: Spanned<String>,
    pub question: Text,
    pub label: Text,
    /// The kinds of career information that lead to it.
    #[serde(default)]
    pub helps_with: BTreeSet<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganisationEntry {
    pub code: Spanned<String>,
    pub name: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeskEntry {
    pub name: Spanned<String>,
    pub space: Option<Spanned<Letter>>,
    /// One place without a name where none is written.
    #[serde(default = "one_place")]
    pub places: Vec<PlaceEntry>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PlaceEntry {
    pub name: String,
    pub accommodations: BTreeSet<Accommodation>,
}

fn one_place() -> Vec<PlaceEntry> {
    vec![PlaceEntry::default()]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceEntry {
    pub kind: DeviceKind,
    pub name: Spanned<String>,
    #[serde(default)]
    pub arrow: Arrow,
    pub printer: Option<Spanned<String>>,
    #[serde(default)]
    pub connection: Connection,
    #[serde(default)]
    pub paper: Paper,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StaffEntry {
    pub login: Spanned<String>,
    pub name: String,
    pub organisation: Option<Spanned<String>>,
    pub roles: BTreeSet<Role>,
    pub language: Option<Language>,
    /// Letters of spaces whose every need is served.
    #[serde(default)]
    pub spaces: Vec<Spanned<Letter>>,
    /// Codes of needs that are served besides.
    #[serde(default)]
    pub needs: Vec<Spanned<String>>,
    #[serde(default)]
    pub welcome: bool,
    #[serde(default)]
    pub languages: BTreeSet<Language>,
    #[serde(default)]
    pub accommodations: BTreeSet<Accommodation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Safeguarding {
    pub code: String,
    pub title: Text,
    pub steps: Text,
    pub phone: Option<String>,
}

/// Reads the file's shape.
///
/// # Errors
/// The first place that does not fit: after it nothing can be understood reliably.
pub(super) fn read(text: &str) -> Result<File, Mistake> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        Mistake { line, field: String::new(), what: error.message().to_owned() }
    })
}

/// The longest text of a centre, in characters: some pages. Every answer about a centre holds all of its texts.
const LONGEST: usize = 2_000;

/// Every text that is longer than a page can show.
pub(super) fn too_long(text: &str) -> Vec<Mistake> {
    let mut found = Vec::new();
    if let Ok(all) = DeTable::parse(text) {
        table_too_long(all.get_ref(), "", text, &mut found);
    }
    found
}

fn table_too_long(table: &DeTable<'_>, above: &str, text: &str, found: &mut Vec<Mistake>) {
    for (key, value) in table {
        let field = if above.is_empty() { key.get_ref().to_string() } else { format!("{above}.{}", key.get_ref()) };
        value_too_long(value, &field, text, found);
    }
}

fn value_too_long(value: &Spanned<DeValue<'_>>, field: &str, text: &str, found: &mut Vec<Mistake>) {
    match value.get_ref() {
        DeValue::Table(table) => table_too_long(table, field, text, found),
        DeValue::Array(all) => all.iter().for_each(|one| value_too_long(one, field, text, found)),
        DeValue::String(words) if words.chars().count() > LONGEST => found.push(Mistake {
            line: line_of(text, value.span().start),
            field: field.to_owned(),
            what: format!("{} characters: at most {LONGEST}", words.chars().count()),
        }),
        _ => {}
    }
}

/// The line, from 1, in which a byte stands.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1
}
