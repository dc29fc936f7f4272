//! `POST /centres/{centre}/announcements/{announcement}/welcomed`

use axum::{extract::State, http::StatusCode};
use domain::{CountId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_day};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// The host has seen an announced visitor
#[utoipa::path(
    post, path = "/centres/{centre}/announcements/{announcement}/welcomed", tag = "host", operation_id = "welcomed",
    params(("centre" = String, Path, description = "The centre's slug or id"), ("announcement" = CountId, Path, description = "The announcement's id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn welcomed(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params((centre, announcement)): Params<(String, CountId)>,
) -> Answer<StatusCode> {
    on_day(&state, &caller, &centre, Command::Welcomed { id: announcement }, key).await
}
