//! What the host at the door does.

mod announce;
mod close_needs;
mod count;
mod kiosk_checked;
mod reopen_needs;
mod send_message;
mod undo_count;
mod welcomed;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(announce::announce))
        .routes(routes!(close_needs::close_needs))
        .routes(routes!(count::count))
        .routes(routes!(kiosk_checked::kiosk_checked))
        .routes(routes!(reopen_needs::reopen_needs))
        .routes(routes!(send_message::send_message))
        .routes(routes!(undo_count::undo_count))
        .routes(routes!(welcomed::welcomed))
}
