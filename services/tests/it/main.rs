//! The use cases, on every database.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::missing_panics_doc,
    clippy::large_futures,
    clippy::duration_suboptimal_units,
    clippy::panic,
    clippy::format_push_string,
    missing_docs,
    reason = "tests"
)]

mod accounts;
mod catalogue;
mod days;
mod devices;
mod dossier;
mod faults;
mod hours;
mod import;
mod library;
mod matrix;
mod nodes;
mod public;
mod races;
mod settings;
mod slips;
mod statistics;
mod visit;
mod world;
