//! The `parvis` binary.

use std::{io::Write, process::ExitCode};

use clap::Parser;
use parvis::{
    admin, backup, catalogue,
    config::{Cli, Command, PrintAgent, Serve, refuse_unknown_variables},
    launch, log, pages, printing, security,
};
use tokio::net::TcpListener;

/// A ticket is many small pieces of memory that one thread takes and another gives back; what nobody uses goes back to
/// the system soon (set in `.cargo/config.toml`).
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("parvis: {failure}");
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
    let listener = TcpListener::bind(config.listen).await.map_err(|e| format!("--listen {}: {e}", config.listen))?;
    Ok(launch(config, listener, asked_to_stop()).await?)
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
