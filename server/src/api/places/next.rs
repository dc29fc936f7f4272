//! `POST /places/{place}/next`

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::PlaceId;

use super::super::{
    common::{Answer, IdempotencyKey, Problems},
    model::TicketBody,
};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// Call the next right visitor
#[utoipa::path(
    post, path = "/places/{place}/next", tag = "places", operation_id = "next",
    params(("place" = PlaceId, Path, description = "The place's id, as in the centre's desks"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses(
        (status = 200, body = TicketBody, description = "The visitor who is called."),
        (status = 204, description = "Nobody waits whom this place can serve."),
        Problems
    )
)]
pub(in crate::api) async fn next(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(place): Params<PlaceId>,
) -> Answer<Response> {
    let Some(visitor) = state.parvis.call_next(&caller.0, place, key.0).await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let centre = state.parvis.find_place(place)?;
    Ok(Json(TicketBody::of(visitor.ticket, &centre)).into_response())
}
