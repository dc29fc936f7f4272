//! The `parvis` binary.

use std::{io::Write, process::ExitCode, time::Duration};

use clap::Parser;
use parvis::{
    admin, backup, catalogue,
    config::{Cli, Command, PrintAgent, Serve, refuse_unknown_variables},
    launch, log, pages, printing, security,
};

/// A ticket is many small pieces of memory that one thread takes and another gives back; what nobody uses goes back to
/// the system soon (set in `.cargo/config.toml`).
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How long what still hangs when everything is done, such as a printer's device, may keep the program.
const LAST_MOMENT: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let cli = Cli::parse();
    let ended = tokio::runtime::Runtime::new().map_err(Failure::from).and_then(|runtime| {
        let ended = runtime.block_on(run(cli));
        runtime.shutdown_timeout(LAST_MOMENT);
        ended
    });
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Mistakes of a file are a line each.
            for line in format!("parvis: {failure}").lines() {
                eprintln!("{}", domain::printable(line));
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<(), Failure> {
    refuse_unknown_variables(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()))?;
    log::start(&cli.log.filter, cli.log.format)?;
    match cli.command {
        Command::Serve(config) => serve(config).await,
        Command::Import(command) => Ok(catalogue::run(command).await?),
        Command::Admin(command) => Ok(admin::run(command).await?),
        Command::PrintAgent(agent) => print_agent(agent).await,
        Command::Backup(command) => Ok(backup::backup(&command).await?),
        Command::Restore(command) => Ok(backup::restore(&command).await?),
        Command::StartPage(asked) => Ok(std::io::stdout().write_all(pages::back::start_page(&asked).as_bytes())?),
    }
}

async fn print_agent(agent: PrintAgent) -> Result<(), Failure> {
    tracing::info!("fetching receipts");
    Ok(printing::run_agent(&agent.server.to_string(), &agent.secret, &agent.to, asked_to_stop()).await?)
}

async fn serve(config: Serve) -> Result<(), Failure> {
    security::hide_panics();
    Ok(launch(config, asked_to_stop()).await?)
}

/// Resolves when the terminal or the system asks the program to stop.
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let by_system = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = by_system => {}
    }
}
