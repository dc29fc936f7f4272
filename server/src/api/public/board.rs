//! `GET /centres/{centre}/board`

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::view::PublicBoard;

use super::super::common::{Answer, Problems};
use crate::{extract::Params, state::AppState};

/// What anybody may know of the day: in which band how many wait where, and what is closed
#[utoipa::path(
    get, path = "/centres/{centre}/board", tag = "public", operation_id = "board",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    responses((status = 200, body = PublicBoard,
         description = "Bands and version change every five minutes at most; what staff say of the day at once."), Problems)
)]
pub(in crate::api) async fn board(State(state): State<AppState>, Params(centre): Params<String>) -> Answer<Response> {
    let centre = state.parvis.centre(&centre)?.id;
    let json = state.parvis.public_board(centre).await?.sent.json.clone();
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], json).into_response())
}
