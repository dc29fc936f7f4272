//! What a print agent asks the server: the next receipt of its printer, and how the last one came out.

use std::time::Duration;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    DeviceId,
    staff::{Device, DeviceKind},
};
use serde::{Deserialize, Serialize};
use services::{Actor, Parvis, Problem};
use tokio::sync::watch;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::Printing;
use crate::{
    api::{Answer, Problems},
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
#[derive(Serialize, Deserialize, ToSchema)]
pub(super) struct PrintResult {
    /// How.
    pub(super) state: Printing,
}

/// The operations of print agents.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(next_job)).routes(routes!(settle_job))
}

/// The printer that asks.
fn printer(caller: &Caller) -> Answer<&Device> {
    match &caller.0 {
        Actor::Device(device) if device.kind == DeviceKind::Printer => Ok(device),
        Actor::Anyone => Err(Problem::SignInNeeded.into()),
        Actor::Device(_) | Actor::Staff(_) => {
            Err(ApiProblem::new(StatusCode::FORBIDDEN, "not_allowed", "only a printer's agent fetches receipts"))
        }
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

/// The next receipt of the printer that asks
///
/// The question is kept open for twenty seconds. A receipt is given once; another agent with the same secret gets nothing
/// (409 `printer_has_agent`).
#[utoipa::path(
    get, path = "/printer/jobs/next", tag = "printer", operation_id = "next_job",
    params(("X-Agent" = Option<String>, Header, description = "Which of several agents it is: the first 64 characters count")),
    security(("bearer" = [])),
    responses(
        (status = 200, content_type = "application/octet-stream", description = "What to send to the printer.",
         headers(("X-Job" = u64, description = "The receipt's number, to say how it came out"))),
        (status = 204, description = "Nothing to print yet: ask again."),
        Problems
    )
)]
async fn next_job(State(state): State<AppState>, caller: Caller, headers: HeaderMap) -> Answer<Response> {
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

/// Say how a receipt came out
///
/// Staff are told when the printer has trouble, and when it works again.
#[utoipa::path(
    post, path = "/printer/jobs/{job}", tag = "printer", operation_id = "settle_job",
    params(("job" = i64, Path, description = "The receipt's number")),
    request_body = PrintResult,
    security(("bearer" = [])),
    responses((status = 204, description = "Noted; also where nobody waits for it any more."), Problems)
)]
async fn settle_job(
    State(state): State<AppState>,
    caller: Caller,
    Params(job): Params<i64>,
    Body(result): Body<PrintResult>,
) -> Answer<StatusCode> {
    let printer = printer(&caller)?;
    if u64::try_from(job).is_ok_and(|job| state.printers.told(printer.id, job, result.state)) {
        state.parvis.printer_works(printer.centre, printer.id, result.state == Printing::Printed);
    }
    Ok(StatusCode::NO_CONTENT)
}
