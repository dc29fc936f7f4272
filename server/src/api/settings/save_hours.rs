//! `PUT /centres/{centre}/hours`

use axum::{extract::State, http::StatusCode};
use domain::centre::OpeningHours;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Body, Caller, Params},
    state::AppState,
};

/// Change the opening hours
#[utoipa::path(
    put, path = "/centres/{centre}/hours", tag = "settings", operation_id = "save_hours",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    request_body = OpeningHours,
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "Changed."), Problems)
)]
pub(in crate::api) async fn save_hours(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
    Body(body): Body<OpeningHours>,
) -> Answer<StatusCode> {
    let centre = state.parvis.centre(&centre)?;
    state.parvis.save_hours(&caller.0, centre.id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}
