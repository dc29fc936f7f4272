//! `POST /centres/{centre}/announcements`

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    CountId,
    day::{Command, Expected},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_day, space};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// Somebody with an appointment or for a workshop is here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Announce {
    /// What for.
    kind: Expected,
    /// In which space, by its letter or id, if known.
    #[serde(default)]
    space: Option<String>,
}

/// An announcement that was made.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Announced {
    /// Its id.
    id: CountId,
}

/// Tell the host that somebody with an appointment or for a workshop is here
#[utoipa::path(
    post, path = "/centres/{centre}/announcements", tag = "host", operation_id = "announce",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    request_body = Announce,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 201, body = Announced, description = "The host is told."), Problems)
)]
pub(in crate::api) async fn announce(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
    Body(body): Body<Announce>,
) -> Answer<(StatusCode, Json<Announced>)> {
    let centre = state.parvis.centre(&centre)?;
    let space = body.space.map(|named| space(&centre, &named, "/space")).transpose()?;
    let id = state.parvis.new_count(&caller.0, key.0.clone());
    on_day(&state, &caller, &centre.slug, Command::Announce { id, kind: body.kind, space }, key).await?;
    Ok((StatusCode::CREATED, Json(Announced { id })))
}
