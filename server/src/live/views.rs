//! The staff's screens, live: the whole view as an unnamed event, made once per version and viewer.

use std::sync::Arc;

use axum::{Router, extract::State, response::Response, routing::get};
use domain::{CentreId, PlaceId};
use serde::Deserialize;
use services::{Actor, Problem, Published};

use super::{Frame, Viewer, Way, is_refused, message, respond};
use crate::{
    extract::{Credentials, QueryParams},
    problem::ApiProblem,
    state::AppState,
};

/// `/live/desk`, `/live/welcome`, `/live/centre` and `/live/settings`.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/live/desk", get(desk))
        .route("/live/welcome", get(welcome))
        .route("/live/centre", get(centre))
        .route("/live/settings", get(settings))
}

#[derive(Clone, Debug, Deserialize)]
struct Which {
    /// A slug or an id; none = the own centre.
    centre: Option<String>,
    /// For the desk: none = the own open place.
    place: Option<PlaceId>,
}

#[derive(Clone, Copy)]
enum Screen {
    Desk(Option<PlaceId>),
    Welcome,
    Centre,
    /// Shows nothing that changes: its page hears only that the server is there.
    Settings,
}

async fn desk(
    State(state): State<AppState>,
    credentials: Credentials,
    way: Way,
    which: QueryParams<Which>,
) -> Result<Response, ApiProblem> {
    let screen = Screen::Desk(which.0.place);
    open(state, credentials, way, which.0, screen).await
}

async fn welcome(
    State(state): State<AppState>,
    credentials: Credentials,
    way: Way,
    which: QueryParams<Which>,
) -> Result<Response, ApiProblem> {
    open(state, credentials, way, which.0, Screen::Welcome).await
}

async fn centre(
    State(state): State<AppState>,
    credentials: Credentials,
    way: Way,
    which: QueryParams<Which>,
) -> Result<Response, ApiProblem> {
    open(state, credentials, way, which.0, Screen::Centre).await
}

async fn settings(
    State(state): State<AppState>,
    credentials: Credentials,
    way: Way,
    which: QueryParams<Which>,
) -> Result<Response, ApiProblem> {
    open(state, credentials, way, which.0, Screen::Settings).await
}

async fn open(
    state: AppState,
    credentials: Credentials,
    way: Way,
    which: Which,
    screen: Screen,
) -> Result<Response, ApiProblem> {
    let actor = credentials.actor(&state).await?;
    let centre = match &which.centre {
        Some(name) => state.parvis.centre(name)?.id,
        None => actor.centre().ok_or_else(|| ApiProblem::unknown("centre"))?,
    };
    let parvis = state.parvis.clone();
    let viewer = Colleague { state, credentials, actor, centre, screen };
    // A view that may not be seen is refused now, as an answer and not as an empty stream.
    viewer.view(&viewer.actor, 0).await?;
    let versions = parvis.watch(&viewer.actor, centre).await?;
    Ok(respond(&parvis, way, versions, viewer))
}

struct Colleague {
    state: AppState,
    credentials: Credentials,
    /// Who it was when it was asked last.
    actor: Actor,
    centre: CentreId,
    screen: Screen,
}

impl Colleague {
    async fn view(&self, actor: &Actor, version: u64) -> Result<Frame, Problem> {
        let parvis = &self.state.parvis;
        Ok(match self.screen {
            Screen::Desk(place) => message(version, &parvis.desk_view(actor, self.centre, place).await?),
            Screen::Welcome => message(version, &parvis.welcome_view(actor, self.centre).await?),
            Screen::Centre => message(version, &parvis.centre_view(actor, self.centre).await?),
            Screen::Settings => actor.staff().map(|_| Frame::Same).ok_or(Problem::SignInNeeded)?,
        })
    }
}

impl Viewer for Colleague {
    type Seen = Published;
    const NEEDS_RIGHT: bool = true;

    async fn frame(&mut self, published: Arc<Published>) -> Frame {
        self.view(&self.actor, published.version).await.unwrap_or(Frame::End)
    }

    /// Whoever signed out meanwhile, was switched off or lost the role sees nothing more.
    async fn has_right(&mut self) -> bool {
        let asked = self.credentials.actor(&self.state).await;
        let Ok(actor) = asked else { return !is_refused(&asked) };
        if actor == self.actor {
            return true;
        }
        let view = self.view(&actor, 0).await.map_err(ApiProblem::from);
        self.actor = actor;
        !is_refused(&view)
    }
}
