//! What the coordinator does with the day.

mod close_day;
mod open_day;
mod resume_day;
mod suspend_day;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(close_day::close_day))
        .routes(routes!(open_day::open_day))
        .routes(routes!(resume_day::resume_day))
        .routes(routes!(suspend_day::suspend_day))
}
