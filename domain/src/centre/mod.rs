//! A centre as its day needs to know it: spaces, needs, organisations, desks, policies, hours.
//!
//! Everything here may be shown to anybody; accounts and abilities are in [`crate::staff`].

mod hours;
mod policies;
mod shelves;

pub use hours::{NotHours, OpeningHours, Period, SpecialDay, in_order, read_closing};
pub use policies::{NoSuchPolicy, Policies, PutBackRule};
pub use shelves::{NotAShelf, Shelf, Whereabouts};

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};

use crate::{CentreId, DeskId, Language, NeedId, NetworkId, OrganisationId, PlaceId, SpaceId, Text, catalogue::Kind};

/// One place open to the public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Centre {
    /// Identifier.
    pub id: CentreId,
    /// Its name in addresses: lower-case letters, digits and hyphens, unique in the installation.
    pub slug: String,
    /// The network that it belongs to.
    pub network: Option<NetworkId>,
    /// Name on every screen.
    pub name: Text,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// Languages of the screens, the first being the centre's own.
    pub languages: Vec<Language>,
    /// Languages that visitors can ask to speak, in the order in which they are offered.
    pub talk_languages: Vec<Language>,
    /// When the doors are open.
    pub hours: OpeningHours,
    /// The rules that the centre chose.
    pub policies: Policies,
    /// Spaces, in the order of their letters.
    pub spaces: Vec<Space>,
    /// Needs, in the order in which they are offered.
    pub needs: Vec<Need>,
    /// Partner organisations.
    pub organisations: Vec<Organisation>,
    /// Desks with their places.
    pub desks: Vec<Desk>,
    /// What to do when somebody is in danger.
    pub safeguarding: Vec<SafeguardingCard>,
    /// Where documents stand; none where nobody drew a plan.
    #[serde(default)]
    pub shelves: Vec<Shelf>,
}

/// A part of the centre named by a kind of need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// Identifier.
    pub id: SpaceId,
    /// First character of its numbers.
    pub letter: Letter,
    /// Which of the five signs (colour and shape), 1 to 5.
    pub sign: u8,
    /// Short name for staff, such as "Emploi".
    pub name: Text,
    /// The tile's sentence, such as "I'm looking for work".
    pub question: Text,
    /// Few words below the sentence.
    pub hint: Text,
    /// How to find the waiting area.
    pub directions: Text,
}

/// What a visitor can ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Identifier.
    pub id: NeedId,
    /// Stable code, unique in the centre, such as `cv`.
    pub code: String,
    /// The space that serves it.
    pub space: SpaceId,
    /// Worded as a visitor's question.
    pub question: Text,
    /// Two or three words for staff.
    pub label: Text,
    /// Career information of these kinds leads to it: who reads of an occupation may have just this question.
    #[serde(default)]
    pub helps_with: BTreeSet<Kind>,
}

/// A partner organisation, or the centre itself as an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Identifier.
    pub id: OrganisationId,
    /// Its own name, not translated.
    pub name: String,
}

/// A desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// Identifier.
    pub id: DeskId,
    /// What is called on every screen: `4` after the word "desk", `Box 2` [as it is](is_word).
    pub name: String,
    /// The space where it stands; none for the welcome desk.
    pub space: Option<SpaceId>,
    /// Its places, one or more.
    pub places: Vec<Place>,
}

/// Where one counsellor receives one visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Identifier.
    pub id: PlaceId,
    /// Distinguishes places of one desk: `A`, `B`; empty where there is one.
    pub name: String,
    /// What the place itself offers.
    pub accommodations: BTreeSet<Accommodation>,
}

/// What some visitors need in order to be received well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Accommodation {
    /// A place that a wheelchair reaches.
    Wheelchair,
    /// A hearing loop.
    HearingLoop,
    /// A quiet place.
    Quiet,
    /// A counsellor who signs.
    SignLanguage,
}

impl Accommodation {
    /// Every accommodation, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Wheelchair, Self::HearingLoop, Self::Quiet, Self::SignLanguage];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wheelchair => "wheelchair",
            Self::HearingLoop => "hearing_loop",
            Self::Quiet => "quiet",
            Self::SignLanguage => "sign_language",
        }
    }
}

/// What staff do when somebody is in danger: read by one key, in the staff's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafeguardingCard {
    /// Stable code, such as `minor_alone`.
    pub code: String,
    /// The situation.
    pub title: Text,
    /// What to do, one sentence a line.
    pub steps: Text,
    /// A number to call, if any.
    pub phone: Option<String>,
}

/// The first character of a ticket's number: a capital Latin letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "char", into = "char")]
pub struct Letter(char);

/// What is written is not a capital Latin letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a capital letter from A to Z")]
pub struct NotALetter(char);

impl Letter {
    /// The character.
    pub fn get(self) -> char {
        self.0
    }
}
impl TryFrom<char> for Letter {
    type Error = NotALetter;
    fn try_from(c: char) -> Result<Self, NotALetter> {
        if c.is_ascii_uppercase() { Ok(Self(c)) } else { Err(NotALetter(c)) }
    }
}
impl From<Letter> for char {
    fn from(letter: Letter) -> Self {
        letter.0
    }
}
impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether a desk's name is a word, such as `Box 2`, that stands alone where `4` or `A 2` follow the word "desk".
pub fn is_word(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    first.chars().take_while(|c| !c.is_numeric()).filter(|c| c.is_alphabetic()).nth(1).is_some()
}

impl Centre {
    /// The centre's own language.
    pub fn language(&self) -> Language {
        self.languages.first().cloned().unwrap_or_else(Language::french)
    }
    /// A space.
    pub fn space(&self, id: SpaceId) -> Option<&Space> {
        self.spaces.iter().find(|s| s.id == id)
    }
    /// A need.
    pub fn need(&self, id: NeedId) -> Option<&Need> {
        self.needs.iter().find(|n| n.id == id)
    }
    /// The space that serves a need; none for the welcome.
    pub fn space_of(&self, need: Option<NeedId>) -> Option<&Space> {
        self.need(need?).and_then(|n| self.space(n.space))
    }
    /// The needs of a space.
    pub fn needs_of(&self, space: SpaceId) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(move |n| n.space == space)
    }
    /// The shelf where a document with this mark stands, if it is on the plan.
    pub fn shelf_of(&self, mark: &str) -> Option<&Shelf> {
        self.shelves.iter().filter(|s| s.holds(mark)).max_by_key(|s| s.mark.len())
    }
    /// The needs that help whoever reads about something of this kind, in the order in which they are offered.
    pub fn needs_about(&self, kind: Kind) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(move |n| n.helps_with.contains(&kind))
    }
    /// A place with its desk.
    pub fn place(&self, id: PlaceId) -> Option<(&Desk, &Place)> {
        self.desks.iter().find_map(|d| d.places.iter().find(|p| p.id == id).map(|p| (d, p)))
    }
    /// The name of a place's desk, as called: `4`, or `4 B` where the desk has several places. Empty if unknown.
    pub fn place_name(&self, id: PlaceId) -> String {
        match self.place(id) {
            Some((desk, place)) if !place.name.is_empty() => {
                format!("{} {}", desk.name, place.name)
            }
            Some((desk, _)) => desk.name.clone(),
            None => String::new(),
        }
    }
    /// An organisation.
    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations.iter().find(|o| o.id == id)
    }
    /// The letter of the numbers for a need; the welcome's own for none.
    pub fn letter_of(&self, need: Option<NeedId>) -> Letter {
        self.space_of(need).map_or(self.policies.welcome_letter, |s| s.letter)
    }
    /// The sign of a number's letter, 1 to 5; 0 for the welcome, which has none.
    pub fn sign_of(&self, letter: Letter) -> u8 {
        self.spaces.iter().find(|s| s.letter == letter).map_or(0, |s| s.sign)
    }
}

#[cfg(test)]
mod tests {
    use super::is_word;

    #[test]
    fn a_desk_is_a_word_or_what_follows_the_word_desk() {
        for word in ["Accueil", "Box 2", "Box2", "L’accueil", "RDC-3", "استقبال", "Box 2 A"] {
            assert!(is_word(word), "{word}");
        }
        for number in ["4", "9 A", "12", "4 bis", "A", "A 2", "B12", "A B", "n° 5", "٤", "#7", ""] {
            assert!(!is_word(number), "{number}");
        }
    }
}
