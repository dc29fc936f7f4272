//! `GET /device`

use axum::Json;
use domain::staff::Device;
use services::{Problem, What};

use super::super::common::{Answer, Problems};
use crate::extract::Enrolled;

/// What the device that asks is
#[utoipa::path(
    get, path = "/device", tag = "devices", operation_id = "device",
    security(("bearer" = []), ("device" = [])),
    responses((status = 200, body = Device, description = "Its entry; 404 until staff typed its code."), Problems)
)]
pub(in crate::api) async fn device(Enrolled(device): Enrolled) -> Answer<Json<Device>> {
    let device = device.ok_or(Problem::Unknown(What::Device))?;
    Ok(Json((*device).clone()))
}
