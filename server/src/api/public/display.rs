//! `GET /centres/{centre}/display`

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::view::Board;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Credentials, Params},
    state::AppState,
};

/// What the centre's own screens show: calls, how many wait for what, what is closed
///
/// For the centre's own enrolled devices and staff. Anybody else asks for the board.
#[utoipa::path(
    get, path = "/centres/{centre}/display", tag = "day", operation_id = "display",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 200, body = Board, description = "The newest version."), Problems)
)]
pub(in crate::api) async fn display(
    State(state): State<AppState>,
    credentials: Credentials,
    Params(centre): Params<String>,
) -> Answer<Response> {
    let centre = state.parvis.centre(&centre)?.id;
    let actor = credentials.in_sight_of(&state, centre).await?;
    let json = state.parvis.board(&actor, centre).await?.sent.json.clone();
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], json).into_response())
}
