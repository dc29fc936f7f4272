//! What runs: the `parvis` binary, and the same server in process for tests.

pub mod admin;
pub mod api;
pub mod assets;
pub mod backup;
pub mod catalogue;
pub mod config;
pub mod database;
pub mod demo;
pub mod enrolment;
pub mod extract;
pub mod health;
pub mod launch;
pub mod live;
pub mod log;
pub mod meters;
pub mod pages;
pub mod printing;
pub mod problem;
pub mod routes;
mod say;
pub mod security;
pub mod staff;
pub mod state;
pub mod uploads;

pub use launch::{LaunchError, launch};
