//! `POST /places/{place}/move`

use axum::{extract::State, http::StatusCode};
use domain::{PlaceId, day::Command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_place};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Where to go on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct MovePlace {
    /// A place that is not open.
    to: PlaceId,
}

/// Go on at another place, with the visitor
#[utoipa::path(
    post, path = "/places/{place}/move", tag = "places", operation_id = "move_place",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    request_body = MovePlace,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn move_place(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
    Body(body): Body<MovePlace>,
) -> Answer<StatusCode> {
    on_place(&state, &caller, place, Command::MovePlace { from: place, to: body.to }, key).await
}
