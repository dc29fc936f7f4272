//! How fast and how large the real program is: measured from outside, each figure with its control in the same run.
//!
//! `make bench` starts it. The program under test is the one named by `PARVIS` (a release build); clients share the
//! machine with it. Prints a table and writes it to `target/bench.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot go on says why and stops")]
#![allow(clippy::print_stdout, reason = "its output is what it is for")]
#![allow(clippy::disallowed_methods, reason = "time is what it measures")]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "figures")]

mod bare;
mod catalogue;
mod day;
mod floods;
mod followers;
mod http;
mod next;
mod pages;
mod report;
mod rest;
mod tickets;

use report::Report;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    if bare::was_asked_for() {
        return bare::serve().await;
    }
    if floods::was_asked_for() {
        return floods::ask_on().await;
    }
    raise_file_limit();
    // `cargo bench -- NAME` measures one part.
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|a| a == part);
    let mut report = Report::default();
    if wanted("tickets") {
        tickets::measure(&mut report).await;
    }
    if wanted("next") {
        next::measure(&mut report).await;
    }
    if wanted("followers") {
        followers::measure(&mut report).await;
    }
    if wanted("pages") {
        pages::measure(&mut report).await;
    }
    if wanted("catalogue") {
        catalogue::measure(&mut report).await;
    }
    if wanted("floods") {
        floods::measure(&mut report).await;
    }
    if wanted("start") {
        rest::start(&mut report).await;
    }
    if wanted("memory") {
        rest::memory(&mut report).await;
    }
    report.print();
}

/// Ten thousand followers are ten thousand file descriptors here too.
fn raise_file_limit() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).expect("the limit of open files can be raised");
}
