//! `POST /tickets/{ticket}/no-show`

use axum::{extract::State, http::StatusCode};
use domain::{TicketId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Nobody came
#[utoipa::path(
    post, path = "/tickets/{ticket}/no-show", tag = "tickets", operation_id = "no_show",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn no_show(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
) -> Answer<StatusCode> {
    on_ticket(&state, &caller, ticket, Command::NoShow { ticket }, key).await
}
