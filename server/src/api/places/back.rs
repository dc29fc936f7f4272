//! `POST /places/{place}/back`

use axum::{extract::State, http::StatusCode};
use domain::{PlaceId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_place};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Be ready again after a pause
#[utoipa::path(
    post, path = "/places/{place}/back", tag = "places", operation_id = "back",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn back(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
) -> Answer<StatusCode> {
    on_place(&state, &caller, place, Command::BackFromPause { place }, key).await
}
