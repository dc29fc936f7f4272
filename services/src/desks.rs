//! What staff and devices do to a day.

use domain::{
    CentreId, PlaceId,
    day::{Answer, Command},
    view::LineItem,
};
use serde::{Deserialize, Serialize};

use crate::{Actor, Parvis, Problem};

/// A visitor who was called to a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledTicket {
    /// The ticket.
    pub ticket: LineItem,
    /// To where.
    pub place: PlaceId,
    /// The desk's name, to put after the word "desk".
    pub desk: String,
}

impl Parvis {
    /// Gives a command to a centre's day. `TakeTicket`, `OpenPlace` and `Tick` have ways of their own and are refused.
    pub async fn act(
        &self,
        actor: &Actor,
        centre: CentreId,
        command: Command,
        key: Option<String>,
    ) -> Result<Answer, Problem> {
        let _ = (actor, centre, command, key);
        todo!()
    }
    /// Opens a place for the member of staff who asks, with the abilities and the organisation of the register.
    pub async fn open_place(&self, actor: &Actor, place: PlaceId, key: Option<String>) -> Result<(), Problem> {
        let _ = (actor, place, key);
        todo!()
    }
    /// Calls the next right visitor to a place; none if nobody waits whom it can serve.
    pub async fn call_next(
        &self,
        actor: &Actor,
        place: PlaceId,
        key: Option<String>,
    ) -> Result<Option<CalledTicket>, Problem> {
        let _ = (actor, place, key);
        todo!()
    }
}
