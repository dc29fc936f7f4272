//! The interest explorer: short statements answered yes, maybe or no make a profile over the six interests, and a
//! profile finds occupations. A start for a talk, not a test: no norms, no claim of validity, nothing kept.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Interest;

/// How many statements there are of each interest.
pub const OF_EACH: usize = 5;
/// How many statements there are.
pub const STATEMENTS: usize = 6 * OF_EACH;

/// What somebody says of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// I would like that.
    Yes,
    /// Perhaps.
    Maybe,
    /// Rather not.
    No,
    /// No reply.
    Skipped,
}

impl Reply {
    /// The letter in an address.
    pub fn letter(self) -> char {
        match self {
            Self::Yes => 'y',
            Self::Maybe => 'm',
            Self::No => 'n',
            Self::Skipped => 's',
        }
    }
    fn of(letter: char) -> Option<Self> {
        [Self::Yes, Self::Maybe, Self::No, Self::Skipped].into_iter().find(|r| r.letter() == letter)
    }
}

/// The interest that a statement is about, by its place in the order of asking, from 0: the six take turns, so that two
/// statements of one kind never follow each other.
fn interest_of(statement: usize) -> Interest {
    Interest::ALL[statement % Interest::ALL.len()]
}

/// The replies so far, in the order of asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replies(Vec<Reply>);

impl Replies {
    /// Replies as an address holds them, a letter each; what is no reply ends them.
    pub fn read(letters: &str) -> Self {
        Self(letters.chars().map_while(Reply::of).take(STATEMENTS).collect())
    }
    /// As an address holds them.
    pub fn letters(&self) -> String {
        self.0.iter().map(|r| r.letter()).collect()
    }
    /// With one more.
    #[must_use]
    pub fn and(&self, reply: Reply) -> Self {
        Self(self.0.iter().copied().chain([reply]).take(STATEMENTS).collect())
    }
    /// Without the last.
    #[must_use]
    pub fn back(&self) -> Self {
        Self(self.0[..self.0.len().saturating_sub(1)].to_vec())
    }
    /// How many there are.
    pub fn given(&self) -> usize {
        self.0.len()
    }
    /// The place of the next statement; none after the last.
    pub fn next(&self) -> Option<usize> {
        (self.0.len() < STATEMENTS).then_some(self.0.len())
    }
    /// The profile that they make; none where too few were answered to say anything: at least two of each interest.
    pub fn profile(&self) -> Option<Profile> {
        let mut sums = [(0_u32, 0_u32); 6];
        for (place, reply) in self.0.iter().enumerate() {
            let points = match reply {
                Reply::Yes => 2,
                Reply::Maybe => 1,
                Reply::No => 0,
                Reply::Skipped => continue,
            };
            let (sum, answered) = &mut sums[interest_of(place) as usize];
            *sum += points;
            *answered += 1;
        }
        let enough = sums.iter().all(|(_, answered)| *answered >= 2);
        // A share of the most that the answered statements could give, so that skipping one counts for nothing.
        let percent = |(sum, answered): (u32, u32)| u8::try_from(sum * 50 / answered.max(1)).unwrap_or(100);
        enough.then(|| Profile { percent: sums.map(percent) })
    }
}

/// How strong each interest is, from 0 to 100, in the order of [`Interest::ALL`]. Written `100-0-50-20-10-0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Profile {
    percent: [u8; 6],
}

/// What is written is no profile.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{0}” is no profile: six numbers from 0 to 100, such as 100-0-50-20-10-0")]
pub struct NotAProfile(String);

impl FromStr for Profile {
    type Err = NotAProfile;
    fn from_str(text: &str) -> Result<Self, NotAProfile> {
        let wrong = || NotAProfile(text.to_owned());
        let numbers: Result<Vec<u8>, _> = text.split('-').map(str::parse).collect();
        let percent: [u8; 6] = numbers.map_err(|_| wrong())?.try_into().map_err(|_| wrong())?;
        if percent.iter().all(|p| *p <= 100) { Ok(Self { percent }) } else { Err(wrong()) }
    }
}
impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.percent.map(|p| p.to_string()).join("-"))
    }
}
impl TryFrom<String> for Profile {
    type Error = NotAProfile;
    fn try_from(text: String) -> Result<Self, NotAProfile> {
        text.parse()
    }
}
impl From<Profile> for String {
    fn from(profile: Profile) -> Self {
        profile.to_string()
    }
}

impl Profile {
    /// The strength of an interest, from 0 to 100.
    pub fn of(&self, interest: Interest) -> u8 {
        self.percent[interest as usize]
    }

    /// The interests from the strongest to the weakest; equal ones in the hexagon's order.
    pub fn order(&self) -> [Interest; 6] {
        let mut all = Interest::ALL;
        all.sort_by_key(|i| std::cmp::Reverse(self.of(*i)));
        all
    }

    /// Whether it says anything: whoever likes everything, or nothing, has no direction yet.
    pub fn is_flat(&self) -> bool {
        let (most, least) = (self.percent.iter().max(), self.percent.iter().min());
        most.zip(least).is_none_or(|(most, least)| most - least < 20)
    }

    /// How well interests of an occupation, the strongest first, fit: the strength of each, weighted 3, 2, 1, as a
    /// share from 0 to 100. Rank-weighted agreement after the idea of Zener and Schnuelle's index (1976), with strengths
    /// in place of letters so that nearly equal interests count nearly equally.
    pub fn fit(&self, interests: &[Interest]) -> u8 {
        let weighted = interests.iter().zip([3_u32, 2, 1]);
        let (sum, weights) =
            weighted.fold((0, 0), |(sum, all), (i, weight)| (sum + u32::from(self.of(*i)) * weight, all + weight));
        u8::try_from(sum.checked_div(weights).unwrap_or(0)).unwrap_or(100)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// Replies by which exactly these interests are liked.
    fn liking(liked: &[Interest]) -> Replies {
        let reply = |n| if liked.contains(&interest_of(n)) { Reply::Yes } else { Reply::No };
        (0..STATEMENTS).fold(Replies::default(), |replies, n| replies.and(reply(n)))
    }

    #[test]
    fn replies_are_read_as_they_were_written_and_stop_at_what_is_none() {
        let replies = Replies::read("ymns");
        assert_eq!((replies.letters().as_str(), replies.given(), replies.next()), ("ymns", 4, Some(4)));
        assert_eq!(Replies::read("ymx?y").letters(), "ym");
        assert_eq!(Replies::read(&"y".repeat(99)).given(), STATEMENTS);
        assert_eq!(replies.back().letters(), "ymn");
        assert_eq!(Replies::default().back().letters(), "");
        assert_eq!(liking(&[]).next(), None);
    }

    #[test]
    fn a_profile_needs_two_answers_of_each_interest() {
        assert!(Replies::read(&"y".repeat(11)).profile().is_none());
        assert!(Replies::read(&"y".repeat(12)).profile().is_some());
        assert!(Replies::read(&"s".repeat(STATEMENTS)).profile().is_none());
    }

    #[test]
    fn what_is_liked_comes_first_and_skipping_counts_for_nothing() {
        let profile = liking(&[Interest::S]).profile().unwrap();
        assert_eq!((profile.of(Interest::S), profile.of(Interest::R)), (100, 0));
        assert_eq!(profile.order()[0], Interest::S);
        assert!(!profile.is_flat());
        let some = Replies::read("ynnnnnynnnnnsnnnnnsnnnnnsnnnnn").profile().unwrap();
        assert_eq!(some.of(Interest::R), 100);
        assert!(Replies::read(&"y".repeat(STATEMENTS)).profile().unwrap().is_flat());
    }

    #[test]
    fn a_profile_is_read_as_it_was_written() {
        let profile = liking(&[Interest::S]).profile().unwrap();
        assert_eq!(profile.to_string(), "0-0-0-100-0-0");
        assert_eq!(profile.to_string().parse(), Ok(profile));
        for wrong in ["", "1-2-3-4-5", "1-2-3-4-5-101", "1-2-3-4-5-6-7", "a-0-0-0-0-0", "1--2-3-4-5"] {
            assert_eq!(wrong.parse::<Profile>(), Err(NotAProfile(wrong.into())));
        }
    }

    #[test]
    fn the_strongest_interest_of_an_occupation_weighs_most() {
        let profile = liking(&[Interest::S, Interest::A]).profile().unwrap();
        let fit = |letters| profile.fit(&Interest::read(letters).unwrap());
        assert_eq!((fit("SA"), fit("SR"), fit("RS"), fit("RC"), fit("")), (100, 60, 40, 0, 0));
        assert!(fit("SAR") > fit("RAS"));
    }
}
