//! What goes wrong outside, for real, under the running program: it loses nothing that it answered, doubles nothing,
//! says what is wrong and works again by itself.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod clock;
mod disk;
mod import;
mod kill;
mod load;
mod nodes;
mod postgres;
mod printer;
mod upgrade;
