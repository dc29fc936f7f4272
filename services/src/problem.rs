//! Why a use case did not do what was asked.

use std::time::Duration;

use domain::day::Refusal;
use storage::{Conflict, StorageError};
use thiserror::Error;

/// What was asked for and does not exist, or not for the one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum What {
    /// A centre.
    #[error("centre")]
    Centre,
    /// A place at a desk.
    #[error("place")]
    Place,
    /// A ticket: never existed, or its day is over.
    #[error("ticket in an open day")]
    Ticket,
    /// A member of staff.
    #[error("member of staff")]
    Staff,
    /// A device.
    #[error("device")]
    Device,
    /// An entry of the catalogue.
    #[error("entry in the catalogue")]
    Entry,
    /// A sign-in of the own account: ended, or never was.
    #[error("sign-in of yours: it has ended")]
    Session,
    /// An enrolment code: never existed, was used or ran out.
    #[error("enrolment code: it was never given, was used or ran out")]
    EnrolmentCode,
}

/// Why nothing can be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageTrouble {
    /// The disk is full.
    Full,
    /// The database cannot be written.
    ReadOnly,
    /// The database does not answer.
    Unreachable,
    /// The database has less of the day than it had.
    Lost,
    /// Anything else; the log says what.
    Other,
}

/// The error of every use case. `code` is stable: part of the API and the key of the screens' sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// Without credentials this is not possible.
    #[error("sign in first")]
    SignInNeeded,
    /// This actor may not do this.
    #[error("you may not do this")]
    NotAllowed,
    /// It is shared by several networks: only an administrator of the whole installation may do this.
    #[error("several networks share this: only an administrator of the whole installation may do this")]
    OfInstallation,
    /// The first password has to be changed before anything else.
    #[error("change your first password before anything else")]
    PasswordChangeNeeded,
    /// Login and password do not go together.
    #[error("the login or the password is wrong")]
    WrongPassword,
    /// It does not exist.
    #[error("there is no such {0}")]
    Unknown(What),
    /// The day says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A field holds what it cannot hold.
    #[error("{field}: {code}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is wrong with it: the key of a sentence.
        code: &'static str,
    },
    /// The server itself may not print there.
    #[error(
        "this server does not print there: whoever runs it allows a printer with --printer-path or --printer-network"
    )]
    PrinterNotAllowed,
    /// Another print agent has this printer.
    #[error("another print agent has this printer: it has to end first, or this printer's secret was copied")]
    PrinterHasAgent,
    /// Too many tries; the next one after this time.
    #[error("too many tries: wait {} seconds", retry_after.as_secs())]
    TooManyTries {
        /// How long to wait.
        retry_after: Duration,
    },
    /// So many ask that nobody more is heard now.
    #[error("too many ask at once: try again in {} seconds", retry_after.as_secs())]
    Busy {
        /// When to try again.
        retry_after: Duration,
    },
    /// Nothing can be stored now; nothing was changed.
    #[error("nothing can be stored: {0:?}")]
    Storage(StorageTrouble),
}

impl Problem {
    /// Too many tries, in whole seconds.
    pub(crate) fn too_many(wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Self::TooManyTries { retry_after: Duration::from_secs(seconds) }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SignInNeeded => "sign_in_needed",
            Self::NotAllowed => "not_allowed",
            Self::OfInstallation => "of_installation",
            Self::PasswordChangeNeeded => "password_change_needed",
            Self::WrongPassword => "wrong_password",
            Self::Unknown(What::Centre) => "unknown_centre",
            Self::Unknown(What::Place) => "unknown_place",
            Self::Unknown(What::Ticket) => "unknown_ticket",
            Self::Unknown(What::Staff) => "unknown_staff",
            Self::Unknown(What::Device) => "unknown_device",
            Self::Unknown(What::Entry) => "unknown_entry",
            Self::Unknown(What::Session) => "unknown_session",
            Self::Unknown(What::EnrolmentCode) => "unknown_enrolment_code",
            Self::Refused(refusal) => refusal.code(),
            Self::Invalid { .. } => "invalid",
            Self::PrinterNotAllowed => "printer_not_allowed",
            Self::PrinterHasAgent => "printer_has_agent",
            Self::TooManyTries { .. } => "too_many_tries",
            Self::Busy { .. } => "busy",
            Self::Storage(StorageTrouble::Full) => "storage_full",
            Self::Storage(StorageTrouble::ReadOnly) => "storage_read_only",
            Self::Storage(StorageTrouble::Unreachable) => "storage_unreachable",
            Self::Storage(StorageTrouble::Lost) => "storage_lost",
            Self::Storage(StorageTrouble::Other) => "storage_failed",
        }
    }
}

impl From<&StorageError> for StorageTrouble {
    fn from(error: &StorageError) -> Self {
        match error {
            StorageError::Full => Self::Full,
            StorageError::ReadOnly => Self::ReadOnly,
            StorageError::Unreachable(_) => Self::Unreachable,
            StorageError::Conflict(Conflict::Lost) => Self::Lost,
            StorageError::NewerSchema { .. }
            | StorageError::Address(_)
            | StorageError::Conflict(_)
            | StorageError::Unreadable(_)
            | StorageError::Other(_) => Self::Other,
        }
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        let trouble = StorageTrouble::from(&error);
        tracing::warn!(%error, "the database did not do what was asked");
        Self::Storage(trouble)
    }
}
