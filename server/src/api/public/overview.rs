//! `GET /centres/{centre}/overview`

use axum::{Json, extract::State};
use domain::{
    Instant, SpaceId,
    view::{CentreView, Crowd, DayState},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::common::{Answer, Problems};
use crate::{
    extract::{Caller, Params},
    state::AppState,
};

/// The totals of a day: as it runs; once it is closed, the last of them, until its date is over.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Overview {
    /// Whether the day is open.
    state: DayState,
    /// When the doors close.
    #[schema(value_type = Option<chrono::DateTime<chrono::Utc>>)]
    closes: Option<Instant>,
    /// People who came in, groups included.
    came_in: u32,
    /// Quick answers.
    quick_answers: u32,
    /// Documents given.
    documents: u32,
    /// Tickets taken.
    tickets: u32,
    /// Tickets that are not over.
    open_tickets: u32,
    /// Talks that are over.
    talks: u32,
    /// Every space in order, then the welcome.
    spaces: Vec<SpaceNow>,
}

/// A space now.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct SpaceNow {
    /// The space; none = welcome.
    space: Option<SpaceId>,
    /// Who waits.
    waiting: Crowd,
    /// How many are in a talk.
    in_talk: u32,
    /// Places that are open for one of its needs and not away.
    open_places: u32,
}

impl From<CentreView> for Overview {
    fn from(view: CentreView) -> Self {
        let space = |s: &domain::view::SpaceState| SpaceNow {
            space: s.space,
            waiting: s.waiting,
            in_talk: s.in_talk,
            open_places: s.open_places,
        };
        Self {
            state: view.day,
            closes: view.closes,
            came_in: view.counts.came_in,
            quick_answers: view.counts.quick_answers,
            documents: view.counts.documents,
            tickets: view.counts.tickets,
            open_tickets: view.open_tickets,
            talks: view.talks,
            spaces: view.spaces.iter().map(space).collect(),
        }
    }
}

/// The day's totals, live; after closing the last of them, until the date is over
///
/// They are in memory only: gone when the date is over, when a day opens again, and after a restart.
#[utoipa::path(
    get, path = "/centres/{centre}/overview", tag = "statistics", operation_id = "overview",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Overview, description = "What the coordinator's screen shows."), Problems)
)]
pub(in crate::api) async fn overview(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
) -> Answer<Json<Overview>> {
    let centre = state.parvis.centre(&centre)?.id;
    Ok(Json(state.parvis.centre_view(&caller.0, centre).await?.into()))
}
