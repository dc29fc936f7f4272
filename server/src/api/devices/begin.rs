//! `POST /enrolments`

use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::common::{Answer, Problems};
use crate::{extract::Origin, state::AppState};

/// What a device that is not enrolled yet holds.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EnrolmentBody {
    /// What the device shows and staff type in the settings.
    code: String,
    /// Its secret, worth something once staff typed the code: `Authorization: Bearer …`.
    secret: String,
    /// Until when the code can be typed.
    expires: DateTime<Utc>,
}

/// A device asks for a code to show
#[utoipa::path(
    post, path = "/enrolments", tag = "devices", operation_id = "begin_enrolment",
    responses((status = 201, body = EnrolmentBody, description = "Shown only now."), Problems)
)]
pub(in crate::api) async fn begin_enrolment(
    State(state): State<AppState>,
    Origin(source): Origin,
) -> Answer<(StatusCode, Json<EnrolmentBody>)> {
    let enrolment = state.parvis.start_enrolment(source).await?;
    let body = EnrolmentBody {
        code: enrolment.code,
        secret: enrolment.secret.reveal().to_owned(),
        expires: enrolment.expires,
    };
    Ok((StatusCode::CREATED, Json(body)))
}
