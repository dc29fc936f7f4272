//! `POST /tickets/{ticket}/slip`

use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::{Language, TicketId};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems};
use crate::{
    extract::{Caller, Key, Params},
    state::AppState,
};

/// A priority slip: its holder is seen first on a later day.
#[derive(Serialize, ToSchema)]
#[schema(as = Slip)]
pub(in crate::api) struct SlipBody {
    /// What is typed or scanned at the kiosk.
    code: String,
    /// The last day on which it is valid.
    valid_until: NaiveDate,
    /// The visitor's language.
    language: Language,
}

/// Who cannot be seen today gets a slip to be seen first on a later day: the ticket ends
#[utoipa::path(
    post, path = "/tickets/{ticket}/slip", tag = "tickets", operation_id = "slip",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 200, body = SlipBody, description = "The slip; the same ticket always gives the same one."), Problems)
)]
pub(in crate::api) async fn slip(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
) -> Answer<Json<SlipBody>> {
    let slip = state.parvis.issue_slip(&caller.0, ticket, key.0).await?;
    Ok(Json(SlipBody { code: slip.code, valid_until: slip.valid_until, language: slip.language }))
}
