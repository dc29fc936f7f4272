//! `DELETE /centres/{centre}/counts/{count}`

use axum::{extract::State, http::StatusCode};
use domain::{CountId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_day};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// That was one touch too many
#[utoipa::path(
    delete, path = "/centres/{centre}/counts/{count}", tag = "host", operation_id = "undo_count",
    params(("centre" = String, Path, description = "The centre's slug or id"), ("count" = CountId, Path, description = "The touch's id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn undo_count(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params((centre, count)): Params<(String, CountId)>,
) -> Answer<StatusCode> {
    on_day(&state, &caller, &centre, Command::UndoCount { id: count }, key).await
}
