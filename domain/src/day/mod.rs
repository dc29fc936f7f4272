//! The day: one centre's flow from opening to closing, kept as a log of events.
//!
//! [`Day::decide`] answers a command with events or a named refusal; [`Day::apply`] makes an event true. Both are pure
//! and total. Everything that is shown is a projection of this state, see [`crate::view`].

mod apply;
mod command;
mod decide;
mod event;
mod hours;
mod lines;
mod outlook;
mod place;
pub mod policy;
mod refusal;
mod tick;
mod ticket;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    hash::Hash,
};

use serde::{Deserialize, Serialize};

pub(crate) use apply::later;
pub use command::{Command, Counted, Expected, TakeTicket};
pub use event::Event;
pub use hours::{Break, ToldBreak};
pub use lines::Lines;
pub use outlook::{Missing, Outlook, Prospect, Question, Remedy, Requirement, WayOut};
pub use place::{Activity, Afterwards, LastStep, OpenPlace, Step};
pub use refusal::Refusal;
pub use ticket::{
    Advice, Channel, Claim, Ending, Flag, FollowToken, ForWhom, HandOver, NotANumber, NotAParty, NotAToken, Number,
    Outcome, PartySize, PastTalk, PriorityReason, Rank, RefusalReason, Request, Stage, TalkLanguage, Target, Ticket,
};

use crate::{CountId, DeviceId, Instant, NeedId, PlaceId, SlipId, SpaceId, TicketId, centre::Centre, centre::Letter};

/// Why a need or a space gives no more tickets, as visitors are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Too many people wait already.
    Full,
    /// Nobody who can help is there today.
    NobodyToday,
    /// An event takes its place.
    Event,
    /// The day is about to end.
    SoonClosing,
}

impl Reason {
    /// Every reason, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Full, Self::NobodyToday, Self::Event, Self::SoonClosing];
}

/// Why everything stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SuspendReason {
    /// Everybody leaves the building.
    FireAlarm,
    /// The power went.
    PowerCut,
    /// The system was stopped and found it afterwards.
    Interruption,
    /// Any other reason; staff tell visitors.
    Other,
}

/// What is said to everybody who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// A sentence that exists in every language.
    Ready(ReadyMessage),
    /// Words of the centre, 1 to 200 characters, shown as they are.
    Words(String),
}

/// Sentences that exist in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReadyMessage {
    /// Waits are longer than usual today.
    LongerThanUsual,
    /// The centre closes soon.
    ClosingSoon,
    /// A workshop begins soon.
    WorkshopSoon,
    /// Please be a little quieter.
    Quieter,
}

impl ReadyMessage {
    /// Every sentence.
    pub const ALL: [Self; 4] = [Self::LongerThanUsual, Self::ClosingSoon, Self::WorkshopSoon, Self::Quieter];
}

/// What somebody who cannot be seen today gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HelpOffered {
    /// A slip to be seen first on a later day.
    Slip(SlipId),
    /// Another help: an address, a document, an appointment.
    Other,
}

/// Where the day is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not yet opened.
    #[default]
    Before,
    /// Open.
    Open,
    /// Every timer stands still.
    Suspended {
        /// Why.
        reason: SuspendReason,
        /// Since when.
        since: Instant,
    },
    /// Closed.
    Closed,
}

/// Somebody who came without needing a ticket, until the host has seen them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Its id.
    pub id: CountId,
    /// What for.
    pub kind: Expected,
    /// In which space.
    pub space: Option<SpaceId>,
    /// When.
    pub at: Instant,
}

/// One entry of the log: what one command led to, appended as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the log, from 1, without gaps.
    pub sequence: u64,
    /// When.
    pub at: Instant,
    /// The idempotency key that the command came with, or that the server made.
    pub key: String,
    /// A digest of the command's body: the same key with another body is refused.
    pub fingerprint: u64,
    /// What happened; never empty.
    pub events: Vec<Event>,
}

/// What a command is answered with, rebuilt from its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A ticket was taken or called, or is what the command was about.
    Ticket(TicketId),
    /// It is done.
    Done,
}

impl Answer {
    /// The answer that these events give.
    pub fn of(events: &[Event]) -> Self {
        events
            .iter()
            .find_map(|e| match e {
                Event::TicketTaken { ticket, .. } | Event::Called { ticket, .. } => Some(Self::Ticket(*ticket)),
                _ => None,
            })
            .unwrap_or(Self::Done)
    }
}

/// What a command that changes the day found under its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The digest of the body that it came with.
    pub fingerprint: u64,
    /// What it was answered with.
    pub answer: Answer,
}

/// One centre's flow, from opening to closing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Day {
    /// Where it is.
    pub phase: Phase,
    /// How many entries it was built from.
    pub sequence: u64,
    /// When the doors close today.
    pub closes: Option<Instant>,
    /// Whether somebody said so for this day alone: the centre's hours change nothing then.
    pub closing_said: bool,
    /// When the doors are shut in between, in order.
    pub breaks: Vec<Break>,
    /// The break that everybody is told of now.
    pub told_break: Option<ToldBreak>,
    /// Since when the centre's hours no longer hold the day open, although nobody closed it: staff are asked.
    pub hours_over: Option<Instant>,
    /// Every ticket of the day.
    pub tickets: HashMap<TicketId, Ticket>,
    /// Ids of tickets that are not over, so that nobody has to look through a whole day.
    pub open: BTreeSet<TicketId>,
    /// The tickets that wait, in the order of their ranks, so that the next visitor is found at once.
    pub line: BTreeMap<Rank, TicketId>,
    /// Those of them that are kept for a place.
    pub kept: BTreeSet<TicketId>,
    /// Tickets by follow token.
    pub tokens: HashMap<FollowToken, TicketId>,
    /// Places that counsellors opened.
    pub places: BTreeMap<PlaceId, OpenPlace>,
    /// The next counter of each letter.
    pub counters: BTreeMap<Letter, u16>,
    /// How many tickets were taken.
    pub taken: u32,
    /// Needs that give no more tickets.
    pub closed_needs: BTreeMap<NeedId, Reason>,
    /// What is said to everybody who waits.
    pub message: Option<Message>,
    /// What hosts counted.
    pub counts: BTreeMap<CountId, (Instant, Counted)>,
    /// Who came without needing a ticket and was not seen yet.
    pub announced: Vec<Announcement>,
    /// When each kiosk issued its last tickets.
    pub kiosks: BTreeMap<DeviceId, VecDeque<Instant>>,
    /// Kiosks that issue suspiciously many tickets.
    pub flagged_kiosks: BTreeSet<DeviceId>,
    /// Slips that were used today.
    pub used_slips: BTreeSet<SlipId>,
    /// Calls of the day, oldest first: what the display shows.
    pub calls: VecDeque<Call>,
    /// The entries by their keys.
    pub keys: HashMap<String, Recorded>,
}

/// A call as the display shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Which ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: Number,
    /// To where.
    pub place: PlaceId,
    /// When it was called, or called again.
    pub at: Instant,
}

/// How many times the number at which the host is told makes a kiosk stop: a class that comes in does not give it, who
/// plays does.
const STOPPED_AT: usize = 10;
/// The last numbers of a kiosk that are remembered: as many as stop it, whatever limit a centre chooses.
const MOST_ISSUED: usize = 1000 * STOPPED_AT;

impl Day {
    /// Whether a kiosk gave so many numbers that it gives no more until the host has looked.
    pub fn is_stopped(&self, centre: &Centre, device: DeviceId) -> bool {
        let policies = &centre.policies;
        let within = chrono::Duration::minutes(i64::from(policies.kiosk_limit_minutes));
        let stopped = || {
            let issued = self.kiosks.get(&device)?;
            let first = issued.get(issued.len().checked_sub(policies.kiosk_limit as usize * STOPPED_AT)?)?;
            Some(*issued.back()? - *first < within)
        };
        // Only where the host has something to answer.
        self.flagged_kiosks.contains(&device) && stopped().unwrap_or(false)
    }

    /// How many calls a day remembers for its displays.
    pub const CALLS_KEPT: usize = 20;

    /// A ticket.
    pub fn ticket(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        self.tickets.get(&id).ok_or(Refusal::UnknownTicket)
    }
    /// The ticket that a phone follows.
    pub fn by_token(&self, token: &FollowToken) -> Option<&Ticket> {
        self.tokens.get(token).and_then(|id| self.tickets.get(id))
    }
    /// Tickets that are not over, in no order.
    pub fn open_tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.open.iter().filter_map(|id| self.tickets.get(id))
    }
    /// Tickets in a line, in the order of their ranks.
    pub fn waiting(&self) -> impl DoubleEndedIterator<Item = &Ticket> {
        self.line.values().filter_map(|id| self.tickets.get(id))
    }
    /// Whether visitors can take tickets.
    pub fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// Makes an entry true and remembers what its command was answered with.
    pub fn record(&mut self, entry: &Entry) {
        for event in &entry.events {
            self.apply(event, entry.at);
        }
        self.sequence = entry.sequence;
        let answer = Answer::of(&entry.events);
        self.keys.insert(entry.key.clone(), Recorded { fingerprint: entry.fingerprint, answer });
    }

    /// The recorded answer of a key.
    ///
    /// # Errors
    /// [`Refusal::KeyReused`] if it came with another body before.
    pub fn recorded(&self, key: &str, fingerprint: u64) -> Result<Option<Answer>, Refusal> {
        match self.keys.get(key) {
            Some(r) if r.fingerprint != fingerprint => Err(Refusal::KeyReused),
            found => Ok(found.map(|r| r.answer)),
        }
    }
}
