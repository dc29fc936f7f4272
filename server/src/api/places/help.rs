//! `POST /places/{place}/help`

use axum::{extract::State, http::StatusCode};
use domain::{PlaceId, day::Command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_place};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Whether help is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Help {
    /// Whether help is still asked for.
    on: bool,
}

/// Ask for help without a sound, or say that it is over
#[utoipa::path(
    post, path = "/places/{place}/help", tag = "places", operation_id = "help",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    request_body = Help,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn help(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
    Body(body): Body<Help>,
) -> Answer<StatusCode> {
    on_place(&state, &caller, place, Command::AskHelp { place, on: body.on }, key).await
}
