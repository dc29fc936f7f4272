//! `POST /session`

use axum::{
    Json,
    extract::State,
    http::{Extensions, HeaderMap, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::{
    common::{Answer, Problems},
    model::MeBody,
};
use crate::{
    extract::{Body, session_cookies, whence},
    state::AppState,
};

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct SignIn {
    /// The account's login.
    login: String,
    /// Its password.
    password: String,
}

/// A session.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub(in crate::api) struct SessionBody {
    /// To be sent as `Authorization: Bearer …`.
    token: String,
    /// Until when.
    expires: DateTime<Utc>,
    /// Who signed in.
    staff: MeBody,
}

/// Sign in: a session whose cookie comes along ends
#[utoipa::path(
    post, path = "/session", tag = "session", operation_id = "sign_in",
    request_body = SignIn,
    responses(
        (status = 200, body = SessionBody, description = "Signed in; browsers get the same as an HttpOnly cookie."),
        Problems
    )
)]
pub(in crate::api) async fn sign_in(
    State(state): State<AppState>,
    headers: HeaderMap,
    extensions: Extensions,
    Body(body): Body<SignIn>,
) -> Answer<Response> {
    let whence = whence(&headers, &extensions, &state, &body.login);
    let session = state.parvis.sign_in(&body.login, &body.password, &whence).await?;
    let cookies = session_cookies(&state.site, &session).map(|cookie| (header::SET_COOKIE, cookie));
    let answer = SessionBody {
        token: session.token.reveal().to_owned(),
        expires: session.expires,
        staff: MeBody::from(&*session.staff),
    };
    Ok((AppendHeaders(cookies), Json(answer)).into_response())
}
