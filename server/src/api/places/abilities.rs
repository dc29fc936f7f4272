//! `POST /places/{place}/abilities`

use axum::{extract::State, http::StatusCode};
use domain::{PlaceId, day::Command, staff::Abilities};

use super::super::common::{Answer, IdempotencyKey, Problems, on_place};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Change what a counsellor can do today
#[utoipa::path(
    post, path = "/places/{place}/abilities", tag = "places", operation_id = "abilities",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    request_body = Abilities,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn abilities(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
    Body(body): Body<Abilities>,
) -> Answer<StatusCode> {
    on_place(&state, &caller, place, Command::ChangeAbilities { place, abilities: body }, key).await
}
