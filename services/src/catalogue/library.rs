//! All current records side by side, joined by what is the same and by what leads where.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::{
    Instant, Language,
    catalogue::{
        Company, Edit, EntryId, Feature, Interest, Kind, Level, Record, Relation, Release, Sector, Source, Workplace,
        explorer::Profile,
    },
};
use storage::catalogue_edits::StoredEdit;

use super::{
    facets::is_outdoors,
    search::{Found, Index, Query, fold},
};

/// One record of the library.
#[derive(Debug)]
pub struct Entry {
    /// Its stable address.
    pub id: EntryId,
    /// What its source says, with the installation's own words in their place.
    pub record: Record,
}

/// What the installation changed of an entry.
#[derive(Debug)]
pub struct Edited {
    /// What was changed.
    pub edit: Edit,
    /// When it was changed last.
    pub changed_at: Instant,
    /// What the source says; none if no source has it, or not any more.
    pub imported: Option<Record>,
}

/// What somebody wants to see of the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only what holds on this day: for all who look around. Without one also what is over.
    pub day: Option<NaiveDate>,
    /// Only entries of this kind.
    pub kind: Option<Kind>,
    /// Only of this sector.
    pub sector: Option<Sector>,
    /// Only what can be begun with no more than this.
    pub level: Option<Level>,
    /// Only with this strongest or second interest.
    pub interest: Option<Interest>,
    /// Only with these.
    pub with: Option<Company>,
    /// Only in this place.
    pub place: Option<Workplace>,
    /// Only outdoors, or only not.
    pub outdoors: Option<bool>,
    /// Only with all of these.
    pub likes: Vec<Feature>,
    /// Only without any of these.
    pub dislikes: Vec<Feature>,
}

impl Filter {
    /// Whether an entry is wanted.
    pub fn takes(&self, record: &Record) -> bool {
        let first_interests = &record.interests[..record.interests.len().min(2)];
        !self.day.is_some_and(|day| record.is_over(day))
            && self.kind.is_none_or(|k| record.kind == k)
            && self.sector.is_none_or(|s| record.sector == Some(s))
            && self.level.is_none_or(|l| record.level.is_some_and(|asked| asked <= l))
            && self.interest.is_none_or(|i| first_interests.contains(&i))
            && self.with.is_none_or(|w| record.with.contains(&w))
            && self.place.is_none_or(|p| record.places.contains(&p))
            && self.outdoors.is_none_or(|o| is_outdoors(record) == Some(o))
            && self.likes.iter().all(|f| record.features.contains(f))
            && !self.dislikes.iter().any(|f| record.features.contains(f))
    }
}

/// All career information in use.
#[derive(Debug, Default)]
pub struct Library {
    releases: Vec<Release>,
    entries: Vec<Entry>,
    /// What visitors do not see.
    hidden: BTreeMap<EntryId, Entry>,
    edits: BTreeMap<EntryId, Edited>,
    /// The places of entries that stand first.
    featured: BTreeSet<usize>,
    places: HashMap<EntryId, usize>,
    /// The entries that are the same thing, by the place of each.
    same: HashMap<usize, Vec<usize>>,
    /// Which entries have to do with this one, and how, by its place.
    incoming: HashMap<usize, Vec<(Relation, usize)>>,
    index: Option<Index>,
    /// Skills stand apart: there are more of them than of everything else, and only who asks for them wants them.
    skills: Option<Index>,
}

impl Library {
    /// Joins the releases' records with what was changed of them here, and sorts their words.
    pub(crate) fn new(releases: Vec<(Release, Vec<Record>)>, edits: Vec<StoredEdit>) -> Self {
        let mut library = Self::default();
        let mut matches = Vec::new();
        let edited = |StoredEdit { entry, edit, changed_at }| (entry, Edited { edit, changed_at, imported: None });
        library.edits = edits.into_iter().map(edited).collect();
        let made_here = |(id, edited): (&EntryId, &Edited)| Some((id.clone(), edited.edit.made_here()?));
        for (id, record) in library.edits.iter().filter_map(made_here).collect::<Vec<_>>() {
            library.put(id, record);
        }
        for (release, records) in releases {
            let source = release.source;
            library.releases.push(release);
            if source == Source::Crosswalk {
                matches.extend(records);
                continue;
            }
            for record in records.into_iter().map(Record::bounded) {
                library.take_in(EntryId::new(source, record.code.clone()), record);
            }
        }
        library.join(&matches);
        library.index = Index::new(&library.entries, |e| e.record.kind != Kind::Skill);
        library.skills = Index::new(&library.entries, |e| e.record.kind == Kind::Skill);
        library
    }

    /// A record of a release, with what was changed of it.
    fn take_in(&mut self, id: EntryId, mut record: Record) {
        if let Some(edited) = self.edits.get_mut(&id) {
            edited.imported = Some(record.clone());
            if edited.edit.own.is_some() {
                return;
            }
            edited.edit.apply(&mut record);
        }
        self.put(id, record);
    }

    fn put(&mut self, id: EntryId, record: Record) {
        let edit = self.edits.get(&id).map(|edited| &edited.edit);
        if edit.is_some_and(|e| e.hidden) {
            self.hidden.insert(id.clone(), Entry { id, record });
            return;
        }
        if edit.is_some_and(|e| e.featured) {
            self.featured.insert(self.entries.len());
        }
        self.places.insert(id.clone(), self.entries.len());
        self.entries.push(Entry { id, record });
    }

    fn join(&mut self, matches: &[Record]) {
        let mut groups = Groups::default();
        let mut incoming: HashMap<usize, Vec<(Relation, usize)>> = HashMap::new();
        for record in matches {
            let ends: Vec<_> = record.linked(Relation::Same).iter().filter_map(|id| self.place(id)).collect();
            ends.windows(2).for_each(|pair| groups.join(pair[0], pair[1]));
            // What only comes near is near from both sides.
            for near in record.linked(Relation::Related).iter().filter_map(|id| self.place(id)) {
                for one in &ends {
                    incoming.entry(*one).or_default().push((Relation::Related, near));
                    incoming.entry(near).or_default().push((Relation::Related, *one));
                }
            }
        }
        for (place, entry) in self.entries.iter().enumerate() {
            for (relation, target) in entry.record.links.iter().flat_map(|(r, all)| all.iter().map(move |t| (*r, t))) {
                match self.place(target) {
                    Some(other) if relation == Relation::Same => groups.join(place, other),
                    Some(other) => incoming.entry(other).or_default().push((relation, place)),
                    None => {}
                }
            }
        }
        self.incoming = incoming;
        self.same = groups.all();
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
    /// The releases that it is made of.
    pub fn releases(&self) -> &[Release] {
        &self.releases
    }
    /// The release that an entry's facts are cited by.
    pub fn release_of(&self, id: &EntryId) -> Option<&Release> {
        let made_here = self.edits.get(id).is_some_and(|edited| edited.edit.own.is_some());
        self.releases.iter().find(|r| r.source == id.source && !made_here)
    }

    /// Every entry with what visitors do not see, for those who edit them.
    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().chain(self.hidden.values())
    }
    /// An entry, also one that visitors do not see.
    pub fn any(&self, id: &EntryId) -> Option<&Entry> {
        self.places.get(id).and_then(|place| self.entries.get(*place)).or_else(|| self.hidden.get(id))
    }
    /// What was changed of an entry here.
    pub fn edited(&self, id: &EntryId) -> Option<&Edited> {
        self.edits.get(id)
    }
    /// Everything that was changed here, also of entries that no source has any more.
    pub fn edits(&self) -> impl Iterator<Item = (&EntryId, &Edited)> {
        self.edits.iter()
    }
    /// The picked entries that hold on a day, by title.
    pub fn featured(&self, language: &Language, day: NaiveDate) -> Vec<&Entry> {
        let all = self.featured.iter().filter_map(|place| self.entries.get(*place));
        let mut all: Vec<_> = all.filter(|e| !e.record.is_over(day)).collect();
        all.sort_by_cached_key(|e| by_title(&e.record, language));
        all
    }

    /// Own entries may point to those that came with Parvis.
    fn place(&self, id: &EntryId) -> Option<usize> {
        let starter = || EntryId::new(Source::Starter, id.code.clone());
        let is_own = id.source == Source::Own && !self.hidden.contains_key(id);
        self.places.get(id).or_else(|| self.places.get(&starter()).filter(|_| is_own)).copied()
    }

    /// An entry.
    pub fn entry(&self, id: &EntryId) -> Option<&Entry> {
        self.entries.get(self.place(id)?)
    }

    /// The entries of other sources that are the same thing.
    pub fn same_as(&self, id: &EntryId) -> Vec<&Entry> {
        let Some(place) = self.place(id) else { return Vec::new() };
        let all = self.same.get(&place).into_iter().flatten();
        all.filter(|p| **p != place).filter_map(|p| self.entries.get(*p)).collect()
    }

    /// What an entry points to in this way, and what points to it where both mean the same.
    pub fn linked(&self, id: &EntryId, relation: Relation) -> Vec<&Entry> {
        let Some(place) = self.place(id) else { return Vec::new() };
        let out = self.entries[place].record.linked(relation).iter().filter_map(|target| self.place(target));
        let back = self.incoming.get(&place).into_iter().flatten();
        let both_ways = matches!(relation, Relation::Training | Relation::Related);
        let back = back.filter(|(r, _)| both_ways && *r == relation).map(|(_, from)| *from);
        let mut seen = BTreeSet::new();
        out.chain(back).filter(|p| *p != place && seen.insert(*p)).filter_map(|p| self.entries.get(p)).collect()
    }

    /// What points to an entry in this way: the members of a group, the occupations of a theme or a skill.
    pub fn members(&self, id: &EntryId, relation: Relation) -> Vec<&Entry> {
        let Some(place) = self.place(id) else { return Vec::new() };
        let all = self.incoming.get(&place).into_iter().flatten();
        all.filter(|(r, _)| *r == relation).filter_map(|(_, from)| self.entries.get(*from)).collect()
    }

    /// The wanted entries: picked ones first, then by title. The same thing is there once, from the first source that
    /// has it.
    pub fn browse(&self, filter: &Filter, language: &Language) -> Vec<&Entry> {
        let mut all: Vec<_> = self.entries.iter().enumerate().filter(|(_, e)| filter.takes(&e.record)).collect();
        all.retain(|(place, _)| !self.is_repeated(*place, |e| filter.takes(&e.record)));
        all.sort_by_cached_key(|(place, e)| (!self.featured.contains(place), by_title(&e.record, language)));
        all.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Whether the same thing is there already from an earlier source.
    fn is_repeated(&self, place: usize, taken: impl Fn(&Entry) -> bool) -> bool {
        let same = self.same.get(&place).into_iter().flatten();
        same.take_while(|other| **other < place).any(|other| self.entries.get(*other).is_some_and(&taken))
    }

    /// Occupations that fit a profile of interests, the best first, with how well: 0 to 100.
    pub fn fitting(&self, profile: &Profile, language: &Language, most: usize) -> Vec<(&Entry, u8)> {
        let filter = Filter { kind: Some(Kind::Occupation), ..Filter::default() };
        let mut all: Vec<_> = self
            .browse(&filter, language)
            .into_iter()
            .filter(|e| !e.record.interests.is_empty() && e.record.words.contains_key(language))
            .map(|e| (e, profile.fit(&e.record.interests)))
            .collect();
        // Stable: equals stay in the order of their titles.
        all.sort_by_key(|(entry, fit)| (std::cmp::Reverse(*fit), entry.id.source));
        all.truncate(most);
        all
    }

    /// Looks for words.
    pub fn search(&self, query: &Query) -> Found<'_> {
        let index = if query.filter.kind == Some(Kind::Skill) { &self.skills } else { &self.index };
        let hits = index.as_ref().map(|index| index.search(query, &self.entries)).unwrap_or_default();
        let wanted = |place: usize| self.entries.get(place).is_some_and(|e| query.filter.takes(&e.record));
        let mut shown: BTreeSet<usize> = BTreeSet::new();
        let mut all = Vec::new();
        for hit in hits {
            let same = self.same.get(&hit.place).into_iter().flatten();
            if wanted(hit.place) && !same.clone().any(|other| shown.contains(other)) {
                shown.insert(hit.place);
                all.push(hit);
            }
        }
        Found::of(&all, query.most, &self.entries)
    }

    /// The nearest word that the library knows, for a word that it does not.
    pub fn nearest(&self, text: &str) -> Option<String> {
        self.index.as_ref()?.nearest(text)
    }
}

fn by_title(record: &Record, language: &Language) -> Option<String> {
    record.words(language).map(|(_, words)| fold(&words.title))
}

/// Sets that grow together.
#[derive(Default)]
struct Groups(HashMap<usize, usize>);

impl Groups {
    fn head(&self, of: usize) -> usize {
        let mut head = of;
        while let Some(above) = self.0.get(&head).filter(|above| **above != head) {
            head = *above;
        }
        head
    }
    fn join(&mut self, one: usize, other: usize) {
        let (one_head, other_head) = (self.head(one), self.head(other));
        let (first, second) = (one_head.min(other_head), one_head.max(other_head));
        self.0.insert(first, first);
        self.0.insert(second, first);
        for place in [one, other] {
            self.0.entry(place).or_insert(first);
        }
    }
    fn all(&self) -> HashMap<usize, Vec<usize>> {
        let mut by_head: HashMap<usize, Vec<usize>> = HashMap::new();
        for place in self.0.keys() {
            by_head.entry(self.head(*place)).or_default().push(*place);
        }
        let mut all = HashMap::new();
        for mut group in by_head.into_values() {
            group.sort_unstable();
            for place in &group {
                all.insert(*place, group.clone());
            }
        }
        all
    }
}
