//! `GET /centres/{centre}/tickets`

use axum::{Json, extract::State};

use super::super::{
    common::{Answer, Problems},
    model::TicketBody,
};
use crate::{
    extract::{Caller, Params},
    state::AppState,
};

/// Every ticket that is not over
#[utoipa::path(
    get, path = "/centres/{centre}/tickets", tag = "tickets", operation_id = "tickets",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 200, body = Vec<TicketBody>, description = "In the order of the lines."), Problems)
)]
pub(in crate::api) async fn tickets(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
) -> Answer<Json<Vec<TicketBody>>> {
    let centre = state.parvis.centre(&centre)?;
    let view = state.parvis.welcome_view(&caller.0, centre.id).await?;
    Ok(Json(view.tickets.into_iter().map(|line| TicketBody::of(line, &centre)).collect()))
}
