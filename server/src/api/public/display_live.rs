//! `GET /centres/{centre}/display/live`

use axum::{extract::State, response::Response};

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Credentials, Params},
    live,
    state::AppState,
};

/// What the centre's own screens show, live: server-sent events `board`, the version as id, a `Board` as data
///
/// For the centre's own enrolled devices and staff: it ends within two seconds of the right to it.
#[utoipa::path(
    get, path = "/centres/{centre}/display/live", tag = "day", operation_id = "display_live",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses(
        (status = 200, body = String, content_type = "text/event-stream",
         description = "First the newest version, then each new one, at most five a second. `hello` and `beat` say that the line lives, \
                        every five seconds at least. Asked for as a WebSocket, the same events come through it."),
        Problems
    )
)]
pub(in crate::api) async fn display_live(
    State(state): State<AppState>,
    credentials: Credentials,
    Params(centre): Params<String>,
    way: live::Way,
) -> Answer<Response> {
    let centre = state.parvis.centre(&centre)?.id;
    live::display(state, credentials, way, centre).await
}
