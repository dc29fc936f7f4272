//! Why a day says no: each refusal has a name, which is part of the API.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Reason;

/// A named "no". Its code is stable; screens translate it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The day has not opened.
    #[error("the day is not open")]
    DayNotOpen,
    /// The day is open already.
    #[error("the day is open already")]
    DayAlreadyOpen,
    /// The day is closed.
    #[error("the day is closed")]
    DayClosed,
    /// Everything stands still.
    #[error("the day is suspended")]
    DaySuspended,
    /// The doors are shut for a break; no kiosk gives tickets until it is over.
    #[error("the day is on a break: kiosks give tickets again when it is over")]
    DayOnBreak,
    /// The kiosk gave far more numbers than people can come; it gives no more until the host has looked.
    #[error("this kiosk gave too many numbers: it gives more when the host has looked")]
    KioskStopped,
    /// The host has enough announcements that nobody has seen to.
    #[error("too many announcements wait for the host")]
    TooManyAnnounced,
    /// There is nothing to resume.
    #[error("the day is not suspended")]
    DayNotSuspended,
    /// People still wait or sit in a talk.
    #[error("{0} tickets are still open: see them, give them a slip or other help, or close by force")]
    PeopleStillHere(u32),
    /// The id or token is in use.
    #[error("this identifier is in use")]
    IdInUse,
    /// The key came with another body before.
    #[error("this idempotency key came with another body before")]
    KeyReused,
    /// The centre has no such need.
    #[error("the centre has no such need")]
    UnknownNeed,
    /// The centre has no such space.
    #[error("the centre has no such space")]
    UnknownSpace,
    /// The centre has no such organisation.
    #[error("the centre has no such organisation")]
    UnknownOrganisation,
    /// The centre has no such place.
    #[error("the centre has no such place")]
    UnknownPlace,
    /// The day has no such ticket.
    #[error("the day has no such ticket")]
    UnknownTicket,
    /// There is nothing with this id to undo or acknowledge.
    #[error("there is nothing with this id")]
    NothingThere,
    /// No more tickets for this need today.
    #[error("no more tickets for this need today: {0:?}")]
    NeedClosed(Reason),
    /// The last number was given.
    #[error("the last number of the day was given")]
    NumbersExhausted,
    /// The slip was used today.
    #[error("this slip was used")]
    SlipUsed,
    /// Nobody waits whom this place can serve.
    #[error("nobody waits whom this place can serve")]
    NobodyWaiting,
    /// The ticket is not in a line.
    #[error("the ticket is not waiting")]
    NotWaiting,
    /// The ticket is not called.
    #[error("the ticket is not called")]
    NotCalled,
    /// The ticket is not in a talk.
    #[error("the ticket is not in a talk")]
    NotInTalk,
    /// The ticket is not parked.
    #[error("the ticket is not parked")]
    NotParked,
    /// The ticket is over.
    #[error("the ticket has ended")]
    TicketEnded,
    /// The visitor did not leave.
    #[error("the visitor did not leave")]
    NotLeft,
    /// The hand-over is not offered any more, or never was.
    #[error("the ticket is not offered as a hand-over")]
    NotOffered,
    /// The ticket is kept for another place.
    #[error("the ticket is kept for another place")]
    KeptForAnother,
    /// This place cannot serve this ticket.
    #[error("this place cannot serve this ticket")]
    PlaceNotAble,
    /// The place is not open.
    #[error("the place is not open")]
    PlaceNotOpen,
    /// The place is open already.
    #[error("the place is open already")]
    PlaceAlreadyOpen,
    /// A visitor is called or in a talk there.
    #[error("a visitor is called or in a talk at this place")]
    PlaceBusy,
    /// The counsellor is away.
    #[error("the place is on a pause")]
    PlaceAway,
    /// The counsellor is not away.
    #[error("the place is not on a pause")]
    PlaceNotAway,
    /// The counsellor sits with a colleague's visitor.
    #[error("the counsellor is in a colleague's talk")]
    PlaceJoining,
    /// The counsellor sits with no colleague's visitor.
    #[error("the counsellor is in no colleague's talk")]
    NotJoining,
    /// The counsellor sits at another place.
    #[error("this counsellor has another place open")]
    CounsellorElsewhere,
    /// It is too late to undo, or it moved on.
    #[error("it is too late to undo this")]
    TooLateToUndo,
    /// A time lies in the past.
    #[error("the time lies in the past")]
    TimeInThePast,
    /// A group is 2 to 500 people.
    #[error("a group is 2 to 500 people")]
    GroupSize,
    /// Nothing would change.
    #[error("nothing would change")]
    NothingToDo,
    /// A message is 1 to 200 characters.
    #[error("a message is 1 to 200 characters")]
    MessageLength,
}

impl Refusal {
    /// The stable code, as in the API and as the key of the screens' sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::DayNotOpen => "day_not_open",
            Self::DayAlreadyOpen => "day_already_open",
            Self::DayClosed => "day_closed",
            Self::DaySuspended => "day_suspended",
            Self::DayOnBreak => "day_on_break",
            Self::KioskStopped => "kiosk_stopped",
            Self::TooManyAnnounced => "too_many_announced",
            Self::DayNotSuspended => "day_not_suspended",
            Self::PeopleStillHere(_) => "people_still_here",
            Self::IdInUse => "id_in_use",
            Self::KeyReused => "key_reused",
            Self::UnknownNeed => "unknown_need",
            Self::UnknownSpace => "unknown_space",
            Self::UnknownOrganisation => "unknown_organisation",
            Self::UnknownPlace => "unknown_place",
            Self::UnknownTicket => "unknown_ticket",
            Self::NothingThere => "nothing_there",
            Self::NeedClosed(_) => "need_closed",
            Self::NumbersExhausted => "numbers_exhausted",
            Self::SlipUsed => "slip_used",
            Self::NobodyWaiting => "nobody_waiting",
            Self::NotWaiting => "not_waiting",
            Self::NotCalled => "not_called",
            Self::NotInTalk => "not_in_talk",
            Self::NotParked => "not_parked",
            Self::TicketEnded => "ticket_ended",
            Self::NotLeft => "not_left",
            Self::NotOffered => "not_offered",
            Self::KeptForAnother => "kept_for_another",
            Self::PlaceNotAble => "place_not_able",
            Self::PlaceNotOpen => "place_not_open",
            Self::PlaceAlreadyOpen => "place_already_open",
            Self::PlaceBusy => "place_busy",
            Self::PlaceAway => "place_away",
            Self::PlaceNotAway => "place_not_away",
            Self::PlaceJoining => "place_joining",
            Self::NotJoining => "not_joining",
            Self::CounsellorElsewhere => "counsellor_elsewhere",
            Self::TooLateToUndo => "too_late_to_undo",
            Self::TimeInThePast => "time_in_the_past",
            Self::GroupSize => "group_size",
            Self::NothingToDo => "nothing_to_do",
            Self::MessageLength => "message_length",
        }
    }
}
