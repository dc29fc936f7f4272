//! A believable centre with no further step.

mod accounts;
mod enter;
mod town;
mod traffic;

use std::sync::{Arc, OnceLock};

use axum::Router;
use domain::{
    CentreId,
    day::{Command, Refusal},
};
use services::{Actor, Parvis, Problem, catalogue::import::Input, secrets::SystemSecrets};
use thiserror::Error;

use crate::{config::Pace, state::AppState};
use traffic::Traffic;

/// The demo's accounts, once it started: whoever opens a screen from the first page needs no password.
#[derive(Clone, Default)]
pub struct Accounts(Arc<OnceLock<String>>);

impl Accounts {
    fn password(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

/// Why the demo did not start.
#[derive(Debug, Error)]
pub enum DemoError {
    /// Its centre could not be loaded.
    #[error(transparent)]
    Import(#[from] services::import::ImportError),
    /// Its career information could not be loaded.
    #[error(transparent)]
    Catalogue(#[from] services::catalogue::import::ImportError),
    /// Something could not be stored.
    #[error(transparent)]
    Problem(#[from] services::Problem),
    /// The generated password could not be kept.
    #[error("its password could not be kept: {0}")]
    Password(#[from] std::io::Error),
}

/// Loads the demo's centre, opens its day and, if a pace is given, sends visitors.
///
/// # Errors
/// If the centre cannot be loaded.
pub async fn start(state: &AppState, database: &str, traffic: Option<Pace>) -> Result<(), DemoError> {
    let password = accounts::password(database, new_password)?;
    let (coordinator, staff) = accounts::prepare(&state.parvis, &password).await?;
    let centre = coordinator.centre().ok_or(Problem::SignInNeeded)?;
    open_day(&state.parvis, &coordinator, centre).await?;
    state.parvis.import_catalogue(Input::Starter, Arc::default()).await?;
    state.parvis.reload_catalogue().await?;
    if let (Some(pace), Some(host)) = (traffic, staff.iter().find(|s| s.login == "host")) {
        let centre = state.parvis.centre_by_id(centre)?;
        let stopping = state.stopping.clone();
        Traffic { parvis: state.parvis.clone(), centre, pace, stopping }.start(host, &staff).await;
    }
    accounts::print(&state.site.public_url, &password);
    // It starts once.
    let _ = state.demo.0.set(password);
    Ok(())
}

/// A demo's day is open whenever it is started, and has no closing hour.
async fn open_day(parvis: &Parvis, coordinator: &Actor, centre: CentreId) -> Result<(), Problem> {
    match parvis.act(coordinator, centre, Command::OpenDay { closes: None }, None).await {
        Ok(_) => Ok(()),
        Err(Problem::Refused(Refusal::DayAlreadyOpen)) => {
            match parvis.act(coordinator, centre, Command::ResumeDay, None).await {
                Ok(_) | Err(Problem::Refused(Refusal::DayNotSuspended)) => Ok(()),
                Err(problem) => Err(problem),
            }
        }
        Err(problem) => Err(problem),
    }
}

fn new_password() -> String {
    services::Secret::new(&SystemSecrets).reveal().chars().take(16).collect()
}

/// What only the demo has.
pub fn router() -> Router<AppState> {
    enter::router()
}
