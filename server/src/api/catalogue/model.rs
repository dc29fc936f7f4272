//! How the API writes career information.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    Language,
    catalogue::{EntryId, Relation, Source},
};
use serde::Serialize;
use services::catalogue::{Entry, Library};
use utoipa::ToSchema;

/// An entry in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct ItemBody {
    /// Its stable address: source and code.
    #[schema(example = "rome:D1102")]
    id: String,
    /// What it is.
    #[schema(example = "occupation")]
    kind: &'static str,
    /// Its name, in the language asked for or the next best.
    title: String,
    /// The language of the title.
    lang: String,
    /// Where it comes from.
    #[schema(example = "rome")]
    source: &'static str,
    /// One sentence.
    summary: Option<String>,
    /// Its codes in each source that knows it.
    codes: CodesBody,
}

/// The codes of an entry and of what is the same in other sources.
#[derive(Default, Serialize, ToSchema)]
pub(super) struct CodesBody {
    /// In ROME 4.0.
    rome: Option<String>,
    /// In ESCO.
    esco: Option<String>,
    /// In ISCO-08.
    isco: Option<String>,
    /// In O*NET-SOC.
    onet: Option<String>,
}

/// An entry with everything that its source says.
#[derive(Serialize, ToSchema)]
pub(super) struct EntryBody {
    #[serde(flatten)]
    item: ItemBody,
    /// Other names, in the language of the title.
    names: Vec<String>,
    /// Which of the words are the installation's own in the place of the source's: title, summary, names, or a section.
    own_words: Vec<&'static str>,
    /// What else is said, by section: lines of text.
    sections: BTreeMap<&'static str, Vec<String>>,
    /// Its interests (RIASEC), the strongest first.
    interests: Vec<char>,
    /// The last day on which it is true, for a job offer.
    expires: Option<NaiveDate>,
    /// What it has to do with other entries: their addresses, by relation.
    links: BTreeMap<&'static str, Vec<String>>,
    /// The release that its facts are cited by.
    release: Option<ReleaseBody>,
    /// The same thing in other sources.
    same: Vec<ItemBody>,
}

/// A release of a source.
#[derive(Serialize, ToSchema)]
pub(super) struct ReleaseBody {
    /// Whose.
    #[schema(example = "rome")]
    source: &'static str,
    /// The release.
    #[schema(example = "v460")]
    version: String,
    /// The licence of its facts; none for the installation's own.
    licence: Option<String>,
    /// When it was imported, in UTC.
    #[schema(example = "2026-11-27T08:00:00+00:00")]
    imported_at: String,
}

impl ReleaseBody {
    pub(super) fn of(release: &domain::catalogue::Release) -> Self {
        Self {
            source: release.source.code(),
            version: release.version.clone(),
            licence: release.licence.clone(),
            imported_at: release.imported_at.to_rfc3339(),
        }
    }
}

impl CodesBody {
    fn of(library: &Library, entry: &Entry) -> Self {
        let mut codes = Self::default();
        for one in std::iter::once(entry).chain(library.same_as(&entry.id)) {
            let code = match one.id.source {
                Source::Rome => &mut codes.rome,
                Source::Esco => &mut codes.esco,
                Source::Onet => &mut codes.onet,
                Source::Own | Source::Starter | Source::Crosswalk => &mut None,
            };
            code.get_or_insert_with(|| one.id.code.clone());
            codes.isco = codes.isco.take().or_else(|| one.record.isco.clone());
        }
        // What is not imported may still be named.
        let named = entry.record.linked(Relation::Same).iter();
        for id in named {
            match id.source {
                Source::Rome => codes.rome.get_or_insert_with(|| id.code.clone()),
                Source::Onet => codes.onet.get_or_insert_with(|| id.code.clone()),
                Source::Esco => codes.esco.get_or_insert_with(|| id.code.clone()),
                Source::Own | Source::Starter | Source::Crosswalk => continue,
            };
        }
        codes
    }
}

impl ItemBody {
    pub(super) fn of(library: &Library, entry: &Entry, language: &Language) -> Option<Self> {
        let (lang, words) = entry.record.words(language)?;
        Some(Self {
            id: entry.id.to_string(),
            kind: entry.record.kind.code(),
            title: words.title.clone(),
            lang: lang.to_string(),
            source: entry.id.source.code(),
            summary: words.summary.clone(),
            codes: CodesBody::of(library, entry),
        })
    }
}

impl EntryBody {
    pub(super) fn of(library: &Library, entry: &Entry, language: &Language, today: NaiveDate) -> Option<Self> {
        let (lang, words) = entry.record.words(language)?;
        // An entry that is not loaded may still be named, one that is over is nowhere.
        let is_over = |id: &&EntryId| library.entry(id).is_some_and(|e| e.record.is_over(today));
        let addresses = |ids: &[EntryId]| ids.iter().filter(|id| !is_over(id)).map(ToString::to_string).collect();
        let own = library.edited(&entry.id).map(|edited| edited.edit.own_parts(lang)).unwrap_or_default();
        Some(Self {
            item: ItemBody::of(library, entry, language)?,
            names: words.names.clone(),
            own_words: own.into_iter().map(|part| part.name()).collect(),
            sections: words.sections.iter().map(|(section, lines)| (section.code(), lines.clone())).collect(),
            expires: entry.record.expires,
            interests: entry.record.interests.iter().map(|i| i.letter()).collect(),
            links: entry.record.links.iter().map(|(relation, ids)| (relation.code(), addresses(ids))).collect(),
            release: library.release_of(&entry.id).map(ReleaseBody::of),
            same: library.same_as(&entry.id).into_iter().filter_map(|e| ItemBody::of(library, e, language)).collect(),
        })
    }
}
