//! `POST /centres/{centre}/day/open`

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use domain::day::Command;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_day};
use crate::{
    extract::{Caller, Key, OptionalBody, Params},
    state::AppState,
};

/// Opens the day.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct OpenDay {
    /// When the doors close today; none = as the opening hours say.
    #[serde(default)]
    closes: Option<DateTime<Utc>>,
}

/// Open the day
#[utoipa::path(
    post, path = "/centres/{centre}/day/open", tag = "day", operation_id = "open_day",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    request_body = Option<OpenDay>,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn open_day(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
    OptionalBody(body): OptionalBody<OpenDay>,
) -> Answer<StatusCode> {
    on_day(&state, &caller, &centre, Command::OpenDay { closes: body.closes }, key).await
}
