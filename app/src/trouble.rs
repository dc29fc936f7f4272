//! Why something did not happen, in the reader's words.

use domain::day::{Reason, Refusal};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

use crate::texts::{Texts, common, refusals};

/// Everything that can keep a wish from coming true, as a page needs to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The day said no.
    Refused(Refusal),
    /// The role does not allow it.
    NotAllowed,
    /// Several networks share it: only an administrator of the whole installation may.
    OfInstallation,
    /// The session is over.
    SignInNeeded,
    /// The first password has to be changed before anything else.
    PasswordChangeNeeded,
    /// Login and password do not belong together.
    WrongPassword,
    /// What it is about does not exist.
    Unknown(Missing),
    /// Something typed is not right.
    Invalid {
        /// Which field.
        field: String,
        /// What is wrong, as a stable code.
        code: String,
    },
    /// The server itself may not print there.
    PrinterNotAllowed,
    /// Too many tries from one place.
    TooManyTries {
        /// How long to wait.
        seconds: u64,
    },
    /// So many ask at once that nobody more is heard now.
    Busy,
    /// The server's disk is full.
    StorageFull,
    /// The server's database cannot be written.
    StorageReadOnly,
    /// The server's database does not answer.
    StorageUnreachable,
    /// The server's database has less of the day than it had.
    StorageLost,
    /// The server could not keep it for another reason.
    StorageFailed,
    /// The server does not answer.
    Unreachable,
    /// It does not answer yet: the same is asked again.
    Trying,
    /// It did not answer in time: nothing was done, and nothing will be.
    NotDone,
}

impl Trouble {
    /// One calm sentence.
    pub fn sentence(&self, t: &Texts) -> String {
        match self {
            Self::Refused(refusal) => refusal_sentence(t, refusal),
            Self::NotAllowed => refusals::not_allowed(t),
            Self::OfInstallation => refusals::of_installation(t),
            Self::SignInNeeded => refusals::sign_in_needed(t),
            Self::PasswordChangeNeeded => refusals::password_change_needed(t),
            Self::WrongPassword => refusals::wrong_password(t),
            Self::Unknown(missing) => missing.sentence(t),
            Self::Invalid { code, .. } if code == "unknown_dossier" => refusals::unknown_dossier(t),
            Self::Invalid { code, .. } if ["not_in_order", "overlaps_next_day"].contains(&code.as_str()) => {
                refusals::hours_not_in_order(t)
            }
            Self::Invalid { .. } => refusals::invalid(t),
            Self::PrinterNotAllowed => refusals::printer_not_allowed(t),
            Self::TooManyTries { seconds } => refusals::too_many_tries(t, seconds.div_ceil(60).max(1)),
            Self::Busy => refusals::busy(t),
            Self::StorageFull => refusals::storage_full(t),
            Self::StorageReadOnly => refusals::storage_read_only(t),
            Self::StorageUnreachable => refusals::storage_unreachable(t),
            Self::StorageLost => refusals::storage_lost(t),
            Self::StorageFailed => refusals::storage_failed(t),
            Self::Unreachable => refusals::unreachable(t),
            Self::Trying => refusals::trying(t),
            Self::NotDone => refusals::not_done(t),
        }
    }
}

/// What does not exist, or not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A centre.
    Centre,
    /// A place at a desk.
    Place,
    /// A ticket.
    Ticket,
    /// A member of staff.
    Staff,
    /// A device.
    Device,
    /// An entry of the catalogue.
    Entry,
    /// A sign-in of the own account.
    Session,
    /// An enrolment code.
    EnrolmentCode,
}

impl Missing {
    fn sentence(self, t: &Texts) -> String {
        match self {
            Self::Centre => refusals::unknown_centre(t),
            Self::Place => refusals::unknown_place(t),
            Self::Ticket => refusals::unknown_ticket(t),
            Self::Staff => refusals::unknown_staff(t),
            Self::Device => refusals::unknown_device(t),
            Self::Entry => refusals::unknown_entry(t),
            Self::Session => refusals::unknown_session(t),
            Self::EnrolmentCode => refusals::unknown_enrolment_code(t),
        }
    }
}

impl FromServerFnError for Trouble {
    type Encoder = JsonEncoding;

    /// Whatever goes wrong on the way is one thing for the one who waits: the server did not answer.
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unreachable
    }
}

#[cfg(feature = "ssr")]
impl From<services::Problem> for Trouble {
    fn from(problem: services::Problem) -> Self {
        use services::{Problem, StorageTrouble, What};
        match problem {
            Problem::SignInNeeded => Self::SignInNeeded,
            // No page asks as an agent does.
            Problem::NotAllowed | Problem::PrinterHasAgent => Self::NotAllowed,
            Problem::OfInstallation => Self::OfInstallation,
            Problem::PasswordChangeNeeded => Self::PasswordChangeNeeded,
            Problem::WrongPassword => Self::WrongPassword,
            Problem::Unknown(what) => Self::Unknown(match what {
                What::Centre => Missing::Centre,
                What::Place => Missing::Place,
                What::Ticket => Missing::Ticket,
                What::Staff => Missing::Staff,
                What::Device => Missing::Device,
                What::Entry => Missing::Entry,
                What::Session => Missing::Session,
                What::EnrolmentCode => Missing::EnrolmentCode,
            }),
            Problem::Refused(refusal) => Self::Refused(refusal),
            Problem::Invalid { field, code } => Self::Invalid { field: field.into(), code: code.into() },
            Problem::PrinterNotAllowed => Self::PrinterNotAllowed,
            Problem::TooManyTries { retry_after } => Self::TooManyTries { seconds: retry_after.as_secs() },
            Problem::Busy { .. } => Self::Busy,
            Problem::Storage(StorageTrouble::Full) => Self::StorageFull,
            Problem::Storage(StorageTrouble::ReadOnly) => Self::StorageReadOnly,
            Problem::Storage(StorageTrouble::Unreachable) => Self::StorageUnreachable,
            Problem::Storage(StorageTrouble::Lost) => Self::StorageLost,
            Problem::Storage(StorageTrouble::Other) => Self::StorageFailed,
        }
    }
}

#[cfg(feature = "ssr")]
impl Trouble {
    /// The HTTP status that goes with it.
    pub fn status(&self) -> axum::http::StatusCode {
        use axum::http::StatusCode;
        match self {
            Self::Refused(_) | Self::NotDone => StatusCode::CONFLICT,
            Self::NotAllowed | Self::OfInstallation | Self::PasswordChangeNeeded => StatusCode::FORBIDDEN,
            Self::SignInNeeded | Self::WrongPassword => StatusCode::UNAUTHORIZED,
            Self::Unknown(_) => StatusCode::NOT_FOUND,
            Self::Invalid { .. } | Self::PrinterNotAllowed => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyTries { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy
            | Self::StorageFull
            | Self::StorageReadOnly
            | Self::StorageUnreachable
            | Self::StorageLost
            | Self::StorageFailed
            | Self::Unreachable
            | Self::Trying => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Why a need gives no more tickets, as part of a sentence.
pub fn reason(t: &Texts, reason: Reason) -> String {
    match reason {
        Reason::Full => common::reason_full(t),
        Reason::NobodyToday => common::reason_nobody_today(t),
        Reason::Event => common::reason_event(t),
        Reason::SoonClosing => common::reason_soon_closing(t),
    }
}

/// What a day's "no" means for the one who asked.
pub fn refusal_sentence(t: &Texts, refusal: &Refusal) -> String {
    match refusal {
        Refusal::DayNotOpen => refusals::day_not_open(t),
        Refusal::DayAlreadyOpen => refusals::day_already_open(t),
        Refusal::DayClosed => refusals::day_closed(t),
        Refusal::DaySuspended => refusals::day_suspended(t),
        Refusal::DayOnBreak => refusals::day_on_break(t),
        Refusal::KioskStopped => refusals::kiosk_stopped(t),
        Refusal::TooManyAnnounced => refusals::too_many_announced(t),
        Refusal::DayNotSuspended => refusals::day_not_suspended(t),
        Refusal::PeopleStillHere(n) => refusals::people_still_here(t, *n),
        Refusal::IdInUse => refusals::id_in_use(t),
        Refusal::KeyReused => refusals::key_reused(t),
        Refusal::UnknownNeed => refusals::unknown_need(t),
        Refusal::UnknownSpace => refusals::unknown_space(t),
        Refusal::UnknownOrganisation => refusals::unknown_organisation(t),
        Refusal::UnknownPlace => refusals::unknown_place(t),
        Refusal::UnknownTicket => refusals::unknown_ticket(t),
        Refusal::NothingThere => refusals::nothing_there(t),
        Refusal::NeedClosed(why) => refusals::need_closed(t, reason(t, *why)),
        Refusal::NumbersExhausted => refusals::numbers_exhausted(t),
        Refusal::SlipUsed => refusals::slip_used(t),
        Refusal::NobodyWaiting => refusals::nobody_waiting(t),
        Refusal::NotWaiting => refusals::not_waiting(t),
        Refusal::NotCalled => refusals::not_called(t),
        Refusal::NotInTalk => refusals::not_in_talk(t),
        Refusal::NotParked => refusals::not_parked(t),
        Refusal::TicketEnded => refusals::ticket_ended(t),
        Refusal::NotLeft => refusals::not_left(t),
        Refusal::NotOffered => refusals::not_offered(t),
        Refusal::KeptForAnother => refusals::kept_for_another(t),
        Refusal::PlaceNotAble => refusals::place_not_able(t),
        Refusal::PlaceNotOpen => refusals::place_not_open(t),
        Refusal::PlaceAlreadyOpen => refusals::place_already_open(t),
        Refusal::PlaceBusy => refusals::place_busy(t),
        Refusal::PlaceAway => refusals::place_away(t),
        Refusal::PlaceNotAway => refusals::place_not_away(t),
        Refusal::PlaceJoining => refusals::place_joining(t),
        Refusal::NotJoining => refusals::not_joining(t),
        Refusal::CounsellorElsewhere => refusals::counsellor_elsewhere(t),
        Refusal::TooLateToUndo => refusals::too_late_to_undo(t),
        Refusal::TimeInThePast => refusals::time_in_the_past(t),
        Refusal::GroupSize => refusals::group_size(t),
        Refusal::NothingToDo => refusals::nothing_to_do(t),
        Refusal::MessageLength => refusals::message_length(t),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::day::{Reason, Refusal};

    use super::{Missing, Trouble};
    use crate::texts::{Texts, screen_languages};

    #[test]
    fn every_trouble_has_words_of_its_own_in_every_language() {
        let troubles = [
            Trouble::NotAllowed,
            Trouble::OfInstallation,
            Trouble::SignInNeeded,
            Trouble::PasswordChangeNeeded,
            Trouble::WrongPassword,
            Trouble::Unknown(Missing::Centre),
            Trouble::Unknown(Missing::Staff),
            Trouble::Unknown(Missing::Device),
            Trouble::Unknown(Missing::EnrolmentCode),
            Trouble::Invalid { field: "login".into(), code: "taken".into() },
            Trouble::PrinterNotAllowed,
            Trouble::TooManyTries { seconds: 61 },
            Trouble::Busy,
            Trouble::Unknown(Missing::Session),
            Trouble::StorageFull,
            Trouble::StorageReadOnly,
            Trouble::StorageUnreachable,
            Trouble::StorageLost,
            Trouble::StorageFailed,
            Trouble::Unreachable,
            Trouble::Trying,
            Trouble::NotDone,
            Trouble::Refused(Refusal::NobodyWaiting),
            Trouble::Refused(Refusal::PeopleStillHere(2)),
        ];
        for language in screen_languages() {
            let t = Texts::of(&language);
            let said: BTreeSet<String> = troubles.iter().map(|trouble| trouble.sentence(&t)).collect();
            assert_eq!(said.len(), troubles.len(), "{language}");
            assert!(said.iter().all(|s| s.chars().count() > 8), "{language}: {said:?}");
        }
    }

    #[test]
    fn waiting_is_rounded_up_to_minutes() {
        let t = Texts::of(&domain::Language::french());
        assert!(Trouble::TooManyTries { seconds: 61 }.sentence(&t).contains("2 minutes"));
        assert!(Trouble::TooManyTries { seconds: 1 }.sentence(&t).contains("1 minute"));
    }

    #[test]
    fn a_closed_need_says_why() {
        let t = Texts::of(&domain::Language::english());
        let said = Trouble::Refused(Refusal::NeedClosed(Reason::SoonClosing)).sentence(&t);
        assert!(said.contains("closes soon"), "{said}");
    }
}
