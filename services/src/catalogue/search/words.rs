//! Words as people type them: folded, in their stems, by how they sound, and without those that say nothing.

use std::{collections::HashSet, sync::LazyLock};

use domain::Language;
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language as Stems, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};

/// Words of a query that count.
const MOST_WORDS: usize = 12;
/// Words that say nothing of what is looked for, in French, English and Arabic, without accents.
static EMPTY_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("empty-words.txt").split_whitespace().collect());

/// Words as they are typed: small letters without accents.
pub(super) fn plain() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// Words in the form that all forms of a word share.
pub(super) fn analyzer(language: &Language) -> TextAnalyzer {
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
pub(in crate::catalogue) fn fold(text: &str) -> String {
    let mut analyzer = plain();
    let mut stream = analyzer.token_stream(text);
    let mut words = Vec::new();
    while let Some(token) = stream.next() {
        words.push(token.text.clone());
    }
    words.join(" ")
}

/// A word as somebody may write it who only heard it, in French or English: letters that sound the same become one.
pub(super) fn sound(word: &str) -> String {
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
pub(super) fn significant(text: &str) -> Vec<String> {
    let folded = fold(text);
    let all: Vec<_> = folded.split(' ').filter(|w| !w.is_empty()).take(4 * MOST_WORDS).map(str::to_owned).collect();
    let telling: Vec<_> = all.iter().filter(|w| !EMPTY_WORDS.contains(w.as_str())).cloned().collect();
    let mut words = if telling.is_empty() { all } else { telling };
    words.truncate(MOST_WORDS);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

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
