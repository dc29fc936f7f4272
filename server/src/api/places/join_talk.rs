//! `POST /places/{place}/join-talk`

use axum::{extract::State, http::StatusCode};
use domain::{PlaceId, TicketId, day::Command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_place};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Whose talk to join.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct JoinTalk {
    /// The colleague's visitor.
    ticket: TicketId,
}

/// Sit with a colleague's visitor
#[utoipa::path(
    post, path = "/places/{place}/join-talk", tag = "places", operation_id = "join_talk",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    request_body = JoinTalk,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn join_talk(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
    Body(body): Body<JoinTalk>,
) -> Answer<StatusCode> {
    on_place(&state, &caller, place, Command::JoinTalk { place, ticket: body.ticket }, key).await
}
