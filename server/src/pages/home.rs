//! The home pages.

use axum::Router;

use crate::state::AppState;

/// The routes of the home pages.
pub fn router() -> Router<AppState> {
    Router::new()
}
