//! `POST /tickets/{ticket}/prioritise`

use axum::{extract::State, http::StatusCode};
use domain::{
    TicketId,
    day::{Command, PriorityReason},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Why somebody goes before others.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Prioritise {
    /// Why.
    reason: PriorityReason,
}

/// Move somebody forward, with a reason
#[utoipa::path(
    post, path = "/tickets/{ticket}/prioritise", tag = "tickets", operation_id = "prioritise",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = Prioritise,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn prioritise(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    Body(body): Body<Prioritise>,
) -> Answer<StatusCode> {
    on_ticket(&state, &caller, ticket, Command::Prioritise { ticket, reason: body.reason }, key).await
}
