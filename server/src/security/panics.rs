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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::{
        io::{Read, Seek},
        sync::Arc,
    };

    use super::*;

    /// What is logged while a handler panics over what somebody typed.
    fn log_of_a_panic() -> String {
        let log = Arc::new(tempfile::tempfile().unwrap());
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(Arc::clone(&log))
            .with_max_level(tracing::Level::TRACE);
        let before = std::panic::take_hook();
        hide_panics();
        let caught = tracing::subscriber::with_default(subscriber.finish(), || {
            std::panic::catch_unwind(|| panic!("not a number: {}", "what somebody typed"))
        });
        std::panic::set_hook(before);
        assert!(caught.is_err());
        let (mut log, mut text) = (log.as_ref(), String::new());
        log.rewind().unwrap();
        log.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_panic_is_logged_with_its_place_and_without_its_words() {
        let log = log_of_a_panic();
        assert!(log.contains("a defect: panic at=server/src/security/panics.rs:"), "{log}");
        assert!(!log.contains("somebody"), "{log}");
    }
}
