//! `POST /centres/{centre}/counts`

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    CountId,
    day::{Command, Counted},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_day};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// One touch of a host's counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Count {
    /// What is counted: `came_in`, `quick_answer`, `document_given` or `{"group": n}`.
    what: Counted,
}

/// A touch that was counted.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CountedBody {
    /// Its id, to undo it.
    id: CountId,
}

/// Count somebody who came in, a quick answer or a document; a kiosk counts documents only
#[utoipa::path(
    post, path = "/centres/{centre}/counts", tag = "host", operation_id = "count",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    request_body = Count,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 201, body = CountedBody, description = "Counted."), Problems)
)]
pub(in crate::api) async fn count(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
    Body(body): Body<Count>,
) -> Answer<(StatusCode, Json<CountedBody>)> {
    let id = state.parvis.new_count(&caller.0, key.0.clone());
    on_day(&state, &caller, &centre, Command::Count { id, what: body.what }, key).await?;
    Ok((StatusCode::CREATED, Json(CountedBody { id })))
}
