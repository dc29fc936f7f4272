//! Small parts that every screen shares.

mod number;
mod sign;

pub use number::{Number, spaced};
pub use sign::{Sign, sign_class};
