//! What is kept: the day's event log, the registers and the counts, in SQLite or PostgreSQL.
//!
//! One SQL text serves both databases: `$1` placeholders, `ON CONFLICT`, instants as whole microseconds. Rows stay
//! inside this crate, domain types come out; what is absent is an `Option`, not an error. There is no column that
//! could hold anything that identifies a visitor.

#[macro_use]
mod database;
pub mod catalogue;
pub mod catalogue_edits;
pub mod centres;
pub mod copy;
pub mod day_log;
pub mod devices;
mod error;
pub mod fruitless;
pub mod keys;
mod listen;
mod private;
pub mod sessions;
pub mod slips;
pub mod staff;
pub mod statistics;
#[cfg(feature = "testing")]
pub mod testing;
mod values;

pub use database::Database;
pub use error::{Conflict, StorageError};
pub use listen::{Heard, Listener, Reach};
pub use private::keep_private;
