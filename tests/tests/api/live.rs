//! Live streams: the newest first, whole, small, and over at once when the server stops.

use std::time::{Duration, Instant};

use journeys::{Api, Server, events::Events, everywhere};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_seen_by_display_phone_and_staff_within_a_second() {
    everywhere(|server| async move {
        let body = json!({ "need": "cv", "language": "fr" });
        let ticket = server.device("kiosk").post_json(&server.path("tickets"), body).await.is(201).clone();
        let counsellor = server.staff("counsellor1").await;
        let place = server.place("4", "A");
        counsellor.post(&format!("/api/v1/places/{place}/open")).await.is(204);

        let anybody = server.api();
        let mut board = Events::open(&server.device("display"), &server.path("display/live")).await;
        let follow = format!("/api/v1/follow/{}/live", ticket["follow"].as_str().unwrap());
        let mut phone = Events::open(&anybody, &follow).await;
        let mut desk = Events::open(&counsellor, "/live/desk").await;
        let mut welcome = Events::open(&server.staff("host").await, "/live/welcome?centre=petit").await;
        let mut centre = Events::open(&server.staff("coordinator").await, "/live/centre").await;
        assert_eq!(board.next().await.unwrap().data["state"]["is"], "open", "the newest comes first");
        let first = phone.next().await.unwrap().data;
        assert_eq!((&first["is"], &first["ahead"]), (&json!("waiting"), &json!(0)));
        assert_eq!(desk.next().await.unwrap().data["for_me"][0]["number"], "C001");
        assert_eq!(welcome.next().await.unwrap().data["tickets"][0]["number"], "C001");
        assert_eq!(centre.next().await.unwrap().data["open_tickets"], 1);

        let called = Instant::now();
        counsellor.post(&format!("/api/v1/places/{place}/next")).await.is(200);
        let event = board.until(|e| !e.data["calls"].as_array().unwrap().is_empty()).await;
        assert_eq!((event.name.as_str(), &event.data["calls"][0]["number"]), ("board", &json!("C001")));
        assert_eq!(json!(event.id), event.data["version"]);
        let line = phone.until(|e| e.data["is"] == "called").await;
        assert_eq!((line.name.as_str(), &line.data["desk"]), ("ticket", &json!("4 A")));
        assert!(line.bytes <= 200, "{} bytes", line.bytes);
        desk.until(|e| e.data["mine"]["visit"]["line"]["number"] == "C001").await;
        welcome.until(|e| e.data["places"][0]["state"] == "busy").await;
        centre.until(|e| e.data["spaces"][1]["waiting"]["numbers"] == 0).await;
        assert!(called.elapsed() < Duration::from_secs(1), "{:?}", called.elapsed());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_hears_only_what_changes_its_own_line() {
    let server = Server::on_sqlite().await;
    let take = async |need: &str| {
        let body = json!({ "need": need, "language": "fr" });
        server.device("kiosk").post_json(&server.path("tickets"), body).await.is(201).clone()
    };
    let first = take("cv").await;
    let second = take("cv").await;
    let follow = format!("/api/v1/follow/{}", second["follow"].as_str().unwrap());
    let mut phone = Events::open(&server.api(), &format!("{follow}/live")).await;
    assert_eq!(phone.next().await.unwrap().data["ahead"], 1);
    // Others come behind: nothing changes for this one.
    for _ in 0..3 {
        take("cv").await;
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    server.api().post(&format!("/api/v1/follow/{}/leave", first["follow"].as_str().unwrap())).await.is(200);
    assert_eq!(phone.next().await.unwrap().data["ahead"], 0);
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_ends_with_the_day() {
    let server = Server::on_sqlite().await;
    let body = json!({ "need": "cv", "language": "fr" });
    let ticket = server.device("kiosk").post_json(&server.path("tickets"), body).await.is(201).clone();
    let follow = format!("/api/v1/follow/{}/live", ticket["follow"].as_str().unwrap());
    let mut phone = Events::open(&server.api(), &follow).await;
    phone.next().await.unwrap();
    let close = server.path("day/close");
    server.staff("coordinator").await.post_json(&close, json!({ "force": true })).await.is(204);
    assert_eq!(phone.until(|e| e.data["is"] == "gone").await.data, json!({ "is": "gone" }));
    assert_eq!(phone.next().await, None);
    server.api().get(&follow).await.is_problem(404, "unknown_ticket");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_end_at_once_when_the_server_stops() {
    let mut server = Server::on_sqlite().await;
    let mut board = Events::open(&server.api(), &server.path("live")).await;
    let mut display = Events::open(&server.device("display"), &server.path("display/live")).await;
    let mut welcome = Events::open(&server.staff("host").await, "/live/welcome").await;
    board.next().await.unwrap();
    display.next().await.unwrap();
    welcome.next().await.unwrap();
    let asked = Instant::now();
    server.stop().await;
    assert_eq!(board.next().await, None);
    assert_eq!(display.next().await, None);
    assert_eq!(welcome.next().await, None);
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_changes_is_at_most_five_versions_a_second() {
    let server = Server::on_sqlite().await;
    let mut board = Events::open(&server.device("display"), &server.path("display/live")).await;
    board.next().await.unwrap();
    let began = Instant::now();
    let mut last = 0;
    for _ in 0..60 {
        let body = json!({ "need": "cv", "language": "fr" });
        server.device("kiosk").post_json(&server.path("tickets"), body).await.is(201);
        last += 1;
    }
    let mut events = 0;
    board
        .until(|e| {
            events += 1;
            e.data["spaces"][1]["waiting"] == last
        })
        .await;
    let most = 2.0 + began.elapsed().as_secs_f64() * 5.0;
    assert!(f64::from(events) <= most, "{events} events in {:?}", began.elapsed());
    server.finish().await;
}

/// So that no page and no proxy takes a silent line for a dead one, or a dead one for a silent one.
#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_was_silent_for_five_seconds_says_that_it_lives() {
    let server = Server::on_sqlite().await;
    let mut board = Events::open(&server.device("display"), &server.path("display/live")).await;
    board.next().await.unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let body = json!({ "need": "cv", "language": "fr" });
    server.device("kiosk").post_json(&server.path("tickets"), body).await.is(201);
    board.until(|e| e.data["spaces"][1]["waiting"] == 1).await;
    for _ in 0..2 {
        let since = Instant::now();
        board.beat().await;
        assert!(since.elapsed() > Duration::from_secs(4), "{:?}", since.elapsed());
    }
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_for_their_roles() {
    let server = Server::on_sqlite().await;
    for (login, stream, status) in [
        ("host", "/live/welcome", 200),
        ("counsellor1", "/live/desk", 200),
        ("manager1", "/live/centre", 200),
        ("manager1", "/live/desk", 403),
        ("counsellor1", "/live/centre", 403),
        ("manager1", "/live/settings", 200),
    ] {
        let reply = server.staff(login).await.request(reqwest::Method::GET, stream).send().await.unwrap();
        assert_eq!(reply.status(), status, "{login} {stream}");
    }
    assert_eq!(
        server.api().request(reqwest::Method::GET, "/live/desk?centre=petit").send().await.unwrap().status(),
        401
    );
    server.finish().await;
}

/// Every way by which a right can end, for tokens and cookies, through both kinds of stream.
#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_within_two_seconds_of_the_right_to_it() {
    everywhere(|server| async move {
        let admin = server.staff("admin").await;
        for way in ["signed out", "without the role", "switched off"] {
            let (host, other) = (server.staff("host").await, server.staff("host").await);
            let bearer = format!("authorization: Bearer {}", host.token().unwrap());
            let cookie = format!("cookie: parvis_session={}", other.token().unwrap());
            let board = server.path("display/live");
            let mut lines = Vec::new();
            for shown in [&bearer, &cookie] {
                for path in ["/live/welcome", "/live/settings", &board] {
                    // The own account's settings are everybody's of the staff.
                    if path == "/live/settings" && way == "without the role" {
                        continue;
                    }
                    for socket in [false, true] {
                        lines.push((format!("{path} {shown}"), line(&server.url, path, shown, socket).await));
                    }
                }
            }
            match way {
                "signed out" => drop(host.delete("/api/v1/sessions").await.is(204)),
                "without the role" => host_is(&server, &admin, json!([]), true).await,
                _ => host_is(&server, &admin, json!(["host"]), false).await,
            }
            end_in_time(lines, way).await;
            host_is(&server, &admin, json!(["host"]), true).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_display_sees_nothing_more() {
    everywhere(|server| async move {
        let (display, live) = (server.device("display"), server.path("display/live"));
        let secret = display.token().unwrap();
        let mut lines = Vec::new();
        for shown in [format!("authorization: Bearer {secret}"), format!("cookie: parvis_device={secret}")] {
            for socket in [false, true] {
                lines.push((shown.clone(), line(&server.url, &live, &shown, socket).await));
            }
        }
        let id = display.get("/api/v1/device").await.is(200)["id"].as_str().unwrap().to_owned();
        server.staff("admin").await.delete(&format!("/api/v1/devices/{id}")).await.is(204);
        end_in_time(lines, "revoked").await;
        display.get(&server.path("display")).await.is_problem(401, "unknown_token");
    })
    .await;
}

/// What an administrator makes of the host's account.
async fn host_is(server: &Server, admin: &Api, roles: Value, active: bool) {
    let all = admin.get(&server.path("staff")).await.is(200).clone();
    let mut host = all.as_array().unwrap().iter().find(|s| s["login"] == "host").unwrap().clone();
    for kept_by_the_server in ["centre", "must_change_password"] {
        host.as_object_mut().unwrap().remove(kept_by_the_server);
    }
    (host["roles"], host["active"]) = (roles, json!(active));
    admin.post_json(&server.path("staff"), host).await.is(200);
}

/// A stream that said something, through a connection of its own.
async fn line(url: &str, path: &str, shown: &str, socket: bool) -> TcpStream {
    let host = url.strip_prefix("http://").unwrap();
    let upgrade = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
                   sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==";
    let how = if socket { upgrade } else { "connection: close" };
    let mut line = TcpStream::connect(host).await.unwrap();
    line.write_all(format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n{shown}\r\n{how}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut heard = Vec::new();
    while !String::from_utf8_lossy(&heard).contains("event: hello") {
        let more = line.read_buf(&mut heard).await.unwrap();
        assert!(more > 0, "{path} {shown}: {}", String::from_utf8_lossy(&heard));
    }
    line
}

/// Each says its goodbye; a little is left to the machine.
async fn end_in_time(lines: Vec<(String, TcpStream)>, why: &str) {
    let until = tokio::time::Instant::now() + Duration::from_millis(2300);
    for (what, mut line) in lines {
        let rest = tokio::time::timeout_at(until, line.read_to_end(&mut Vec::new())).await;
        assert!(rest.is_ok(), "{why}, and still there: {what}");
    }
}
