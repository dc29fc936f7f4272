//! The notebook (*carnet*): what a visitor keeps while looking around. It lives in the address of the visitor's page, goes
//! with a ticket if the visitor says so, and ends with it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{EntryId, explorer::Profile};

/// Some different entries, in the order in which they were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<EntryId>", into = "Vec<EntryId>")]
pub struct Entries(Vec<EntryId>);

/// There are more entries than fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("at most {most} entries are kept, not {0}", most = Entries::MOST)]
pub struct TooManyEntries(usize);

impl Entries {
    /// What one sheet of paper, one QR code and one talk can hold.
    pub const MOST: usize = 12;

    /// With one more at the end; unchanged where it is there already or where nothing more fits.
    #[must_use]
    pub fn with(mut self, entry: EntryId) -> Self {
        if !self.is_full() && !self.has(&entry) {
            self.0.push(entry);
        }
        self
    }
    /// Without one.
    #[must_use]
    pub fn without(mut self, entry: &EntryId) -> Self {
        self.0.retain(|kept| kept != entry);
        self
    }
    /// Whether this entry is among them.
    pub fn has(&self, entry: &EntryId) -> bool {
        self.0.contains(entry)
    }
    /// Whether nothing more fits.
    pub fn is_full(&self) -> bool {
        self.0.len() >= Self::MOST
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, EntryId> {
        self.0.iter()
    }
}

impl<'e> IntoIterator for &'e Entries {
    type Item = &'e EntryId;
    type IntoIter = std::slice::Iter<'e, EntryId>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
impl TryFrom<Vec<EntryId>> for Entries {
    type Error = TooManyEntries;
    /// What is there twice is kept once.
    fn try_from(all: Vec<EntryId>) -> Result<Self, TooManyEntries> {
        let many = all.len();
        if many > Self::MOST {
            Err(TooManyEntries(many))
        } else {
            Ok(all.into_iter().fold(Self::default(), Self::with))
        }
    }
}
impl From<Entries> for Vec<EntryId> {
    fn from(entries: Entries) -> Self {
        entries.0
    }
}

/// What a visitor keeps while looking around.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Notebook {
    /// Occupations, trainings, documents and whatever else was kept: at most twelve.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<EntryId>, max_items = 12))]
    pub kept: Entries,
    /// What the interest explorer said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
}

impl Notebook {
    /// Keeps one more entry, if there is one.
    pub fn keep(&mut self, entry: Option<EntryId>) {
        let kept = std::mem::take(&mut self.kept);
        self.kept = entry.into_iter().fold(kept, Entries::with);
    }
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.profile.is_none()
    }
    /// How many things are in it.
    pub fn len(&self) -> usize {
        self.kept.len() + usize::from(self.profile.is_some())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::catalogue::Source;

    fn entry(n: usize) -> EntryId {
        EntryId::new(Source::Own, n.to_string())
    }

    #[test]
    fn what_is_kept_twice_is_there_once_and_stays_where_it_was() {
        let kept = Entries::default().with(entry(1)).with(entry(2)).with(entry(1));
        assert_eq!(kept.iter().collect::<Vec<_>>(), [&entry(1), &entry(2)]);
        assert_eq!(kept.without(&entry(1)).iter().collect::<Vec<_>>(), [&entry(2)]);
    }

    #[test]
    fn a_full_notebook_takes_nothing_more_and_more_than_full_is_refused() {
        let full = (0..Entries::MOST).map(entry).fold(Entries::default(), Entries::with);
        assert!(full.is_full());
        assert_eq!(full.clone().with(entry(99)), full);
        let too_many: Vec<_> = (0..=Entries::MOST).map(entry).collect();
        assert_eq!(Entries::try_from(too_many), Err(TooManyEntries(13)));
    }

    #[test]
    fn it_is_stored_short_and_read_again() {
        let profile = "100-0-50-20-10-0".parse().unwrap();
        let notebook = Notebook { kept: Entries::default().with(entry(7)), profile: Some(profile) };
        let json = serde_json::to_string(&notebook).unwrap();
        assert_eq!(json, r#"{"kept":["own:7"],"profile":"100-0-50-20-10-0"}"#);
        assert_eq!(serde_json::from_str::<Notebook>(&json).unwrap(), notebook);
        assert_eq!(serde_json::to_string(&Notebook::default()).unwrap(), "{}");
        let thirteen: Vec<_> = (0..13).map(entry).collect();
        assert!(serde_json::from_value::<Notebook>(serde_json::json!({ "kept": thirteen })).is_err());
    }
}
