//! What happened in a day: the log that everything is rebuilt from.
//!
//! The names and shapes here are stored; a changed one needs a reader for the old one as long as a day can last.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Activity, Advice, Afterwards, Break, Claim, Counted, Ending, Expected, Flag, FollowToken, Message, Number, Outcome,
    PriorityReason, Rank, Reason, RefusalReason, Request, SuspendReason, TalkLanguage, Target, ToldBreak,
};
use crate::{
    CountId, DeviceId, Instant, NeedId, OrganisationId, PlaceId, SlipId, SpaceId, StaffId, TicketId,
    catalogue::Entries, centre::Accommodation, staff::Abilities,
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The day opened.
    DayOpened {
        /// When the doors close, where somebody said it for this day: none follows the centre's hours.
        closes: Option<Instant>,
    },
    /// The centre's hours changed the day; or staff said that it stays open without them.
    HoursChanged {
        /// When the doors close now; none = open until somebody closes the day.
        closes: Option<Instant>,
        /// When they are shut in between, in order.
        breaks: Vec<Break>,
        /// Whether the hours no longer hold the day open, so that staff are asked what becomes of it.
        asked: bool,
    },
    /// Everybody is told of a break, that it has begun, or that it is over.
    BreakTold {
        /// Which; none = over.
        told: Option<ToldBreak>,
    },
    /// A ticket was taken.
    TicketTaken {
        /// Its id.
        ticket: TicketId,
        /// Its number.
        number: Number,
        /// Its follow token.
        token: FollowToken,
        /// What was asked.
        request: Request,
        /// By which device.
        device: Option<DeviceId>,
        /// With which slip of an earlier day.
        slip: Option<SlipId>,
        /// Its order.
        rank: Rank,
    },
    /// The need was corrected.
    NeedCorrected {
        /// The ticket.
        ticket: TicketId,
        /// The right need.
        need: Option<NeedId>,
    },
    /// The language of the talk or what must be offered was corrected.
    RequirementsCorrected {
        /// The ticket.
        ticket: TicketId,
        /// The language of the talk.
        talk: TalkLanguage,
        /// What the place or the counsellor must offer.
        accommodations: BTreeSet<Accommodation>,
    },
    /// A visitor was called.
    Called {
        /// The ticket.
        ticket: TicketId,
        /// To where.
        place: PlaceId,
    },
    /// The call was repeated.
    Recalled {
        /// The ticket.
        ticket: TicketId,
    },
    /// The visitor arrived at the desk.
    Arrived {
        /// The ticket.
        ticket: TicketId,
    },
    /// The visitor went back into the line.
    PutBack {
        /// The ticket.
        ticket: TicketId,
        /// The new order.
        rank: Rank,
    },
    /// The visitor was set aside.
    Parked {
        /// The ticket.
        ticket: TicketId,
        /// Until when.
        until: Instant,
    },
    /// The visitor was brought back.
    Resumed {
        /// The ticket.
        ticket: TicketId,
    },
    /// The visitor who had left came back.
    CameBack {
        /// The ticket.
        ticket: TicketId,
    },
    /// The visitor was handed over.
    Transferred {
        /// The ticket.
        ticket: TicketId,
        /// To whom.
        to: Target,
        /// Whether the visitor then comes back.
        returns: bool,
        /// All advice that goes along.
        advice: BTreeSet<Advice>,
    },
    /// A hand-over was accepted, refused or lapsed; or a visitor goes back to a counsellor: for whom it waits now.
    Claimed {
        /// The ticket.
        ticket: TicketId,
        /// For whom it waits.
        claim: Claim,
    },
    /// A hand-over was refused: the ticket is as it was before, kept for the one who handed over.
    HandOverRefused {
        /// The ticket.
        ticket: TicketId,
        /// Why.
        reason: RefusalReason,
    },
    /// Advice was noted.
    AdviceGiven {
        /// The ticket.
        ticket: TicketId,
        /// All of it.
        advice: BTreeSet<Advice>,
    },
    /// Entries of the catalogue were recommended.
    Recommended {
        /// The ticket.
        ticket: TicketId,
        /// All of them.
        entries: Entries,
    },
    /// A talk ended and the visitor goes on to another: with a further need, or back to the first counsellor.
    TalkFinished {
        /// The ticket.
        ticket: TicketId,
        /// How the talk ended.
        outcome: Outcome,
        /// The next need; none keeps it and goes back to `claim`.
        need: Option<NeedId>,
        /// For whom it waits now.
        claim: Claim,
    },
    /// A ticket ended.
    Ended {
        /// The ticket.
        ticket: TicketId,
        /// How.
        ending: Ending,
    },
    /// A place's last step was undone.
    Undone {
        /// The place.
        place: PlaceId,
    },
    /// A place opened.
    PlaceOpened {
        /// The place.
        place: PlaceId,
        /// Who.
        counsellor: StaffId,
        /// For whom.
        organisation: OrganisationId,
        /// What the counsellor can do.
        abilities: Abilities,
    },
    /// What happens at a place changed.
    ActivityChanged {
        /// The place.
        place: PlaceId,
        /// What happens there now.
        activity: Activity,
    },
    /// What a counsellor asked for after this visitor.
    Planned {
        /// The place.
        place: PlaceId,
        /// What then.
        then: Option<Afterwards>,
    },
    /// A place closed.
    PlaceClosed {
        /// The place.
        place: PlaceId,
    },
    /// A counsellor's abilities changed.
    AbilitiesChanged {
        /// The place.
        place: PlaceId,
        /// What the counsellor can do.
        abilities: Abilities,
    },
    /// A counsellor went on at another place.
    PlaceMoved {
        /// From.
        from: PlaceId,
        /// To.
        to: PlaceId,
    },
    /// No more tickets for these needs.
    NeedsClosed {
        /// The needs.
        needs: BTreeSet<NeedId>,
        /// Why.
        reason: Reason,
    },
    /// Tickets again for these needs.
    NeedsReopened {
        /// The needs.
        needs: BTreeSet<NeedId>,
    },
    /// The message changed.
    MessageSent {
        /// What is said now.
        message: Option<Message>,
    },
    /// A place asks for help, or no longer.
    HelpAsked {
        /// The place.
        place: PlaceId,
        /// Whether.
        on: bool,
    },
    /// Something was counted.
    Counted {
        /// Its id.
        id: CountId,
        /// What.
        what: Counted,
    },
    /// A count was undone.
    CountUndone {
        /// Which.
        id: CountId,
    },
    /// Somebody came who needs no ticket.
    Announced {
        /// Its id.
        id: CountId,
        /// What for.
        kind: Expected,
        /// In which space.
        space: Option<SpaceId>,
    },
    /// The host has seen an announced visitor.
    Welcomed {
        /// Which.
        id: CountId,
    },
    /// Somebody was moved forward.
    Prioritised {
        /// The ticket.
        ticket: TicketId,
        /// Why.
        reason: PriorityReason,
        /// The new order.
        rank: Rank,
    },
    /// Staff should know something of a ticket, or no longer.
    Flagged {
        /// The ticket.
        ticket: TicketId,
        /// What.
        flag: Flag,
        /// Whether it holds.
        on: bool,
    },
    /// A kiosk issues many tickets, or the host has looked.
    KioskFlagged {
        /// The kiosk.
        device: DeviceId,
        /// Whether it holds.
        on: bool,
    },
    /// Every timer stopped.
    Suspended {
        /// Why.
        reason: SuspendReason,
        /// Since when: earlier than the event where a stop was found afterwards.
        since: Instant,
    },
    /// The day went on.
    DayResumed,
    /// The day closed.
    DayClosed,
}
