//! `POST /places/{place}/close`

use axum::{extract::State, http::StatusCode};
use domain::{PlaceId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_place};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Close a place, now or after this visitor
#[utoipa::path(
    post, path = "/places/{place}/close", tag = "places", operation_id = "close_place",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn close_place(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
) -> Answer<StatusCode> {
    on_place(&state, &caller, place, Command::ClosePlace { place }, key).await
}
