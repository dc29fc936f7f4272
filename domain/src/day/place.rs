//! A place that a counsellor has opened.

use serde::{Deserialize, Serialize};

use super::Ticket;
use crate::{Instant, OrganisationId, PlaceId, StaffId, TicketId, staff::Abilities};

/// An open place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPlace {
    /// Who receives visitors there.
    pub counsellor: StaffId,
    /// For which employer.
    pub organisation: OrganisationId,
    /// What the counsellor can do today.
    pub abilities: Abilities,
    /// What happens there now.
    pub activity: Activity,
    /// What happens after the present visitor.
    pub then: Option<Afterwards>,
    /// Asks its neighbours, the host and the coordinator to come, silently.
    pub asks_help: bool,
    /// The last step, while it can be undone.
    pub last: Option<LastStep>,
}

/// What happens at an open place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Ready for the next visitor.
    Available,
    /// One visitor is called or in a talk.
    Receiving(TicketId),
    /// The counsellor sits with a colleague's visitor.
    Joining {
        /// The colleague's place.
        place: PlaceId,
        /// The colleague's visitor.
        ticket: TicketId,
    },
    /// Away, back at a time if it was said.
    Away {
        /// When the counsellor expects to be back.
        until: Option<Instant>,
    },
}

/// What a counsellor asked for "after this visitor".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Afterwards {
    /// Go away until a time.
    Pause {
        /// When the counsellor expects to be back.
        until: Option<Instant>,
    },
    /// Close the place.
    Close,
}

/// Steps of a desk that can be undone for a short while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Called a visitor.
    Call,
    /// Said that nobody came.
    NoShow,
    /// Parked the visitor.
    Park,
    /// Finished the talk.
    Finish,
}

/// The last step at a place, with what it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastStep {
    /// What it was.
    pub step: Step,
    /// When.
    pub at: Instant,
    /// The ticket as it was before.
    pub before: Box<Ticket>,
    /// The ticket's stage that the step led to: an undo is refused once it moved on.
    pub after: super::Stage,
}
