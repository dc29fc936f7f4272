//! `GET /catalogue/search`

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use domain::{
    Language,
    catalogue::{Company, Interest, Kind, Level, Sector, Workplace},
};
use serde::{Deserialize, Serialize};
use services::catalogue::{Filter, Query};
use utoipa::{IntoParams, ToSchema};

use super::{
    super::common::{Answer, Problems},
    model::ItemBody,
};
use crate::{extract::QueryParams, problem::ApiProblem, state::AppState};

/// Entries of one answer at most.
const MOST: usize = 100;
/// Letters of a query at most.
const LONGEST: usize = 200;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Asked {
    /// What is looked for, as people type it
    #[serde(default)]
    q: String,
    /// The language of the titles; one that is loaded is looked in first
    #[param(example = "fr", pattern = "^[a-z]{2,3}$")]
    lang: Option<String>,
    /// Only this kind
    #[param(value_type = Kind, inline)]
    kind: Option<String>,
    /// Only this sector
    #[param(value_type = Sector, inline)]
    sector: Option<String>,
    /// Only what asks for no more than this
    #[param(value_type = Level, inline)]
    level: Option<String>,
    /// Only where this is the first or second interest
    #[param(value_type = Interest, inline)]
    interest: Option<String>,
    /// Only with people, things, ideas or data
    #[param(value_type = Company, inline)]
    with: Option<String>,
    /// Only in this place
    #[param(value_type = Workplace, inline)]
    place: Option<String>,
    /// Only outdoors, or only not
    outdoors: Option<bool>,
    /// How many entries at most
    #[serde(default = "twenty")]
    #[param(maximum = 100, default = 20)]
    limit: usize,
}

fn twenty() -> usize {
    20
}

/// What was found
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FoundBody {
    /// How many there are.
    total: usize,
    /// The best of them.
    items: Vec<ItemBody>,
    /// How many there are of each kind.
    kinds: BTreeMap<&'static str, usize>,
    /// How many there are of each sector.
    sectors: BTreeMap<&'static str, usize>,
    /// Where words are not known: the text with the nearest known ones.
    nearest: Option<String>,
}

/// Find career information
#[utoipa::path(
    get, path = "/catalogue/search", tag = "catalogue", operation_id = "search_catalogue", params(Asked),
    responses((status = 200, body = FoundBody, description = "The best first; without `q` nothing."), Problems)
)]
pub(in crate::api) async fn search_catalogue(
    State(state): State<AppState>,
    QueryParams(asked): QueryParams<Asked>,
) -> Answer<Json<FoundBody>> {
    let language = language(asked.lang.as_deref())?;
    if asked.limit > MOST {
        return Err(ApiProblem::malformed(format!("limit: at most {MOST}")));
    }
    let filter = Filter {
        day: Some(state.parvis.today()),
        kind: chosen::<Kind>(asked.kind.as_deref(), "kind")?,
        sector: chosen::<Sector>(asked.sector.as_deref(), "sector")?,
        level: chosen::<Level>(asked.level.as_deref(), "level")?,
        interest: chosen::<Interest>(asked.interest.as_deref(), "interest")?,
        with: chosen::<Company>(asked.with.as_deref(), "with")?,
        place: chosen::<Workplace>(asked.place.as_deref(), "place")?,
        outdoors: asked.outdoors,
        ..Filter::default()
    };
    let text: String = asked.q.chars().take(LONGEST).collect();
    let query = Query { text, language, filter, most: asked.limit };
    let library = state.parvis.catalogue();
    let found = library.search(&query);
    Ok(Json(FoundBody {
        total: found.total,
        items: found.entries.iter().filter_map(|e| ItemBody::of(&library, e, &query.language)).collect(),
        kinds: found.kinds.iter().map(|(kind, n)| (kind.code(), *n)).collect(),
        sectors: found.sectors.iter().map(|(sector, n)| (sector.code(), *n)).collect(),
        nearest: library.nearest(&query.text),
    }))
}

pub(super) fn language(code: Option<&str>) -> Answer<Language> {
    code.map_or_else(|| Ok(Language::french()), str::parse)
        .map_err(|e: domain::text::NotALanguage| ApiProblem::malformed(format!("lang: {e}")))
}

fn chosen<T: std::str::FromStr<Err: std::fmt::Display>>(code: Option<&str>, name: &str) -> Answer<Option<T>> {
    code.map(str::parse).transpose().map_err(|e: T::Err| ApiProblem::malformed(format!("{name}: {e}")))
}
