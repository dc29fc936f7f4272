//! What staff change of career information: it lies over what is imported, and stays whatever is imported next.

use chrono::NaiveDate;
use domain::{
    CentreId, Instant, Language,
    catalogue::{Edit, EntryId, Kind, Record, Release, Source, edit::Fault},
};
use storage::catalogue_edits;

use super::{Entry, Library, quality::Quality, search::fold};
use crate::{Actor, Parvis, Problem, What, authorise::UseCase};

/// Entries of a list at most.
const MOST: usize = 100;
/// Letters of the code that is made of a title at most.
const CODE: usize = 60;

/// Which entries somebody wants to edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Letters of a name, or an address.
    pub text: String,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only these.
    pub only: Option<Only>,
    /// The language of the names.
    pub language: Language,
}

/// What was done with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Visitors do not see it.
    Hidden,
    /// It stands first.
    Featured,
    /// Something of it was changed.
    Edited,
    /// It was made here.
    Own,
}

/// What is to be known of an entry in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It stands first.
    Featured,
    /// It has words of the installation's own.
    Reworded,
    /// Visitors do not see it.
    Hidden,
    /// The offer is over.
    Over,
}

/// An entry in the list of those that can be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its address.
    pub id: EntryId,
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// The language of the name.
    pub language: Language,
    /// What is to be known of it.
    pub marks: Vec<Mark>,
}

/// An entry to edit.
#[derive(Clone, Debug)]
pub struct ToEdit {
    /// Its address.
    pub id: EntryId,
    /// What its source says; none if it was made here, or if no source has it any more.
    pub imported: Option<Record>,
    /// The release that this is cited by.
    pub release: Option<Release>,
    /// What was changed.
    pub edit: Edit,
    /// When it was changed last.
    pub changed_at: Option<Instant>,
}

impl Library {
    fn listed(&self, wanted: &Wanted, today: NaiveDate) -> (usize, Vec<Listed>) {
        let text = fold(&wanted.text);
        let mut found: Vec<_> = self
            .all()
            .filter(|e| wanted.kind.is_none_or(|kind| e.record.kind == kind))
            .filter(|e| wanted.only.is_none_or(|only| self.is(&e.id, only)))
            .filter_map(|e| {
                let (language, words) = e.record.words(&wanted.language)?;
                let rank = if wanted.text.trim() == e.id.to_string() { 0 } else { rank(&e.record, &text)? };
                Some(((rank, e.id.source, fold(&words.title)), e, language, words))
            })
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let listed = |(_, entry, language, words): &(_, &Entry, &Language, &domain::catalogue::Words)| Listed {
            id: entry.id.clone(),
            kind: entry.record.kind,
            title: words.title.clone(),
            language: (*language).clone(),
            marks: self.marks(entry, today),
        };
        (found.len(), found.iter().take(MOST).map(listed).collect())
    }

    fn marks(&self, entry: &Entry, today: NaiveDate) -> Vec<Mark> {
        let edit = self.edited(&entry.id).map(|edited| &edited.edit);
        let is = |of: fn(&Edit) -> bool| edit.is_some_and(of);
        let marks = [
            (Mark::Featured, is(|e| e.featured)),
            (Mark::Reworded, is(|e| e.own.is_none() && !e.words.is_empty())),
            (Mark::Hidden, is(|e| e.hidden)),
            (Mark::Over, entry.record.is_over(today)),
        ];
        marks.into_iter().filter(|(_, is)| *is).map(|(mark, _)| mark).collect()
    }

    fn is(&self, id: &EntryId, only: Only) -> bool {
        self.edited(id).is_some_and(|edited| match only {
            Only::Hidden => edited.edit.hidden,
            Only::Featured => edited.edit.featured,
            Only::Edited => true,
            Only::Own => edited.edit.own.is_some(),
        })
    }
}

/// How well names fit folded letters: 1 begins with them, 2 has them in its name, 3 in another name; none does not.
fn rank(record: &Record, letters: &str) -> Option<u8> {
    if letters.is_empty() {
        return Some(1);
    }
    let words = record.words.values();
    words
        .flat_map(|w| std::iter::once((&w.title, 1)).chain(w.names.iter().map(|n| (n, 3))))
        .filter_map(|(name, rank)| {
            let name = fold(name);
            if name.starts_with(letters) { Some(rank) } else { name.contains(letters).then_some(rank.max(2)) }
        })
        .min()
}

fn invalid(fault: &Fault) -> Problem {
    Problem::Invalid { field: fault.field.name(), code: fault.why.code() }
}

impl Parvis {
    /// The entries that somebody wants to edit, hidden ones too: how many there are, and the first of them.
    pub async fn entries_to_edit(
        &self,
        actor: &Actor,
        centre: CentreId,
        wanted: Wanted,
    ) -> Result<(usize, Vec<Listed>), Problem> {
        self.allowed(actor, centre, UseCase::EditCatalogue)?;
        let (library, today) = (self.catalogue(), self.today_in(self.centre_by_id(centre)?.as_ref()));
        // Looking at every name is not for the threads that answer.
        let listed = tokio::task::spawn_blocking(move || library.listed(&wanted, today)).await;
        Ok(listed.unwrap_or_default())
    }

    /// An entry to edit: what its source says, and what was changed.
    pub fn entry_to_edit(&self, actor: &Actor, centre: CentreId, id: &EntryId) -> Result<ToEdit, Problem> {
        self.allowed(actor, centre, UseCase::EditCatalogue)?;
        let library = self.catalogue();
        let edited = library.edited(id);
        let untouched = || library.any(id).filter(|_| edited.is_none()).map(|e| e.record.clone());
        let imported = edited.and_then(|e| e.imported.clone()).or_else(untouched);
        if imported.is_none() && edited.is_none() {
            return Err(Problem::Unknown(What::Entry));
        }
        Ok(ToEdit {
            id: id.clone(),
            release: library.release_of(id).filter(|_| imported.is_some()).cloned(),
            imported,
            edit: edited.map(|e| e.edit.clone()).unwrap_or_default(),
            changed_at: edited.map(|e| e.changed_at),
        })
    }

    /// Keeps what was changed of an entry; an edit that changes nothing takes everything back. The facts of an entry
    /// that was made here are part of it, those of another are the source's.
    pub async fn save_edit(&self, actor: &Actor, centre: CentreId, id: &EntryId, edit: Edit) -> Result<(), Problem> {
        self.may_edit_catalogue(actor, centre)?;
        let known = self.entry_to_edit(actor, centre, id)?;
        let edit = edit.tidied();
        let is_own = |own: &Record| known.edit.own.is_some() && own.code == id.code;
        if edit.own.as_ref().map_or(known.edit.own.is_some(), |own| !is_own(own)) {
            return Err(Problem::Invalid { field: "own", code: "not_made_here" });
        }
        edit.check(known.imported.as_ref()).map_err(|fault| invalid(&fault))?;
        catalogue_edits::save(&self.0.tools.database, id, &edit, self.now()).await?;
        self.reload_catalogue().await
    }

    /// Makes an entry of the installation's own. Its code is made of its name.
    pub async fn make_entry(&self, actor: &Actor, centre: CentreId, edit: Edit) -> Result<EntryId, Problem> {
        self.may_edit_catalogue(actor, centre)?;
        let mut edit = edit.tidied();
        edit.check(None).map_err(|fault| invalid(&fault))?;
        let Some(mut own) = edit.own.take() else { return Err(Problem::Invalid { field: "own", code: "needed" }) };
        let (library, database) = (self.catalogue(), &self.0.tools.database);
        let base = code_of(&edit, own.kind);
        for n in 1_u32.. {
            let code = if n == 1 { base.clone() } else { format!("{base}-{n}") };
            let id = EntryId::new(Source::Own, code.clone());
            let of_starter = EntryId::new(Source::Starter, code.clone());
            if library.any(&id).or_else(|| library.any(&of_starter)).is_some() {
                continue;
            }
            own.code = code;
            let made = Edit { own: Some(own.clone()), ..edit.clone() };
            if catalogue_edits::make(database, &id, &made, self.now()).await? {
                self.reload_catalogue().await?;
                return Ok(id);
            }
        }
        Err(Problem::Unknown(What::Entry))
    }

    /// Takes back everything that was changed of an entry; one that was made here is gone.
    pub async fn forget_edit(&self, actor: &Actor, centre: CentreId, id: &EntryId) -> Result<(), Problem> {
        self.may_edit_catalogue(actor, centre)?;
        catalogue_edits::delete(&self.0.tools.database, id).await?;
        self.reload_catalogue().await
    }

    /// What is missing or wrong in career information, for a centre's languages.
    pub async fn catalogue_quality(&self, actor: &Actor, centre: CentreId) -> Result<Quality, Problem> {
        self.allowed(actor, centre, UseCase::EditCatalogue)?;
        let (library, centre, now) = (self.catalogue(), self.centre_by_id(centre)?, self.now());
        let looked = tokio::task::spawn_blocking(move || Quality::of(&library, &centre.languages, now)).await;
        Ok(looked.unwrap_or_default())
    }
}

/// A code for addresses, of the name: small letters without accents; else of the kind.
fn code_of(edit: &Edit, kind: Kind) -> String {
    let titles = edit.words.values().filter_map(|w| w.title.as_deref());
    let code = |title: &str| {
        let kept = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let code: String = fold(title).chars().map(kept).take(CODE).collect();
        code.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    };
    titles.map(code).find(|code| !code.is_empty()).unwrap_or_else(|| kind.code().to_owned())
}
