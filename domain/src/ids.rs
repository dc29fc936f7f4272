//! Identifiers: a UUID inside a type of its own, so that a desk is never taken for a ticket.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> { s.parse().map(Self) }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
    )+};
}

ids! {
    /// A network of centres.
    NetworkId,
    /// A centre: one place open to the public.
    CentreId,
    /// A space (*pôle*) of a centre.
    SpaceId,
    /// A need that a visitor can ask for.
    NeedId,
    /// A partner organisation.
    OrganisationId,
    /// A member of staff.
    StaffId,
    /// A desk.
    DeskId,
    /// A place at a desk, where one counsellor receives one visit.
    PlaceId,
    /// An enrolled kiosk, display or printer.
    DeviceId,
    /// A centre's working day.
    DayId,
    /// A ticket: one anonymous party's place in a line.
    TicketId,
    /// One touch of a host's counter, so that it can be undone.
    CountId,
    /// A priority slip: seen first on a later day.
    SlipId,
}
