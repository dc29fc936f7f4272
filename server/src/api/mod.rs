//! The HTTP API.
use axum::Router;

use crate::state::AppState;

/// Every operation.
pub fn router() -> Router<AppState> {
    Router::new()
}
