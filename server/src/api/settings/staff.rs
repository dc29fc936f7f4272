//! `GET /centres/{centre}/staff`

use axum::{Json, extract::State};
use domain::staff::Staff;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, Params},
    state::AppState,
};

/// The accounts of the centre
#[utoipa::path(
    get, path = "/centres/{centre}/staff", tag = "settings", operation_id = "staff",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Vec<Staff>, description = "Also those that are switched off."), Problems)
)]
pub(in crate::api) async fn staff(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
) -> Answer<Json<Vec<Staff>>> {
    let centre = state.parvis.centre(&centre)?;
    Ok(Json(state.parvis.staff_list(&caller.0, centre.id).await?))
}
