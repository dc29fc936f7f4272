//! The staff's screens, live: the whole view as an unnamed event, made once per version and viewer.

use std::{sync::Arc, time::Duration};

use axum::{Router, extract::State, http::HeaderMap, response::Response, routing::get};
use domain::{CentreId, PlaceId};
use serde::Deserialize;
use services::{Actor, Parvis, Problem, Published, SessionToken};
use tokio::time::Instant;

use super::{Frame, Viewer, Way, message, respond};
use crate::{
    extract::{Caller, QueryParams, SESSION_COOKIE, cookie},
    problem::ApiProblem,
    state::AppState,
};

/// How long a stream goes on before it asks again whether its session still stands.
const TRUSTED_FOR: Duration = Duration::from_secs(20);

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
    state: State<AppState>,
    caller: Caller,
    way: Way,
    headers: HeaderMap,
    which: QueryParams<Which>,
) -> Result<Response, ApiProblem> {
    let screen = Screen::Desk(which.0.place);
    open(&state, caller, way, &headers, which.0, screen).await
}

async fn welcome(
    state: State<AppState>,
    caller: Caller,
    way: Way,
    headers: HeaderMap,
    which: QueryParams<Which>,
) -> Result<Response, ApiProblem> {
    open(&state, caller, way, &headers, which.0, Screen::Welcome).await
}

async fn centre(
    state: State<AppState>,
    caller: Caller,
    way: Way,
    headers: HeaderMap,
    which: QueryParams<Which>,
) -> Result<Response, ApiProblem> {
    open(&state, caller, way, &headers, which.0, Screen::Centre).await
}

async fn settings(
    state: State<AppState>,
    caller: Caller,
    way: Way,
    headers: HeaderMap,
    which: QueryParams<Which>,
) -> Result<Response, ApiProblem> {
    open(&state, caller, way, &headers, which.0, Screen::Settings).await
}

async fn open(
    state: &AppState,
    caller: Caller,
    way: Way,
    headers: &HeaderMap,
    which: Which,
    screen: Screen,
) -> Result<Response, ApiProblem> {
    let centre = match &which.centre {
        Some(name) => state.parvis.centre(name)?.id,
        None => caller.0.centre().ok_or_else(|| ApiProblem::unknown("centre"))?,
    };
    let viewer = Colleague {
        parvis: state.parvis.clone(),
        session: cookie(headers, SESSION_COOKIE).map(SessionToken::received),
        actor: caller.0,
        asked: Instant::now(),
        centre,
        screen,
    };
    // A view that may not be seen is refused now, as an answer and not as an empty stream.
    viewer.view(0).await?;
    let versions = state.parvis.watch(centre).await?;
    Ok(respond(&state.parvis, way, versions, viewer))
}

struct Colleague {
    parvis: Parvis,
    session: Option<SessionToken>,
    actor: Actor,
    asked: Instant,
    centre: CentreId,
    screen: Screen,
}

impl Colleague {
    async fn view(&self, version: u64) -> Result<Frame, Problem> {
        Ok(match self.screen {
            Screen::Desk(place) => message(version, &self.parvis.desk_view(&self.actor, self.centre, place).await?),
            Screen::Welcome => message(version, &self.parvis.welcome_view(&self.actor, self.centre).await?),
            Screen::Centre => message(version, &self.parvis.centre_view(&self.actor, self.centre).await?),
            Screen::Settings => self.actor.staff().map(|_| Frame::Same).ok_or(Problem::SignInNeeded)?,
        })
    }
    /// Whoever signed out meanwhile, or was switched off, sees nothing more.
    async fn ask_again(&mut self) -> Result<(), Problem> {
        if self.asked.elapsed() < TRUSTED_FOR {
            return Ok(());
        }
        if let Some(session) = &self.session {
            self.actor = self.parvis.actor_of_session(session).await?;
        }
        self.asked = Instant::now();
        Ok(())
    }
}

impl Viewer for Colleague {
    async fn frame(&mut self, published: Arc<Published>) -> Frame {
        if self.ask_again().await.is_err() {
            return Frame::End;
        }
        self.view(published.version).await.unwrap_or(Frame::End)
    }
}
