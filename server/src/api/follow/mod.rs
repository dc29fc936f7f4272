//! What the holder of a follow token sees and does.

mod back;
mod come_back;
mod leave;
mod live;
mod more_time;
mod show;
mod take_back;
mod talk;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show::follow))
        .routes(routes!(live::follow_live))
        .routes(routes!(more_time::follow_more_time))
        .routes(routes!(back::follow_back))
        .routes(routes!(talk::follow_talk))
        .routes(routes!(leave::follow_leave))
        .routes(routes!(come_back::follow_come_back))
        .routes(routes!(take_back::follow_take_back))
}
