//! Who is really before whom: those that somebody who can receive a ticket may call earlier.
//!
//! Tickets that require the same and are kept for the same form one class. Whether one class stands before another is
//! decided once for each pair, so that a line of ten thousand is counted in one pass.

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
    classes: Vec<Class>,
    known: HashMap<Kind, usize>,
}

/// What tickets of one class have in common.
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

#[derive(Clone, Debug)]
struct Class {
    kind: Kind,
    /// Where it waits; none = welcome.
    space: Option<SpaceId>,
    /// One bit for each place of the day, in their order: set if it can serve this class.
    places: Vec<u64>,
    /// How many stand in it.
    waiting: u32,
    /// How many stand before whoever steps in next.
    before: u32,
    /// The classes that whoever steps into this one stands before.
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
        let class = self.class(day, centre, &Requirement::of(ticket), reserved(ticket));
        let before = self.classes[class].before;
        self.classes[class].waiting += 1;
        for behind in self.classes[class].delays.clone() {
            self.classes[behind].before += 1;
        }
        before
    }

    /// How many would be before somebody who asks for this now.
    pub fn before_newcomer(&mut self, day: &Day, centre: &Centre, required: &Requirement<'_>) -> u32 {
        let class = self.class(day, centre, required, Reserved::No);
        self.classes[class].before
    }

    fn class(&mut self, day: &Day, centre: &Centre, required: &Requirement<'_>, reserved: Reserved) -> usize {
        let kind = Kind {
            question: required.question,
            organisation: required.organisation,
            language: required.language.cloned(),
            accommodations: required.accommodations.clone(),
            channel: required.channel,
            reserved,
        };
        if let Some(class) = self.known.get(&kind) {
            return *class;
        }
        let places = able_places(day, centre, required, reserved);
        let space = match kind.question {
            Question::Need(need) => centre.space_of(Some(need)).map(|s| s.id),
            Question::AnyOf(space) => Some(space),
            Question::Welcome => None,
        };
        let new = self.classes.len();
        self.known.insert(kind.clone(), new);
        self.classes.push(Class { kind, space, places, waiting: 0, before: 0, delays: Vec::new() });
        for other in 0..=new {
            if self.classes[other].stands_before(&self.classes[new]) {
                self.classes[new].before += self.classes[other].waiting;
                self.classes[other].delays.push(new);
            }
            if other != new && self.classes[new].stands_before(&self.classes[other]) {
                self.classes[new].delays.push(other);
            }
        }
        new
    }
}

impl Class {
    /// Whether an earlier ticket of this class is before a later one of another: a place that can serve both calls it
    /// sooner. Where nobody can serve the later one yet, those are before it that wait in its space.
    fn stands_before(&self, later: &Self) -> bool {
        match (self.kind.reserved, later.kind.reserved) {
            (mine, Reserved::For(place)) => mine == Reserved::For(place),
            _ if later.places.iter().all(|bits| *bits == 0) => self.space == later.space,
            _ => self.places.iter().zip(&later.places).any(|(a, b)| a & b != 0),
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
