//! What the welcome screen asks of the server besides commands.
#![expect(missing_docs, reason = "the macro gives each argument a public field")]

use domain::{
    CentreId, TicketId,
    day::{Channel, Number, Request},
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

use super::super::Press;
use crate::trouble::Trouble;

#[cfg(feature = "ssr")]
use super::super::context::{StaffContext, answered, in_time};

/// A ticket that was taken for a visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Its id.
    pub id: TicketId,
    /// Its number.
    pub number: Number,
    /// Tickets before it.
    pub ahead: u32,
    /// How the talk happens.
    pub channel: Channel,
    /// The page that prints it.
    pub print: String,
}

/// Takes a ticket for a visitor.
#[server(prefix = "/api/ui", endpoint = "take_ticket", input = Json)]
pub async fn take_ticket(
    centre: CentreId,
    request: Request,
    slip: Option<String>,
    press: Press,
) -> Result<Given, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let channel = request.channel;
    let form = services::TakeTicketForm { request, slip };
    let key = in_time(&parvis, press)?;
    let taken = answered(parvis.take_ticket(&actor, centre, form, key).await)?;
    let print = format!("/print/{}", taken.token.reveal());
    Ok(Given { id: taken.id, number: taken.number, ahead: taken.ahead, channel, print })
}
