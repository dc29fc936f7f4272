//! `parvis import …`: career information, with a bar that shows how far it is and a report at the end.
#![allow(clippy::print_stdout)] // what the command line answers

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use services::catalogue::import::{ImportError, Input, Progress, Report};
use thiserror::Error;

use crate::{
    admin::{self, AdminError},
    config::{DatabaseOption, Import},
    say::say,
};

/// How often the bar moves.
const PACE: Duration = Duration::from_millis(100);
/// Rows that were left out and are named one by one; of the others the number is told.
const NAMED: usize = 50;

/// Why nothing was imported.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// The database cannot be used.
    #[error(transparent)]
    Open(#[from] AdminError),
    /// The release cannot be used.
    #[error("nothing was imported: {0}")]
    Import(#[from] ImportError),
}

/// Imports one release.
///
/// # Errors
/// If it could not be done; what was in use before still is.
pub async fn run(command: Import) -> Result<(), CatalogueError> {
    let (database, input) = asked(command);
    let parvis = admin::open(&database).await?;
    let progress = Arc::new(Progress::default());
    let bar = tokio::spawn(show(Arc::clone(&progress)));
    let report = parvis.import_catalogue(input, progress).await;
    bar.abort();
    // The line of the bar is cleared when it is dropped with its task.
    bar.await.ok();
    parvis.stop().await;
    tell(&report?);
    Ok(())
}

fn asked(command: Import) -> (DatabaseOption, Input) {
    match command {
        Import::Rome { database, folder } => (database, Input::Rome(folder)),
        Import::Esco { database, folder } => (database, Input::Esco(folder)),
        Import::Onet { database, folder } => (database, Input::Onet(folder)),
        Import::Catalogue { database, file } => (database, Input::Own(file)),
        Import::Starter { database } => (database, Input::Starter),
        Import::Crosswalk { database, file, from, to, relation } => {
            (database, Input::Crosswalk { file, from, to, relation })
        }
    }
}

/// Nothing is shown where nobody looks: on a terminal only.
async fn show(progress: Arc<Progress>) {
    let bar = Clearing(ProgressBar::new_spinner());
    let style = |template| ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.0.set_style(style("{spinner} reading: {pos} records"));
    loop {
        tokio::time::sleep(PACE).await;
        let (read, written) = (progress.read.load(Ordering::Relaxed), progress.written.load(Ordering::Relaxed));
        let all = progress.of.load(Ordering::Relaxed);
        if all > 0 && bar.0.length() != Some(all) {
            bar.0.set_length(all);
            bar.0.set_style(style("{bar:40} writing: {pos} of {len} records, {eta} to go"));
        }
        bar.0.set_position(if all > 0 { written } else { read });
    }
}

struct Clearing(ProgressBar);

impl Drop for Clearing {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn tell(report: &Report) {
    let Report { release, rows, records, new, changed, gone, refused } = report;
    say!("{} {}: {rows} rows read, {records} records", release.source.code(), release.version);
    if report.is_unchanged() {
        say!("Nothing changed.");
    } else {
        say!("{new} new, {changed} changed, {gone} gone.");
    }
    if refused.is_empty() {
        return;
    }
    println!();
    say!("{} rows were left out:", refused.len());
    for row in refused.iter().take(NAMED) {
        say!("  {row}");
    }
    if refused.len() > NAMED {
        say!("  … and {} more", refused.len() - NAMED);
    }
}
