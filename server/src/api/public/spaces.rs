//! `GET /centres/{centre}/spaces`

use axum::{Json, extract::State};

use super::super::{
    common::{Answer, Problems},
    model::SpaceBody,
};
use crate::{extract::Params, state::AppState};

/// The parts of the centre
#[utoipa::path(
    get, path = "/centres/{centre}/spaces", tag = "public", operation_id = "spaces",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    responses((status = 200, body = Vec<SpaceBody>, description = "In order."), Problems)
)]
pub(in crate::api) async fn spaces(
    State(state): State<AppState>,
    Params(centre): Params<String>,
) -> Answer<Json<Vec<SpaceBody>>> {
    let centre = state.parvis.centre(&centre)?;
    Ok(Json(centre.spaces.iter().map(SpaceBody::from).collect()))
}
