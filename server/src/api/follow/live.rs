//! `GET /follow/{token}/live`

use axum::{extract::State, response::Response};
use domain::day::FollowToken;

use super::super::common::{Answer, Problems};
use crate::{extract::Params, live, state::AppState};

/// A ticket as its holder sees it, live: server-sent events `ticket` with a `FollowLine` as data
#[utoipa::path(
    get, path = "/follow/{token}/live", tag = "follow", operation_id = "follow_live",
    params(("token" = FollowToken, Path, description = "The ticket's follow token")),
    responses(
        (status = 200, body = String, content_type = "text/event-stream",
         description = "First the newest line, then each that differs; `gone` is the last. `hello` and `beat` say that the line lives, every \
                        five seconds at least. Asked for as a WebSocket, the same events come through it."),
        Problems
    )
)]
pub(in crate::api) async fn follow_live(
    State(state): State<AppState>,
    Params(token): Params<FollowToken>,
    way: live::Way,
) -> Answer<Response> {
    Ok(live::follow(&state, way, token).await?)
}
