//! `POST /centres/{centre}/day/suspend`

use axum::{extract::State, http::StatusCode};
use domain::day::{Command, SuspendReason};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_day};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Why everything stands still.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct SuspendDay {
    /// Why: every screen and phone says what to do.
    reason: SuspendReason,
}

/// Stop every timer; places stay
#[utoipa::path(
    post, path = "/centres/{centre}/day/suspend", tag = "day", operation_id = "suspend_day",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    request_body = SuspendDay,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn suspend_day(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
    Body(body): Body<SuspendDay>,
) -> Answer<StatusCode> {
    on_day(&state, &caller, &centre, Command::Suspend { reason: body.reason, since: None }, key).await
}
