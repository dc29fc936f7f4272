//! `POST /tickets/{ticket}/refuse`

use axum::{extract::State, http::StatusCode};
use domain::{
    PlaceId, TicketId,
    day::{Command, RefusalReason},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket, own_place};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Why a hand-over is refused.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Refuse {
    /// Why.
    reason: RefusalReason,
    /// The place that refuses; none = the caller's own.
    #[serde(default)]
    place: Option<PlaceId>,
}

/// Refuse a hand-over: the visitor comes back to the one who handed over
#[utoipa::path(
    post, path = "/tickets/{ticket}/refuse", tag = "tickets", operation_id = "refuse",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = Refuse,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn refuse(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    Body(body): Body<Refuse>,
) -> Answer<StatusCode> {
    let place = own_place(&state, &caller, body.place).await?;
    on_ticket(&state, &caller, ticket, Command::Refuse { ticket, place, reason: body.reason }, key).await
}
