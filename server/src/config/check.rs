//! A configuration that does not mean what somebody thinks is an error at start, not a surprise later.

use std::collections::BTreeSet;

use clap::CommandFactory;
use thiserror::Error;

use super::{Cli, Serve};

/// A configuration that cannot be used.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum ConfigError {
    /// A variable that no option knows.
    #[error("the environment variable {name} is unknown{}", did_you_mean.as_ref().map(|m| format!("; did you mean {m}?")).unwrap_or_default())]
    UnknownVariable {
        /// Its name.
        name: String,
        /// A similar one that exists.
        did_you_mean: Option<String>,
    },
    /// Visitors' phones could not reach the server.
    #[error(
        "--public-url is required when --listen is not a loopback address: it is what QR codes and links begin with, \
         such as https://parvis.example"
    )]
    PublicUrlMissing,
}

/// Variables that are read elsewhere than by an option.
const OTHERS: [&str; 1] = ["PARVIS_DEMO_PASSWORD"];
/// What the project's own tests read.
const OF_TESTS: &str = "PARVIS_TEST_";

/// Refuses environment variables `PARVIS_…` that no option knows.
///
/// # Errors
/// [`ConfigError::UnknownVariable`], with a similar name if there is one.
pub fn refuse_unknown_variables(names: impl Iterator<Item = String>) -> Result<(), ConfigError> {
    let known = known_variables();
    for name in names.filter(|n| n.starts_with("PARVIS_") && !n.starts_with(OF_TESTS)) {
        if !known.contains(&name) {
            let did_you_mean = similar(&name, &known);
            return Err(ConfigError::UnknownVariable { name, did_you_mean });
        }
    }
    Ok(())
}

fn known_variables() -> BTreeSet<String> {
    fn collect(command: &clap::Command, known: &mut BTreeSet<String>) {
        known.extend(command.get_arguments().filter_map(|a| a.get_env()).map(|n| n.to_string_lossy().into_owned()));
        for sub in command.get_subcommands() {
            collect(sub, known);
        }
    }
    let mut known = OTHERS.map(str::to_owned).into();
    collect(&Cli::command(), &mut known);
    known
}

fn similar(name: &str, known: &BTreeSet<String>) -> Option<String> {
    let likeness = |k: &&String| strsim::jaro_winkler(name, k);
    known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|k| likeness(k) > 0.85).cloned()
}

impl Serve {
    /// What addresses of this server begin with, given the port that it really listens on.
    ///
    /// # Errors
    /// [`ConfigError::PublicUrlMissing`] if others than this machine are to come.
    pub fn public_url(&self, listening: std::net::SocketAddr) -> Result<String, ConfigError> {
        match &self.public_url {
            Some(url) => Ok(url.to_string()),
            None if self.listen.ip().is_loopback() => Ok(format!("http://{listening}")),
            None => Err(ConfigError::PublicUrlMissing),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use clap::{CommandFactory, Parser};

    use super::{Cli, ConfigError, refuse_unknown_variables};
    use crate::config::Command;

    fn check(names: &[&str]) -> Result<(), ConfigError> {
        refuse_unknown_variables(names.iter().map(|&n| n.to_owned()))
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_option_of_serve_is_a_variable() {
        let cli = Cli::command();
        let serve = cli.find_subcommand("serve").unwrap();
        // On what the server may print is said where the program is started, and nowhere else.
        let exempt = ["help", "version", "printer_paths", "printer_networks"];
        let without = |a: &&clap::Arg| a.get_env().is_none() && !exempt.contains(&a.get_id().as_str());
        assert_eq!(serve.get_arguments().find(without).map(|a| a.get_id().as_str()), None);
    }

    #[test]
    fn unknown_variables_are_errors_with_a_hint() {
        assert_eq!(check(&["PATH", "PARVIS_LISTEN", "PARVIS_TEST_POSTGRES", "PARVIS_DEMO_PASSWORD"]), Ok(()));
        let ConfigError::UnknownVariable { did_you_mean, .. } = check(&["PARVIS_DATABSE"]).unwrap_err() else {
            panic!("another error")
        };
        assert_eq!(did_you_mean.as_deref(), Some("PARVIS_DATABASE"));
        assert!(check(&["PARVIS_ZZZ"]).is_err());
    }

    #[test]
    fn who_listens_to_others_says_how_it_is_reached() {
        let serve = |line: &str| match Cli::try_parse_from(line.split(' ')).unwrap().command {
            Command::Serve(serve) => serve,
            other => panic!("{other:?}"),
        };
        let port = "127.0.0.1:4711".parse().unwrap();
        assert_eq!(serve("parvis serve").public_url(port).unwrap(), "http://127.0.0.1:4711");
        assert_eq!(serve("parvis serve --listen 0.0.0.0:80").public_url(port), Err(ConfigError::PublicUrlMissing));
        let reached = serve("parvis serve --listen 0.0.0.0:80 --public-url https://parvis.example");
        assert_eq!(reached.public_url(port).unwrap(), "https://parvis.example");
    }

    #[test]
    fn traffic_needs_the_demo() {
        assert!(Cli::try_parse_from(["parvis", "serve", "--traffic"]).is_err());
        let Command::Serve(serve) = Cli::try_parse_from(["parvis", "serve", "--demo", "--traffic=4"]).unwrap().command
        else {
            panic!("another command")
        };
        assert_eq!(serve.traffic.map(super::super::Pace::factor), Some(4.0));
        assert_eq!(serve.demo, Some(super::super::DemoDay::Morning));
    }
}
