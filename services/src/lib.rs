//! What can be done: use cases and who may do them, live centres in memory.
//!
//! [`Parvis`] holds everything. The same use case answers a page, a server function and the HTTP API; each begins by
//! asking [`authorise`] whether the [`Actor`] may do it.

mod accounts;
mod actor;
pub mod authorise;
mod browsers;
mod callers;
pub mod catalogue;
pub mod clock;
mod desks;
mod devices;
pub mod import;
mod keys;
mod limits;
pub mod live;
mod passwords;
pub mod printers;
mod problem;
mod registers;
pub mod secrets;
mod settings;
mod signatures;
mod slips;
mod start;
mod statistics;
mod timer;
mod views;
mod visitors;

use std::sync::{PoisonError, RwLock, RwLockWriteGuard};

pub use accounts::{Session, Whence};
pub use actor::Actor;
pub use browsers::Mark;
pub use desks::CalledTicket;
pub use devices::{EnrolForm, Enrolment};
pub use limits::{Held, Limits, Source};
pub use live::{Published, Sent, Told, Versions};
pub use problem::{Problem, StorageTrouble, What};
pub use secrets::{DeviceSecret, Secret, SessionToken};
pub use settings::{SavedStaff, StaffForm};
pub use slips::Slip;
pub use start::{Options, Parvis};
pub use visitors::{Follower, TakeTicketForm, Taken, VisitorAction};

/// Writing to what is shared. Nothing panics while holding it; if something did, the value is still whole.
fn locked<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
