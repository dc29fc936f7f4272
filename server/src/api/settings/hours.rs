//! `GET /centres/{centre}/hours`

use axum::{Json, extract::State};
use domain::centre::OpeningHours;

use super::super::common::{Answer, Problems};
use crate::{extract::Params, state::AppState};

/// The opening hours
#[utoipa::path(
    get, path = "/centres/{centre}/hours", tag = "settings", operation_id = "hours",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    responses((status = 200, body = OpeningHours, description = "Local times of the centre."), Problems)
)]
pub(in crate::api) async fn hours(
    State(state): State<AppState>,
    Params(centre): Params<String>,
) -> Answer<Json<OpeningHours>> {
    let centre = state.parvis.centre(&centre)?;
    Ok(Json(centre.hours.clone()))
}
