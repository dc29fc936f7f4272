//! `POST /tickets/{ticket}/transfer`

use std::collections::BTreeSet;

use axum::{extract::State, http::StatusCode};
use domain::{
    TicketId,
    centre::Centre,
    day::{Advice, Command, Target},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, need, on_ticket, organisation, space};
use crate::{
    extract::{Body, Caller, Key, Params},
    problem::ApiProblem,
    state::AppState,
};

/// Where a visitor is handed over to: a need, a space, a need of an organisation, or the welcome if none is named.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::api) struct Transfer {
    /// Whoever serves this need: its code or id.
    need: Option<String>,
    /// Whoever serves any need of this space: its letter or id; not together with a need.
    space: Option<String>,
    /// With a need: whoever of this organisation, by its name or id.
    organisation: Option<String>,
    /// Whether the visitor then comes back to this counsellor.
    returns: bool,
    /// Structured advice to pass on.
    #[schema(value_type = Vec<Advice>)]
    advice: BTreeSet<Advice>,
}

impl Transfer {
    fn target(&self, centre: &Centre) -> Answer<Target> {
        match (&self.need, &self.space, &self.organisation) {
            (None, None, None) => Ok(Target::Welcome),
            (Some(named), None, None) => Ok(Target::Need(need(centre, named, "/need")?)),
            (None, Some(named), None) => Ok(Target::Space(space(centre, named, "/space")?)),
            (Some(named), None, Some(employer)) => Ok(Target::Organisation {
                organisation: organisation(centre, employer, "/organisation")?,
                need: need(centre, named, "/need")?,
            }),
            (_, Some(_), _) => Err(not_together("/space", "name a space alone, or a need")),
            (None, None, Some(_)) => Err(not_together("/need", "an organisation needs a need")),
        }
    }
}

fn not_together(pointer: &str, words: &str) -> ApiProblem {
    ApiProblem::new(StatusCode::UNPROCESSABLE_ENTITY, "not_together", words).at(pointer)
}

/// Hand a visitor over, keeping the arrival time
#[utoipa::path(
    post, path = "/tickets/{ticket}/transfer", tag = "tickets", operation_id = "transfer",
    params(("ticket" = TicketId, Path, description = "The ticket's id"), IdempotencyKey),
    request_body = Transfer,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn transfer(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(ticket): Params<TicketId>,
    Body(body): Body<Transfer>,
) -> Answer<StatusCode> {
    let centre = state.parvis.centre_by_id(state.parvis.find_ticket(ticket).await?)?;
    let to = body.target(&centre)?;
    let command = Command::Transfer { ticket, to, returns: body.returns, advice: body.advice };
    on_ticket(&state, &caller, ticket, command, key).await
}
