//! `POST /tickets/{ticket}/advice`

use std::collections::BTreeSet;

use axum::{extract::State, http::StatusCode};
use domain::{
    TicketId,
    day::{Advice, Command},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Structured advice, never words about a person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct AdviceGiven {
    /// All advice given, replacing what was noted.
    #[schema(value_type = Vec<Advice>)]
    advice: BTreeSet<Advice>,
}

/// Note structured advice during the talk
#[utoipa::path(
    post, path = "/tickets/{ticket}/advice", tag = "tickets", operation_id = "advice",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = AdviceGiven,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn advice(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    Body(body): Body<AdviceGiven>,
) -> Answer<StatusCode> {
    on_ticket(&state, &caller, ticket, Command::GiveAdvice { ticket, advice: body.advice }, key).await
}
