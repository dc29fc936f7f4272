//! What operations have in common.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use domain::{
    NeedId, OrganisationId, PlaceId, SpaceId, TicketId,
    centre::Centre,
    day::{Command, Refusal},
};
use services::{Actor, Problem};
use utoipa::{
    IntoParams, IntoResponses, PartialSchema, ToSchema,
    openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder},
};

use crate::{
    extract::{Caller, Key},
    problem::{ApiProblem, ProblemBody},
    state::AppState,
};

/// What an operation answers.
pub(crate) type Answer<T> = Result<T, ApiProblem>;

/// The header of requests that change the day.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code)] // describes what `Key` reads
pub(super) struct IdempotencyKey {
    /// 1 to 128 visible ASCII characters that the caller makes up for each thing it wants done: the same key is done
    /// once and answered alike; with another body it is refused (422 `key_reused`).
    #[param(rename = "Idempotency-Key", min_length = 1, max_length = 128, pattern = "^[!-~]+$", required = false)]
    key: Option<String>,
}

/// The errors that an operation can answer with, all of one form.
pub(crate) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let answers = [
            ("400", "The request cannot be read."),
            ("401", "Sign in first, or the token is not valid."),
            ("403", "Not allowed, or sent by another site."),
            ("404", "It does not exist, or its day is over."),
            ("409", "The day says no: `type` says why."),
            ("413", "The body is larger than 64 KB."),
            ("415", "The body is not JSON."),
            (
                "422",
                "The body does not fit: `errors` says where; or it names what this centre does not have, or not now: `type` says what.",
            ),
            ("429", "Too many tries: see Retry-After."),
            ("503", "Nothing can be stored now; nothing was changed."),
            ("507", "The disk is full; nothing was changed."),
        ];
        answers.into_iter().map(|(status, words)| (status.to_owned(), problem(words).into())).collect()
    }
}

fn problem(words: &str) -> Response {
    let schema = Ref::from_schema_name(ProblemBody::name());
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description(words).content("application/problem+json", content).build()
}

/// The schemas that [`Problems`] points at.
pub(super) fn problem_schemas(schemas: &mut Vec<(String, RefOr<utoipa::openapi::schema::Schema>)>) {
    schemas.push((ProblemBody::name().into_owned(), ProblemBody::schema()));
    ProblemBody::schemas(schemas);
}

/// Gives a command about a ticket to its day.
pub(super) async fn on_ticket(
    state: &AppState,
    caller: &Caller,
    ticket: TicketId,
    command: Command,
    key: Key,
) -> Answer<StatusCode> {
    let centre = state.parvis.find_ticket(ticket).await?;
    state.parvis.act(&caller.0, centre, command, key.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a command about a place to the day of its centre.
pub(super) async fn on_place(
    state: &AppState,
    caller: &Caller,
    place: PlaceId,
    command: Command,
    key: Key,
) -> Answer<StatusCode> {
    let centre = state.parvis.find_place(place)?.id;
    state.parvis.act(&caller.0, centre, command, key.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a command to a centre's day.
pub(super) async fn on_day(
    state: &AppState,
    caller: &Caller,
    centre: &str,
    command: Command,
    key: Key,
) -> Answer<StatusCode> {
    let centre = state.parvis.centre(centre)?.id;
    state.parvis.act(&caller.0, centre, command, key.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A place that was named, or the caller's own.
pub(super) async fn own_place(state: &AppState, caller: &Caller, named: Option<PlaceId>) -> Answer<PlaceId> {
    match named {
        Some(place) => Ok(place),
        None => match state.parvis.my_place(&caller.0).await {
            Some((_, place)) => Ok(place),
            None if caller.0 == Actor::Anyone => Err(Problem::SignInNeeded.into()),
            None => Err(Problem::from(Refusal::PlaceNotOpen).into()),
        },
    }
}

/// A need by its id or its code.
pub(super) fn need(centre: &Centre, named: &str, pointer: &str) -> Answer<NeedId> {
    let found = centre.needs.iter().find(|n| n.code == named || named.parse() == Ok(n.id));
    found.map(|n| n.id).ok_or_else(|| unknown("unknown_need", "the centre has no such need", pointer))
}

/// A space by its id or its letter.
pub(super) fn space(centre: &Centre, named: &str, pointer: &str) -> Answer<SpaceId> {
    let found = centre.spaces.iter().find(|s| s.letter.to_string() == named || named.parse() == Ok(s.id));
    found.map(|s| s.id).ok_or_else(|| unknown("unknown_space", "the centre has no such space", pointer))
}

/// An organisation by its id or its name.
pub(super) fn organisation(centre: &Centre, named: &str, pointer: &str) -> Answer<OrganisationId> {
    let found = centre.organisations.iter().find(|o| o.name == named || named.parse() == Ok(o.id));
    found.map(|o| o.id).ok_or_else(|| unknown("unknown_organisation", "the centre has no such organisation", pointer))
}

fn unknown(code: &'static str, words: &str, pointer: &str) -> ApiProblem {
    ApiProblem::new(StatusCode::UNPROCESSABLE_ENTITY, code, words).at(pointer)
}

/// A field that may be null but not left out.
pub(super) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    serde::Deserialize::deserialize(deserializer)
}

/// Several needs by their codes or ids.
pub(super) fn needs(centre: &Centre, named: &[String]) -> Answer<BTreeSet<NeedId>> {
    named.iter().enumerate().map(|(i, n)| need(centre, n, &format!("/needs/{i}"))).collect()
}
