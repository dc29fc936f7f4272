//! Every function of storage, on every database.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    missing_docs,
    reason = "tests"
)]

mod catalogue;
mod centres;
mod copy;
mod days;
mod edits;
mod faults;
mod fold;
mod people;
mod samples;
mod schema;
mod statistics;

use storage::testing::{TestDatabase, databases};

/// Runs a test on an empty database of each kind, one after the other.
async fn on_each(test: impl AsyncFn(&TestDatabase)) {
    for database in databases().await {
        test(&database).await;
        database.finish().await;
    }
}
