//! The receipt pages.

use axum::Router;

use crate::state::AppState;

/// The routes of the receipt pages.
pub fn router() -> Router<AppState> {
    Router::new()
}
