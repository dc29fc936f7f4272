//! Career information, for anybody.

mod entry;
mod model;
mod search;
mod sources;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(search::search_catalogue))
        .routes(routes!(sources::catalogue_sources))
        .routes(routes!(entry::catalogue_entry))
}
