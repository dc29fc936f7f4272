//! The board of a centre's own screens: who is called, and how many wait for what. Everybody else is shown
//! [`PublicBoard`](super::PublicBoard).

use serde::{Deserialize, Serialize};

use super::Positions;
use crate::{
    Instant, NeedId, SpaceId,
    centre::{Centre, Letter, is_word},
    day::{
        Call, Day, Ending, Message, Number, Phase, Prospect, Question, Reason, Requirement, Stage, SuspendReason,
        Ticket, ToldBreak,
    },
};

/// One version of what a centre's own kiosks, displays and staff see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Board {
    /// The centre's slug.
    pub centre: String,
    /// Grows with every change.
    pub version: u64,
    /// When it was made.
    #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub at: Instant,
    /// Whether tickets can be taken.
    pub state: DayState,
    /// When the doors close today.
    #[cfg_attr(feature = "schema", schema(value_type = Option<chrono::DateTime<chrono::Utc>>))]
    pub closes: Option<Instant>,
    /// The break that begins soon, or that there is now: kiosks give tickets again when it is over.
    #[serde(default)]
    pub told_break: Option<ToldBreak>,
    /// Newest calls first, without the tickets that are not called aloud.
    pub calls: Vec<CallLine>,
    /// Every space, in order.
    pub spaces: Vec<SpaceLine>,
    /// Every need, in order: numbers, no tickets.
    pub needs: Vec<NeedState>,
    /// How many wait at the welcome desk without a need.
    pub welcome_waiting: u32,
    /// How many numbers are before somebody who comes to the welcome desk now.
    #[serde(default)]
    pub welcome_ahead: u32,
    /// Whether somebody at the welcome desk can help.
    pub welcome_on_duty: bool,
    /// What is said to everybody who waits.
    pub message: Option<Message>,
}

/// Whether a day is open, as everybody may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum DayState {
    /// Not open.
    Closed,
    /// Open.
    Open,
    /// Everything stands still.
    Suspended {
        /// Why.
        reason: SuspendReason,
    },
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CallLine {
    /// The number.
    pub number: Number,
    /// The sign (colour and shape) of its letter, 1 to 5; 0 for the welcome.
    pub sign: u8,
    /// The desk's name; empty for a welcome without one.
    pub desk: String,
    /// Whether the name is a word that stands alone: others go after the word "desk".
    #[serde(default)]
    pub word: bool,
    /// When it was called, or called again.
    #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub at: Instant,
}

/// A space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SpaceLine {
    /// The space.
    pub id: SpaceId,
    /// Its letter.
    pub letter: Letter,
    /// Its sign, 1 to 5.
    pub sign: u8,
    /// How many tickets wait for its needs.
    pub waiting: u32,
    /// At most how many numbers are before somebody who comes now with one of its needs.
    #[serde(default)]
    pub ahead: u32,
    /// Whether a place that serves one of its needs is open, or away for a while.
    pub on_duty: bool,
    /// Whether none of its needs gives tickets any more.
    pub closed: Option<Reason>,
}

/// A need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NeedState {
    /// The need.
    pub id: NeedId,
    /// How many tickets wait for it.
    pub waiting: u32,
    /// How many numbers are before somebody who comes now: those that somebody who answers may call earlier. With a
    /// language or an accommodation that not everybody has they are fewer, never more.
    #[serde(default)]
    pub ahead: u32,
    /// Whether a place that serves it is open, or away for a while.
    pub on_duty: bool,
    /// Why it gives no more tickets.
    pub closed: Option<Reason>,
}

impl From<Phase> for DayState {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Before | Phase::Closed => Self::Closed,
            Phase::Open => Self::Open,
            Phase::Suspended { reason, .. } => Self::Suspended { reason },
        }
    }
}

impl Board {
    /// The board of a day.
    pub fn of(day: &Day, centre: &Centre, positions: &Positions, version: u64, at: Instant) -> Self {
        let needs: Vec<NeedState> = centre.needs.iter().map(|n| need_state(day, centre, positions, n.id, at)).collect();
        let of_space = |space| needs.iter().filter(move |n| centre.space_of(Some(n.id)).is_some_and(|s| s.id == space));
        let spaces = centre
            .spaces
            .iter()
            .map(|s| SpaceLine {
                id: s.id,
                letter: s.letter,
                sign: s.sign,
                waiting: positions.waiting_in_space(Some(s.id)),
                ahead: positions.before_newcomer(Question::AnyOf(s.id)),
                on_duty: of_space(s.id).any(|n| n.on_duty),
                closed: of_space(s.id).map(|n| n.closed).reduce(Option::and).flatten(),
            })
            .collect();
        Self {
            centre: centre.slug.clone(),
            version,
            at,
            state: day.phase.into(),
            closes: day.closes,
            told_break: day.told_break,
            calls: calls(day, centre),
            spaces,
            needs,
            welcome_waiting: positions.waiting_in_space(None),
            welcome_ahead: positions.before_newcomer(Question::Welcome),
            welcome_on_duty: on_duty(day, centre, Question::Welcome, at),
            message: day.message.clone(),
        }
    }
}

/// Whether somebody who answers is here, or said when they come back.
pub(super) fn on_duty(day: &Day, centre: &Centre, question: Question, at: Instant) -> bool {
    !matches!(day.prospect(centre, &Requirement::only(question), at), Prospect::Nobody { .. })
}

fn need_state(day: &Day, centre: &Centre, positions: &Positions, id: NeedId, at: Instant) -> NeedState {
    NeedState {
        id,
        waiting: positions.waiting_for(Some(id)),
        ahead: positions.before_newcomer(Question::Need(id)),
        on_duty: on_duty(day, centre, Question::Need(id), at),
        closed: day.closed_needs.get(&id).copied(),
    }
}

fn calls(day: &Day, centre: &Centre) -> Vec<CallLine> {
    let shown = |c: &&Call| day.tickets.get(&c.ticket).is_some_and(|t| t.is_called_aloud() && is_expected(t));
    day.calls.iter().rev().filter(shown).map(|c| call_line(c, centre)).collect()
}

/// Whether whoever was called is still looked for, or was received: who left, waits again or is set aside is sent nowhere.
fn is_expected(ticket: &Ticket) -> bool {
    match &ticket.stage {
        Stage::Called { .. } | Stage::InTalk { .. } => true,
        Stage::Ended { ending, .. } => matches!(ending, Ending::Finished(_) | Ending::NoShow),
        Stage::Waiting { .. } | Stage::Parked { .. } => false,
    }
}

fn call_line(call: &Call, centre: &Centre) -> CallLine {
    let desk = centre.place_name(call.place);
    CallLine { number: call.number, sign: centre.sign_of(call.number.letter), word: is_word(&desk), desk, at: call.at }
}
