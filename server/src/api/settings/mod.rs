//! Rules, hours, accounts and devices of a centre.

mod devices;
mod enrol;
mod hours;
mod policies;
mod reset_password;
mod revoke_device;
mod save_device;
mod save_hours;
mod save_policies;
mod save_staff;
mod staff;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(policies::policies))
        .routes(routes!(save_policies::save_policies))
        .routes(routes!(hours::hours))
        .routes(routes!(save_hours::save_hours))
        .routes(routes!(devices::devices))
        .routes(routes!(enrol::enrol))
        .routes(routes!(save_device::save_device))
        .routes(routes!(revoke_device::revoke_device))
        .routes(routes!(staff::staff))
        .routes(routes!(save_staff::save_staff))
        .routes(routes!(reset_password::reset_password))
}
