//! `GET /centres/{centre}/live`

use axum::{extract::State, response::Response};

use super::super::common::{Answer, Problems};
use crate::{extract::Params, live, state::AppState};

/// What anybody may know of the day, live: server-sent events `board`, the version as id, a `PublicBoard` as data
#[utoipa::path(
    get, path = "/centres/{centre}/live", tag = "public", operation_id = "board_live",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    responses(
        (status = 200, body = String, content_type = "text/event-stream",
         description = "First the newest version, then a new one every five minutes, and the same when staff change what they say of the day. `hello` and `beat` say that the line lives, \
                        every five seconds at least. Asked for as a WebSocket, the same events come through it."),
        Problems
    )
)]
pub(in crate::api) async fn board_live(
    State(state): State<AppState>,
    Params(centre): Params<String>,
    way: live::Way,
) -> Answer<Response> {
    let centre = state.parvis.centre(&centre)?.id;
    Ok(live::board(&state, way, centre).await?)
}
