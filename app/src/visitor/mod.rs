//! The pages that visitors touch, carry or watch: whole documents made on the server, no wasm.

pub mod back;
pub mod catalogue;
pub mod display;
mod document;
pub mod home;
pub mod kiosk;
mod outlook;
pub mod phone;
pub mod receipt;
#[cfg(test)]
mod sample;
pub mod sheet;
pub mod trouble;

pub use document::{Head, document, forms, long};
