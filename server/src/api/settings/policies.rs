//! `GET /centres/{centre}/policies`

use axum::{Json, extract::State};
use domain::centre::Policies;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, Params},
    state::AppState,
};

/// The rules that the centre chose
#[utoipa::path(
    get, path = "/centres/{centre}/policies", tag = "settings", operation_id = "policies",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Policies, description = "The rules."), Problems)
)]
pub(in crate::api) async fn policies(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
) -> Answer<Json<Policies>> {
    let centre = state.parvis.centre(&centre)?;
    state.parvis.staff_list(&caller.0, centre.id).await?;
    Ok(Json(centre.policies.clone()))
}
