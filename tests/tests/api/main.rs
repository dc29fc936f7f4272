//! The HTTP API, from outside. One program for all of it: it is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
#![allow(clippy::disallowed_methods, reason = "how long people wait is what some of them measure")]

mod catalogue;
mod command_line;
mod document;
mod floods;
mod followers;
mod generated;
mod hostile;
mod idempotency;
mod journey;
mod live;
mod log;
mod look;
mod printing;
mod security;
mod upload;
