//! `POST /places/{place}/undo`

use axum::{extract::State, http::StatusCode};
use domain::{PlaceId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_place};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Undo the last call, no-show, park or finish of a place, while that is possible
#[utoipa::path(
    post, path = "/places/{place}/undo", tag = "places", operation_id = "undo",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn undo(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
) -> Answer<StatusCode> {
    on_place(&state, &caller, place, Command::Undo { place }, key).await
}
