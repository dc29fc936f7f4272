//! What anybody may know of a day without showing who they are: bands, at fixed marks, never a ticket.
//!
//! Who sees somebody walk in must not learn what for by looking at their phone. So nothing is told when it happens, no
//! count is told closer than the centre's anonymity threshold, and no band rises for fewer arrivals than that
//! (docs/decisions/0020-public-board.md). What is exact is in [`Board`](super::Board), another type.

use chrono::{Duration, DurationRound};
use serde::{Deserialize, Serialize};

use super::{DayState, Positions, board::on_duty};
use crate::{
    Instant, NeedId, SpaceId,
    centre::{Centre, Letter, Space},
    day::{Day, Message, Question, Reason, ToldBreak},
};

/// Between two marks.
pub const BETWEEN_MARKS: Duration = Duration::minutes(5);

/// The last mark before or at an instant: every five minutes, the same in every centre and on every server.
pub fn mark(at: Instant) -> Instant {
    at.duration_trunc(BETWEEN_MARKS).unwrap_or(at)
}

/// How many, told roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Band {
    /// At least so many.
    pub from: u32,
    /// At most so many.
    pub to: u32,
}

impl Band {
    /// The band of a count: the one before for as long as it holds, else the nearest that does. Bands are twice as wide
    /// as the threshold and overlap by half, so that coming back from where a band was left takes more than the
    /// threshold.
    fn of(count: u32, threshold: u32, before: Option<Self>) -> Self {
        let step = threshold.max(1);
        let lowest = |first: u32| Self { from: first * step, to: (first + 2) * step - 1 };
        let before = before.filter(|b| b.to - b.from == 2 * step - 1).unwrap_or(lowest(0));
        if count > before.to {
            lowest((count + 1).div_ceil(step) - 2)
        } else if count < before.from {
            lowest(count / step)
        } else {
            before
        }
    }
}

/// A centre's day as anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicBoard {
    /// The centre's slug.
    pub centre: String,
    /// The mark at which it was made, in microseconds since 1970: grows every five minutes at most. The state, the
    /// message and the hours may change meanwhile.
    pub version: u64,
    /// When the bands were counted.
    #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub at: Instant,
    /// Whether tickets can be taken.
    pub state: DayState,
    /// When the doors close today.
    #[cfg_attr(feature = "schema", schema(value_type = Option<chrono::DateTime<chrono::Utc>>))]
    pub closes: Option<Instant>,
    /// The break that begins soon, or that there is now: kiosks give tickets again when it is over.
    pub told_break: Option<ToldBreak>,
    /// Every space, in order.
    pub spaces: Vec<PublicSpace>,
    /// Every need, in order: who is there for it, never how many wait.
    pub needs: Vec<PublicNeed>,
    /// About how many wait at the welcome desk without a need.
    pub welcome_waiting: Band,
    /// Whether somebody at the welcome desk can help.
    pub welcome_on_duty: bool,
    /// What is said to everybody who waits.
    pub message: Option<Message>,
    /// How many tickets were taken when the bands were counted. Known here only.
    #[serde(skip)]
    taken: usize,
}

/// A space as anybody may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicSpace {
    /// The space.
    pub id: SpaceId,
    /// Its letter.
    pub letter: Letter,
    /// Its sign, 1 to 5.
    pub sign: u8,
    /// About how many tickets wait for its needs.
    pub waiting: Band,
    /// Whether a place that serves one of its needs is open, or away for a while.
    pub on_duty: bool,
    /// Whether none of its needs gives tickets any more.
    pub closed: Option<Reason>,
}

/// A need as anybody may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicNeed {
    /// The need.
    pub id: NeedId,
    /// Whether a place that serves it is open, or away for a while.
    pub on_duty: bool,
    /// Why it gives no more tickets.
    pub closed: Option<Reason>,
}

impl PublicBoard {
    /// The first board of a centre, or the next one after another at a mark.
    pub fn of(day: &Day, centre: &Centre, positions: &Positions, at: Instant, before: Option<&Self>) -> Self {
        let counted = Self::counted(day, centre, positions, at, before);
        match before {
            Some(before) if counted.tells_of_few(before, centre) => Self {
                at: before.at,
                taken: before.taken,
                welcome_waiting: before.welcome_waiting,
                spaces: counted.spaces.iter().map(|s| PublicSpace { waiting: before.band_of(s), ..*s }).collect(),
                ..counted
            },
            _ => counted,
        }
    }

    /// The same bands with what staff say and decide about the day, which tells of nobody and may be urgent.
    #[must_use]
    pub fn meanwhile(&self, day: &Day) -> Self {
        Self {
            state: day.phase.into(),
            closes: day.closes,
            told_break: day.told_break,
            message: day.message.clone(),
            ..self.clone()
        }
    }

    fn counted(day: &Day, centre: &Centre, positions: &Positions, at: Instant, before: Option<&Self>) -> Self {
        let band =
            |space, before| Band::of(positions.waiting_in_space(space), centre.policies.anonymity_threshold, before);
        let needs = centre.needs.iter().map(|n| PublicNeed {
            id: n.id,
            on_duty: on_duty(day, centre, Question::Need(n.id), at),
            closed: day.closed_needs.get(&n.id).copied(),
        });
        let needs: Vec<_> = needs.collect();
        let of_space = |space| needs.iter().zip(&centre.needs).filter(move |(_, n)| n.space == space).map(|(n, _)| n);
        let space = |s: &Space| PublicSpace {
            id: s.id,
            letter: s.letter,
            sign: s.sign,
            waiting: band(Some(s.id), before.and_then(|b| b.space(s.id)).map(|known| known.waiting)),
            on_duty: of_space(s.id).any(|n| n.on_duty),
            closed: of_space(s.id).map(|n| n.closed).reduce(Option::and).flatten(),
        };
        Self {
            centre: centre.slug.clone(),
            version: u64::try_from(at.timestamp_micros()).unwrap_or(0),
            at,
            state: day.phase.into(),
            closes: day.closes,
            told_break: day.told_break,
            spaces: centre.spaces.iter().map(space).collect(),
            needs,
            welcome_waiting: band(None, before.map(|b| b.welcome_waiting)),
            welcome_on_duty: on_duty(day, centre, Question::Welcome, at),
            message: day.message.clone(),
            taken: day.tickets.len(),
        }
    }

    /// Whether a band rises though too few came to the whole centre since the last count: it would tell of them.
    fn tells_of_few(&self, before: &Self, centre: &Centre) -> bool {
        let came = self.taken.checked_sub(before.taken);
        // Another day has begun where fewer are known than before.
        let few = came.is_some_and(|came| came < centre.policies.anonymity_threshold as usize);
        let rises = self.spaces.iter().any(|s| s.waiting > before.band_of(s));
        few && (rises || self.welcome_waiting > before.welcome_waiting)
    }

    fn space(&self, id: SpaceId) -> Option<&PublicSpace> {
        self.spaces.iter().find(|s| s.id == id)
    }

    /// The band that was told of a space; its own for one that is new.
    fn band_of(&self, space: &PublicSpace) -> Band {
        self.space(space.id).map_or(space.waiting, |known| known.waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(counts: &[u32]) -> Vec<(u32, u32)> {
        let mut before = None;
        let mut next = |count: &u32| {
            let band = Band::of(*count, 5, before);
            before = Some(band);
            (band.from, band.to)
        };
        counts.iter().map(&mut next).collect()
    }

    #[test]
    fn a_band_holds_until_it_is_wrong_and_is_not_left_back_for_a_few() {
        assert_eq!(bands(&[0, 9, 10, 9, 5]), [(0, 9), (0, 9), (5, 14), (5, 14), (5, 14)]);
        assert_eq!(bands(&[10, 4, 9]), [(5, 14), (0, 9), (0, 9)]);
        assert_eq!(bands(&[17, 14, 9, 30]), [(10, 19), (10, 19), (5, 14), (25, 34)]);
        assert_eq!(bands(&[30, 0]), [(25, 34), (0, 9)]);
    }

    #[test]
    fn a_band_is_true_whatever_it_was_before() {
        let mut before = None;
        for n in 0..2_000_u32 {
            let (count, threshold) = (n * 7919 % 61, 3 + n / 500);
            let band = Band::of(count, threshold, before);
            assert!((band.from..=band.to).contains(&count) && band.to - band.from + 1 >= threshold, "{band:?}");
            before = Some(band);
        }
    }
}
