//! `GET /catalogue/sources`

use axum::{Json, extract::State};

use super::{
    super::common::{Answer, Problems},
    model::ReleaseBody,
};
use crate::state::AppState;

/// Where career information comes from
#[utoipa::path(
    get, path = "/catalogue/sources", tag = "catalogue", operation_id = "catalogue_sources",
    responses((status = 200, body = Vec<ReleaseBody>, description = "The releases in use."), Problems)
)]
pub(in crate::api) async fn catalogue_sources(State(state): State<AppState>) -> Answer<Json<Vec<ReleaseBody>>> {
    Ok(Json(state.parvis.catalogue().releases().iter().map(ReleaseBody::of).collect()))
}
