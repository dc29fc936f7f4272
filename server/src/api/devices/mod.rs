//! How devices get their secrets.

mod begin;
mod me;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(begin::begin_enrolment)).routes(routes!(me::device))
}
