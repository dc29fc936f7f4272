//! Pages of visitors, rendered on the server: each module gives the routes of one kind of screen.

pub mod display;
pub mod home;
pub mod kiosk;
pub mod phone;
pub mod receipt;

use axum::{Router, http::StatusCode};

use crate::state::AppState;

/// Every visitor page.
pub fn router() -> Router<AppState> {
    Router::new()
        .merge(home::router())
        .merge(kiosk::router())
        .merge(phone::router())
        .merge(display::router())
        .merge(receipt::router())
}

/// The page for an address that does not exist.
pub async fn nothing_here() -> (StatusCode, &'static str) {
    (StatusCode::NOT_FOUND, "There is no page here.\n")
}
