//! `DELETE /session`

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use services::{Problem, SessionToken};

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, SESSION_COOKIE, clear_cookie, shown_token},
    state::AppState,
};

/// Sign out: this session ends
#[utoipa::path(
    delete, path = "/session", tag = "session", operation_id = "sign_out",
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "Signed out."), Problems)
)]
pub(in crate::api) async fn sign_out(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
) -> Answer<Response> {
    let token = caller.0.staff().and_then(|_| shown_token(&headers)).ok_or(Problem::SignInNeeded)?;
    state.parvis.sign_out(&SessionToken::received(token)).await?;
    let cookie = clear_cookie(&state.site, SESSION_COOKIE);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])).into_response())
}
