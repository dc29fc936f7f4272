//! The server as tests start it: on a port of its own, a database of its own and a clock that they set.

use std::{ops::Deref, sync::Arc};

use clap::Parser;
use domain::Instant;
use parvis::{
    config::{Cli, Command, Serve},
    launch::launch_with,
};
use reqwest::Client;
use services::{Options, clock::FakeClock};
use storage::testing::{self, TestDatabase};
use tokio::{net::TcpListener, runtime::Handle, sync::oneshot, task::JoinHandle};

use crate::{Api, Installation};

/// A running server with the small centre, its day open.
pub struct Server {
    /// Where it listens, such as `http://127.0.0.1:40123`.
    pub url: String,
    /// What the server takes for the time.
    pub clock: FakeClock,
    installation: Installation,
    /// What else its command line says.
    options: Vec<String>,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Deref for Server {
    type Target = Installation;
    fn deref(&self) -> &Installation {
        &self.installation
    }
}

/// A Sunday morning in Paris, when no day opens by itself: 17 January 2027, 10 o'clock.
pub fn sunday() -> Instant {
    Instant::from_timestamp(1_800_176_400, 0).expect("an instant")
}

/// Runs a journey on a server on every database that can be tested here, one after the other.
pub async fn everywhere<F: Future<Output = ()>>(journey: impl Fn(Arc<Server>) -> F) {
    for home in testing::databases().await {
        let kind = home.database.kind();
        eprintln!("on {kind}");
        let server = Arc::new(Server::start(home).await);
        journey(Arc::clone(&server)).await;
        let server = Arc::into_inner(server).expect("the journey keeps nothing");
        server.finish().await;
    }
}

impl Server {
    /// A server on SQLite.
    pub async fn on_sqlite() -> Self {
        Self::start(testing::sqlite().await).await
    }

    /// A server on a database that a test made, with the day open.
    pub async fn start(home: TestDatabase) -> Self {
        Self::start_with(home, &[]).await
    }

    /// The same with more on its command line.
    pub async fn start_with(home: TestDatabase, options: &[&str]) -> Self {
        let clock = FakeClock::at(sunday());
        let installation = Installation::new(home, Arc::new(clock.clone())).await;
        let options = options.iter().map(|&o| o.to_owned()).collect();
        let mut server = Self { url: String::new(), clock, installation, options, running: None };
        server.run().await;
        let coordinator = server.api().signed_in("coordinator").await;
        let open = format!("/api/v1/centres/{}/day/open", server.centre.slug);
        coordinator.post(&open).await.is(204);
        server
    }

    /// A server on a database that is there already, at the time that it was left.
    pub async fn resume(home: TestDatabase, at: Instant) -> Self {
        let clock = FakeClock::at(at);
        let installation = Installation::existing(home, Arc::new(clock.clone())).await;
        let mut server = Self { url: String::new(), clock, installation, options: Vec::new(), running: None };
        server.run().await;
        server
    }

    /// From its next start on, the server's command line says this.
    pub fn set_options(&mut self, options: &[&str]) {
        self.options = options.iter().map(|&o| o.to_owned()).collect();
    }

    /// Starts the server, again if it was stopped, on a free port.
    pub async fn run(&mut self) {
        self.run_at("127.0.0.1:0").await;
    }

    /// The same at an address, such as where it was before.
    pub async fn run_at(&mut self, address: &str) {
        let listener = TcpListener::bind(address).await.expect("a free port");
        self.url = format!("http://{}", listener.local_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel::<()>();
        let config = serve(&self.database, &self.options);
        let options =
            Options { clock: Arc::new(self.clock.clone()), printers: config.printers(), ..Options::default() };
        let runtime = Handle::current();
        let task = tokio::task::spawn_blocking(move || {
            let stopped = async {
                let _ = stopped.await;
            };
            let served = runtime.block_on(launch_with(config, options, listener, stopped));
            served.expect("the server starts and stops well");
        });
        self.running = Some((stop, task));
        self.api().until_ready().await;
    }

    /// Stops the server as a signal would, and waits until it has stopped.
    pub async fn stop(&mut self) {
        if let Some((stop, task)) = self.running.take() {
            let _ = stop.send(());
            task.await.expect("the server stops without a panic");
        }
    }

    /// Stops the server and throws its database away.
    pub async fn finish(mut self) {
        self.stop().await;
        self.installation.finish().await;
    }

    /// Somebody without credentials.
    pub fn api(&self) -> Api {
        Api::new(self.url.clone(), Client::new())
    }
    /// A member of staff.
    pub async fn staff(&self, login: &str) -> Api {
        self.api().signed_in(login).await
    }
    /// The kiosk, the display or the printer.
    pub fn device(&self, kind: &str) -> Api {
        self.api().with_token(self.secrets.get(kind).expect("a device of this kind"))
    }
    /// The server's time some minutes from now, as the API writes it.
    pub fn clock_after_minutes(&self, minutes: i64) -> Instant {
        services::clock::Clock::now(&self.clock) + chrono::Duration::minutes(minutes)
    }
}

fn serve(database: &str, options: &[String]) -> Serve {
    let line = ["parvis", "serve", "--listen", "127.0.0.1:0", "--database", database];
    match Cli::parse_from(line.into_iter().chain(options.iter().map(String::as_str))).command {
        Command::Serve(serve) => serve,
        _ => unreachable!("the line says serve"),
    }
}
