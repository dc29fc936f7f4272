//! `DELETE /devices/{device}`

use axum::{extract::State, http::StatusCode};
use domain::DeviceId;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, Params},
    state::AppState,
};

/// From now on the device's secret is worth nothing
#[utoipa::path(
    delete, path = "/devices/{device}", tag = "settings", operation_id = "revoke_device",
    params(("device" = DeviceId, Path, description = "The device's id")),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "Revoked."), Problems)
)]
pub(in crate::api) async fn revoke_device(
    State(state): State<AppState>,
    caller: Caller,
    Params(device): Params<DeviceId>,
) -> Answer<StatusCode> {
    state.parvis.revoke_device(&caller.0, device).await?;
    Ok(StatusCode::NO_CONTENT)
}
