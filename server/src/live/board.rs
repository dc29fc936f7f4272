//! The boards, live: the same bytes for everybody who may see them.

use std::sync::Arc;

use axum::response::Response;
use domain::CentreId;
use services::{Problem, Published, Told};

use super::{Frame, Viewer, Way, is_refused, respond};
use crate::{extract::Credentials, problem::ApiProblem, state::AppState};

struct Everybody;

impl Viewer for Everybody {
    type Seen = Told;
    const NEEDS_RIGHT: bool = false;

    async fn frame(&mut self, told: Arc<Told>) -> Frame {
        Frame::Send(told.sent.frame.clone())
    }
}

/// Streams what anybody may know of a centre: events `board` with the version as id.
///
/// # Errors
/// If there is no such centre.
pub async fn board(state: &AppState, way: Way, centre: CentreId) -> Result<Response, Problem> {
    let versions = state.parvis.watch_public(centre).await?;
    Ok(respond(&state.parvis, way, versions, Everybody))
}

struct OwnScreen {
    state: AppState,
    credentials: Credentials,
    centre: CentreId,
}

impl Viewer for OwnScreen {
    type Seen = Published;
    const NEEDS_RIGHT: bool = true;

    async fn frame(&mut self, published: Arc<Published>) -> Frame {
        Frame::Send(published.sent.frame.clone())
    }
    async fn has_right(&mut self) -> bool {
        !is_refused(&self.credentials.in_sight_of(&self.state, self.centre).await)
    }
}

/// Streams the exact board to a centre's own devices and staff: events `board` with the version as id.
///
/// # Errors
/// If there is no such centre, or whoever asks may not see it.
pub async fn display(
    state: AppState,
    credentials: Credentials,
    way: Way,
    centre: CentreId,
) -> Result<Response, ApiProblem> {
    let actor = credentials.in_sight_of(&state, centre).await?;
    let versions = state.parvis.watch(&actor, centre).await?;
    let parvis = state.parvis.clone();
    Ok(respond(&parvis, way, versions, OwnScreen { state, credentials, centre }))
}
