//! Small parts that every screen shares.

mod exit;
mod number;
mod sign;

pub use exit::Exit;
pub use number::{Number, spaced};
pub use sign::{Sign, sign_class};
