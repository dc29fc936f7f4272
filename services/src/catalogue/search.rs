//! Search in the words that people use: without accents, in any form of a word, begun, mistyped, in every language that
//! is loaded. The index lives in memory and is made anew from the library.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    Language,
    catalogue::{Kind, Record, Sector, Source},
};
use tantivy::{
    Index as Tantivy, IndexReader, ReloadPolicy, TantivyDocument, TantivyError, Term,
    collector::TopDocs,
    query::{BoostQuery, DisjunctionMaxQuery, FuzzyTermQuery, Query as TantivyQuery, TermQuery},
    schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{
        AsciiFoldingFilter, Language as Stems, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
    },
};

use super::library::{Entry, Filter};

/// What somebody looks for.
#[derive(Clone, Debug)]
pub struct Query {
    /// As it was typed.
    pub text: String,
    /// In which language the screen is.
    pub language: Language,
    /// What else is wanted.
    pub filter: Filter,
    /// How many to give at most.
    pub most: usize,
}

/// One that was found, by its place in the library.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    pub(super) place: usize,
    score: f32,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found<'l> {
    /// How many there are.
    pub total: usize,
    /// The best of them.
    pub entries: Vec<&'l Entry>,
    /// How many of them there are of each kind.
    pub kinds: BTreeMap<Kind, usize>,
    /// How many there are of each sector.
    pub sectors: BTreeMap<Sector, usize>,
}

impl<'l> Found<'l> {
    pub(super) fn of(hits: &[Hit], most: usize, entries: &'l [Entry]) -> Self {
        let all: Vec<_> = hits.iter().filter_map(|hit| entries.get(hit.place)).collect();
        let (mut kinds, mut sectors) = (BTreeMap::new(), BTreeMap::new());
        for entry in &all {
            *kinds.entry(entry.record.kind).or_default() += 1;
            if let Some(sector) = entry.record.sector {
                *sectors.entry(sector).or_default() += 1;
            }
        }
        Self { total: all.len(), entries: all.into_iter().take(most).collect(), kinds, sectors }
    }
}

/// Hits that are looked at more closely.
const CANDIDATES: usize = 400;
/// Words of a query that count.
const MOST_WORDS: usize = 12;
/// Known words that a begun or mistyped one can stand for.
const MOST_READINGS: usize = 6;
/// Memory that indexing may use before it writes a part, in bytes.
const ARENA: usize = 60_000_000;

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
pub(super) struct Index {
    reader: IndexReader,
    /// The words of each part in a language, in their stems.
    stems: HashMap<(Language, Part), Field>,
    /// How a language's words become stems.
    analyzers: HashMap<Language, TextAnalyzer>,
    /// All words of titles and names as they are written, without accents.
    word: Field,
    /// Those words by how they sound.
    sounds: HashMap<String, Vec<String>>,
    /// Which entries are called exactly so in a language, without accents.
    names: HashMap<(Language, String), Vec<usize>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("languages", &self.analyzers.keys()).finish_non_exhaustive()
    }
}

impl Index {
    /// Sorts the words of the entries that it takes; none if that fails, which it does only without memory.
    pub(super) fn new(entries: &[Entry], takes: fn(&Entry) -> bool) -> Option<Self> {
        let made = Self::make(entries, takes);
        made.inspect_err(|error| tracing::error!(%error, "career information cannot be searched")).ok()
    }

    fn make(entries: &[Entry], takes: fn(&Entry) -> bool) -> Result<Self, TantivyError> {
        let languages: BTreeSet<_> = entries.iter().flat_map(|e| e.record.words.keys()).cloned().collect();
        let mut schema = Schema::builder();
        let mut stems = HashMap::new();
        for language in &languages {
            for (part, _) in WEIGHTS {
                let field = schema.add_text_field(&format!("{part:?}_{language}"), indexed(language.code()));
                stems.insert((language.clone(), part), field);
            }
        }
        let word = schema.add_text_field("word", indexed("plain"));
        let place = schema.add_u64_field("place", FAST);
        let index = Tantivy::create_in_ram(schema.build());
        let analyzers: HashMap<_, _> = languages.iter().map(|l| (l.clone(), analyzer(l))).collect();
        for (language, analyzer) in &analyzers {
            index.tokenizers().register(language.code(), analyzer.clone());
        }
        index.tokenizers().register("plain", plain());
        let marks = Marks::read();
        let mut names = HashMap::new();
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, ARENA)?;
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| takes(entry)) {
            let mut document = TantivyDocument::new();
            document.add_u64(place, at as u64);
            for (language, words) in &entry.record.words {
                let mut add = |part, text: &str| {
                    if let Some(field) = stems.get(&(language.clone(), part)) {
                        document.add_text(*field, text);
                    }
                };
                add(Part::Title, &words.title);
                words.names.iter().for_each(|name| add(Part::Names, name));
                add(Part::Summary, words.summary.as_deref().unwrap_or_default());
                words.sections.values().flatten().for_each(|line| add(Part::Text, line));
                let marks = marks.of(&entry.record, language);
                add(Part::Marks, &marks);
                document.add_text(word, marks);
                for name in std::iter::once(&words.title).chain(&words.names) {
                    document.add_text(word, name);
                    for form in std::iter::once(name.as_str()).chain(name.split(" / ")) {
                        let called: &mut Vec<usize> = names.entry((language.clone(), fold(form))).or_default();
                        if called.last() != Some(&at) {
                            called.push(at);
                        }
                    }
                }
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let mut made = Self { reader, stems, analyzers, word, sounds: HashMap::new(), names };
        made.sounds = made.listen()?;
        Ok(made)
    }

    fn listen(&self) -> Result<HashMap<String, Vec<String>>, TantivyError> {
        let mut sounds: HashMap<String, Vec<String>> = HashMap::new();
        for segment in self.reader.searcher().segment_readers() {
            let words = segment.inverted_index(self.word)?;
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
    pub(super) fn search(&self, query: &Query, entries: &[Entry]) -> Vec<Hit> {
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
        let named = self.names.get(&(query.language.clone(), fold(&query.text)));
        let mut hits: Vec<_> = sums
            .into_iter()
            .filter_map(|(place, (sum, count))| {
                let share = f32::from(count) / f32::from(u8::try_from(words.len()).unwrap_or(u8::MAX));
                let favour = favour(entries.get(place)?, &query.language);
                let named = if named.is_some_and(|places| places.contains(&place)) { 1.8 } else { 1.0 };
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
                    if let Some(field) = self.stems.get(&(of.clone(), part)).filter(|_| is_own || weight > 2.0) {
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
        let term = Term::from_field_text(self.word, word);
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
                let Some(field) = self.stems.get(&(language.clone(), part)) else { continue };
                if searcher.doc_freq(&Term::from_field_text(*field, &stem.text))? > 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Known words that sound the same, or else differ by one letter, or by two where a word is long.
    fn mistyped(&self, searcher: &tantivy::Searcher, word: &str, is_last: bool) -> Result<Vec<Reading>, TantivyError> {
        let term = Term::from_field_text(self.word, word);
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
            let known =
                |part: &str| Ok::<_, TantivyError>(searcher.doc_freq(&Term::from_field_text(self.word, part))? > 0);
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
            let words = segment.inverted_index(self.word)?;
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
    pub(super) fn nearest(&self, text: &str) -> Option<String> {
        let searcher = self.reader.searcher();
        let mut changed = false;
        let words: Vec<_> = significant(text)
            .into_iter()
            .map(|word| {
                let known = searcher.doc_freq(&Term::from_field_text(self.word, &word)).unwrap_or(0) > 0;
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

/// Words as they are typed: small letters without accents.
fn plain() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// Words in the form that all forms of a word share.
fn analyzer(language: &Language) -> TextAnalyzer {
    let stems = match language.code() {
        "fr" => Stems::French,
        "en" => Stems::English,
        "ar" => Stems::Arabic,
        "de" => Stems::German,
        "es" => Stems::Spanish,
        "it" => Stems::Italian,
        "pt" => Stems::Portuguese,
        "nl" => Stems::Dutch,
        "ro" => Stems::Romanian,
        "ru" => Stems::Russian,
        "tr" => Stems::Turkish,
        "el" => Stems::Greek,
        "da" => Stems::Danish,
        "sv" => Stems::Swedish,
        "no" => Stems::Norwegian,
        "fi" => Stems::Finnish,
        "hu" => Stems::Hungarian,
        "ta" => Stems::Tamil,
        _ => return plain(),
    };
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(stems))
        .build()
}

/// A text's letters, small and without accents, its words one space apart.
pub(super) fn fold(text: &str) -> String {
    let mut analyzer = plain();
    let mut stream = analyzer.token_stream(text);
    let mut words = Vec::new();
    while let Some(token) = stream.next() {
        words.push(token.text.clone());
    }
    words.join(" ")
}

/// A word as somebody may write it who only heard it, in French or English: letters that sound the same become one.
fn sound(word: &str) -> String {
    let mut text = word.to_owned();
    for (written, heard) in [
        ("eaux", "o"),
        ("eau", "o"),
        ("aux", "o"),
        ("au", "o"),
        ("ph", "f"),
        ("qu", "k"),
        ("ck", "k"),
        ("sch", "ch"),
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "si"),
        ("ch", "\u{1}"),
        ("c", "k"),
        ("\u{1}", "ch"),
        ("q", "k"),
        ("y", "i"),
        ("ai", "e"),
        ("ei", "e"),
        ("ez", "e"),
        ("z", "s"),
        ("th", "t"),
        ("w", "v"),
        ("am", "an"),
        ("em", "an"),
        ("en", "an"),
        ("ain", "in"),
        ("im", "in"),
        ("ou", "u"),
        ("x", "ks"),
    ] {
        text = text.replace(written, heard);
    }
    let mut heard = String::with_capacity(text.len());
    for letter in text.chars() {
        let silent = letter == 'h' && !heard.ends_with(['k', 'c', 's']);
        if !silent && !heard.ends_with(letter) {
            heard.push(letter);
        }
    }
    let end = heard.trim_end_matches(['e', 's', 't', 'd', 'p']);
    if end.len() >= 3 { end.to_owned() } else { heard }
}

/// The words of a query that say something; all of them if none does.
fn significant(text: &str) -> Vec<String> {
    let folded = fold(text);
    let all: Vec<_> = folded.split(' ').filter(|w| !w.is_empty()).take(4 * MOST_WORDS).map(str::to_owned).collect();
    let telling: Vec<_> = all.iter().filter(|w| !EMPTY_WORDS.contains(&w.as_str())).cloned().collect();
    let mut words = if telling.is_empty() { all } else { telling };
    words.truncate(MOST_WORDS);
    words
}

/// Words that say nothing of what is looked for, in French, English and Arabic, without accents.
const EMPTY_WORDS: &[&str] = &[
    "a",
    "ai",
    "aime",
    "aimerais",
    "aller",
    "apres",
    "au",
    "aux",
    "avec",
    "avoir",
    "ca",
    "ce",
    "ces",
    "cherche",
    "chez",
    "comme",
    "comment",
    "d",
    "dans",
    "de",
    "des",
    "devenir",
    "domaine",
    "du",
    "elle",
    "emploi",
    "en",
    "est",
    "et",
    "etre",
    "faire",
    "fait",
    "faut",
    "gagner",
    "il",
    "ils",
    "j",
    "je",
    "job",
    "l",
    "la",
    "le",
    "les",
    "leur",
    "ma",
    "me",
    "mes",
    "metier",
    "metiers",
    "moi",
    "mon",
    "n",
    "ne",
    "nous",
    "on",
    "ou",
    "par",
    "pas",
    "pour",
    "pouvoir",
    "profession",
    "qu",
    "que",
    "quel",
    "quelle",
    "qui",
    "quoi",
    "s",
    "sa",
    "se",
    "ses",
    "son",
    "sont",
    "sur",
    "t",
    "tout",
    "travail",
    "travailler",
    "truc",
    "trucs",
    "un",
    "une",
    "vers",
    "veux",
    "voudrais",
    "vouloir",
    "y",
    "about",
    "all",
    "am",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "become",
    "becoming",
    "being",
    "can",
    "career",
    "do",
    "doing",
    "for",
    "from",
    "get",
    "go",
    "how",
    "i",
    "in",
    "into",
    "is",
    "it",
    "jobs",
    "like",
    "m",
    "my",
    "not",
    "of",
    "or",
    "some",
    "someone",
    "something",
    "stuff",
    "that",
    "the",
    "thing",
    "things",
    "this",
    "to",
    "want",
    "what",
    "with",
    "work",
    "working",
    "works",
    "would",
    "you",
    "في",
    "من",
    "على",
    "الى",
    "إلى",
    "مع",
    "عن",
    "أريد",
    "اريد",
    "العمل",
    "عمل",
    "أن",
    "ان",
];

/// Words for what is said of entries by fixed lists.
struct Marks(BTreeMap<String, BTreeMap<String, BTreeMap<Language, String>>>);

impl Marks {
    fn read() -> Self {
        let read = toml::from_str(include_str!("marks.toml"));
        Self(read.inspect_err(|error| tracing::error!(%error, "the words of marks cannot be read")).unwrap_or_default())
    }

    /// All words of an entry's marks in a language.
    fn of(&self, record: &Record, language: &Language) -> String {
        let features = record.features.iter().map(|f| ("feature", f.code()));
        let places = record.places.iter().map(|p| ("workplace", p.code()));
        let sector = record.sector.iter().map(|s| ("sector", s.code()));
        let level = record.level.iter().map(|l| ("level", l.code()));
        let words = features.chain(places).chain(sector).chain(level);
        words
            .filter_map(|(list, mark)| self.0.get(list)?.get(mark)?.get(language))
            .fold(String::new(), |all, words| if all.is_empty() { words.clone() } else { format!("{all} {words}") })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use domain::catalogue::{Feature, Level, Sector, Workplace};

    use super::*;

    #[test]
    fn every_mark_has_words_in_every_language_of_the_starter_catalogue() {
        let marks = Marks::read();
        let codes = [
            ("feature", Feature::ALL.iter().map(|f| f.code()).collect::<Vec<_>>()),
            ("workplace", Workplace::ALL.iter().map(|p| p.code()).collect()),
            ("sector", Sector::ALL.iter().map(|s| s.code()).collect()),
            ("level", Level::ALL.iter().map(|l| l.code()).collect()),
        ];
        for (list, codes) in codes {
            for code in codes {
                for language in [Language::french(), Language::english(), Language::arabic()] {
                    assert!(marks.0[list][code].contains_key(&language), "{list} {code} {language}");
                }
            }
        }
    }

    #[test]
    fn words_that_sound_the_same_are_the_same() {
        for (one, other) in [
            ("photographer", "fotografer"),
            ("coiffeuse", "coifeuse"),
            ("electricien", "elektrissien"),
            ("boulangere", "boulanger"),
            ("mecanique", "mekanik"),
            ("jardinage", "jardinnage"),
        ] {
            assert!(sound(one).starts_with(&sound(other)), "{} {}", sound(one), sound(other));
        }
        assert_ne!(sound("maison"), sound("macon"));
        assert_ne!(sound("cuisine"), sound("voisine"));
    }

    #[test]
    fn words_that_say_nothing_are_left_out_unless_there_are_no_others() {
        assert_eq!(significant("Je veux travailler avec les Éléphants !"), ["elephants"]);
        assert_eq!(significant("travailler"), ["travailler"]);
        assert_eq!(significant("  "), [""; 0]);
    }
}
