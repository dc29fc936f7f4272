//! `POST /centres/{centre}/day/resume`

use axum::{extract::State, http::StatusCode};
use domain::day::Command;

use super::super::common::{Answer, IdempotencyKey, Problems, on_day};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Go on after a suspension
#[utoipa::path(
    post, path = "/centres/{centre}/day/resume", tag = "day", operation_id = "resume_day",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn resume_day(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
) -> Answer<StatusCode> {
    on_day(&state, &caller, &centre, Command::ResumeDay, key).await
}
