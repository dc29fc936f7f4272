//! What somebody touched is done while they wait for it, or not at all.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::state::AppState;

/// Until when a page's script waits for an answer: milliseconds since 1970, by the server's clock.
const UNTIL: &str = "parvis-until";

/// Refuses a request that was held up on its way until its page had said that it was not done.
pub async fn refuse_late(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if until(request.headers()).is_some_and(|until| until < state.parvis.now().timestamp_millis()) {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    }
    next.run(request).await
}

fn until(headers: &HeaderMap) -> Option<i64> {
    headers.get(UNTIL)?.to_str().ok()?.parse().ok()
}
