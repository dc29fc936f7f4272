//! `GET /tickets/{ticket}`

use axum::{Json, extract::State};
use domain::TicketId;

use super::super::{
    common::{Answer, Problems},
    model::TicketBody,
};
use crate::{
    extract::{Caller, Params},
    state::AppState,
};

/// A ticket of today
#[utoipa::path(
    get, path = "/tickets/{ticket}", tag = "tickets", operation_id = "ticket",
    params(("ticket" = TicketId, Path, description = "The ticket's id")),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 200, body = TicketBody, description = "The ticket."), Problems)
)]
pub(in crate::api) async fn ticket(
    State(state): State<AppState>,
    caller: Caller,
    Params(ticket): Params<TicketId>,
) -> Answer<Json<TicketBody>> {
    let line = state.parvis.ticket(&caller.0, ticket).await?;
    let centre = state.parvis.centre_by_id(state.parvis.find_ticket(ticket).await?)?;
    Ok(Json(TicketBody::of(line, &centre)))
}
