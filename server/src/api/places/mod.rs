//! What counsellors do at a place.

mod abilities;
mod back;
mod call;
mod close_place;
mod help;
mod join_talk;
mod leave_talk;
mod move_place;
mod next;
mod open_place;
mod pause_place;
mod undo;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(abilities::abilities))
        .routes(routes!(back::back))
        .routes(routes!(call::call))
        .routes(routes!(close_place::close_place))
        .routes(routes!(help::help))
        .routes(routes!(join_talk::join_talk))
        .routes(routes!(leave_talk::leave_talk))
        .routes(routes!(move_place::move_place))
        .routes(routes!(next::next))
        .routes(routes!(open_place::open_place))
        .routes(routes!(pause_place::pause_place))
        .routes(routes!(undo::undo))
}
