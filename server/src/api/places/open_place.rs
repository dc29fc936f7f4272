//! `POST /places/{place}/open`

use axum::{extract::State, http::StatusCode};
use domain::PlaceId;

use super::super::common::{Answer, IdempotencyKey, Problems};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Open a place for the caller, with the abilities of the register
#[utoipa::path(
    post, path = "/places/{place}/open", tag = "places", operation_id = "open_place",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn open_place(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
) -> Answer<StatusCode> {
    state.parvis.open_place(&caller.0, place, key.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
