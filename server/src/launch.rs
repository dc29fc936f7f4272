//! Starting and stopping: the same for the program and for tests.

use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, extract::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use leptos::config::LeptosOptions;
use rustix::process::{Resource, getrlimit, setrlimit};
use services::{Options, Parvis, Problem, clock::SystemClock, printers::option_for};
use storage::Database;
use thiserror::Error;
use tokio::{net::TcpListener, sync::watch};
use tower::ServiceExt;

use crate::{
    config::{ConfigError, DemoDay, Pace, Serve},
    database::{self, DatabaseError},
    demo,
    extract::Peer,
    meters,
    printing::Printers,
    routes,
    state::{AppState, Shared, Site},
};

/// How long requests that are being answered may go on when the server stops.
const LAST_WORDS: Duration = Duration::from_secs(6);
/// How long centres and the database may take to end what they were asked. With [`LAST_WORDS`] less than ten seconds.
const LAST_COMMITS: Duration = Duration::from_secs(3);
/// How long a connection may take to send the head of a request, or say nothing between two of them.
const HEAD_PATIENCE: Duration = Duration::from_mins(1);
/// The most bytes that the head of a request, and a connection's buffers, may have.
const BUFFER: usize = 16 * 1024;

/// Why the server did not start, or stopped.
#[derive(Debug, Error)]
pub enum LaunchError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The centres did not start.
    #[error("{0}")]
    Start(#[from] Problem),
    /// The demo did not start.
    #[error("the demo: {0}")]
    Demo(#[from] demo::DemoError),
    /// The metrics cannot be counted.
    #[error("metrics: {0}")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
    /// An address cannot be listened on.
    #[error("{option} {address}: {error}. Another program may listen there: stop it, or give another address")]
    Listen {
        /// By which option it was given.
        option: &'static str,
        /// Which.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// The network failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Opens the database, listens, starts the centres and serves them until `shutdown` resolves. Then live streams end at
/// once, other requests get six seconds, and every centre finishes what it was asked, in three.
///
/// # Errors
/// If something of this cannot be done; what it is and what to do is in the message.
pub async fn launch(config: Serve, shutdown: impl Future<Output = ()> + Send) -> Result<(), LaunchError> {
    let (demo, printers) = (config.demo.is_some(), config.printers());
    let options = Options { demo, printers, clock: clock(), database_time: true, ..Options::default() };
    // What cannot be used is refused before anybody could come.
    config.public_url(config.listen)?;
    let opened = database::open(&config.database, config.demo.is_some()).await?;
    let listener = listen("--listen", config.listen).await?;
    run(config, options, opened, listener, shutdown).await
}

/// The machine's clock, which tests make wrong by so many seconds.
fn clock() -> Arc<SystemClock> {
    let wrong = std::env::var("PARVIS_TEST_CLOCK_WRONG_BY").ok().and_then(|seconds| seconds.parse().ok());
    Arc::new(wrong.map_or_else(SystemClock::default, |s| SystemClock::wrong_by(chrono::Duration::seconds(s))))
}

/// [`launch`] with a clock and randomness of the caller's choice, where the caller listens.
///
/// # Errors
/// As [`launch`].
pub async fn launch_with(
    config: Serve,
    options: Options,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), LaunchError> {
    let opened = database::open(&config.database, config.demo.is_some()).await?;
    run(config, options, opened, listener, shutdown).await
}

async fn listen(option: &'static str, address: SocketAddr) -> Result<TcpListener, LaunchError> {
    TcpListener::bind(address).await.map_err(|error| LaunchError::Listen { option, address, error })
}

async fn run(
    config: Serve,
    options: Options,
    database: Database,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), LaunchError> {
    let site = site(&config, &listener)?;
    raise_file_limit();
    let parvis = Parvis::start(database, options).await?;
    name_printers(&parvis).await?;
    let (stop, stopping) = watch::channel(false);
    let printers = Printers::default();
    let state = AppState::from(Shared {
        parvis: parvis.clone(),
        site,
        printers,
        demo: demo::Accounts::default(),
        leptos: leptos_options(),
        stopping,
    });
    serve_metrics(config.metrics_listen, state.stopping.clone()).await?;
    if let Some(day) = config.demo {
        let pace = config.traffic.or_else(|| (day == DemoDay::Morning).then(Pace::default));
        demo::start(&state, config.database.url(true), pace).await?;
    }
    tracing::info!(url = %state.site.public_url, "ready");
    let stopping = || {
        let _ = stop.send(true);
        parvis.end_streams();
    };
    serve(routes::router(&state), listener, shutdown, stopping).await;
    if tokio::time::timeout(LAST_COMMITS, parvis.stop()).await.is_err() {
        // Whoever asked for it was not answered, and asks again.
        tracing::warn!("the database did not end in time");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Says which printers stand idle because of how the server was started, and what would let them print.
async fn name_printers(parvis: &Parvis) -> Result<(), Problem> {
    for path in parvis.allowed_printers().paths() {
        if let Err(error) = path.device() {
            tracing::warn!(path = %path.name().display(), %error, "this printer is not there yet");
        }
    }
    for printer in parvis.refused_printers().await? {
        if let Some(option) = option_for(&printer.connection) {
            tracing::warn!(printer = printer.name, %option, "the server may not print on this printer: start it with the option");
        }
    }
    Ok(())
}

fn site(config: &Serve, listener: &TcpListener) -> Result<Site, LaunchError> {
    let public_url = config.public_url(listener.local_addr()?)?;
    Ok(Site { public_url, demo: config.demo.is_some(), trusted_proxy: config.trusted_proxy })
}

fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("parvis").site_pkg_dir("assets").build()
}

/// Accepts connections until `shutdown`, then says that it is `stopping` and lets those that are being answered finish.
async fn serve(
    router: Router,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send,
    stopping: impl FnOnce(),
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE).max_buf_size(BUFFER).max_headers(64);
    let (stop, asked) = watch::channel(());
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                pause_after(&error).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let from = Peer(peer.ip());
        let service = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(from);
            request
        });
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let mut asked = asked.clone();
        // A live page's connection becomes a socket: then it is not one of these any more, and ends with its stream.
        tokio::spawn(async move {
            let mut connection = pin!(connection.with_upgrades());
            // A browser that went away is no event.
            tokio::select! {
                _ = connection.as_mut() => return,
                _ = asked.changed() => connection.as_mut().graceful_shutdown(),
            }
            let _ = connection.await;
        });
    }
    drop((listener, asked));
    stopping();
    let _ = stop.send(());
    if tokio::time::timeout(LAST_WORDS, stop.closed()).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
}

/// Without file descriptors the listener would fail at once again: wait until some connection ends.
async fn pause_after(error: &io::Error) {
    let of_the_peer =
        [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionRefused];
    if !of_the_peer.contains(&error.kind()) {
        tracing::error!(%error, "no connection can be accepted");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn serve_metrics(address: Option<SocketAddr>, mut stopping: watch::Receiver<bool>) -> Result<(), LaunchError> {
    let Some(address) = address else { return Ok(()) };
    meters::install()?;
    let listener = listen("--metrics-listen", address).await?;
    tokio::spawn(async move {
        let stopped = async move {
            let _ = stopping.wait_for(|stopping| *stopping).await;
        };
        let _ = axum::serve(listener, meters::router()).with_graceful_shutdown(stopped).await;
    });
    Ok(())
}

/// Every follower is a file descriptor, and the usual limit is 1,024.
fn raise_file_limit() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if setrlimit(Resource::Nofile, limit).is_err() {
        tracing::warn!("the limit of open files stays as it is");
    }
}
