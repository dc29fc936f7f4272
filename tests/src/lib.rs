//! Whole journeys against the real server, in this process, on SQLite and (where `PARVIS_TEST_POSTGRES` says where) on
//! PostgreSQL.

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "a test that cannot go on says why and stops")]

pub mod api;
pub mod events;
pub mod installation;
pub mod paper;
pub mod program;
pub mod server;

pub use api::{Api, Reply};
pub use installation::{Installation, PASSWORD};
pub use server::{Server, everywhere};
