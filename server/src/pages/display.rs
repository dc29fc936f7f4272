//! The display pages.

use axum::Router;

use crate::state::AppState;

/// The routes of the display pages.
pub fn router() -> Router<AppState> {
    Router::new()
}
