//! `PUT /session/password`

use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Body, Caller},
    state::AppState,
};

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewPassword {
    /// The present one.
    old: String,
    /// The new one.
    new: String,
}

/// Change the own password: every session of the account ends
#[utoipa::path(
    put, path = "/session/password", tag = "session", operation_id = "change_password",
    request_body = NewPassword,
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "Changed; sign in again."), Problems)
)]
pub(in crate::api) async fn change_password(
    State(state): State<AppState>,
    caller: Caller,
    Body(body): Body<NewPassword>,
) -> Answer<StatusCode> {
    state.parvis.change_password(&caller.0, &body.old, &body.new).await?;
    Ok(StatusCode::NO_CONTENT)
}
