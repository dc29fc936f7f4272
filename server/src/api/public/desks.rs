//! `GET /centres/{centre}/desks`

use axum::{Json, extract::State};

use super::super::{
    common::{Answer, Problems},
    model::DeskBody,
};
use crate::{extract::Params, state::AppState};

/// The desks with their places
#[utoipa::path(
    get, path = "/centres/{centre}/desks", tag = "public", operation_id = "desks",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    responses((status = 200, body = Vec<DeskBody>, description = "In order."), Problems)
)]
pub(in crate::api) async fn desks(
    State(state): State<AppState>,
    Params(centre): Params<String>,
) -> Answer<Json<Vec<DeskBody>>> {
    let centre = state.parvis.centre(&centre)?;
    Ok(Json(centre.desks.iter().map(DeskBody::from).collect()))
}
