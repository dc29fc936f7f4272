//! `PUT /centres/{centre}/policies`

use axum::{extract::State, http::StatusCode};
use domain::centre::Policies;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Body, Caller, Params},
    state::AppState,
};

/// Change the rules of the centre
#[utoipa::path(
    put, path = "/centres/{centre}/policies", tag = "settings", operation_id = "save_policies",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    request_body = Policies,
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "Changed."), Problems)
)]
pub(in crate::api) async fn save_policies(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
    Body(body): Body<Policies>,
) -> Answer<StatusCode> {
    let centre = state.parvis.centre(&centre)?;
    state.parvis.save_policies(&caller.0, centre.id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}
