//! `POST /centres/{centre}/kiosks/{device}/checked`

use axum::{extract::State, http::StatusCode};
use domain::{DeviceId, day::Command};

use super::super::common::{Answer, IdempotencyKey, Problems, on_day};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// The host has seen that a kiosk issued many tickets
#[utoipa::path(
    post, path = "/centres/{centre}/kiosks/{device}/checked", tag = "host", operation_id = "kiosk_checked",
    params(("centre" = String, Path, description = "The centre's slug or id"), ("device" = DeviceId, Path, description = "The kiosk's id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn kiosk_checked(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params((centre, device)): Params<(String, DeviceId)>,
) -> Answer<StatusCode> {
    on_day(&state, &caller, &centre, Command::KioskChecked { device }, key).await
}
