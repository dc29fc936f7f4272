//! `GET /centres/{centre}/devices`

use axum::{Json, extract::State};
use domain::staff::Device;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, Params},
    state::AppState,
};

/// Kiosks, displays and printers
#[utoipa::path(
    get, path = "/centres/{centre}/devices", tag = "settings", operation_id = "devices",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Vec<Device>, description = "Also those that were revoked."), Problems)
)]
pub(in crate::api) async fn devices(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
) -> Answer<Json<Vec<Device>>> {
    let centre = state.parvis.centre(&centre)?;
    Ok(Json(state.parvis.devices(&caller.0, centre.id).await?))
}
