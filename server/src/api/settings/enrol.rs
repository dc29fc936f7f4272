//! `POST /centres/{centre}/devices`

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    DeviceId,
    staff::{Arrow, Device, DeviceKind},
};
use serde::Deserialize;
use services::EnrolForm;
use utoipa::ToSchema;

use super::super::{
    common::{Answer, Problems},
    model::Name,
};
use crate::{
    extract::{Body, Caller, Params},
    state::AppState,
};

/// What staff type to enrol a device.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Enrol {
    /// The code that the device shows.
    code: String,
    /// What it is.
    kind: DeviceKind,
    /// Where it stands.
    name: Name,
    /// For a display: where its arrow points.
    #[serde(default)]
    arrow: Arrow,
    /// For a kiosk: the printer that its receipts go to.
    #[serde(default)]
    printer: Option<DeviceId>,
}

/// Enrol a device by the code that it shows
#[utoipa::path(
    post, path = "/centres/{centre}/devices", tag = "settings", operation_id = "enrol",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    request_body = Enrol,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = Device, description = "Enrolled."), Problems)
)]
pub(in crate::api) async fn enrol(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
    Body(body): Body<Enrol>,
) -> Answer<(StatusCode, Json<Device>)> {
    let centre = state.parvis.centre(&centre)?;
    let form =
        EnrolForm { code: body.code, kind: body.kind, name: body.name.0, arrow: body.arrow, printer: body.printer };
    let device = state.parvis.enrol(&caller.0, centre.id, form).await?;
    Ok((StatusCode::CREATED, Json(device)))
}
