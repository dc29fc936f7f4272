//! Signing in and out.

mod end;
mod list;
mod me;
mod password;
mod sign_in;
mod sign_out;
mod sign_out_everywhere;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(me::session))
        .routes(routes!(sign_out::sign_out))
        .routes(routes!(list::sessions))
        .routes(routes!(sign_out_everywhere::sign_out_everywhere))
        .routes(routes!(end::end_session))
        .routes(routes!(password::change_password))
}
