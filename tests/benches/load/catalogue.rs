//! Career information: importing the official releases beside the day, and finding in all of them.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use domain::Language;
use journeys::{Installation, program};
use services::{
    Options, Parvis,
    catalogue::{Filter, Query, import::Input},
};
use storage::{Database, testing};
use tokio::process::Command;

use crate::{
    http::{Connection, bearer, request},
    report::{Report, Times, ms},
};

/// Between two requests while an import runs.
const PACE: Duration = Duration::from_millis(10);
/// How often each query is asked, letter by letter.
const ROUNDS: usize = 3;

/// Every figure about career information; none where the official releases do not lie beside the project.
pub async fn measure(report: &mut Report) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    if !data.join("rome").is_dir() || !data.join("esco").is_dir() {
        println!("career information is not measured: there is no {}", data.display());
        return;
    }
    let centre = Installation::by_hand(testing::sqlite().await).await;
    importing(report, &centre, &data).await;
    finding(report, &centre.database).await;
    centre.finish().await;
}

/// Both releases, imported by a program of their own while visitors come.
async fn importing(report: &mut Report, centre: &Installation, data: &Path) {
    let server = centre.serve().await;
    let address = server.address().to_owned();
    let cookie = format!("cookie: parvis_device={}\r\n", centre.secrets["kiosk"]);
    let page = request("GET", &format!("/k/{}/fr", centre.centre.slug), &cookie, "");
    let take = request(
        "POST",
        &centre.path("tickets"),
        &bearer(&centre.host(&address).await),
        "{\"need\":\"cv\",\"language\":\"fr\"}",
    );
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let pages = tokio::spawn(steadily(address.clone(), page, 200, stopped.clone()));
    let tickets = tokio::spawn(steadily(address, take, 201, stopped));

    let began = Instant::now();
    let mut most = 0;
    for source in ["rome", "esco"] {
        most = most.max(import(source, &data.join(source), &centre.database).await);
    }
    let took = began.elapsed();
    stop.send(true).expect("the visitors listen");
    let (pages, tickets) = (pages.await.expect("pages"), tickets.await.expect("tickets"));
    server.stop().await;

    let megabytes = most as f64 / 1024.0;
    report.add(
        "import of ROME and ESCO",
        format!("{:.1} s, {megabytes:.0} MB", took.as_secs_f64()),
        "–".to_owned(),
        "≤ 20 s, ≤ 300 MB",
        took <= Duration::from_secs(20) && megabytes <= 300.0,
    );
    for (what, times, to_reach) in
        [("kiosk page during an import", &pages, 20), ("durable ticket during an import", &tickets, 50)]
    {
        let p99 = times.at(0.99);
        report.add(
            what,
            format!("p50 {}, p99 {}", ms(times.at(0.5)), ms(p99)),
            "–".to_owned(),
            &format!("p99 ≤ {to_reach} ms"),
            p99 <= Duration::from_millis(to_reach),
        );
    }
}

async fn steadily(
    address: String,
    request: Vec<u8>,
    status: u16,
    stopped: tokio::sync::watch::Receiver<bool>,
) -> Times {
    let mut client = Connection::open(&address).await;
    let mut times = Times::default();
    while !*stopped.borrow() {
        let began = Instant::now();
        client.expect(&request, status).await;
        times.push(began.elapsed());
        tokio::time::sleep(PACE).await;
    }
    times
}

/// Runs one import to its end; gives the most memory that it used, in KB.
async fn import(source: &str, folder: &PathBuf, database: &str) -> u64 {
    let mut child = Command::new(program::program())
        .args(["import", source])
        .arg(folder)
        .args(["--database", database])
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("the import starts");
    let status = PathBuf::from(format!("/proc/{}/status", child.id().expect("it runs")));
    let mut most = 0;
    loop {
        if let Some(ended) = child.try_wait().expect("the import can be asked") {
            assert!(ended.success(), "{source} is imported");
            return most;
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
        most = most.max(line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(0));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Everyday queries in everything that was imported, one letter more each time, as the screen asks.
async fn finding(report: &mut Report, database: &str) {
    let database = Database::open(database).await.expect("the database");
    let options = Options { timer: false, ..Options::default() };
    let parvis = Parvis::start(database, options).await.expect("the use cases");
    parvis.import_catalogue(Input::Starter, Arc::default()).await.expect("the starter catalogue");
    let began = Instant::now();
    parvis.reload_catalogue().await.expect("the library");
    let built = began.elapsed();
    let library = parvis.catalogue();
    report.add(
        "index build at start",
        format!("{:.2} s, {} entries", built.as_secs_f64(), library.len()),
        "–".to_owned(),
        "≤ 3 s",
        built <= Duration::from_secs(3),
    );
    let queries = include_str!("../../../services/tests/it/queries.csv");
    let queries: Vec<&str> = queries.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    let mut times = Times::default();
    for _ in 0..ROUNDS {
        for text in &queries {
            for (end, _) in text.char_indices().skip(1) {
                let query = Query {
                    text: text[..end].to_owned(),
                    language: Language::french(),
                    filter: Filter::default(),
                    most: 20,
                };
                let began = Instant::now();
                library.search(&query);
                times.push(began.elapsed());
            }
        }
    }
    let (p50, p99) = (times.at(0.5), times.at(0.99));
    report.add(
        "search, one keystroke, in process",
        format!("p50 {}, p99 {}", ms(p50), ms(p99)),
        "–".to_owned(),
        "p50 ≤ 1 ms, p99 ≤ 5 ms",
        p50 <= Duration::from_millis(1) && p99 <= Duration::from_millis(5),
    );
    parvis.stop().await;
}
