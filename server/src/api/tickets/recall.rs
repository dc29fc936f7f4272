//! `POST /tickets/{ticket}/recall`

use axum::{extract::State, http::StatusCode};
use domain::{TicketId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Call a ticket again
#[utoipa::path(
    post, path = "/tickets/{ticket}/recall", tag = "tickets", operation_id = "recall",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn recall(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
) -> Answer<StatusCode> {
    on_ticket(&state, &caller, ticket, Command::Recall { ticket }, key).await
}
