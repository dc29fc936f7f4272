//! `PUT /centres/{centre}/devices/{device}`

use axum::{Json, extract::State};
use domain::{
    DeviceId,
    staff::{Arrow, Connection, Device, Paper},
};
use serde::Deserialize;
use services::{Problem, What};
use utoipa::ToSchema;

use super::super::{
    common::{Answer, Problems},
    model::Name,
};
use crate::{
    extract::{Body, Caller, Params},
    state::AppState,
};

/// What can change of a device.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct ChangeDevice {
    /// Where it stands.
    name: Name,
    /// For a display: where its arrow points.
    #[serde(default)]
    arrow: Arrow,
    /// For a kiosk: the printer that its receipts go to.
    #[serde(default)]
    printer: Option<DeviceId>,
    /// For a printer: how receipts reach it.
    #[serde(default)]
    connection: Connection,
    /// For a printer: its paper.
    #[serde(default)]
    paper: Paper,
}

/// Change a device's name, arrow or printer
#[utoipa::path(
    put, path = "/centres/{centre}/devices/{device}", tag = "settings", operation_id = "save_device",
    params(("centre" = String, Path, description = "The centre's slug or id"), ("device" = DeviceId, Path, description = "The device's id")),
    request_body = ChangeDevice,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Device, description = "The device as it is now."), Problems)
)]
pub(in crate::api) async fn save_device(
    State(state): State<AppState>,
    caller: Caller,
    Params((centre, device)): Params<(String, DeviceId)>,
    Body(body): Body<ChangeDevice>,
) -> Answer<Json<Device>> {
    let centre = state.parvis.centre(&centre)?;
    let known = state.parvis.devices(&caller.0, centre.id).await?.into_iter().find(|d| d.id == device);
    let known = known.ok_or(Problem::Unknown(What::Device))?;
    let changed = Device {
        name: body.name.0,
        arrow: body.arrow,
        printer: body.printer,
        connection: body.connection,
        paper: body.paper,
        ..known
    };
    Ok(Json(state.parvis.save_device(&caller.0, changed).await?))
}
