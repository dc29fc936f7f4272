//! What is true in a centre: tickets, days, routing, statistics.
//!
//! Pure: no I/O, no clock, no randomness, no async. Identifiers, secrets and the time come in with each command.
//! The whole crate compiles to `wasm32`, so that pages and server share one set of types.

pub mod catalogue;
pub mod centre;
pub mod day;
pub mod ids;
#[cfg(feature = "schema")]
mod schema;
pub mod staff;
pub mod statistics;
pub mod text;
pub mod view;

pub use ids::{
    CentreId, CountId, DayId, DeskId, DeviceId, NeedId, NetworkId, OrganisationId, PlaceId, SlipId, SpaceId, StaffId,
    TicketId,
};
pub use text::{Language, Text, printable, runs_left};

/// An instant, always UTC; shown in the centre's own time zone.
pub type Instant = chrono::DateTime<chrono::Utc>;
