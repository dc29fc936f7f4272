//! `POST /places/{place}/pause`

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use domain::{PlaceId, day::Command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_place};
use crate::{
    extract::{Caller, Key, OptionalBody, Params},
    state::AppState,
};

/// A counsellor goes away.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Pause {
    /// When back, in the future, if it is known: then visitors may count on it.
    #[serde(default)]
    until: Option<DateTime<Utc>>,
}

/// Go away, now or after this visitor
#[utoipa::path(
    post, path = "/places/{place}/pause", tag = "places", operation_id = "pause_place",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    request_body = Option<Pause>,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn pause_place(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
    OptionalBody(body): OptionalBody<Pause>,
) -> Answer<StatusCode> {
    on_place(&state, &caller, place, Command::PausePlace { place, until: body.until }, key).await
}
