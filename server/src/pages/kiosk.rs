//! The kiosk pages.

use axum::Router;

use crate::state::AppState;

/// The routes of the kiosk pages.
pub fn router() -> Router<AppState> {
    Router::new()
}
