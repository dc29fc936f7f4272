//! The index of one library: what stands where, how a typed word is read, and how hits are ordered.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    Language,
    catalogue::{Kind, Source},
};
use tantivy::{
    Index as Tantivy, IndexReader, ReloadPolicy, TantivyDocument, TantivyError, Term,
    collector::TopDocs,
    query::{BoostQuery, DisjunctionMaxQuery, FuzzyTermQuery, Query as TantivyQuery, TermQuery},
    schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::TextAnalyzer,
};

use super::{
    Hit, Query,
    marks::Marks,
    words::{analyzer, fold, plain, significant, sound},
};
use crate::catalogue::library::Entry;

/// Hits that are looked at more closely.
const CANDIDATES: usize = 400;
/// Known words that a begun or mistyped one can stand for.
const MOST_READINGS: usize = 6;
/// Memory that indexing may use before it writes a part, in bytes.
const ARENA: usize = 60_000_000;
/// The tokenizer of words as they are typed.
const PLAIN: &str = "plain";

/// How much a word counts, by where it stands.
const WEIGHTS: [(Part, f32); 5] =
    [(Part::Title, 5.0), (Part::Names, 4.0), (Part::Marks, 1.6), (Part::Summary, 1.2), (Part::Text, 0.4)];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Title,
    Names,
    Marks,
    Summary,
    Text,
}

/// The words of a library, sorted.
pub(in crate::catalogue) struct Index {
    reader: IndexReader,
    fields: Fields,
    /// How a language's words become stems.
    analyzers: HashMap<Language, TextAnalyzer>,
    /// The words of titles and names by how they sound.
    sounds: HashMap<String, Vec<String>>,
    names: Names,
}

/// Where the index keeps what of an entry.
struct Fields {
    /// The words of each part in a language, in their stems.
    stems: HashMap<(Language, Part), Field>,
    /// All words of titles and names as they are written, without accents.
    word: Field,
    /// The entry's place in the library.
    place: Field,
}

impl Fields {
    fn of(languages: &BTreeSet<Language>) -> (Schema, Self) {
        let mut schema = Schema::builder();
        let mut stems = HashMap::new();
        for language in languages {
            for (part, _) in WEIGHTS {
                let field = schema.add_text_field(&format!("{part:?}_{language}"), indexed(language.code()));
                stems.insert((language.clone(), part), field);
            }
        }
        let word = schema.add_text_field("word", indexed(PLAIN));
        let place = schema.add_u64_field("place", FAST);
        (schema.build(), Self { stems, word, place })
    }

    fn document(&self, at: usize, entry: &Entry, marks: &Marks) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_u64(self.place, at as u64);
        for (language, words) in &entry.record.words {
            let marks = marks.of(&entry.record, language);
            document.add_text(self.word, &marks);
            for name in std::iter::once(&words.title).chain(&words.names) {
                document.add_text(self.word, name);
            }
            let mut add = |part, text: &str| {
                if let Some(field) = self.stems.get(&(language.clone(), part)) {
                    document.add_text(*field, text);
                }
            };
            add(Part::Title, &words.title);
            words.names.iter().for_each(|name| add(Part::Names, name));
            add(Part::Marks, &marks);
            add(Part::Summary, words.summary.as_deref().unwrap_or_default());
            words.sections.values().flatten().for_each(|line| add(Part::Text, line));
        }
        document
    }
}

/// Which entries are called exactly so in a language, without accents.
#[derive(Default)]
struct Names(HashMap<(Language, String), Vec<usize>>);

impl Names {
    fn note(&mut self, at: usize, entry: &Entry) {
        for (language, words) in &entry.record.words {
            for name in std::iter::once(&words.title).chain(&words.names) {
                for form in std::iter::once(name.as_str()).chain(name.split(" / ")) {
                    let called = self.0.entry((language.clone(), fold(form))).or_default();
                    if called.last() != Some(&at) {
                        called.push(at);
                    }
                }
            }
        }
    }

    fn called(&self, text: &str, language: &Language) -> &[usize] {
        self.0.get(&(language.clone(), fold(text))).map_or(&[], Vec::as_slice)
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("languages", &self.analyzers.keys()).finish_non_exhaustive()
    }
}

impl Index {
    /// Sorts the words of the entries that it takes; none if that fails, which it does only without memory.
    pub fn new(entries: &[Entry], takes: fn(&Entry) -> bool) -> Option<Self> {
        let made = Self::make(entries, takes);
        made.inspect_err(|error| tracing::error!(%error, "career information cannot be searched")).ok()
    }

    fn make(entries: &[Entry], takes: fn(&Entry) -> bool) -> Result<Self, TantivyError> {
        let languages: BTreeSet<_> = entries.iter().flat_map(|e| e.record.words.keys()).cloned().collect();
        let (schema, fields) = Fields::of(&languages);
        let index = Tantivy::create_in_ram(schema);
        let analyzers: HashMap<_, _> = languages.iter().map(|l| (l.clone(), analyzer(l))).collect();
        for (language, analyzer) in &analyzers {
            index.tokenizers().register(language.code(), analyzer.clone());
        }
        index.tokenizers().register(PLAIN, plain());
        let marks = Marks::read();
        let mut names = Names::default();
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, ARENA)?;
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| takes(entry)) {
            names.note(at, entry);
            writer.add_document(fields.document(at, entry, &marks))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let mut made = Self { reader, fields, analyzers, sounds: HashMap::new(), names };
        made.sounds = made.listen()?;
        Ok(made)
    }

    fn listen(&self) -> Result<HashMap<String, Vec<String>>, TantivyError> {
        let mut sounds: HashMap<String, Vec<String>> = HashMap::new();
        for segment in self.reader.searcher().segment_readers() {
            let words = segment.inverted_index(self.fields.word)?;
            let mut stream = words.terms().stream()?;
            while stream.advance() {
                if let Some(word) = std::str::from_utf8(stream.key()).ok().filter(|w| w.len() >= 4) {
                    sounds.entry(sound(word)).or_default().push(word.to_owned());
                }
            }
        }
        Ok(sounds)
    }

    /// The hits, the best first.
    pub fn search(&self, query: &Query, entries: &[Entry]) -> Vec<Hit> {
        let found = self.try_search(query, entries);
        found.inspect_err(|error| tracing::error!(%error, "a search failed")).unwrap_or_default()
    }

    fn try_search(&self, query: &Query, entries: &[Entry]) -> Result<Vec<Hit>, TantivyError> {
        let searcher = self.reader.searcher();
        let words = significant(&query.text);
        // By place: the sum of the words' scores, and how many words there are.
        let mut sums: HashMap<usize, (f32, u8)> = HashMap::new();
        for (n, word) in words.iter().enumerate() {
            let readings = self.readings(&searcher, word, &query.language, n + 1 == words.len())?;
            let any = readings.iter().flat_map(|reading| self.anywhere(reading, &query.language)).collect();
            let any = DisjunctionMaxQuery::with_tie_breaker(any, 0.2);
            for (score, address) in searcher.search(&any, &TopDocs::with_limit(CANDIDATES).order_by_score())? {
                let places = searcher.segment_reader(address.segment_ord).fast_fields().u64("place")?;
                if let Some(place) = places.first(address.doc_id).and_then(|p| usize::try_from(p).ok()) {
                    let (sum, count) = sums.entry(place).or_default();
                    *sum += score;
                    *count += 1;
                }
            }
        }
        let named = self.names.called(&query.text, &query.language);
        let mut hits: Vec<_> = sums
            .into_iter()
            .filter_map(|(place, (sum, count))| {
                let share = f32::from(count) / f32::from(u8::try_from(words.len()).unwrap_or(u8::MAX));
                let favour = favour(entries.get(place)?, &query.language);
                let named = if named.contains(&place) { 1.8 } else { 1.0 };
                Some(Hit { place, score: sum * favour * named * (0.5 + 0.5 * share) })
            })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
        Ok(hits)
    }

    /// A word in every part where it can stand: in the screen's language by its stem, in all by its letters.
    fn anywhere(&self, reading: &Reading, language: &Language) -> Vec<Box<dyn TantivyQuery>> {
        let mut all: Vec<Box<dyn TantivyQuery>> = Vec::new();
        let mut add = |field, text: &str, weight: f32| {
            let term = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
            all.push(Box::new(BoostQuery::new(Box::new(term), weight * reading.certainty)));
        };
        for (of, analyzer) in &self.analyzers {
            let is_own = of == language;
            let own = if is_own { 1.0 } else { 0.35 };
            let mut analyzer = analyzer.clone();
            let mut stems = analyzer.token_stream(&reading.word);
            while let Some(stem) = stems.next() {
                for (part, weight) in WEIGHTS {
                    if let Some(field) = self.fields.stems.get(&(of.clone(), part)).filter(|_| is_own || weight > 2.0) {
                        add(*field, &stem.text, weight * own);
                    }
                }
            }
        }
        all
    }

    /// What a word can stand for: itself where it is known, words that begin with it, else words that are like it.
    fn readings(
        &self,
        searcher: &tantivy::Searcher,
        word: &str,
        language: &Language,
        is_last: bool,
    ) -> Result<Vec<Reading>, TantivyError> {
        let term = Term::from_field_text(self.fields.word, word);
        let known = searcher.doc_freq(&term)? > 0 || self.is_told(searcher, word, language)?;
        let mut all = Vec::new();
        if known || word.chars().count() < 2 {
            all.push(Reading { word: word.to_owned(), certainty: 1.0 });
        }
        // The last word may not be finished yet.
        if (is_last || !known) && word.chars().count() >= 2 {
            let begun = self.like(searcher, &FuzzyTermQuery::new_prefix(term.clone(), 0, true))?;
            let certainty = if known { 0.5 } else { 0.8 };
            all.extend(begun.into_iter().filter(|w| w.0 != word).map(|(word, _)| Reading { word, certainty }));
        }
        if all.is_empty() {
            all = self.mistyped(searcher, word, is_last)?;
        }
        if all.is_empty() {
            all = self.joined(searcher, word)?;
        }
        all.truncate(MOST_READINGS);
        Ok(all)
    }

    /// Whether a word stands anywhere in what is told in a language, in any of its forms.
    fn is_told(&self, searcher: &tantivy::Searcher, word: &str, language: &Language) -> Result<bool, TantivyError> {
        let Some(mut analyzer) = self.analyzers.get(language).cloned() else { return Ok(false) };
        let mut stems = analyzer.token_stream(word);
        while let Some(stem) = stems.next() {
            for (part, _) in WEIGHTS {
                let Some(field) = self.fields.stems.get(&(language.clone(), part)) else { continue };
                if searcher.doc_freq(&Term::from_field_text(*field, &stem.text))? > 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Known words that sound the same, or else differ by one letter, or by two where a word is long.
    fn mistyped(&self, searcher: &tantivy::Searcher, word: &str, is_last: bool) -> Result<Vec<Reading>, TantivyError> {
        let term = Term::from_field_text(self.fields.word, word);
        let most = match word.chars().count() {
            0..=3 => return Ok(Vec::new()),
            4..=6 => 1,
            _ => 2,
        };
        if let Some(alike) = self.sounds.get(&sound(word)) {
            return Ok(alike.iter().map(|word| Reading { word: word.clone(), certainty: 0.9 }).collect());
        }
        for distance in 1..=most {
            let mut like = self.like(searcher, &FuzzyTermQuery::new(term.clone(), distance, true))?;
            if like.is_empty() && is_last && word.chars().count() >= 5 {
                like = self.like(searcher, &FuzzyTermQuery::new_prefix(term.clone(), distance, true))?;
            }
            if !like.is_empty() {
                let certainty = if distance == 1 { 0.8 } else { 0.6 };
                return Ok(like.into_iter().map(|(word, _)| Reading { word, certainty }).collect());
            }
        }
        Ok(Vec::new())
    }

    /// Two known words that somebody wrote as one.
    fn joined(&self, searcher: &tantivy::Searcher, word: &str) -> Result<Vec<Reading>, TantivyError> {
        for (at, _) in word.char_indices().skip(3) {
            let (one, other) = word.split_at(at);
            let known = |part: &str| {
                Ok::<_, TantivyError>(searcher.doc_freq(&Term::from_field_text(self.fields.word, part))? > 0)
            };
            if other.chars().count() >= 3 && known(one)? && known(other)? {
                return Ok([one, other].map(|part| Reading { word: part.to_owned(), certainty: 0.8 }).into());
            }
        }
        Ok(Vec::new())
    }

    /// The known words that an automaton takes, the most frequent first.
    fn like(&self, searcher: &tantivy::Searcher, query: &FuzzyTermQuery) -> Result<Vec<(String, u32)>, TantivyError> {
        let mut all: BTreeMap<String, u32> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let words = segment.inverted_index(self.fields.word)?;
            let mut stream = words.terms().search(query.automaton()?).into_stream()?;
            while stream.advance() {
                if let Ok(word) = std::str::from_utf8(stream.key()) {
                    *all.entry(word.to_owned()).or_default() += stream.value().doc_freq;
                }
            }
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), word.len()));
        all.truncate(MOST_READINGS);
        Ok(all)
    }

    /// The text with each unknown word replaced by the known one that is most like it; none if nothing changes.
    pub fn nearest(&self, text: &str) -> Option<String> {
        let searcher = self.reader.searcher();
        let mut changed = false;
        let words: Vec<_> = significant(text)
            .into_iter()
            .map(|word| {
                let known = searcher.doc_freq(&Term::from_field_text(self.fields.word, &word)).unwrap_or(0) > 0;
                let like = if known { Vec::new() } else { self.mistyped(&searcher, &word, false).unwrap_or_default() };
                like.into_iter().next().map_or(word, |reading| {
                    changed = true;
                    reading.word
                })
            })
            .collect();
        changed.then(|| words.join(" "))
    }
}

/// A word that a typed one can stand for.
struct Reading {
    word: String,
    /// From 0 to 1.
    certainty: f32,
}

/// Who looks wants an occupation first, in words of the own language.
fn favour(entry: &Entry, language: &Language) -> f32 {
    let kind = match entry.record.kind {
        Kind::Occupation => 1.0,
        Kind::Training | Kind::Workshop | Kind::Offer => 0.6,
        Kind::Document | Kind::Service | Kind::Link | Kind::Theme | Kind::Sector => 0.5,
        Kind::Group => 0.45,
        Kind::Skill => 0.3,
    };
    let source = match entry.id.source {
        Source::Own => 1.6,
        Source::Starter => 1.5,
        Source::Rome | Source::Esco | Source::Onet | Source::Crosswalk => 1.0,
    };
    let spoken = if entry.record.words.contains_key(language) { 1.0 } else { 0.5 };
    kind * source * spoken
}

fn indexed(analyzer: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(analyzer).set_index_option(IndexRecordOption::WithFreqs);
    TextOptions::default().set_indexing_options(indexing)
}
