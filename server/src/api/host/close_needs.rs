//! `POST /centres/{centre}/needs/close`

use axum::{extract::State, http::StatusCode};
use domain::day::{Command, Reason};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, needs, on_day};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Which needs give no more tickets.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CloseNeeds {
    /// Codes or ids.
    needs: Vec<String>,
    /// Why, shown to visitors.
    reason: Reason,
}

/// No more tickets today for these needs
#[utoipa::path(
    post, path = "/centres/{centre}/needs/close", tag = "host", operation_id = "close_needs",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    request_body = CloseNeeds,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn close_needs(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
    Body(body): Body<CloseNeeds>,
) -> Answer<StatusCode> {
    let centre = state.parvis.centre(&centre)?;
    let needs = needs(&centre, &body.needs)?;
    on_day(&state, &caller, &centre.slug, Command::CloseNeeds { needs, reason: body.reason }, key).await
}
