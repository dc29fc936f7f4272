//! Builds again when a migration is added: the compiler itself only sees the files that it already knows.

#![allow(clippy::print_stdout, reason = "this is how cargo is told")]

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
}
