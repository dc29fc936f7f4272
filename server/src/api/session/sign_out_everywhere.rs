//! `DELETE /sessions`

use axum::{extract::State, http::StatusCode};

use super::super::common::{Answer, Problems};
use crate::{extract::Caller, state::AppState};

/// Sign out everywhere: every session of the own account ends
#[utoipa::path(
    delete, path = "/sessions", tag = "session", operation_id = "sign_out_everywhere",
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "Signed out."), Problems)
)]
pub(in crate::api) async fn sign_out_everywhere(State(state): State<AppState>, caller: Caller) -> Answer<StatusCode> {
    state.parvis.sign_out_everywhere(&caller.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
