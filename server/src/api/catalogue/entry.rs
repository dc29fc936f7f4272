//! `GET /catalogue/{kind}/{id}`

use axum::{Json, extract::State};
use domain::catalogue::{EntryId, Kind};
use serde::Deserialize;
use services::{Problem, What};
use utoipa::IntoParams;

use super::{
    super::common::{Answer, Problems},
    model::EntryBody,
    search::language,
};
use crate::{
    extract::{Params, QueryParams},
    state::AppState,
};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct In {
    /// The language of the words
    #[param(example = "fr", pattern = "^[a-z]{2,3}$")]
    lang: Option<String>,
}

/// Everything that a source says of an entry
#[utoipa::path(
    get, path = "/catalogue/{kind}/{id}", tag = "catalogue", operation_id = "catalogue_entry",
    params(
        ("kind" = String, Path, description = "What it is, such as occupation", example = "occupation"),
        ("id" = String, Path, description = "Its address: source and code", example = "rome:D1102"),
        In
    ),
    responses((status = 200, body = EntryBody), Problems)
)]
pub(in crate::api) async fn catalogue_entry(
    State(state): State<AppState>,
    Params((kind, id)): Params<(String, String)>,
    QueryParams(words): QueryParams<In>,
) -> Answer<Json<EntryBody>> {
    let language = language(words.lang.as_deref())?;
    let library = state.parvis.catalogue();
    let missing = || Problem::Unknown(What::Entry);
    let (kind, id): (Kind, EntryId) = kind.parse().ok().zip(id.parse().ok()).ok_or_else(missing)?;
    let today = state.parvis.today();
    let found = library.entry(&id).filter(|e| e.record.kind == kind && !e.record.is_over(today));
    let body = found.and_then(|entry| EntryBody::of(&library, entry, &language, today));
    Ok(Json(body.ok_or_else(missing)?))
}
