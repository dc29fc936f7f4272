//! Durable tickets, against the raw disk and against bare inserts.

use std::{
    fs::{File, OpenOptions},
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use journeys::Installation;
use sqlx::{Connection as _, Executor, PgConnection};
use storage::testing;
use tokio::task::JoinSet;

use crate::{
    http::{Connection, bearer, request},
    report::{Report, Times, median, ms},
};

const ROUNDS: usize = 15;
/// Tickets of a round by one client, and raw writes.
const ONE_BY_ONE: usize = 100;
const CLIENTS: usize = 32;
/// Tickets of a round by all clients, and bare inserts.
const TOGETHER: usize = 4_800;
const ROUNDS_TOGETHER: usize = 5;
/// A write-ahead log begins again at this size.
const LOG_SIZE: u64 = 4 * 1024 * 1024;
/// The needs in turn: a letter has 9,999 numbers a day.
const NEEDS: [&str; 3] = ["\"cv\"", "\"jobs\"", "null"];

/// Every figure about tickets.
pub async fn measure(report: &mut Report) {
    one_client(report).await;
    let (sqlite, disk) = on_sqlite().await;
    let control = format!("{disk:.0} raw writes + fdatasync/s by one");
    report.add("durable tickets, 32 clients, SQLite", format!("{sqlite:.0}/s"), control, "≥ 2,000/s", sqlite >= 2000.0);
    if let Some((tickets, bare)) = on_postgres().await {
        let (measured, control) =
            (format!("{tickets:.0}/s, ratio {:.2}", tickets / bare), format!("{bare:.0} inserts/s"));
        report.add(
            "durable tickets, 32 clients, PostgreSQL",
            measured,
            control,
            "≥ 0.7 × a bare insert",
            tickets >= 0.7 * bare,
        );
    }
}

async fn ticket(centre: &Installation, address: &str, need: &str) -> Vec<u8> {
    let body = format!("{{\"need\":{need},\"language\":\"fr\"}}");
    request("POST", &centre.path("tickets"), &bearer(&centre.host(address).await), &body)
}

async fn one_client(report: &mut Report) {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let program = centre.serve().await;
    let log = PathBuf::from(centre.database.trim_start_matches("sqlite:").to_owned() + "-wal");
    let take = ticket(&centre, program.address(), NEEDS[0]).await;
    let one = on_its_own_thread(one_by_one(program.address().to_owned(), take, log)).await;
    program.stop().await;
    centre.finish().await;
    let ratio = median(one.ratios);
    report.add(
        "durable ticket over HTTP, one client, SQLite",
        format!("p50 {}, p99 {}, ratio {ratio:.2}", ms(one.tickets.at(0.5)), ms(one.tickets.at(0.99))),
        format!(
            "{:.0} KB + fdatasync: p50 {}; a request that does nothing: {}",
            one.bytes as f64 / 1024.0,
            ms(one.writes.at(0.5)),
            ms(one.nothing.at(0.5))
        ),
        "p50 ≤ 2 × a raw write + fdatasync",
        ratio <= 2.0,
    );
}

/// What one client saw, and its controls.
#[derive(Default)]
struct One {
    /// What a ticket writes: so many pages of the log's table and its index.
    bytes: usize,
    tickets: Times,
    writes: Times,
    /// What an answer costs that needs no work at all: no ticket can be quicker.
    nothing: Times,
    ratios: Vec<f64>,
}

async fn one_by_one(address: String, take: Vec<u8>, log: PathBuf) -> One {
    let mut client = Connection::open(&address).await;
    let folder = tempfile::tempdir().unwrap();
    let before = size(&log);
    for _ in 0..ONE_BY_ONE {
        client.expect(&take, 201).await;
    }
    let bytes = usize::try_from(size(&log) - before).unwrap() / ONE_BY_ONE;
    let nothing = request("GET", "/healthz", "", "");
    let mut one = One { bytes, ..One::default() };
    for _ in 0..ROUNDS {
        for _ in 0..ONE_BY_ONE {
            let began = Instant::now();
            client.expect(&nothing, 200).await;
            one.nothing.push(began.elapsed());
        }
        let mut round = Times::default();
        for _ in 0..ONE_BY_ONE {
            let began = Instant::now();
            client.expect(&take, 201).await;
            round.push(began.elapsed());
            one.tickets.push(began.elapsed());
        }
        let control = raw(&folder, bytes, ONE_BY_ONE);
        one.ratios.push(round.at(0.5).as_secs_f64() / control.at(0.5).as_secs_f64());
        one.writes.extend([control.at(0.5)]);
    }
    one
}

/// A client alone waits for its socket itself, as a kiosk does; on the runtime of many clients an answer would wake two
/// threads of the client's, one after the other.
async fn on_its_own_thread<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
    tokio::task::spawn_blocking(move || runtime.block_on(work)).await.unwrap()
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |m| m.len())
}

/// Appends as a write-ahead log is appended to, one sync each.
fn raw(folder: impl AsRef<Path>, bytes: usize, times: usize) -> Times {
    let mut file = wal(folder.as_ref());
    let bytes = vec![7_u8; bytes];
    let mut all = Times::default();
    for _ in 0..times {
        if file.stream_position().unwrap() + bytes.len() as u64 > LOG_SIZE {
            file.seek(SeekFrom::Start(0)).unwrap();
        }
        let began = Instant::now();
        file.write_all(&bytes).unwrap();
        file.sync_data().unwrap();
        all.push(began.elapsed());
    }
    all
}

/// A file that is there already, as the log of a running day is.
fn wal(folder: &Path) -> File {
    let path = folder.join("raw");
    if !path.exists() {
        let mut file = File::create(&path).unwrap();
        file.write_all(&vec![0; LOG_SIZE as usize]).unwrap();
        file.sync_all().unwrap();
    }
    OpenOptions::new().write(true).open(path).unwrap()
}

/// Tickets and raw writes a second in turn: medians of some rounds.
async fn on_sqlite() -> (f64, f64) {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let program = centre.serve().await;
    let folder = tempfile::tempdir().unwrap();
    let (mut tickets, mut writes) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS_TOGETHER {
        tickets.push(taken_together(&centre, program.address(), round).await);
        writes.push(1.0 / raw(&folder, 4 * 4096, ONE_BY_ONE).at(0.5).as_secs_f64());
    }
    program.stop().await;
    centre.finish().await;
    (median(tickets), median(writes))
}

async fn taken_together(centre: &Installation, address: &str, round: usize) -> f64 {
    let mut clients = JoinSet::new();
    let began = Instant::now();
    for _ in 0..CLIENTS {
        let take = ticket(centre, address, NEEDS[round % NEEDS.len()]).await;
        let address = address.to_owned();
        clients.spawn(async move {
            let mut client = Connection::open(&address).await;
            for _ in 0..TOGETHER / CLIENTS {
                client.expect(&take, 201).await;
            }
        });
    }
    clients.join_all().await;
    TOGETHER as f64 / began.elapsed().as_secs_f64()
}

/// Tickets and bare inserts a second in turn, on the same server.
async fn on_postgres() -> Option<(f64, f64)> {
    let home = testing::postgres().await?;
    let url = home.url.clone();
    let centre = Installation::by_hand(home).await;
    let program = centre.serve().await;
    let mut owner = PgConnection::connect(&url).await.expect("PostgreSQL");
    owner
        .execute("CREATE TABLE bare (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body TEXT NOT NULL)")
        .await
        .unwrap();
    let (mut tickets, mut inserts) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS_TOGETHER {
        tickets.push(taken_together(&centre, program.address(), round).await);
        inserts.push(inserted_together(&url).await);
    }
    owner.close().await.unwrap();
    program.stop().await;
    centre.finish().await;
    Some((median(tickets), median(inserts)))
}

async fn inserted_together(url: &str) -> f64 {
    let mut clients = JoinSet::new();
    let mut connections = Vec::new();
    for _ in 0..CLIENTS {
        connections.push(PgConnection::connect(url).await.expect("PostgreSQL"));
    }
    let began = Instant::now();
    for mut client in connections {
        clients.spawn(async move {
            for n in 0..TOGETHER / CLIENTS {
                let insert = sqlx::query("INSERT INTO bare (body) VALUES ($1)").bind(format!("{n:0>400}"));
                insert.execute(&mut client).await.expect("a row is inserted");
            }
            client
        });
    }
    let connections = clients.join_all().await;
    let took: Duration = began.elapsed();
    for client in connections {
        client.close().await.unwrap();
    }
    TOGETHER as f64 / took.as_secs_f64()
}
