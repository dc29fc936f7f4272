//! People and numbers: a party of nine has one number.

use serde::{Deserialize, Serialize};

use crate::day::{PartySize, Ticket};

/// How many people, and how many numbers they have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Crowd {
    /// People.
    pub people: u32,
    /// Numbers.
    pub numbers: u32,
}

impl Crowd {
    /// One more party.
    pub fn add(&mut self, party: PartySize) {
        self.people += u32::from(u8::from(party));
        self.numbers += 1;
    }
}

impl std::iter::Sum for Crowd {
    fn sum<I: Iterator<Item = Self>>(crowds: I) -> Self {
        crowds.fold(Self::default(), |all, one| Self {
            people: all.people + one.people,
            numbers: all.numbers + one.numbers,
        })
    }
}

impl FromIterator<PartySize> for Crowd {
    fn from_iter<I: IntoIterator<Item = PartySize>>(parties: I) -> Self {
        let mut crowd = Self::default();
        parties.into_iter().for_each(|party| crowd.add(party));
        crowd
    }
}

impl<'a> FromIterator<&'a Ticket> for Crowd {
    fn from_iter<I: IntoIterator<Item = &'a Ticket>>(tickets: I) -> Self {
        tickets.into_iter().map(|t| t.request.party).collect()
    }
}
