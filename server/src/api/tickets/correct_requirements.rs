//! `POST /tickets/{ticket}/correct-requirements`

use std::collections::BTreeSet;

use axum::{extract::State, http::StatusCode};
use domain::{TicketId, centre::Accommodation, day::Command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::{
    common::{Answer, IdempotencyKey, Problems, on_ticket},
    model::TalkLanguageBody,
};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// What the talk requires.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CorrectRequirements {
    /// The language of the talk, and how it gets it.
    talk_language: TalkLanguageBody,
    /// All that the place or the counsellor must offer.
    #[schema(value_type = Vec<Accommodation>)]
    requirements: BTreeSet<Accommodation>,
}

/// What the talk requires was wrong, or another way was found: the place in the line stays
#[utoipa::path(
    post, path = "/tickets/{ticket}/correct-requirements", tag = "tickets", operation_id = "correct_requirements",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = CorrectRequirements,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn correct_requirements(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    Body(body): Body<CorrectRequirements>,
) -> Answer<StatusCode> {
    let command =
        Command::CorrectRequirements { ticket, talk: body.talk_language.into(), accommodations: body.requirements };
    on_ticket(&state, &caller, ticket, command, key).await
}
