//! Search in the words that people use: without accents, in any form of a word, begun, mistyped, in every language that
//! is loaded. The index lives in memory and is made anew from the library.

mod index;
mod marks;
mod words;

use std::collections::BTreeMap;

use domain::{
    Language,
    catalogue::{Kind, Sector},
};

pub(super) use index::Index;
pub(super) use words::fold;

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
