//! `GET /centres/{centre}/needs`

use axum::{Json, extract::State};

use super::super::{
    common::{Answer, Problems},
    model::NeedBody,
};
use crate::{extract::Params, state::AppState};

/// What visitors can ask for
#[utoipa::path(
    get, path = "/centres/{centre}/needs", tag = "public", operation_id = "needs",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    responses((status = 200, body = Vec<NeedBody>, description = "In order."), Problems)
)]
pub(in crate::api) async fn needs(
    State(state): State<AppState>,
    Params(centre): Params<String>,
) -> Answer<Json<Vec<NeedBody>>> {
    let centre = state.parvis.centre(&centre)?;
    Ok(Json(centre.needs.iter().map(NeedBody::from).collect()))
}
