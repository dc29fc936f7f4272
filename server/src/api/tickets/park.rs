//! `POST /tickets/{ticket}/park`

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use domain::{TicketId, day::Command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Until when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Park {
    /// Until when, in the future.
    until: DateTime<Utc>,
}

/// Set a visitor aside until a time
#[utoipa::path(
    post, path = "/tickets/{ticket}/park", tag = "tickets", operation_id = "park",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = Park,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn park(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    Body(body): Body<Park>,
) -> Answer<StatusCode> {
    on_ticket(&state, &caller, ticket, Command::Park { ticket, until: body.until }, key).await
}
