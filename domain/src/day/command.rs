//! What can be asked of a day.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Advice, Break, FollowToken, HelpOffered, Message, Outcome, PriorityReason, Reason, RefusalReason, Request,
    SuspendReason, TalkLanguage, Target,
};
use crate::{
    CountId, DeviceId, Instant, NeedId, OrganisationId, PlaceId, SlipId, SpaceId, StaffId, TicketId,
    catalogue::Entries, centre::Accommodation, staff::Abilities,
};

/// A wish that the day answers with events or a named refusal. Ids, secrets and the time come in with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Open the day: by itself at opening time, or by hand.
    OpenDay {
        /// When the doors close today, where somebody says it for this day alone; none follows the centre's hours.
        closes: Option<Instant>,
    },
    /// What the centre's hours say of the day's date: at its opening, and whenever they change.
    FollowHours {
        /// The last closing.
        closes: Option<Instant>,
        /// Between its periods, in order.
        breaks: Vec<Break>,
    },
    /// The hours no longer hold the day open: it stays open all the same, until somebody closes it.
    StayOpen,
    /// Take a ticket.
    TakeTicket(TakeTicket),
    /// The visitor made a mistake: the ticket, still waiting, is taken back.
    TakeBack {
        /// The ticket.
        ticket: TicketId,
    },
    /// The need was wrong: correct it, the place in the line stays.
    CorrectNeed {
        /// The ticket.
        ticket: TicketId,
        /// The right need; none = welcome.
        need: Option<NeedId>,
    },
    /// What the talk requires was wrong, or another way was found: correct it, the place in the line stays.
    CorrectRequirements {
        /// The ticket.
        ticket: TicketId,
        /// The language of the talk.
        talk: TalkLanguage,
        /// What the place or the counsellor must offer.
        accommodations: BTreeSet<Accommodation>,
    },
    /// Call the next right visitor.
    CallNext {
        /// To this place.
        place: PlaceId,
    },
    /// Call this visitor.
    CallTicket {
        /// To this place.
        place: PlaceId,
        /// The ticket.
        ticket: TicketId,
    },
    /// Call again.
    Recall {
        /// The ticket.
        ticket: TicketId,
    },
    /// The visitor has arrived at the desk.
    Arrive {
        /// The ticket.
        ticket: TicketId,
    },
    /// Nobody came.
    NoShow {
        /// The ticket.
        ticket: TicketId,
    },
    /// Put a called visitor back into the line, where the centre's policy says.
    PutBack {
        /// The ticket.
        ticket: TicketId,
    },
    /// Set a visitor aside until a time.
    Park {
        /// The ticket.
        ticket: TicketId,
        /// Until when.
        until: Instant,
    },
    /// Bring a parked visitor back into the line.
    Resume {
        /// The ticket.
        ticket: TicketId,
    },
    /// The visitor asks for more time.
    MoreTime {
        /// The ticket.
        ticket: TicketId,
    },
    /// The visitor leaves.
    Leave {
        /// The ticket.
        ticket: TicketId,
    },
    /// The visitor did not want to leave after all.
    ComeBack {
        /// The ticket.
        ticket: TicketId,
    },
    /// Hand a visitor over, keeping the arrival time.
    Transfer {
        /// The ticket.
        ticket: TicketId,
        /// To whom.
        to: Target,
        /// Whether the visitor then comes back to this counsellor.
        returns: bool,
        /// Structured advice to pass on.
        advice: BTreeSet<Advice>,
    },
    /// The receiving side takes a hand-over on: it is kept for this place.
    Accept {
        /// The ticket.
        ticket: TicketId,
        /// The place that accepts.
        place: PlaceId,
    },
    /// The receiving side refuses a hand-over: the visitor comes back to the one who handed over.
    Refuse {
        /// The ticket.
        ticket: TicketId,
        /// The place that refuses.
        place: PlaceId,
        /// Why.
        reason: RefusalReason,
    },
    /// Note structured advice during the talk.
    GiveAdvice {
        /// The ticket.
        ticket: TicketId,
        /// All advice given, replacing what was noted.
        advice: BTreeSet<Advice>,
    },
    /// Recommend entries of the catalogue during the talk: trainings, workshops, services.
    Recommend {
        /// The ticket.
        ticket: TicketId,
        /// All that is recommended, replacing what was.
        entries: Entries,
    },
    /// End the talk. With further needs the visitor goes on to the next of them.
    Finish {
        /// The ticket.
        ticket: TicketId,
        /// How it ended.
        outcome: Outcome,
        /// The next talk of the same visit, if one is wished.
        further: Option<NeedId>,
    },
    /// Undo the last step of a place.
    Undo {
        /// The place.
        place: PlaceId,
    },
    /// Open a place.
    OpenPlace {
        /// The place.
        place: PlaceId,
        /// Who sits there.
        counsellor: StaffId,
        /// For whom.
        organisation: OrganisationId,
        /// What the counsellor can do.
        abilities: Abilities,
    },
    /// Be ready again after a pause.
    BackFromPause {
        /// The place.
        place: PlaceId,
    },
    /// Go away, now or after this visitor.
    PausePlace {
        /// The place.
        place: PlaceId,
        /// When back.
        until: Option<Instant>,
    },
    /// Close a place, now or after this visitor.
    ClosePlace {
        /// The place.
        place: PlaceId,
    },
    /// Change what a counsellor can do today.
    ChangeAbilities {
        /// The place.
        place: PlaceId,
        /// What the counsellor can do.
        abilities: Abilities,
    },
    /// Sit with a colleague's visitor.
    JoinTalk {
        /// The own place.
        place: PlaceId,
        /// The colleague's visitor.
        ticket: TicketId,
    },
    /// Leave a colleague's talk.
    LeaveTalk {
        /// The own place.
        place: PlaceId,
    },
    /// Go on at another place, with the visitor.
    MovePlace {
        /// From here.
        from: PlaceId,
        /// To there, which is not open.
        to: PlaceId,
    },
    /// No more tickets today for these needs.
    CloseNeeds {
        /// The needs.
        needs: BTreeSet<NeedId>,
        /// Why, shown to visitors.
        reason: Reason,
    },
    /// Tickets again for these needs.
    ReopenNeeds {
        /// The needs.
        needs: BTreeSet<NeedId>,
    },
    /// A message to everyone who waits; none takes it away.
    SendMessage {
        /// What is said.
        message: Option<Message>,
    },
    /// Ask for help without a sound, or say that it is over.
    AskHelp {
        /// The place.
        place: PlaceId,
        /// Whether help is still asked for.
        on: bool,
    },
    /// One touch of a host's counter.
    Count {
        /// Its id, for an undo.
        id: CountId,
        /// What is counted.
        what: Counted,
    },
    /// That was one touch too many.
    UndoCount {
        /// Which.
        id: CountId,
    },
    /// Somebody with an appointment or for a workshop is here: the host is told.
    Announce {
        /// Its id.
        id: CountId,
        /// What for.
        kind: Expected,
        /// In which space, if known.
        space: Option<SpaceId>,
    },
    /// The host has seen an announced visitor.
    Welcomed {
        /// Which.
        id: CountId,
    },
    /// Move somebody forward, with a reason.
    Prioritise {
        /// The ticket.
        ticket: TicketId,
        /// Why.
        reason: PriorityReason,
    },
    /// The host has seen that a kiosk issued many tickets.
    KioskChecked {
        /// The kiosk.
        device: DeviceId,
    },
    /// Stop every timer; places stay.
    Suspend {
        /// Why, shown everywhere.
        reason: SuspendReason,
        /// Since when, where a stop was only found afterwards.
        #[serde(default)]
        since: Option<Instant>,
    },
    /// Go on after a suspension.
    ResumeDay,
    /// What cannot be seen today gets a slip or other help.
    Dismiss {
        /// The ticket.
        ticket: TicketId,
        /// With what.
        with: HelpOffered,
    },
    /// Close the day.
    CloseDay {
        /// Whether tickets that are still open are ended as not seen.
        force: bool,
    },
    /// The timer: everything that is due by now.
    Tick,
}

/// What a kiosk, a host or the API sends to take a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeTicket {
    /// The new ticket's id.
    pub id: TicketId,
    /// The new ticket's follow token.
    pub token: FollowToken,
    /// What is asked.
    pub request: Request,
    /// The device that asks; none for staff and for the API.
    pub device: Option<DeviceId>,
    /// A valid slip of an earlier day.
    pub slip: Option<SlipId>,
}

/// What a host counts with one touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Somebody came in.
    CameIn,
    /// A quick answer was given.
    QuickAnswer,
    /// A document was given.
    DocumentGiven,
    /// A group of this many came in.
    Group(u16),
}

/// Why somebody comes who needs no ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// An appointment.
    Appointment,
    /// A workshop.
    Workshop,
}
