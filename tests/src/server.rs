//! The server as tests start it: on a port of its own, a database of its own and a clock that they set.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use clap::Parser;
use domain::{Instant, centre::Centre};
use parvis::{
    config::{Cli, Command, Serve},
    launch::launch_with,
};
use reqwest::Client;
use services::{
    Options, Parvis,
    clock::FakeClock,
    import::{FirstPasswords, Imported},
};
use storage::{
    Database,
    testing::{self, TestDatabase},
};
use tokio::{net::TcpListener, runtime::Handle, sync::oneshot, task::JoinHandle};

use crate::Api;

/// The password of every account of the small centre.
pub const PASSWORD: &str = "un mot de passe pour les essais";
/// The small centre, see its file.
const CENTRE: &str = include_str!("../fixtures/centre.toml");

/// A running server with the small centre, its day open.
pub struct Server {
    /// Where it listens, such as `http://127.0.0.1:40123`.
    pub url: String,
    /// The centre as it was imported.
    pub centre: Centre,
    /// Secrets of devices by their kind.
    pub secrets: BTreeMap<&'static str, String>,
    /// What the server takes for the time.
    pub clock: FakeClock,
    /// The database's address.
    pub database: String,
    home: TestDatabase,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
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
        // The server opens it by its address, and a restored copy must not find it in use here.
        home.database.close().await;
        let clock = FakeClock::at(sunday());
        let (centre, imported) = import(&home.url, &clock).await;
        let secrets = imported.devices.iter().map(|(d, secret)| (d.kind.code(), secret.reveal().to_owned())).collect();
        let mut server =
            Self { url: String::new(), centre, secrets, clock, database: home.url.clone(), home, running: None };
        server.run().await;
        let coordinator = server.api().signed_in("coordinator").await;
        let open = format!("/api/v1/centres/{}/day/open", server.centre.slug);
        coordinator.post(&open).await.is(204);
        server
    }

    /// Starts the server, again if it was stopped, on a free port.
    pub async fn run(&mut self) {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
        self.url = format!("http://{}", listener.local_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel::<()>();
        let options = Options { clock: Arc::new(self.clock.clone()), ..Options::default() };
        let config = serve(&self.database);
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
        self.home.finish().await;
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
    /// A path below the centre.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/centres/{}/{rest}", self.centre.slug)
    }
    /// The id of a place, by its desk's name and its own.
    pub fn place(&self, desk: &str, place: &str) -> String {
        let desk = self.centre.desks.iter().find(|d| d.name == desk).expect("a desk of this name");
        desk.places.iter().find(|p| p.name == place).expect("a place of this name").id.to_string()
    }
}

fn serve(database: &str) -> Serve {
    let line = ["parvis", "serve", "--listen", "127.0.0.1:0", "--database", database];
    match Cli::parse_from(line).command {
        Command::Serve(serve) => serve,
        _ => unreachable!("the line says serve"),
    }
}

/// Imports the small centre with a database of its own, as the command line does.
async fn import(url: &str, clock: &FakeClock) -> (Centre, Imported) {
    let database = Database::open(url).await.expect("the database");
    let options = Options { clock: Arc::new(clock.clone()), demo: true, timer: false, ..Options::default() };
    let parvis = Parvis::start(database, options).await.expect("the centres start");
    let imported = parvis.import_centre(CENTRE, FirstPasswords::All(PASSWORD.to_owned())).await;
    let imported = imported.unwrap_or_else(|e| panic!("the small centre's file: {e}"));
    let centre = (*parvis.centre_by_id(imported.centre).expect("the centre is there")).clone();
    parvis.stop().await;
    (centre, imported)
}
