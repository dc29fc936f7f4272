//! `GET /session`

use axum::Json;
use services::Problem;

use super::super::{
    common::{Answer, Problems},
    model::MeBody,
};
use crate::extract::Caller;

/// Who is signed in
#[utoipa::path(
    get, path = "/session", tag = "session", operation_id = "session",
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = MeBody, description = "The own account."), Problems)
)]
pub(in crate::api) async fn session(caller: Caller) -> Answer<Json<MeBody>> {
    let staff = caller.0.staff().ok_or(Problem::SignInNeeded)?;
    Ok(Json(MeBody::from(&**staff)))
}
