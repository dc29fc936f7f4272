//! `POST /tickets/{ticket}/correct-need`

use axum::{extract::State, http::StatusCode};
use domain::{TicketId, day::Command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, need, on_ticket, present};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// The right need.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CorrectNeed {
    /// A need's code or id; null = welcome.
    #[serde(deserialize_with = "present")]
    #[schema(required = true)]
    need: Option<String>,
}

/// The need was wrong: correct it, the place in the line stays
#[utoipa::path(
    post, path = "/tickets/{ticket}/correct-need", tag = "tickets", operation_id = "correct_need",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = CorrectNeed,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn correct_need(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    Body(body): Body<CorrectNeed>,
) -> Answer<StatusCode> {
    let centre = state.parvis.centre_by_id(state.parvis.find_ticket(ticket).await?)?;
    let need = body.need.map(|named| need(&centre, &named, "/need")).transpose()?;
    on_ticket(&state, &caller, ticket, Command::CorrectNeed { ticket, need }, key).await
}
