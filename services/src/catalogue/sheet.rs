//! What a visitor takes away: the notebook, and after a talk the own dossier with advice, signed, so that the next partner
//! can take it in again. It is carried in an address behind its `#`, which no browser sends to a server.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::NaiveDate;
use domain::{
    Language, TicketId,
    catalogue::{Entries, EntryId, Notebook, explorer::Profile},
    centre::Centre,
    day::{Advice, Command},
};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use hmac::Mac;
use serde::{Deserialize, Serialize};

use super::Library;
use crate::{
    Actor, Parvis, Problem,
    authorise::{self, By, UseCase},
    signatures::hmac,
};

/// A sheet on paper or in a QR code: nothing says who carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The centre's name.
    #[serde(rename = "c")]
    pub centre: String,
    /// The day.
    #[serde(rename = "d")]
    pub day: NaiveDate,
    /// The language of its words.
    #[serde(rename = "l")]
    pub language: Language,
    /// What the visitor kept: entries and their names.
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<(EntryId, String)>,
    /// What the interest explorer said.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// Agreed next steps, and their words.
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<(Advice, String)>,
    /// What a counsellor recommended: entries and their names.
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    pub recommended: Vec<(EntryId, String)>,
}

/// Bytes that a sheet unfolds to at most: whatever pretends to be one does not fill the memory.
const LONGEST: u64 = 16_384;
/// Characters of a folded sheet with its signature at most.
const LONGEST_FOLDED: usize = 16_384;
/// Bytes of a signature.
const MAC_BYTES: usize = 10;

impl Sheet {
    /// The sheet of a notebook.
    pub fn of(notebook: &Notebook, library: &Library, centre: &Centre, language: &Language, day: NaiveDate) -> Self {
        Self {
            centre: centre.name.get(language).to_owned(),
            day,
            language: language.clone(),
            kept: named(&notebook.kept, library, language, day),
            profile: notebook.profile,
            steps: Vec::new(),
            recommended: Vec::new(),
        }
    }

    /// As an address carries it: its JSON (RFC 8259), deflated (RFC 1951), in base64url (RFC 4648).
    pub fn folded(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.deflated())
    }

    fn deflated(&self) -> Vec<u8> {
        let json = serde_json::to_vec(self).unwrap_or_default();
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
        // Writing into memory cannot fail.
        let _ = deflate.write_all(&json);
        deflate.finish().unwrap_or_default()
    }

    fn unfolded(bytes: &[u8]) -> Option<Self> {
        let mut json = Vec::new();
        DeflateDecoder::new(bytes).take(LONGEST).read_to_end(&mut json).ok()?;
        serde_json::from_slice(&json).ok()
    }

    /// In words alone, for a phone without network.
    pub fn in_words(&self, titles: &SheetTitles) -> String {
        let steps = self.steps.iter().map(|(_, words)| words.as_str()).collect();
        let parts = [
            (&titles.kept, names(&self.kept)),
            (&titles.steps, steps),
            (&titles.recommended, names(&self.recommended)),
        ];
        let parts = parts.into_iter().filter(|(_, words)| !words.is_empty());
        let head = format!("{}\n{}", titles.title, self.centre);
        parts.fold(head, |text, (title, words)| format!("{text}\n\n{title}\n• {}", words.join("\n• ")))
    }
}

fn names(entries: &[(EntryId, String)]) -> Vec<&str> {
    entries.iter().map(|(_, name)| name.as_str()).collect()
}

/// The headings of a sheet in its language.
#[derive(Clone, Debug)]
pub struct SheetTitles {
    /// Of the whole.
    pub title: String,
    /// Of what was kept.
    pub kept: String,
    /// Of the next steps.
    pub steps: String,
    /// Of what was recommended.
    pub recommended: String,
}

/// The entries that the library knows and that are not over on a day, with their names.
fn named(entries: &Entries, library: &Library, language: &Language, day: NaiveDate) -> Vec<(EntryId, String)> {
    let name = |id: &EntryId| {
        let current = library.entry(id).filter(|e| !e.record.is_over(day))?;
        Some(current.record.words(language)?.1.title.clone())
    };
    entries.iter().filter_map(|id| Some((id.clone(), name(id)?))).collect()
}

/// What is known of a visitor's talk: what the visitor's own sheet says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The visitor's language.
    pub language: Language,
    /// The agreed next steps.
    pub steps: Vec<Advice>,
    /// The sheet, but for the words of the steps.
    pub sheet: Sheet,
}

impl Parvis {
    /// What a visitor's own dossier says, for whoever receives the visitor.
    pub async fn dossier(&self, actor: &Actor, ticket: TicketId) -> Result<Dossier, Problem> {
        let centre = self.centre_by_id(self.find_ticket(ticket).await?)?;
        let live = self.live(centre.id).await?;
        let seen = {
            let state = live.read();
            // Whoever may advise the visitor may give the advice on paper.
            let advise = Command::GiveAdvice { ticket, advice: BTreeSet::new() };
            authorise::command(&By::Actor(self.who(actor, &centre)), &advise, &centre, &state.day)?;
            state.day.ticket(ticket)?.clone()
        };
        let (library, language) = (self.catalogue(), seen.request.language.clone());
        let today = self.today_in(&centre);
        let mut sheet = Sheet::of(&seen.request.notebook, &library, &centre, &language, today);
        sheet.recommended = named(&seen.recommended, &library, &language, today);
        Ok(Dossier { language, steps: seen.advice.iter().copied().collect(), sheet })
    }

    /// A sheet as an address carries it, signed: `sheet.signature`.
    pub fn signed(&self, sheet: &Sheet) -> String {
        let deflated = sheet.deflated();
        let signature = hmac(&self.0.slip_key, "dossier", &[], &deflated).finalize().into_bytes();
        format!("{}.{}", URL_SAFE_NO_PAD.encode(deflated), URL_SAFE_NO_PAD.encode(&signature[..MAC_BYTES]))
    }

    /// Takes in a dossier that a visitor shows: its address as scanned, or only what is behind the `#`.
    ///
    /// # Errors
    /// `invalid` in `dossier` where it is none, or was not written by this installation.
    pub fn take_in_dossier(&self, actor: &Actor, centre: &Centre, scanned: &str) -> Result<Sheet, Problem> {
        self.allowed(actor, centre.id, UseCase::SeeDesk)?;
        let wrong = || Problem::Invalid { field: "dossier", code: "unknown_dossier" };
        let carried = scanned.trim().rsplit('#').next().unwrap_or_default();
        if carried.len() > LONGEST_FOLDED {
            return Err(wrong());
        }
        let (sheet, signature) = carried.split_once('.').ok_or_else(wrong)?;
        let decode = |text| URL_SAFE_NO_PAD.decode(text).map_err(|_| wrong());
        let (sheet, signature) = (decode(sheet)?, decode(signature)?);
        if signature.len() != MAC_BYTES {
            return Err(wrong());
        }
        // In constant time.
        hmac(&self.0.slip_key, "dossier", &[], &sheet).verify_truncated_left(&signature).map_err(|_| wrong())?;
        Sheet::unfolded(&sheet).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deflated(json: &[u8]) -> Vec<u8> {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
        let _ = deflate.write_all(json);
        deflate.finish().unwrap_or_default()
    }

    #[test]
    fn what_unfolds_to_more_than_a_sheet_is_none() {
        let sheet = |words: usize| {
            let name = "x".repeat(words);
            deflated(format!(r#"{{"c":"{name}","d":"2026-06-02","l":"fr"}}"#).as_bytes())
        };
        assert!(Sheet::unfolded(&sheet(16_000)).is_some_and(|s| s.centre.len() == 16_000));
        assert_eq!(Sheet::unfolded(&sheet(50_000_000)), None, "a bomb is read as far as a sheet goes");
    }
}
