//! The pages that visitors touch, carry or watch: whole documents made on the server, no wasm.

pub mod display;
pub mod home;
pub mod kiosk;
pub mod phone;
pub mod receipt;
