//! `POST /session`

use axum::{
    Json,
    extract::State,
    http::header,
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
    extract::{Body, SESSION_COOKIE, set_cookie},
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

/// Sign in
#[utoipa::path(
    post, path = "/session", tag = "session", operation_id = "sign_in",
    request_body = SignIn,
    responses(
        (status = 200, body = SessionBody, description = "Signed in; browsers get the same as an HttpOnly cookie."),
        Problems
    )
)]
pub(in crate::api) async fn sign_in(State(state): State<AppState>, Body(body): Body<SignIn>) -> Answer<Response> {
    let session = state.parvis.sign_in(&body.login, &body.password).await?;
    let cookie = set_cookie(&state.site, SESSION_COOKIE, session.token.reveal(), None);
    let answer = SessionBody {
        token: session.token.reveal().to_owned(),
        expires: session.expires,
        staff: MeBody::from(&*session.staff),
    };
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(answer)).into_response())
}
