//! Metrics, on a listener of their own and only if one was asked for. Labels are route templates, methods and
//! status codes: nothing that says who or which ticket.

use std::{sync::OnceLock, time::Instant};

use axum::{
    Router,
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
    routing::get,
};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts to count, once a process.
///
/// # Errors
/// If something else counts in this process already.
pub fn install() -> Result<(), BuildError> {
    if HANDLE.get().is_some() {
        return Ok(());
    }
    let buckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0];
    let handle = PrometheusBuilder::new().set_buckets(&buckets)?.install_recorder()?;
    metrics::describe_counter!("parvis_requests_total", "Requests by route template, method and status.");
    metrics::describe_histogram!("parvis_request_seconds", "Time until the answer's headers, by route template.");
    metrics::describe_gauge!("parvis_live_streams", "Live streams that are open.");
    let _ = HANDLE.set(handle);
    Ok(())
}

/// `/metrics` in the Prometheus text format.
pub fn router() -> Router {
    Router::new().route("/metrics", get(async || HANDLE.get().map(PrometheusHandle::render).unwrap_or_default()))
}

/// Counts a request and writes it into the access log: its route's template, method, status and time, nothing else.
#[expect(clippy::disallowed_methods, reason = "how long an answer took; nothing that is kept depends on it")]
pub async fn observe(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let path = path.as_ref().map_or("unmatched", MatchedPath::as_str);
    let (took, status) = (began.elapsed(), response.status().as_u16());
    if status >= 500 {
        tracing::warn!(target: "parvis::access", %method, path, status, ms = took.as_secs_f64() * 1000.0);
    } else {
        tracing::debug!(target: "parvis::access", %method, path, status, ms = took.as_secs_f64() * 1000.0);
    }
    if HANDLE.get().is_some() {
        let labels = [("path", path.to_owned()), ("method", known(method.as_str()).to_owned())];
        metrics::histogram!("parvis_request_seconds", &labels).record(took);
        metrics::counter!("parvis_requests_total", "path" => path.to_owned(), "method" => known(method.as_str()).to_owned(), "status" => status.to_string()).increment(1);
    }
    response
}

/// A method by its name, so that nobody can make labels without end.
fn known(method: &str) -> &str {
    match method {
        "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH" | "OPTIONS" => method,
        _ => "other",
    }
}

/// Counts a live stream for as long as it is kept.
#[derive(Debug)]
pub struct OpenStream(());

impl OpenStream {
    /// One more stream.
    pub fn new() -> Self {
        metrics::gauge!("parvis_live_streams").increment(1.0);
        Self(())
    }
}
impl Default for OpenStream {
    fn default() -> Self {
        Self::new()
    }
}
impl Drop for OpenStream {
    fn drop(&mut self) {
        metrics::gauge!("parvis_live_streams").decrement(1.0);
    }
}
