//! What is missing or wrong in career information: found by looking at all of it, so that somebody can put it right.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use domain::{
    Instant, Language,
    catalogue::{EntryId, Kind, Relation, Release, Source, is_web_address},
};

use super::{Entry, Library};

/// After so many days somebody should look again.
const STALE: Duration = Duration::days(365);

/// What there is to put right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// Entries without words in a language of the centre. Skills stand apart: nobody translates thousands of them here.
    pub untranslated: BTreeMap<Language, Vec<EntryId>>,
    /// Entries whose address on the web cannot be one.
    pub malformed: Vec<EntryId>,
    /// Releases that were imported long ago.
    pub old_releases: Vec<Release>,
    /// What was made or reworded here and not looked at for long.
    pub old_edits: Vec<(EntryId, Instant)>,
    /// Offers that are over, with their last day.
    pub over: Vec<(EntryId, NaiveDate)>,
    /// Edits of entries that no source has any more.
    pub orphans: Vec<EntryId>,
    /// Entries that point to what does not exist, with the first such address.
    pub dangling: Vec<(EntryId, EntryId)>,
    /// Documents without a shelf mark.
    pub shelfless: Vec<EntryId>,
    /// Occupations that nobody comes to by browsing: in no sector, no place of work, without interests.
    pub unplaced: Vec<EntryId>,
}

impl Quality {
    /// Looks at everything that visitors can see, and at what was changed here.
    pub(crate) fn of(library: &Library, languages: &[Language], now: Instant) -> Self {
        let mut quality = Self {
            old_releases: library.releases().iter().filter(|r| now - r.imported_at > STALE).cloned().collect(),
            ..Self::default()
        };
        for entry in library.all() {
            if library.entry(&entry.id).is_some() && !entry.record.is_over(now.date_naive()) {
                quality.look_at(library, entry, languages);
            }
            let over = entry.record.expires.filter(|_| entry.record.is_over(now.date_naive()));
            quality.over.extend(over.map(|last| (entry.id.clone(), last)));
        }
        for (id, edited) in library.edits() {
            if edited.imported.is_none() && edited.edit.own.is_none() {
                quality.orphans.push(id.clone());
            }
            if (edited.edit.own.is_some() || !edited.edit.words.is_empty()) && now - edited.changed_at > STALE {
                quality.old_edits.push((id.clone(), edited.changed_at));
            }
        }
        quality
    }

    fn look_at(&mut self, library: &Library, entry: &Entry, languages: &[Language]) {
        let Entry { id, record } = entry;
        if record.kind != Kind::Skill {
            for language in languages.iter().filter(|l| !record.words.contains_key(*l)) {
                self.untranslated.entry(language.clone()).or_default().push(id.clone());
            }
        }
        if record.url.as_ref().is_some_and(|url| !is_web_address(url)) {
            self.malformed.push(id.clone());
        }
        if record.kind == Kind::Document && record.shelf.is_none() {
            self.shelfless.push(id.clone());
        }
        let is_placed = record.sector.is_some() || !record.interests.is_empty() || !record.places.is_empty();
        let is_grouped = !library.same_as(id).is_empty() || !record.linked(Relation::Broader).is_empty();
        if record.kind == Kind::Occupation && !is_placed && !is_grouped {
            self.unplaced.push(id.clone());
        }
        // What is the same in a source that is not imported is no mistake.
        let pointed = record.links.iter().filter(|(relation, _)| **relation != Relation::Same);
        let missing = pointed.flat_map(|(_, targets)| targets).find(|to| is_missing(library, id.source, to));
        self.dangling.extend(missing.map(|to| (id.clone(), to.clone())));
    }
}

/// Whether nothing is there, not even hidden. A source that is not imported has nothing to miss.
fn is_missing(library: &Library, from: Source, to: &EntryId) -> bool {
    let is_known = to.source == from || library.releases().iter().any(|r| r.source == to.source);
    is_known && library.entry(to).is_none() && library.any(to).is_none()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use chrono::{TimeZone, Utc};
    use domain::catalogue::{Edit, Interest, LocalWords, Record, Sector, Words};
    use storage::catalogue_edits::StoredEdit;

    use super::*;

    fn now() -> Instant {
        Utc.with_ymd_and_hms(2026, 6, 2, 8, 0, 0).unwrap()
    }

    fn record(kind: Kind, code: &str, languages: &[&str], change: impl FnOnce(&mut Record)) -> Record {
        let mut record = Record::new(kind, code);
        for language in languages {
            let words = Words { title: format!("{code} {language}"), ..Words::default() };
            record.words.insert(language.parse().unwrap(), words);
        }
        change(&mut record);
        record
    }

    fn edit(entry: &str, days: i64, edit: Edit) -> StoredEdit {
        StoredEdit { entry: entry.parse().unwrap(), edit, changed_at: now() - Duration::days(days) }
    }

    fn looked_at(records: Vec<Record>, edits: Vec<StoredEdit>, imported_days_ago: i64) -> Quality {
        let imported_at = now() - Duration::days(imported_days_ago);
        let release = Release { source: Source::Own, version: "1".into(), licence: None, imported_at };
        let library = Library::new(vec![(release, records)], edits);
        Quality::of(&library, &[Language::french(), Language::arabic()], now())
    }

    fn ids(entries: &[EntryId]) -> Vec<String> {
        entries.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_thing_that_is_missing_or_wrong_is_found_once() {
        let all = ["fr", "ar"];
        let target = |code: &str| EntryId::new(Source::Own, code);
        let records = vec![
            record(Kind::Occupation, "whole", &all, |r| {
                r.sector = Some(Sector::Food);
                r.link(Relation::Training, target("course"));
                r.link(Relation::Training, target("lost"));
                r.link(Relation::Same, EntryId::new(Source::Rome, "A1"));
            }),
            record(Kind::Training, "course", &["fr"], |_| ()),
            record(Kind::Occupation, "nowhere", &all, |_| ()),
            record(Kind::Occupation, "liked", &all, |r| r.interests = vec![Interest::R]),
            record(Kind::Document, "loose", &all, |_| ()),
            record(Kind::Document, "kept", &all, |r| r.shelf = Some("A-1".into())),
            record(Kind::Link, "dead", &all, |r| r.url = Some("https://nowhere".into())),
            record(Kind::Skill, "skill", &["fr"], |_| ()),
            record(Kind::Offer, "over", &all, |r| r.expires = NaiveDate::from_ymd_opt(2026, 6, 1)),
            record(Kind::Offer, "today", &all, |r| r.expires = NaiveDate::from_ymd_opt(2026, 6, 2)),
        ];
        let quality = looked_at(records, Vec::new(), 10);
        assert_eq!(quality.untranslated.keys().collect::<Vec<_>>(), [&Language::arabic()]);
        assert_eq!(ids(&quality.untranslated[&Language::arabic()]), ["own:course"]);
        assert_eq!(ids(&quality.malformed), ["own:dead"]);
        assert_eq!(ids(&quality.shelfless), ["own:loose"]);
        assert_eq!(ids(&quality.unplaced), ["own:nowhere"]);
        assert_eq!(quality.dangling, [(target("whole"), target("lost"))]);
        assert_eq!(quality.over, [(target("over"), NaiveDate::from_ymd_opt(2026, 6, 1).unwrap())]);
        assert!(quality.old_releases.is_empty() && quality.old_edits.is_empty() && quality.orphans.is_empty());
    }

    #[test]
    fn what_nobody_looked_at_for_a_year_and_what_lost_its_entry_is_found() {
        let titled = LocalWords { title: Some("X".into()), ..LocalWords::default() };
        let reworded = Edit { words: [(Language::french(), titled)].into(), ..Edit::default() };
        let records = vec![record(Kind::Service, "here", &["fr", "ar"], |_| ())];
        let edits = vec![
            edit("own:here", 400, reworded.clone()),
            edit("rome:gone", 3, reworded),
            edit("rome:hidden", 400, Edit { hidden: true, ..Edit::default() }),
        ];
        let quality = looked_at(records, edits, 366);
        assert_eq!(quality.old_releases.len(), 1);
        assert_eq!(quality.old_edits, [("own:here".parse().unwrap(), now() - Duration::days(400))]);
        assert_eq!(ids(&quality.orphans), ["rome:gone", "rome:hidden"]);
    }

    #[test]
    fn a_hidden_entry_needs_nothing_and_can_be_pointed_to() {
        let records = vec![
            record(Kind::Document, "hidden", &[], |_| ()),
            record(Kind::Training, "shown", &["fr", "ar"], |r| {
                r.link(Relation::Related, EntryId::new(Source::Own, "hidden"))
            }),
        ];
        let edits = vec![edit("own:hidden", 1, Edit { hidden: true, ..Edit::default() })];
        assert_eq!(looked_at(records, edits, 1), Quality::default());
    }
}
