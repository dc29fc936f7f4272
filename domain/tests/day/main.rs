//! The day as a whole: every state with every command, long random days, and days as they happen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value,
    missing_docs,
    reason = "tests read better with values"
)]

mod hours;
mod outlook;
mod random;
mod recorder;
mod scenarios;
mod staff_views;
mod stored;
mod table;
mod truths;
mod world;
