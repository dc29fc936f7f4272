//! `POST /centres/{centre}/day/close`

use axum::{extract::State, http::StatusCode};
use domain::day::Command;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_day};
use crate::{
    extract::{Caller, Key, OptionalBody, Params},
    state::AppState,
};

/// Closes the day.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CloseDay {
    /// Whether tickets that are still open are ended as not seen.
    #[serde(default)]
    force: bool,
}

/// Close the day: only counts remain
#[utoipa::path(
    post, path = "/centres/{centre}/day/close", tag = "day", operation_id = "close_day",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    request_body = Option<CloseDay>,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn close_day(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
    OptionalBody(body): OptionalBody<CloseDay>,
) -> Answer<StatusCode> {
    on_day(&state, &caller, &centre, Command::CloseDay { force: body.force }, key).await
}
