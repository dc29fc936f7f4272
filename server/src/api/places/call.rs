//! `POST /places/{place}/call`

use axum::{Json, extract::State};
use domain::{PlaceId, TicketId, day::Command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::{
    common::{Answer, IdempotencyKey, Problems, on_place},
    model::TicketBody,
};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Whom to call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CallTicket {
    /// A ticket that waits.
    ticket: TicketId,
}

/// Call this visitor
#[utoipa::path(
    post, path = "/places/{place}/call", tag = "places", operation_id = "call",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    request_body = CallTicket,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 200, body = TicketBody, description = "The visitor who is called."), Problems)
)]
pub(in crate::api) async fn call(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
    Body(body): Body<CallTicket>,
) -> Answer<Json<TicketBody>> {
    let ticket = body.ticket;
    on_place(&state, &caller, place, Command::CallTicket { place, ticket }, key).await?;
    let line = state.parvis.ticket(&caller.0, ticket).await?;
    Ok(Json(TicketBody::of(line, &*state.parvis.find_place(place)?)))
}
