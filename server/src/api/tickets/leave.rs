//! `POST /tickets/{ticket}/leave`

use axum::{extract::State, http::StatusCode};
use domain::{TicketId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// The visitor leaves
#[utoipa::path(
    post, path = "/tickets/{ticket}/leave", tag = "tickets", operation_id = "leave",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn leave(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
) -> Answer<StatusCode> {
    on_ticket(&state, &caller, ticket, Command::Leave { ticket }, key).await
}
