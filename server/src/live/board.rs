//! The public board, live: the same bytes for everybody.

use std::sync::Arc;

use axum::response::Response;
use domain::CentreId;
use services::{Problem, Published};

use super::{Frame, Viewer, Way, respond};
use crate::state::AppState;

struct Everybody;

impl Viewer for Everybody {
    async fn frame(&mut self, published: Arc<Published>) -> Frame {
        Frame::Send(published.frame.clone())
    }
}

/// Streams a centre's board: events `board` with the version as id.
///
/// # Errors
/// If there is no such centre.
pub async fn board(state: &AppState, way: Way, centre: CentreId) -> Result<Response, Problem> {
    let versions = state.parvis.watch(centre).await?;
    Ok(respond(&state.parvis, way, versions, Everybody))
}
