//! `GET /centres`

use axum::{Json, extract::State};

use super::super::{common::Problems, model::CentreBody};
use crate::state::AppState;

/// Every centre
#[utoipa::path(
    get, path = "/centres", tag = "public", operation_id = "centres",
    responses((status = 200, body = Vec<CentreBody>, description = "In the order of their slugs."), Problems)
)]
pub(in crate::api) async fn centres(State(state): State<AppState>) -> Json<Vec<CentreBody>> {
    Json(state.parvis.centres().iter().map(|c| CentreBody::from(&**c)).collect())
}
