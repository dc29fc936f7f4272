//! `GET /centres/{centre}/statistics`

use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::statistics::{Period, Statistics};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, Params, QueryParams},
    state::AppState,
};

/// Which period.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Which {
    /// How long.
    #[param(inline)]
    period: Period,
    /// A date in it.
    of: NaiveDate,
}

/// What remains of days: counts of a whole period that is over
#[utoipa::path(
    get, path = "/centres/{centre}/statistics", tag = "statistics", operation_id = "statistics",
    params(("centre" = String, Path, description = "The centre's slug or id"), Which),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Statistics, description = "No count is smaller than the centre's threshold."), Problems)
)]
pub(in crate::api) async fn statistics(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
    QueryParams(which): QueryParams<Which>,
) -> Answer<Json<Statistics>> {
    let centre = state.parvis.centre(&centre)?.id;
    Ok(Json(state.parvis.statistics(&caller.0, centre, which.period, which.of).await?))
}
