//! `POST /places/{place}/leave-talk`

use axum::{extract::State, http::StatusCode};
use domain::{PlaceId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_place};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Leave a colleague's talk
#[utoipa::path(
    post, path = "/places/{place}/leave-talk", tag = "places", operation_id = "leave_talk",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn leave_talk(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
) -> Answer<StatusCode> {
    on_place(&state, &caller, place, Command::LeaveTalk { place }, key).await
}
