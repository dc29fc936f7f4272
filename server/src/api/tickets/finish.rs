//! `POST /tickets/{ticket}/finish`

use axum::{extract::State, http::StatusCode};
use domain::{
    TicketId,
    day::{Command, Outcome},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, need, on_ticket};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// How the talk ended.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Finish {
    /// How it ended.
    outcome: Outcome,
    /// The next talk of the same visit: a need's code or id.
    #[serde(default)]
    further: Option<String>,
}

/// End the talk
#[utoipa::path(
    post, path = "/tickets/{ticket}/finish", tag = "tickets", operation_id = "finish",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = Finish,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn finish(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    Body(body): Body<Finish>,
) -> Answer<StatusCode> {
    let further = match &body.further {
        Some(named) => {
            let centre = state.parvis.centre_by_id(state.parvis.find_ticket(ticket).await?)?;
            Some(need(&centre, named, "/further")?)
        }
        None => None,
    };
    on_ticket(&state, &caller, ticket, Command::Finish { ticket, outcome: body.outcome, further }, key).await
}
