//! `POST /tickets/{ticket}/put-back`

use axum::{extract::State, http::StatusCode};
use domain::{TicketId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Put a called visitor back into the line
#[utoipa::path(
    post, path = "/tickets/{ticket}/put-back", tag = "tickets", operation_id = "put_back",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn put_back(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
) -> Answer<StatusCode> {
    on_ticket(&state, &caller, ticket, Command::PutBack { ticket }, key).await
}
