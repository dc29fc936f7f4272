//! What the desk asks of the server besides commands: names of the catalogue's entries, and visitors' own dossiers.
#![expect(missing_docs, reason = "the macro gives each argument a public field")]
#![allow(clippy::unused_async, reason = "a server function is async whatever it asks")]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    CentreId, Language,
    catalogue::{EntryId, Kind, explorer::Profile},
    day::Advice,
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

use crate::trouble::Trouble;

#[cfg(feature = "ssr")]
use super::super::context::{StaffContext, answered};

/// An entry of the catalogue as a desk shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Which.
    pub id: EntryId,
    /// What it is; none where it is not in the catalogue any more.
    pub kind: Option<Kind>,
    /// Its name.
    pub title: String,
}

/// What a visitor's own dossier says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The centre that wrote it.
    pub centre: String,
    /// When.
    pub day: NaiveDate,
    /// What the visitor kept.
    pub kept: Vec<(EntryId, String)>,
    /// What the interest explorer said.
    pub profile: Option<Profile>,
    /// The agreed next steps.
    pub steps: BTreeSet<Advice>,
    /// What was recommended.
    pub recommended: Vec<(EntryId, String)>,
}

/// Names of entries, in the same order.
#[server(prefix = "/api/ui", endpoint = "name_entries", input = Json)]
pub async fn name_entries(ids: Vec<EntryId>, language: Language) -> Result<Vec<Named>, Trouble> {
    let StaffContext { parvis, .. } = StaffContext::of_request()?;
    let catalogue = parvis.catalogue();
    let named = |id: EntryId| {
        let record = catalogue.entry(&id).map(|e| &e.record);
        let title = record.and_then(|r| r.words(&language)).map_or_else(|| id.to_string(), |(_, w)| w.title.clone());
        Named { kind: record.map(|r| r.kind), title, id }
    };
    Ok(ids.into_iter().take(domain::catalogue::Entries::MOST).map(named).collect())
}

/// What can be recommended for a few words.
#[server(prefix = "/api/ui", endpoint = "find_entries", input = Json)]
pub async fn find_entries(text: String, language: Language) -> Result<Vec<Named>, Trouble> {
    use services::catalogue::{Filter, Query};
    const MOST: usize = 8;
    let StaffContext { parvis, .. } = StaffContext::of_request()?;
    let catalogue = parvis.catalogue();
    let filter = Filter { day: Some(parvis.today()), ..Filter::default() };
    let query = Query { text, language: language.clone(), filter, most: MOST };
    let found = catalogue.search(&query).entries.into_iter();
    let named = found.filter_map(|entry| {
        let title = entry.record.words(&language)?.1.title.clone();
        Some(Named { id: entry.id.clone(), kind: Some(entry.record.kind), title })
    });
    Ok(named.collect())
}

/// Takes in a dossier that a visitor shows.
#[server(prefix = "/api/ui", endpoint = "take_in_dossier", input = Json)]
pub async fn take_in_dossier(centre: CentreId, scanned: String) -> Result<Shown, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let centre = answered(parvis.centre_by_id(centre))?;
    let sheet = answered(parvis.take_in_dossier(&actor, &centre, &scanned))?;
    Ok(Shown {
        centre: sheet.centre,
        day: sheet.day,
        kept: sheet.kept,
        profile: sheet.profile,
        steps: sheet.steps.into_iter().map(|(step, _)| step).collect(),
        recommended: sheet.recommended,
    })
}
