//! What staff see while everything stands still: why, since when, and who is inside as far as the day knows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Crowd;
use crate::{
    Instant, PlaceId,
    centre::{Accommodation, Centre},
    day::{Channel, Day, Number, Phase, Stage, SuspendReason, Ticket},
};

/// Everything stands still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// Why.
    pub reason: SuspendReason,
    /// Since when.
    pub since: Instant,
    /// Who is inside, as far as the day knows: others look around or left without a word.
    pub inside: Inside,
}

/// Who is inside. Whoever is spoken with by telephone or video is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// Who waits.
    pub waiting: Crowd,
    /// Who is called or in a talk.
    pub received: Crowd,
    /// Who was set aside, and is perhaps elsewhere.
    pub set_aside: Crowd,
    /// Open places: a counsellor each.
    pub places: u32,
    /// Who cannot leave or hear an alarm alone.
    pub first: Vec<FetchFirst>,
}

/// Somebody who cannot leave or hear an alarm alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchFirst {
    /// The number.
    pub number: Number,
    /// The sign of its number, 1 to 5; 0 for the welcome.
    pub sign: u8,
    /// Why: what the visitor asked for.
    pub because: BTreeSet<Accommodation>,
    /// The place that the visitor is called to or sits at; none = in the waiting area.
    pub place: Option<PlaceId>,
    /// Whether the visitor was set aside, and is perhaps elsewhere.
    pub set_aside: bool,
}

impl Halt {
    /// Why a day stands still; none while it does not.
    pub fn of(day: &Day, centre: &Centre) -> Option<Self> {
        match day.phase {
            Phase::Suspended { reason, since } => Some(Self { reason, since, inside: Inside::of(day, centre) }),
            Phase::Before | Phase::Open | Phase::Closed => None,
        }
    }
}

impl Inside {
    fn of(day: &Day, centre: &Centre) -> Self {
        let mut inside = Self { places: u32::try_from(day.places.len()).unwrap_or(u32::MAX), ..Self::default() };
        let mut here: Vec<&Ticket> = day.open_tickets().filter(|t| t.request.channel == Channel::Here).collect();
        here.sort_unstable_by_key(|t| t.rank);
        for ticket in here {
            let crowd = match ticket.stage {
                Stage::Waiting { .. } => &mut inside.waiting,
                Stage::Called { .. } | Stage::InTalk { .. } => &mut inside.received,
                Stage::Parked { .. } => &mut inside.set_aside,
                Stage::Ended { .. } => continue,
            };
            crowd.add(ticket.request.party);
            inside.first.extend(fetch_first(ticket, centre));
        }
        inside
    }

    /// Everybody whom the day knows of, staff at their places too.
    pub fn people(&self) -> u32 {
        self.waiting.people + self.received.people + self.set_aside.people + self.places
    }
}

fn fetch_first(ticket: &Ticket, centre: &Centre) -> Option<FetchFirst> {
    let because: BTreeSet<Accommodation> =
        ticket.request.accommodations.iter().copied().filter(|a| *a != Accommodation::Quiet).collect();
    (!because.is_empty()).then(|| FetchFirst {
        number: ticket.number,
        sign: centre.sign_of(ticket.number.letter),
        because,
        place: ticket.place(),
        set_aside: matches!(ticket.stage, Stage::Parked { .. }),
    })
}
