//! The fixed lists with their names, for those who fill in an entry.

use domain::catalogue::{Company, Feature, Interest, Kind, Lending, Level, Sector, Workplace};

use super::names;
use crate::texts::{Texts, words};

/// A code and its name.
pub type Choice = (String, String);

/// Every list.
pub struct Choices {
    /// What an entry can be.
    pub kinds: Vec<Choice>,
    /// Sectors.
    pub sectors: Vec<Choice>,
    /// What is asked to begin.
    pub levels: Vec<Choice>,
    /// What may be done with a document.
    pub lendings: Vec<Choice>,
    /// With whom or what one works.
    pub with: Vec<Choice>,
    /// Places of work.
    pub places: Vec<Choice>,
    /// What is true of a work.
    pub features: Vec<Choice>,
    /// Interests.
    pub interests: Vec<Choice>,
}

/// The lists in a language.
pub fn choices(t: &Texts) -> Choices {
    Choices {
        kinds: Kind::ALL.iter().map(|k| (k.code().into(), names::one_of_kind(t, *k))).collect(),
        sectors: Sector::ALL.iter().map(|s| (s.code().into(), names::sector(t, *s))).collect(),
        levels: Level::ALL.iter().map(|l| (l.code().into(), names::level(t, *l))).collect(),
        lendings: Lending::ALL.iter().map(|l| (l.code().into(), names::lending(t, *l))).collect(),
        with: Company::ALL.iter().map(|c| (c.code().into(), names::company(t, *c))).collect(),
        places: Workplace::ALL.iter().map(|p| (p.code().into(), names::place(t, *p))).collect(),
        features: Feature::ALL.iter().map(|f| (f.code().into(), names::feature(t, *f))).collect(),
        interests: Interest::ALL.iter().map(|i| (i.letter().into(), words::interest(t, *i))).collect(),
    }
}

/// What an entry of a kind is.
pub fn kind_name(t: &Texts, kind: Kind) -> String {
    names::one_of_kind(t, kind)
}
