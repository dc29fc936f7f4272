//! What the pages for career information ask of the server. Every answer comes in the words of the screen.
#![allow(clippy::unused_async, reason = "a server function is async whatever it asks")]

use chrono::NaiveDate;
use domain::{
    CentreId, Language,
    catalogue::{Edit, EntryId, Kind, Record, Relation},
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use domain::catalogue::Source;

#[cfg(feature = "ssr")]
use super::words;
use crate::trouble::Trouble;
#[cfg(feature = "ssr")]
use crate::{
    staff::context::{StaffContext, answered},
    texts::Texts,
    visitor::catalogue::names,
};

/// A code and its name.
pub type Choice = (String, String);

/// An entry in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its address.
    pub id: EntryId,
    /// What it is, in words.
    pub kind: String,
    /// Its name.
    pub title: String,
    /// The language of the name.
    pub language: Language,
    /// Where it comes from.
    pub source: String,
    /// What is to be known of it: how it is shown, and in words.
    pub marks: Vec<Choice>,
    /// Visitors do not see it.
    pub off: bool,
}

/// The entries that were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// How many there are.
    pub total: usize,
    /// The first of them.
    pub rows: Vec<Row>,
    /// What an entry can be.
    pub kinds: Vec<Choice>,
}

/// The fixed lists that an entry's facts are chosen from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    pub kinds: Vec<Choice>,
    pub sectors: Vec<Choice>,
    pub levels: Vec<Choice>,
    pub lendings: Vec<Choice>,
    pub with: Vec<Choice>,
    pub places: Vec<Choice>,
    pub features: Vec<Choice>,
    pub interests: Vec<Choice>,
}

/// An entry to edit, or one to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToEdit {
    /// Its address; none before it is made.
    pub id: Option<EntryId>,
    /// What it is, in words.
    pub kind: String,
    /// Where it comes from.
    pub source: String,
    /// The source's release.
    pub version: Option<String>,
    /// What the source says.
    pub imported: Option<Record>,
    /// What was changed.
    pub edit: Edit,
    /// When it was changed last.
    pub changed_on: Option<NaiveDate>,
    /// The entries that one made here is linked to.
    pub linked: Vec<(EntryId, String)>,
    /// The fixed lists.
    pub lists: Lists,
}

/// How far an import is, or what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Importing {
    /// The releases in use: source, version, and when it was imported.
    pub sources: Vec<(String, String, NaiveDate)>,
    /// The import that was begun last.
    pub state: ImportState,
}

/// The state of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportState {
    /// There was none.
    None,
    /// Its files arrive.
    Arriving,
    /// It runs.
    Running { read: u64, written: u64, all: u64 },
    /// It is done.
    Done(Report),
    /// It failed.
    Failed { why: String, refused: Vec<Refused> },
}

impl ImportState {
    /// Whether it will say something else soon.
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Arriving | Self::Running { .. })
    }
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub source: String,
    pub version: String,
    pub unchanged: bool,
    pub rows: u64,
    pub records: u64,
    pub new: u64,
    pub changed: u64,
    pub gone: u64,
    /// The first of the refused rows.
    pub refused: Vec<Refused>,
    /// How many there are.
    pub refused_all: usize,
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub file: String,
    pub row: u64,
    pub column: Option<String>,
    pub reason: String,
}

/// What there is to put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    /// Each thing that is looked at.
    pub groups: Vec<Group>,
    /// Of the chosen one.
    pub rows: Vec<Finding>,
}

/// One thing that is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name in the address.
    pub code: String,
    pub title: String,
    pub hint: String,
    /// How often it was found.
    pub count: usize,
}

/// One that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The entry; none for a release.
    pub id: Option<EntryId>,
    pub title: String,
    /// The language of the title, where it has words.
    pub language: Option<Language>,
    /// What else there is to say.
    pub note: String,
}

/// What was searched in vain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    pub month: NaiveDate,
    pub words: String,
    pub count: u32,
}

/// The entries that somebody looks for, hidden ones too.
#[server(prefix = "/api/ui", endpoint = "library_entries", input = Json)]
pub async fn load_entries(
    centre: CentreId,
    language: Language,
    text: String,
    kind: Option<String>,
    only: Option<String>,
) -> Result<Listing, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let t = Texts::of(&language);
    let wanted = services::catalogue::Wanted {
        text,
        kind: kind.and_then(|k| k.parse().ok()),
        only: only.and_then(|o| words::only(&o)),
        language,
    };
    let (total, rows) = answered(parvis.entries_to_edit(&actor, centre, wanted).await)?;
    let library = parvis.catalogue();
    let rows = rows.into_iter().map(|row| words::row(&t, &library, row)).collect();
    Ok(Listing { total, rows, kinds: words::lists(&t).kinds })
}

/// An entry to edit.
#[server(prefix = "/api/ui", endpoint = "library_entry", input = Json)]
pub async fn load_entry(centre: CentreId, language: Language, id: EntryId) -> Result<ToEdit, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let t = Texts::of(&language);
    let services::catalogue::ToEdit { id, imported, release, edit, changed_at } =
        answered(parvis.entry_to_edit(&actor, centre, &id))?;
    let library = parvis.catalogue();
    let kind = imported.as_ref().or(edit.own.as_ref()).map(|record| names::one_of_kind(&t, record.kind));
    let place = answered(parvis.centre_by_id(centre))?;
    Ok(ToEdit {
        kind: kind.unwrap_or_default(),
        source: words::source(&t, &library, &id),
        version: release.map(|r| r.version).filter(|_| !matches!(id.source, Source::Own | Source::Starter)),
        linked: words::linked(&library, edit.own.as_ref(), &language),
        changed_on: changed_at.map(|at| crate::staff::zone::time_of(&place).local(at).date_naive()),
        lists: words::lists(&t),
        id: Some(id),
        imported,
        edit,
    })
}

/// An entry to make.
#[server(prefix = "/api/ui", endpoint = "library_new", input = Json)]
pub async fn load_new(centre: CentreId, language: Language) -> Result<ToEdit, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.import_now(&actor, centre))?;
    let t = Texts::of(&language);
    let edit = Edit { own: Some(Record::new(Kind::Workshop, "")), ..Edit::default() };
    let lists = words::lists(&t);
    Ok(ToEdit {
        id: None,
        // What it is, is still to be chosen.
        kind: String::new(),
        source: crate::texts::library::source_here(&t),
        version: None,
        imported: None,
        edit,
        changed_on: None,
        linked: Vec::new(),
        lists,
    })
}

/// Keeps what was changed of an entry; without an address, makes one.
#[server(prefix = "/api/ui", endpoint = "library_save", input = Json)]
pub async fn save_entry(centre: CentreId, id: Option<EntryId>, edit: Edit) -> Result<EntryId, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    match id {
        Some(id) => answered(parvis.save_edit(&actor, centre, &id, edit).await).map(|()| id),
        None => answered(parvis.make_entry(&actor, centre, edit).await),
    }
}

/// Takes back what was changed of an entry.
#[server(prefix = "/api/ui", endpoint = "library_forget", input = Json)]
pub async fn forget_entry(centre: CentreId, id: EntryId) -> Result<(), Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.forget_edit(&actor, centre, &id).await)
}

/// The import that was begun last, and the releases in use.
#[server(prefix = "/api/ui", endpoint = "library_import", input = Json)]
pub async fn load_import(centre: CentreId, language: Language) -> Result<Importing, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let t = Texts::of(&language);
    let state = words::import(&t, &answered(parvis.import_now(&actor, centre))?);
    let place = answered(parvis.centre_by_id(centre))?;
    let time = crate::staff::zone::time_of(&place);
    let library = parvis.catalogue();
    let sources = library.releases().iter();
    let sources =
        sources.map(|r| (words::source_name(&t, r.source), r.version.clone(), time.local(r.imported_at).date_naive()));
    Ok(Importing { sources: sources.collect(), state })
}

/// What there is to put right.
#[server(prefix = "/api/ui", endpoint = "library_quality", input = Json)]
pub async fn load_quality(centre: CentreId, language: Language, of: Option<String>) -> Result<Quality, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let quality = answered(parvis.catalogue_quality(&actor, centre).await)?;
    Ok(words::quality(&Texts::of(&language), &parvis.catalogue(), &quality, of.as_deref()))
}

/// What was searched in vain.
#[server(prefix = "/api/ui", endpoint = "library_searches", input = Json)]
pub async fn load_searches(centre: CentreId) -> Result<Vec<Searched>, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let all = answered(parvis.fruitless_searches(&actor, centre).await)?;
    Ok(all.into_iter().map(|f| Searched { month: f.month, words: f.words, count: f.count }).collect())
}

/// How an entry of a kind is linked to another that is made here.
pub fn relation(kind: Kind) -> Relation {
    if kind == Kind::Training { Relation::Training } else { Relation::Related }
}
