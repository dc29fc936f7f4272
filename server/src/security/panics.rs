//! A defect of ours ends one request, says nothing of it to anybody, and is found in the log.

use std::any::Any;

use axum::response::{IntoResponse, Response};

use crate::problem::ApiProblem;

/// The answer to a request whose handler panicked.
#[allow(clippy::needless_pass_by_value)] // the signature that tower-http asks for
pub fn recovered(_: Box<dyn Any + Send>) -> Response {
    ApiProblem::internal().into_response()
}

/// Logs where a panic happened, without its words: they can hold what somebody typed.
pub fn hide_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!(at = %place, "a defect: panic");
    }));
}
