//! `GET /centres/{centre}/board`

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::view::Board;

use super::super::common::{Answer, Problems};
use crate::{extract::Params, state::AppState};

/// The public snapshot: calls, how many wait, what is closed
#[utoipa::path(
    get, path = "/centres/{centre}/board", tag = "public", operation_id = "board",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    responses((status = 200, body = Board, description = "The newest version."), Problems)
)]
pub(in crate::api) async fn board(State(state): State<AppState>, Params(centre): Params<String>) -> Answer<Response> {
    let centre = state.parvis.centre(&centre)?.id;
    let json = state.parvis.board(centre).await?.json.clone();
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], json).into_response())
}
