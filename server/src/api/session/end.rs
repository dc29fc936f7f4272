//! `DELETE /sessions/{session}`

use axum::{extract::State, http::StatusCode};
use uuid::Uuid;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, Params},
    state::AppState,
};

/// End one session of the own account
#[utoipa::path(
    delete, path = "/sessions/{session}", tag = "session", operation_id = "end_session",
    params(("session" = Uuid, Path, description = "The session's id, as listed")),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It has ended."), Problems)
)]
pub(in crate::api) async fn end_session(
    State(state): State<AppState>,
    caller: Caller,
    Params(session): Params<Uuid>,
) -> Answer<StatusCode> {
    state.parvis.end_session(&caller.0, session).await?;
    Ok(StatusCode::NO_CONTENT)
}
