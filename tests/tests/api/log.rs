//! After a full journey against the program itself, logging everything it can: nothing in its log says who came.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use journeys::{
    Api, Installation, PASSWORD,
    events::Events,
    paper::{Printer, Roll},
    program::Program,
};
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

/// The one place where lines of the log are declared.
const DECLARED: &str = include_str!("../../../docs/log.md");

/// The words of each declared line.
fn declared() -> BTreeSet<&'static str> {
    DECLARED.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(words, _)| words).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_default_level_there_are_only_declared_lines_of_our_own() {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let program = Program::serve(&centre.database, &[]);
    let api = program.api();
    api.until_ready().await;
    let (admin, host) = (api.signed_in("admin").await, api.signed_in("host").await);
    let mut printer = Printer::on(Roll::There).await;
    let devices = admin.get(&centre.path("devices")).await.is(200).clone();
    let of = |kind: &str| devices.as_array().unwrap().iter().find(|d| d["kind"] == kind).unwrap()["id"].clone();
    let path = |id: &serde_json::Value| centre.path(&format!("devices/{}", id.as_str().unwrap()));
    let changed = json!({ "name": "Imprimante", "connection": format!("tcp://{}", printer.address), "paper": "80" });
    admin.put_json(&path(&of("printer")), changed).await.is(200);
    admin.put_json(&path(&of("kiosk")), json!({ "name": "Borne", "printer": of("printer") })).await.is(200);
    host.post(&centre.path("day/open")).await;
    let kiosk = centre.device(&api, "kiosk");
    for language in ["ar", "fr"] {
        let body = json!({ "need": "cv", "language": language });
        kiosk.post_json(&centre.path("tickets"), body).await.is(201);
        printer.receipt().await;
    }
    let counsellor = api.signed_in("counsellor1").await;
    let place = centre.place("4", "A");
    counsellor.post(&format!("/api/v1/places/{place}/open")).await.is(204);
    counsellor.post(&format!("/api/v1/places/{place}/next")).await.is(200);
    api.signed_in("coordinator").await.post_json(&centre.path("day/close"), json!({ "force": true })).await.is(204);
    let log = program.stop().await;
    let declared = declared();
    assert!(log.lines().count() >= 2, "{log}");
    for line in log.lines() {
        // 2026-11-30T22:31:38.000000Z  INFO parvis::launch: ready url=…
        let said = line.split_once(": ").map_or("", |(_, said)| said);
        assert!(declared.iter().any(|words| said.starts_with(words)), "not declared in docs/log.md: {line}");
    }
    centre.finish().await;
}

/// What the sources can say at the default level, and what is declared, are the same.
#[test]
fn every_line_that_can_come_is_declared_and_no_other() {
    let mut said = BTreeSet::new();
    for part in ["server", "services", "storage", "app", "domain"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(part).join("src");
        for file in sources(&folder) {
            let source = std::fs::read_to_string(&file).unwrap();
            for level in ["info!(", "warn!(", "error!("] {
                let calls = source.split("tracing::").skip(1).filter_map(|rest| rest.strip_prefix(level));
                said.extend(calls.map(|call| words(call).to_owned()).filter(|words| words != "parvis::access"));
            }
        }
    }
    let said: BTreeSet<&str> = said.iter().map(String::as_str).collect();
    assert_eq!(said, declared());
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                Some(path).filter(|p| p.extension().is_some_and(|e| e == "rs")).into_iter().collect()
            }
        })
        .collect()
}

/// The first text of a call: what it says, or its target where it says nothing.
fn words(call: &str) -> &str {
    call.split('"').nth(1).unwrap_or_default()
}
