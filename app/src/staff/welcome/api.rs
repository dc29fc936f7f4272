//! What the welcome screen asks of the server besides commands.
#![expect(missing_docs, reason = "the macro gives each argument a public field")]

use chrono::NaiveDate;
use domain::{
    CentreId, TicketId,
    day::{Channel, Number, Request},
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

use crate::trouble::Trouble;

#[cfg(feature = "ssr")]
use super::super::context::{StaffContext, answered};

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

/// A slip that was made for a visitor who cannot be seen today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipGiven {
    /// What is scanned or typed on a later day.
    pub code: String,
    /// The last day on which it is valid.
    pub valid_until: NaiveDate,
    /// The page that prints it.
    pub print: String,
}

/// Takes a ticket for a visitor.
#[server(prefix = "/api/ui", endpoint = "take_ticket", input = Json)]
pub async fn take_ticket(
    centre: CentreId,
    request: Request,
    slip: Option<String>,
    key: String,
) -> Result<Given, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let channel = request.channel;
    let form = services::TakeTicketForm { request, slip };
    let taken = answered(parvis.take_ticket(&actor, centre, form, Some(key)).await)?;
    let print = format!("/print/{}", taken.token.reveal());
    Ok(Given { id: taken.id, number: taken.number, ahead: taken.ahead, channel, print })
}

/// Ends a ticket that cannot be seen today with a slip.
#[server(prefix = "/api/ui", endpoint = "issue_slip", input = Json)]
pub async fn issue_slip(ticket: TicketId, key: String) -> Result<SlipGiven, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let slip = answered(parvis.issue_slip(&actor, ticket, Some(key)).await)?;
    let centre = answered(parvis.find_ticket(ticket).await)?;
    let slug = answered(parvis.centre_by_id(centre))?.slug.clone();
    let (code, valid_until, language) = (slip.code, slip.valid_until, slip.language);
    let print = format!("/print/slip/{slug}/{language}/{code}/{valid_until}");
    Ok(SlipGiven { code, valid_until, print })
}
