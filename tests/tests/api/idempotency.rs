//! The same request, however often it comes, is done once.

use futures::future::join_all;
use journeys::{Server, everywhere};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_that_sends_the_same_request_five_times_gets_one_ticket() {
    everywhere(|server| async move {
        let kiosk = server.device("kiosk").with_key("one-visitor");
        let body = json!({ "need": "cv", "language": "fr" });
        let asked = (0..5).map(|_| kiosk.post_json("/api/v1/centres/petit/tickets", body.clone()));
        let replies = join_all(asked).await;
        for reply in &replies {
            assert_eq!(reply.is(201), &replies[0].json);
        }
        assert_eq!(waiting(&server).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_body_under_the_same_key_is_refused() {
    let server = Server::on_sqlite().await;
    let kiosk = server.device("kiosk").with_key("k");
    kiosk.post_json(&server.path("tickets"), json!({ "need": "cv", "language": "fr" })).await.is(201);
    let other = kiosk.post_json(&server.path("tickets"), json!({ "need": "jobs", "language": "fr" })).await;
    other.is_problem(422, "key_reused");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_post_that_changes_the_day_is_done_once() {
    let server = Server::on_sqlite().await;
    let (host, counsellor) = (server.staff("host").await, server.staff("counsellor1").await);
    let place = server.place("4", "A");
    for _ in 0..3 {
        counsellor.with_key("open").post(&format!("/api/v1/places/{place}/open")).await.is(204);
    }
    for _ in 0..3 {
        let body = json!({ "what": { "group": 10 } });
        host.with_key("group").post_json(&server.path("counts"), body).await.is(201);
    }
    for need in ["cv", "offers"] {
        server
            .device("kiosk")
            .post_json(&server.path("tickets"), json!({ "need": need, "language": "fr" }))
            .await
            .is(201);
    }
    let next = format!("/api/v1/places/{place}/next");
    let first = counsellor.with_key("next").post(&next).await.is(200)["id"].clone();
    let again = counsellor.with_key("next").post(&next).await.is(200)["id"].clone();
    assert_eq!(first, again);
    let arrive = format!("/api/v1/tickets/{}/arrive", first.as_str().unwrap());
    for _ in 0..2 {
        counsellor.with_key("arrive").post(&arrive).await.is(204);
    }
    counsellor.with_key("arrive again").post(&arrive).await.is_problem(400, "malformed");
    counsellor.with_key("another").post(&arrive).await.is_problem(409, "not_called");
    server.finish().await;
}

/// Whoever makes up keys may count from 1, on every screen.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_of_two_hosts_makes_two_things() {
    let server = Server::on_sqlite().await;
    let hosts = [server.staff("host").await, server.staff("coordinator").await];
    let (counts, announcements) = (server.path("counts"), server.path("announcements"));
    let mut ids = Vec::new();
    for (path, body) in [(&counts, json!({ "what": "came_in" })), (&announcements, json!({ "kind": "workshop" }))] {
        for host in &hosts {
            // A key belongs to one body: each path has one, the same for both hosts.
            let host = host.with_key(path);
            let first = host.post_json(path, body.clone()).await.is(201)["id"].clone();
            assert_eq!(host.post_json(path, body.clone()).await.is(201)["id"], first, "repeated");
            ids.push(first.to_string());
        }
    }
    let different: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(different.len(), 4, "{ids:?}");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_the_answer() {
    let mut server = Server::on_sqlite().await;
    let body = json!({ "need": "cv", "language": "fr" });
    let path = server.path("tickets");
    let before = server.device("kiosk").with_key("k").post_json(&path, body.clone()).await.is(201).clone();
    server.stop().await;
    server.run().await;
    let after = server.device("kiosk").with_key("k").post_json(&path, body).await;
    assert_eq!(after.is(201), &before);
    assert_eq!(waiting(&server).await, 1);
    server.finish().await;
}

async fn waiting(server: &Server) -> u64 {
    let board = server.device("display").get(&server.path("display")).await.is(200).clone();
    board["spaces"].as_array().unwrap().iter().map(|s| s["waiting"].as_u64().unwrap()).sum()
}
