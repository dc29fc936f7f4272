//! What a print agent asks the server: the next receipt of its printer, and how the last one came out.

use std::time::Duration;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::staff::{Device, DeviceKind};
use serde::{Deserialize, Serialize};
use services::Actor;

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

async fn next(State(state): State<AppState>, caller: Caller) -> std::result::Result<Response, ApiProblem> {
    let printer = printer(&caller)?.id;
    let mut stopping = state.stopping.clone();
    let job = tokio::select! {
        job = state.printers.claim(printer) => Some(job),
        () = tokio::time::sleep(WAIT) => None,
        _ = stopping.wait_for(|stop| *stop) => None,
    };
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
