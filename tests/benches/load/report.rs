//! What was measured, as a table.

use std::{fmt::Write, path::Path, time::Duration};

/// One line of the table.
struct Row {
    what: &'static str,
    measured: String,
    control: String,
    to_reach: String,
    reached: bool,
}

/// Every line so far.
#[derive(Default)]
pub struct Report(Vec<Row>);

impl Report {
    /// Adds a line, and says it at once.
    pub fn add(&mut self, what: &'static str, measured: String, control: String, to_reach: &str, reached: bool) {
        println!("{what}: {measured} (control: {control}; to reach: {to_reach}): {}", yes(reached));
        self.0.push(Row { what, measured, control, to_reach: to_reach.to_owned(), reached });
    }

    /// Prints the table and writes it to `target/bench.md`.
    pub fn print(&self) {
        let mut table =
            "| what | measured | control in the same run | to reach | reached |\n|---|---|---|---|---|\n".to_owned();
        for row in &self.0 {
            let Row { what, measured, control, to_reach, reached } = row;
            writeln!(table, "| {what} | {measured} | {control} | {to_reach} | {} |", yes(*reached)).unwrap();
        }
        println!("\n{table}");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench.md");
        std::fs::write(file, table).expect("the table is written");
    }
}

fn yes(reached: bool) -> &'static str {
    if reached { "yes" } else { "no" }
}

/// Durations of which the middle and the end are looked at.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// One more.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }
    /// All of others.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Duration>) {
        self.0.extend(others);
    }
    /// The duration below which this share of all lies, from 0 to 1.
    pub fn at(&self, share: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let index = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(index).copied().unwrap_or_default()
    }
}

/// The middle one of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// A duration as people read it.
pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
