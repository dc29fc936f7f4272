//! The phone pages.

use axum::Router;

use crate::state::AppState;

/// The routes of the phone pages.
pub fn router() -> Router<AppState> {
    Router::new()
}
