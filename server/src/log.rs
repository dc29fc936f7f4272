//! The server's log: to standard error, without anything that says who came.

use std::io::{self, Write};

use domain::printable;
use thiserror::Error;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::LogFormat;

/// The default: our own lines, each of which is declared in docs/log.md. What a library says can tell when something
/// happened to somebody, as a warning about the letters of a receipt does.
pub const OWN: &str = "parvis=info,services=info,storage=info";

/// The log cannot be written as asked.
#[derive(Debug, Error)]
pub enum LogError {
    /// The filter is not one.
    #[error("--log: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// Something else logs already.
    #[error("the log is started already")]
    Started(#[from] tracing_subscriber::util::TryInitError),
}

/// Starts the log with a filter such as `info` or `info,parvis::access=debug`.
///
/// # Errors
/// If the filter cannot be read.
pub fn start(filter: &str, format: LogFormat) -> Result<(), LogError> {
    let registry = tracing_subscriber::registry().with(EnvFilter::try_new(filter)?);
    match format {
        LogFormat::Text => registry.with(fmt::layer().with_writer(Lines::default).with_ansi(false)).try_init()?,
        LogFormat::Json => registry.with(fmt::layer().json().with_writer(Lines::default)).try_init()?,
    }
    Ok(())
}

/// Standard error, on which each event is one line without anything that a terminal takes for a command: what came from
/// outside can neither say that something else happened nor act.
struct Lines<W = io::Stderr>(W);

impl Default for Lines {
    fn default() -> Self {
        Self(io::stderr())
    }
}

impl<W: Write> Write for Lines<W> {
    /// An event comes whole.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        self.0.write_all(format!("{}\n", printable(text.trim_end())).as_bytes())?;
        Ok(event.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const OURS: [&str; 3] = ["parvis", "services", "storage"];

    #[test]
    fn by_default_no_library_says_anything() {
        let named = |directive: &str| directive.split_once('=').is_some_and(|(target, _)| OURS.contains(&target));
        assert!(OWN.split(',').all(named), "{OWN}");
    }

    #[test]
    fn an_event_is_one_line_that_commands_nothing() {
        let mut out = Lines(Vec::new());
        out.write_all("INFO a printer=\u{1b}[2Jx\nERROR forged\u{9b}31m\u{7}\n".as_bytes()).unwrap();
        out.write_all(b"INFO b\n").unwrap();
        assert_eq!(String::from_utf8(out.0).unwrap(), "INFO a printer=[2Jx ERROR forged31m\nINFO b\n");
    }
}
