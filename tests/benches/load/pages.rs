//! What visitors wait for: a page of the kiosk at a steady rate, and the bytes of each page in all.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use journeys::Installation;
use storage::testing;
use tokio::{sync::Mutex, task::JoinSet, time::sleep_until};

use crate::{
    http::{Connection, request},
    report::{Report, Times, ms},
};

const RATE: u32 = 200;
const SECONDS: u32 = 15;
const CONNECTIONS: usize = 16;

/// Every figure about pages.
pub async fn measure(report: &mut Report) {
    let centre = Installation::with_desks(testing::sqlite().await, 1).await;
    let program = centre.serve().await;
    let tokens = crate::day::people_wait(&centre, program.address(), 60, &["cv", "jobs"]).await;
    let kiosk = format!("/k/{}/fr", centre.centre.slug);
    let cookie = format!("cookie: parvis_device={}\r\n", centre.secrets["kiosk"]);

    let times = steadily(program.address(), &request("GET", &kiosk, &cookie, "")).await;
    let p99 = times.at(0.99);
    report.add(
        "kiosk page rendered on the server, 200 requests/s",
        format!("p50 {}, p99 {}", ms(times.at(0.5)), ms(p99)),
        "–".to_owned(),
        "p99 ≤ 5 ms",
        p99 <= Duration::from_millis(5),
    );
    let pages = [
        ("transfer without fonts: kiosk", kiosk, 350),
        ("transfer without fonts: display", format!("/d/{}/fr", centre.centre.slug), 40),
        ("transfer without fonts: phone page", format!("/t/{}", tokens[0]), 20),
    ];
    for (what, path, most) in pages {
        let bytes = transfer(program.address(), &path, &cookie).await;
        let measured = format!("{:.1} KB", bytes as f64 / 1024.0);
        report.add(what, measured, "–".to_owned(), &format!("≤ {most} KB"), bytes <= most * 1024);
    }
    program.stop().await;
    centre.finish().await;
}

/// Requests at fixed moments, whether or not earlier ones are answered; each is timed from its moment.
async fn steadily(address: &str, page: &[u8]) -> Times {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut connection = Connection::open(address).await;
        connection.expect(page, 200).await;
        connections.push(Arc::new(Mutex::new(connection)));
    }
    let began = tokio::time::Instant::now();
    let mut asking = JoinSet::new();
    for n in 0..RATE * SECONDS {
        let (connection, page) = (Arc::clone(&connections[n as usize % CONNECTIONS]), page.to_owned());
        asking.spawn(async move {
            let moment = began + Duration::from_secs(1) * n / RATE;
            sleep_until(moment).await;
            connection.lock().await.expect(&page, 200).await;
            moment.elapsed()
        });
    }
    let mut times = Times::default();
    times.extend(asking.join_all().await);
    times
}

/// The bytes of a page and of all that it makes a browser load, compressed as a browser asks for, without fonts.
async fn transfer(address: &str, path: &str, cookie: &str) -> usize {
    let began = Instant::now();
    let mut client = Connection::open(address).await;
    let mut get = async |path: &str, accept: &str| {
        let more = format!("{cookie}accept-encoding: {accept}\r\naccept: text/html,*/*\r\n");
        client.expect(&request("GET", path, &more, ""), 200).await.body
    };
    let mut loaded = BTreeSet::new();
    let mut waiting = vec![path.to_owned()];
    let mut bytes = 0;
    while let Some(path) = waiting.pop() {
        if path.contains(".woff2") || !loaded.insert(path.clone()) {
            continue;
        }
        bytes += get(&path, "br, gzip").await.len();
        let text = String::from_utf8_lossy(&get(&path, "identity").await).into_owned();
        waiting
            .extend(text.split(['"', '\'', '(', ')']).filter(|part| part.starts_with("/assets/")).map(str::to_owned));
        assert!(began.elapsed() < Duration::from_secs(20), "pages end");
    }
    bytes
}
