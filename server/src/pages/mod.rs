//! Pages of visitors, rendered on the server: each module gives the routes of one kind of screen.

pub mod back;
pub mod display;
pub mod home;
pub mod kiosk;
mod late;
mod parts;
pub mod phone;
pub mod receipt;
mod words;

use axum::Router;

pub use late::refuse_late;
pub use words::in_words;

pub(crate) use parts::time_of;

use crate::state::AppState;

/// Every visitor page.
pub fn router() -> Router<AppState> {
    Router::new()
        .merge(home::router())
        .merge(back::router())
        .merge(kiosk::router())
        .merge(phone::router())
        .merge(display::router())
        .merge(receipt::router())
}
