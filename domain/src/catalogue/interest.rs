//! The six kinds of interests of Holland's theory of vocational personalities (J. L. Holland, *Making Vocational
//! Choices*, 1997).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One of the six, in the order of the hexagon: neighbours are alike, opposites are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Interest {
    /// Realistic: hands, tools, machines, plants, animals.
    R,
    /// Investigative: understanding, observing, solving.
    I,
    /// Artistic: inventing, shaping, performing.
    A,
    /// Social: helping, teaching, caring.
    S,
    /// Enterprising: convincing, leading, selling.
    E,
    /// Conventional: ordering, counting, keeping to rules.
    C,
}

/// What is written is none of the six letters.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{0}” is none of R, I, A, S, E, C")]
pub struct NotAnInterest(String);

impl Interest {
    /// All six, in the order of the hexagon.
    pub const ALL: [Self; 6] = [Self::R, Self::I, Self::A, Self::S, Self::E, Self::C];

    /// The letter.
    pub fn letter(self) -> char {
        match self {
            Self::R => 'R',
            Self::I => 'I',
            Self::A => 'A',
            Self::S => 'S',
            Self::E => 'E',
            Self::C => 'C',
        }
    }

    /// The interests of letters such as `SAE`, the strongest first.
    pub fn read(letters: &str) -> Result<Vec<Self>, NotAnInterest> {
        letters.chars().map(Self::try_from).collect()
    }
}

impl TryFrom<char> for Interest {
    type Error = NotAnInterest;
    fn try_from(letter: char) -> Result<Self, NotAnInterest> {
        Self::ALL.into_iter().find(|i| i.letter() == letter).ok_or_else(|| NotAnInterest(letter.to_string()))
    }
}
impl FromStr for Interest {
    type Err = NotAnInterest;
    fn from_str(letter: &str) -> Result<Self, NotAnInterest> {
        let mut letters = letter.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => letter.try_into(),
            _ => Err(NotAnInterest(letter.to_owned())),
        }
    }
}
impl fmt::Display for Interest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}
