//! What anybody may see, and taking tickets.

mod board;
mod board_live;
mod centres;
mod desks;
mod display;
mod display_live;
mod needs;
mod overview;
mod spaces;
mod statistics;
mod take_ticket;
mod waiting;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(board::board))
        .routes(routes!(board_live::board_live))
        .routes(routes!(display::display))
        .routes(routes!(display_live::display_live))
        .routes(routes!(centres::centres))
        .routes(routes!(desks::desks))
        .routes(routes!(needs::needs))
        .routes(routes!(spaces::spaces))
        .routes(routes!(overview::overview))
        .routes(routes!(statistics::statistics))
        .routes(routes!(take_ticket::take_ticket))
        .routes(routes!(waiting::tickets))
}
