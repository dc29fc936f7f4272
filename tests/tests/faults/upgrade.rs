//! An upgrade in the middle of a day: today's program goes on with the database that each older version left.
//!
//! `fixtures/upgrade/` holds a dump of each version in the middle of a day (`parvis backup --with-day FILE`, then
//! `sqlite3 FILE .dump`), and what that version answered at that moment.

use chrono::{DateTime, Utc};
use journeys::Server;
use serde_json::{Value, json};
use storage::testing;

const VERSIONS: [(&str, &str); 1] =
    [(include_str!("../../fixtures/upgrade/0.1.0.sql"), include_str!("../../fixtures/upgrade/0.1.0.json"))];

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_an_older_version_began_goes_on() {
    for (dump, answered) in VERSIONS {
        let before: Value = serde_json::from_str(answered).unwrap();
        let at: DateTime<Utc> = before["at"].as_str().unwrap().parse().unwrap();
        let server = Server::resume(testing::sqlite_from(dump).await, at + chrono::Duration::seconds(5)).await;
        everything_is_as_it_was(&server, &before).await;
        the_day_goes_on(&server, &before).await;
        server.finish().await;
    }
}

async fn everything_is_as_it_was(server: &Server, before: &Value) {
    let board = server.staff("host").await.get(&server.path("display")).await;
    let shown = without_calls_of_who_waits_again(before);
    assert_eq!(lost("board", &shown, board.is(200)), Vec::<String>::new());
    let tickets = server.staff("host").await.get(&server.path("tickets")).await;
    assert_eq!(lost("tickets", &before["tickets"], tickets.is(200)), Vec::<String>::new());
    let follow = format!("/api/v1/follow/{}", before["follow"].as_str().unwrap());
    assert_eq!(server.api().get(&follow).await.is(200)["state"]["is"], "waiting");
}

/// The board of before. A display showed calls of people who wait again or are set aside; now it sends nobody who is not
/// expected at the desk.
fn without_calls_of_who_waits_again(before: &Value) -> Value {
    let mut board = before["board"].clone();
    let tickets = before["tickets"].as_array().unwrap();
    let waits = |call: &Value| {
        let of_call = |t: &&Value| t["number"] == call["number"];
        tickets.iter().find(of_call).is_some_and(|t| ["waiting", "parked"].iter().any(|state| t["state"] == *state))
    };
    board["calls"].as_array_mut().unwrap().retain(|call| !waits(call));
    board
}

/// What was answered before and is not any more, with where it was; a newer version may say more.
fn lost(at: &str, before: &Value, now: &Value) -> Vec<String> {
    match (before, now) {
        (Value::Object(before), Value::Object(now)) => before
            .iter()
            .flat_map(|(key, value)| lost(&format!("{at}/{key}"), value, now.get(key).unwrap_or(&Value::Null)))
            .collect(),
        (Value::Array(before), Value::Array(now)) if before.len() == now.len() => {
            before.iter().zip(now).flat_map(|(before, now)| lost(at, before, now)).collect()
        }
        _ if before == now => Vec::new(),
        _ => vec![format!("{at}: {before} became {now}")],
    }
}

/// From the talk that was going on to the next call and a new number.
async fn the_day_goes_on(server: &Server, before: &Value) {
    let counsellor = server.staff("counsellor1").await;
    let in_talk = before["tickets"].as_array().unwrap().iter().find(|t| t["state"] == "in_talk").unwrap();
    let finish = format!("/api/v1/tickets/{}/finish", in_talk["id"].as_str().unwrap());
    counsellor.post_json(&finish, json!({ "outcome": "answered" })).await.is(204);
    let next = format!("/api/v1/places/{}/next", server.place("4", "A"));
    assert_eq!(counsellor.post(&next).await.is(200)["number"], "C005", "who was moved forward comes first");
    let host = server.staff("host").await;
    let taken = host.post_json(&server.path("tickets"), json!({ "need": "cv", "language": "fr" })).await;
    assert_eq!(taken.is(201)["number"], "C008");
    let coordinator = server.staff("coordinator").await;
    coordinator.post_json(&server.path("day/close"), json!({ "force": true })).await.is(204);
}
