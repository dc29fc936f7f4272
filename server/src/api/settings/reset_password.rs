//! `POST /staff/{staff}/password`

use axum::{Json, extract::State};
use domain::StaffId;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, Params},
    state::AppState,
};

/// A new first password.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FirstPassword {
    /// To be changed at the next sign-in.
    first_password: String,
}

/// Give an account a new first password: it is signed out everywhere
#[utoipa::path(
    post, path = "/staff/{staff}/password", tag = "settings", operation_id = "reset_password",
    params(("staff" = StaffId, Path, description = "The account's id")),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = FirstPassword, description = "Shown only now."), Problems)
)]
pub(in crate::api) async fn reset_password(
    State(state): State<AppState>,
    caller: Caller,
    Params(staff): Params<StaffId>,
) -> Answer<Json<FirstPassword>> {
    let first_password = state.parvis.reset_password(&caller.0, staff).await?;
    Ok(Json(FirstPassword { first_password }))
}
