//! `POST /tickets/{ticket}/dismiss`

use axum::{extract::State, http::StatusCode};
use domain::{
    TicketId,
    day::{Command, HelpOffered},
};

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Who cannot be seen today gets another help than a slip: the ticket ends
#[utoipa::path(
    post, path = "/tickets/{ticket}/dismiss", tag = "tickets", operation_id = "dismiss",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn dismiss(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
) -> Answer<StatusCode> {
    on_ticket(&state, &caller, ticket, Command::Dismiss { ticket, with: HelpOffered::Other }, key).await
}
