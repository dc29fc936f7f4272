//! What the command line answers: line by line, and of what came from outside only what a terminal shows.
#![allow(clippy::print_stdout)] // that is what it is for

/// Writes a line to standard output.
macro_rules! say {
    ($($words:tt)*) => {
        println!("{}", domain::printable(&format!($($words)*)))
    };
}

/// Writes a line to standard error.
macro_rules! note {
    ($($words:tt)*) => {
        eprintln!("{}", domain::printable(&format!($($words)*)))
    };
}

pub(crate) use {note, say};
