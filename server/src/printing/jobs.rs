//! What a print agent asks the server: the next receipt of its printer, and how the last one came out.

use std::time::Duration;

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    DeviceId,
    staff::{Device, DeviceKind},
};
use serde::{Deserialize, Serialize};
use services::{Actor, Parvis};
use tokio::sync::watch;

use super::Printing;
use crate::{
    extract::{Body, Caller, Params},
    problem::ApiProblem,
    state::AppState,
};

/// How long the server keeps an agent's question open. Shorter than what proxies allow.
const WAIT: Duration = Duration::from_secs(20);
/// The header that carries a receipt's number.
pub(super) const JOB: &str = "x-job";

/// The header by which an agent says which of several it is.
pub(super) const AGENT: &str = "x-agent";
/// The longest such name.
const LONGEST: usize = 64;

/// How a receipt came out at the agent's printer.
#[derive(Serialize, Deserialize)]
pub(super) struct Result {
    pub(super) state: Printing,
}

/// The routes of print agents.
pub fn router() -> Router<AppState> {
    Router::new().route("/api/v1/printer/jobs/next", get(next)).route("/api/v1/printer/jobs/{job}", post(settle))
}

/// The printer that asks.
fn printer(caller: &Caller) -> std::result::Result<&Device, ApiProblem> {
    match &caller.0 {
        Actor::Device(device) if device.kind == DeviceKind::Printer => Ok(device),
        _ => Err(ApiProblem::new(StatusCode::FORBIDDEN, "not_allowed", "only a printer's agent fetches receipts")),
    }
}

/// What an agent calls itself; one that says nothing is always the same.
fn agent(headers: &HeaderMap) -> String {
    let said = headers.get(AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default();
    said.chars().take(LONGEST).collect()
}

/// An agent that waits. One that goes away meanwhile leaves its printer to another.
struct Waiting<'a> {
    parvis: &'a Parvis,
    printer: DeviceId,
    agent: String,
    stopping: watch::Receiver<bool>,
    is_over: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        // Where the server ends, its agent comes to the next one.
        if self.is_over || *self.stopping.borrow() {
            return;
        }
        let (parvis, printer, agent) = (self.parvis.clone(), self.printer, std::mem::take(&mut self.agent));
        tokio::spawn(async move { parvis.release_printer(printer, &agent).await });
    }
}

async fn next(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
) -> std::result::Result<Response, ApiProblem> {
    let device = printer(&caller)?;
    let (printer, agent) = (device.id, agent(&headers));
    state.parvis.hold_printer(device, &agent).await?;
    let mut waiting =
        Waiting { parvis: &state.parvis, printer, agent, stopping: state.stopping.clone(), is_over: false };
    let mut stopping = state.stopping.clone();
    let job = tokio::select! {
        job = state.printers.claim(printer) => Some(job),
        () = tokio::time::sleep(WAIT) => None,
        _ = stopping.wait_for(|stop| *stop) => None,
    };
    waiting.is_over = true;
    if job.is_some() {
        // The receipt takes its time too. It is the agent's: that this could not be noted takes nothing from it.
        state.parvis.hold_printer(device, &waiting.agent).await.ok();
    }
    Ok(match job {
        None => StatusCode::NO_CONTENT.into_response(),
        Some((number, bytes)) => {
            let headers =
                [(header::CONTENT_TYPE.as_str(), "application/octet-stream".to_owned()), (JOB, number.to_string())];
            (headers, bytes.to_vec()).into_response()
        }
    })
}

async fn settle(
    State(state): State<AppState>,
    caller: Caller,
    Params(job): Params<u64>,
    Body(result): Body<Result>,
) -> std::result::Result<StatusCode, ApiProblem> {
    let printer = printer(&caller)?;
    if state.printers.told(printer.id, job, result.state) {
        state.parvis.printer_works(printer.centre, printer.id, result.state == Printing::Printed);
    }
    Ok(StatusCode::NO_CONTENT)
}
