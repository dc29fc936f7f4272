//! Who is really before whom: those that somebody who can receive a ticket may call earlier.
//!
//! Tickets that require the same and are reserved for the same are of one kind. Kinds that the same places can serve form
//! one group; whether one group stands before another is decided once for each pair, so that a line of ten thousand is
//! counted in one pass.

use std::collections::{BTreeSet, HashMap};

use super::{Channel, Claim, Day, Question, Requirement, Stage, Ticket};
use crate::{
    Language, OrganisationId, PlaceId, SpaceId,
    centre::{Accommodation, Centre},
};

/// Lines into which tickets step in the order of their ranks, each told how many are before it.
///
/// It remembers which places can serve whom: once a place changes, it is of no use any more.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    groups: Vec<Group>,
    known: HashMap<Kind, Spot>,
    in_space: HashMap<Option<SpaceId>, u32>,
}

/// Where tickets of one kind stand.
#[derive(Clone, Copy, Debug)]
struct Spot {
    group: usize,
    /// The space where they wait; none = welcome.
    space: Option<SpaceId>,
}

/// What tickets of one kind have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Kind {
    question: Question,
    organisation: Option<OrganisationId>,
    language: Option<Language>,
    accommodations: BTreeSet<Accommodation>,
    channel: Channel,
    reserved: Reserved,
}

/// Which places a ticket is for besides what it requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Reserved {
    No,
    /// A hand-over does not go back to where it comes from.
    NotFor(PlaceId),
    For(PlaceId),
}

/// Tickets that the same places can serve.
#[derive(Clone, Debug)]
struct Group {
    /// One bit for each place of the day, in their order: set if it can serve this group.
    places: Vec<u64>,
    /// The place that it is kept for.
    kept_for: Option<PlaceId>,
    /// How many stand in it.
    waiting: u32,
    /// How many stand before whoever steps in next.
    before: u32,
    /// The groups that whoever steps into this one stands before.
    delays: Vec<usize>,
}

impl Lines {
    /// How many are before a ticket that waits; 0 if it does not.
    pub fn before(day: &Day, centre: &Centre, ticket: &Ticket) -> u32 {
        let mut lines = Self::default();
        for earlier in day.waiting().take_while(|t| t.rank < ticket.rank) {
            lines.step_in(day, centre, earlier);
        }
        if ticket.is_waiting() { lines.step_in(day, centre, ticket) } else { 0 }
    }

    /// A ticket steps in behind all that did before; gives how many of them are before it.
    pub fn step_in(&mut self, day: &Day, centre: &Centre, ticket: &Ticket) -> u32 {
        let spot = self.spot(day, centre, &Requirement::of(ticket), reserved(ticket));
        let before = self.before_next(spot);
        *self.in_space.entry(spot.space).or_default() += 1;
        self.groups[spot.group].waiting += 1;
        let delayed = std::mem::take(&mut self.groups[spot.group].delays);
        for behind in &delayed {
            self.groups[*behind].before += 1;
        }
        self.groups[spot.group].delays = delayed;
        before
    }

    /// How many would be before somebody who asks for this now.
    pub fn before_newcomer(&mut self, day: &Day, centre: &Centre, required: &Requirement<'_>) -> u32 {
        let spot = self.spot(day, centre, required, Reserved::No);
        self.before_next(spot)
    }

    /// Where nobody can serve somebody yet, those are before them that wait in their space.
    fn before_next(&self, spot: Spot) -> u32 {
        let group = &self.groups[spot.group];
        if group.can_be_served() { group.before } else { self.in_space.get(&spot.space).copied().unwrap_or(0) }
    }

    fn spot(&mut self, day: &Day, centre: &Centre, required: &Requirement<'_>, reserved: Reserved) -> Spot {
        let kind = Kind {
            question: required.question,
            organisation: required.organisation,
            language: required.language.cloned(),
            accommodations: required.accommodations.clone(),
            channel: required.channel,
            reserved,
        };
        if let Some(spot) = self.known.get(&kind) {
            return *spot;
        }
        let space = match kind.question {
            Question::Need(need) => centre.space_of(Some(need)).map(|s| s.id),
            Question::AnyOf(space) => Some(space),
            Question::Welcome => None,
        };
        let kept_for = match reserved {
            Reserved::For(place) => Some(place),
            Reserved::No | Reserved::NotFor(_) => None,
        };
        let group = self.group(able_places(day, centre, required, reserved), kept_for);
        self.known.insert(kind, Spot { group, space });
        Spot { group, space }
    }

    fn group(&mut self, places: Vec<u64>, kept_for: Option<PlaceId>) -> usize {
        let known = self.groups.iter().position(|g| g.kept_for == kept_for && g.places == places);
        known.unwrap_or_else(|| {
            let new = self.groups.len();
            self.groups.push(Group { places, kept_for, waiting: 0, before: 0, delays: Vec::new() });
            for other in 0..=new {
                if self.groups[other].stands_before(&self.groups[new]) {
                    self.groups[new].before += self.groups[other].waiting;
                    self.groups[other].delays.push(new);
                }
                if other != new && self.groups[new].stands_before(&self.groups[other]) {
                    self.groups[new].delays.push(other);
                }
            }
            new
        })
    }
}

impl Group {
    fn can_be_served(&self) -> bool {
        self.kept_for.is_some() || self.places.iter().any(|bits| *bits != 0)
    }

    /// Whether an earlier ticket of this group is before a later one of another: a place that can serve both calls it
    /// sooner. Who is kept for a place goes before others there.
    fn stands_before(&self, later: &Self) -> bool {
        match later.kept_for {
            Some(place) => self.kept_for == Some(place),
            None => self.places.iter().zip(&later.places).any(|(a, b)| a & b != 0),
        }
    }
}

fn reserved(ticket: &Ticket) -> Reserved {
    match (&ticket.stage, &ticket.hand_over) {
        (Stage::Waiting { claim: Claim::KeptFor(place), .. }, _) => Reserved::For(*place),
        (Stage::Waiting { claim: Claim::Offered, .. }, Some(hand_over)) => Reserved::NotFor(hand_over.from),
        _ => Reserved::No,
    }
}

fn able_places(day: &Day, centre: &Centre, required: &Requirement<'_>, reserved: Reserved) -> Vec<u64> {
    let mut bits = vec![0; day.places.len().div_ceil(64)];
    for (n, (id, place)) in day.places.iter().enumerate() {
        let able = match reserved {
            Reserved::For(kept) => kept == *id,
            Reserved::NotFor(from) if from == *id => false,
            Reserved::No | Reserved::NotFor(_) => required.is_met_by(centre, *id, place),
        };
        if able && place.is_expected() {
            bits[n / 64] |= 1 << (n % 64);
        }
    }
    bits
}
