//! Thousands of followers: what each costs the program, and whether all hear a call.

use std::time::Duration;

use journeys::{Installation, program::memory};
use serde_json::json;
use storage::testing;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

const FOLLOWERS: usize = 1_500;
/// So that none is followed by more pages than a ticket may be.
const TICKETS: usize = 200;
const MOST_BYTES_EACH: u64 = 16 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_costs_little_and_hears_every_call() {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let program = centre.serve().await;
    let api = program.api();
    let kiosk = centre.device(&api, "kiosk");
    let mut own = Vec::new();
    for _ in 0..TICKETS {
        let body = json!({ "need": "cv", "language": "fr" });
        let ticket = kiosk.post_json(&centre.path("tickets"), body).await.is(201).clone();
        own.push(format!("/api/v1/follow/{}/live", ticket["follow"].as_str().unwrap()));
    }
    let (board, display) = (centre.path("display/live"), &centre.secrets["display"]);
    let path = |i: usize| if i.is_multiple_of(2) { &board } else { &own[i / 2 % TICKETS] };

    // A few first: what the program needs once is not a follower's.
    let mut followers = Vec::new();
    for i in 0..100 {
        followers.push(follow(&program.url, path(i), display).await);
    }
    let before = memory(program.id());
    for i in 0..FOLLOWERS {
        followers.push(follow(&program.url, path(i), display).await);
    }
    let each = memory(program.id()).saturating_sub(before) / FOLLOWERS as u64;
    eprintln!("{each} bytes a follower");
    assert!(each <= MOST_BYTES_EACH, "{each} bytes a follower");

    let counsellor = api.signed_in("counsellor1").await;
    let place = centre.place("4", "A");
    counsellor.post(&format!("/api/v1/places/{place}/open")).await.is(204);
    counsellor.post(&format!("/api/v1/places/{place}/next")).await.is(200);
    for (i, follower) in followers.iter_mut().enumerate() {
        let what = if i % 2 == 0 { "\"calls\":[{\"number\":\"C001\"" } else { "event: ticket" };
        hears(follower, what).await;
    }
    program.stop().await;
    centre.finish().await;
}

async fn follow(url: &str, path: &str, display: &str) -> TcpStream {
    let host = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {display}\r\naccept: text/event-stream\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    hears(&mut stream, "data: ").await;
    stream
}

async fn hears(stream: &mut TcpStream, what: &str) {
    let mut heard = String::new();
    let mut buffer = [0; 4096];
    while !heard.contains(what) {
        let read = timeout(Duration::from_secs(20), stream.read(&mut buffer)).await.expect("something comes").unwrap();
        assert!(read > 0, "the stream goes on: {heard}");
        heard.push_str(&String::from_utf8_lossy(&buffer[..read]));
    }
}
