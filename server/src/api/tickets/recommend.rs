//! `POST /tickets/{ticket}/recommend`

use axum::{extract::State, http::StatusCode};
use domain::{
    TicketId,
    catalogue::{Entries, EntryId},
    day::Command,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_ticket};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// What a counsellor recommends from the catalogue.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Recommended {
    /// Trainings, workshops, services and other entries, such as `own:night-school`, replacing what was recommended.
    #[schema(value_type = Vec<EntryId>, max_items = 12)]
    entries: Entries,
}

/// Recommend entries of the catalogue during the talk
#[utoipa::path(
    post, path = "/tickets/{ticket}/recommend", tag = "tickets", operation_id = "recommend",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = Recommended,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn recommend(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    Body(body): Body<Recommended>,
) -> Answer<StatusCode> {
    on_ticket(&state, &caller, ticket, Command::Recommend { ticket, entries: body.entries }, key).await
}
