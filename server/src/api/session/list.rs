//! `GET /sessions`

use axum::{Json, extract::State, http::HeaderMap};
use domain::staff::OpenSession;
use services::SessionToken;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, shown_token},
    state::AppState,
};

/// Where the own account is signed in
#[utoipa::path(
    get, path = "/sessions", tag = "session", operation_id = "sessions",
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Vec<OpenSession>, description = "The one used last first."), Problems)
)]
pub(in crate::api) async fn sessions(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
) -> Answer<Json<Vec<OpenSession>>> {
    let shown = shown_token(&headers).map(SessionToken::received);
    Ok(Json(state.parvis.own_sessions(&caller.0, shown.as_ref()).await?))
}
