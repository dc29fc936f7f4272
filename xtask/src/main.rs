//! The project's own tasks: the browser bundle, the rule of the architecture, rebuilding on change.

mod architecture;
mod bundle;
mod dev;
mod error;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use error::Result;

/// Tasks of the project that cargo does not know by itself.
#[derive(Parser)]
enum Task {
    /// Builds what browsers load into dist/: wasm, scripts, styles, fonts and pictures.
    Bundle {
        /// Build fast instead of small, for working on pages.
        #[arg(long)]
        dev: bool,
    },
    /// Fails on any dependency between crates that the architecture does not allow.
    CheckArchitecture,
    /// Serves the demo and starts it anew whenever a source file changes.
    Dev {
        /// What `parvis` is called with.
        #[arg(trailing_var_arg = true, default_values = ["serve", "--demo"])]
        arguments: Vec<String>,
    },
}

/// The project's root folder.
fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or(xtask.clone(), PathBuf::from)
}

fn main() -> ExitCode {
    match run(&Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n!!! {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> Result {
    let root = root();
    match task {
        Task::Bundle { dev: true } => bundle::bundle(&root, bundle::Profile::Fast),
        Task::Bundle { dev: false } => bundle::bundle(&root, bundle::Profile::Small),
        Task::CheckArchitecture => architecture::check(&root),
        Task::Dev { arguments } => dev::dev(&root, arguments),
    }
}
