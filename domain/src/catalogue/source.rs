//! Where facts come from.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A named source of career information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The installation's own catalogue.
    Own,
    /// The starter catalogue that comes with Parvis, in the project's own words.
    Starter,
    /// ROME, the French repertoire of occupations (France Travail).
    Rome,
    /// ESCO, European skills, competences, qualifications and occupations (European Commission).
    Esco,
    /// O*NET, the US database of occupations (US Department of Labor).
    Onet,
    /// Which entries of the others are the same.
    Crosswalk,
}

/// What is written is not a source.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{0}” is not a source: own, starter, rome, esco, onet or crosswalk")]
pub struct NotASource(String);

impl Source {
    /// Every source, the one whose words are shown first before the others.
    pub const ALL: [Self; 6] = [Self::Own, Self::Starter, Self::Rome, Self::Esco, Self::Onet, Self::Crosswalk];

    /// The name in addresses, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Starter => "starter",
            Self::Rome => "rome",
            Self::Esco => "esco",
            Self::Onet => "onet",
            Self::Crosswalk => "crosswalk",
        }
    }

    /// The licence under which its official releases are given; none for what is the installation's own.
    pub fn licence(self) -> Option<&'static str> {
        match self {
            Self::Own | Self::Crosswalk => None,
            Self::Starter => Some("MIT"),
            Self::Rome => Some("Licence Ouverte 2.0"),
            Self::Esco | Self::Onet => Some("CC BY 4.0"),
        }
    }
}

impl FromStr for Source {
    type Err = NotASource;
    fn from_str(code: &str) -> Result<Self, NotASource> {
        Self::ALL.into_iter().find(|s| s.code() == code).ok_or_else(|| NotASource(code.to_owned()))
    }
}

/// One release of a source: what its facts are cited by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Whose.
    pub source: Source,
    /// The source's own name of the release, such as `v460`.
    pub version: String,
    /// The licence of its facts; none for the installation's own.
    pub licence: Option<String>,
    /// When it was imported.
    pub imported_at: crate::Instant,
}
