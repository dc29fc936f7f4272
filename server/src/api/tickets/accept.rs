//! `POST /tickets/{ticket}/accept`

use axum::{extract::State, http::StatusCode};
use domain::{PlaceId, TicketId, day::Command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket, own_place};
use crate::{
    extract::{Caller, Key, OptionalBody, Params},
    state::AppState,
};

/// Who takes a hand-over on.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Accept {
    /// The place that accepts; none = the caller's own.
    #[serde(default)]
    place: Option<PlaceId>,
}

/// Take a hand-over on: it is kept for this place
#[utoipa::path(
    post, path = "/tickets/{ticket}/accept", tag = "tickets", operation_id = "accept",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = Option<Accept>,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn accept(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    OptionalBody(body): OptionalBody<Accept>,
) -> Answer<StatusCode> {
    let place = own_place(&state, &caller, body.place).await?;
    on_ticket(&state, &caller, ticket, Command::Accept { ticket, place }, key).await
}
