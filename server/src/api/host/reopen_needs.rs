//! `POST /centres/{centre}/needs/reopen`

use axum::{extract::State, http::StatusCode};
use domain::day::Command;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, needs, on_day};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Which needs give tickets again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct ReopenNeeds {
    /// Codes or ids.
    needs: Vec<String>,
}

/// Tickets again for these needs
#[utoipa::path(
    post, path = "/centres/{centre}/needs/reopen", tag = "host", operation_id = "reopen_needs",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    request_body = ReopenNeeds,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn reopen_needs(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
    Body(body): Body<ReopenNeeds>,
) -> Answer<StatusCode> {
    let centre = state.parvis.centre(&centre)?;
    let needs = needs(&centre, &body.needs)?;
    on_day(&state, &caller, &centre.slug, Command::ReopenNeeds { needs }, key).await
}
