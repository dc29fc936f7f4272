//! After a full journey against the program itself, logging everything it can: nothing in its log says who came.

use journeys::{Api, Installation, PASSWORD, events::Events, program::Program};
use reqwest::{Client, Method};
use serde_json::json;
use storage::testing;

const AGENT: &str = "SomebodysPhone/7.3";
const ASKED: &str = "something-asked-in-a-query";

#[tokio::test(flavor = "multi_thread")]
async fn the_log_knows_nobody() {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let (log, secrets) = journey(&centre).await;
    assert!(log.contains("parvis::access"), "the access log is there");
    assert!(log.contains("/api/v1/follow/{token}"), "with its templates");
    for secret in secrets {
        assert!(secret.len() > 3, "nothing short is looked for: {secret}");
        assert!(!log.contains(&secret), "the log holds {secret}: {}", around(&log, &secret));
    }
    centre.finish().await;
}

fn around(log: &str, what: &str) -> String {
    let line = log.lines().find(|l| l.contains(what)).unwrap_or("");
    line.chars().take(400).collect()
}

/// A visitor from another address with another agent; returns the log and what must not be in it.
async fn journey(centre: &Installation) -> (String, Vec<String>) {
    let program = Program::serve(&centre.database, &["--log", "trace"]);
    let client = Client::builder().user_agent(AGENT).local_address(Some([127, 0, 0, 9].into())).build().unwrap();
    let visitor = Api::new(program.url.clone(), client);
    visitor.until_ready().await;

    let mut secrets = vec![AGENT.to_owned(), ASKED.to_owned(), "127.0.0.9".to_owned(), PASSWORD.to_owned()];
    secrets.extend(centre.secrets.values().cloned());
    let staff = visitor.signed_in("counsellor1").await;
    let coordinator = visitor.signed_in("coordinator").await;
    secrets.extend([&staff, &coordinator].map(|s| s.token().unwrap().to_owned()));
    coordinator.post(&centre.path("day/open")).await.is(204);
    let kiosk = visitor.with_token(&centre.secrets["kiosk"]).with_key("a-key-of-this-visitor");
    let body = json!({ "need": "cv", "language": "fr" });
    let ticket = kiosk.post_json(&centre.path("tickets"), body).await.is(201).clone();
    let token = ticket["follow"].as_str().unwrap().to_owned();
    secrets.extend([
        token.clone(),
        ticket["id"].as_str().unwrap().to_owned(),
        ticket["number"].as_str().unwrap().to_owned(),
    ]);
    secrets.push("a-key-of-this-visitor".to_owned());

    let mut phone = Events::open(&visitor, &format!("/api/v1/follow/{token}/live?{ASKED}")).await;
    phone.next().await.unwrap();
    let page = visitor.request(Method::GET, &format!("/t/{token}?{ASKED}")).send().await.unwrap();
    assert!(page.status().as_u16() < 500);
    let place = centre.place("4", "A");
    staff.post(&format!("/api/v1/places/{place}/open")).await.is(204);
    staff.post(&format!("/api/v1/places/{place}/next")).await.is(200);
    visitor.post(&format!("/api/v1/follow/{token}/leave")).await;
    visitor.get(&format!("/api/v1/follow/{}", token.replace(|c: char| c.is_ascii_digit(), "x"))).await;
    visitor.get(&format!("/{token}/nowhere?{ASKED}")).await;
    visitor.request(Method::POST, "/api/v1/session").body(token.clone()).send().await.unwrap();
    visitor.post_json("/api/v1/session", json!({ "login": "somebody-unknown", "password": token })).await;
    secrets.push("somebody-unknown".to_owned());
    coordinator.post_json(&centre.path("day/close"), json!({ "force": true })).await;
    (program.stop().await, secrets)
}
