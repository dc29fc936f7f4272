//! The API's document, and what the API says to those who did not read it.

use std::collections::BTreeSet;

use journeys::{
    Server,
    api::{DOCUMENT, operations},
};
use reqwest::Method;
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_served_and_whole() {
    let server = Server::on_sqlite().await;
    let document = server.api().request(Method::GET, "/api/v1/openapi.json").send().await.unwrap();
    assert_eq!(document.headers()["content-type"], "application/json");
    assert_eq!(document.json::<Value>().await.unwrap(), *DOCUMENT);
    for reference in references(&DOCUMENT) {
        let pointer = reference.strip_prefix('#').expect("references stay inside");
        assert!(DOCUMENT.pointer(pointer).is_some(), "{reference} points nowhere");
    }
    server.finish().await;
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => {
            let own = map.get("$ref").and_then(Value::as_str).map(str::to_owned);
            own.into_iter().chain(map.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_operation_is_described() {
    let mut ids = BTreeSet::new();
    for (method, path) in operations() {
        let operation = &DOCUMENT["paths"][&path][method.as_str().to_lowercase()];
        let what = format!("{method} {path}");
        assert!(!operation["summary"].as_str().unwrap_or("").is_empty(), "{what} says what it does");
        assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{what} has an id of its own");
        for status in ["400", "404", "413", "415", "422", "503"] {
            let schema = &operation["responses"][status]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{what} {status}");
        }
        let parameters: Vec<&str> = names(&operation["parameters"]);
        let in_path = path.matches('{').count();
        assert!(parameters.len() >= in_path, "{what} describes its parameters");
    }
    assert!(ids.len() > 55, "{}", ids.len());
}

/// A key that the document allows is one that the server reads: visible ASCII.
#[test]
fn keys_are_as_strict_in_the_document_as_on_the_server() {
    let with_key = operations().into_iter().filter_map(|(method, path)| {
        let operation = &DOCUMENT["paths"][&path][method.as_str().to_lowercase()];
        let key = operation["parameters"].as_array()?.iter().find(|p| p["name"] == "Idempotency-Key")?;
        Some((format!("{method} {path}"), key["schema"].clone()))
    });
    let with_key: Vec<_> = with_key.collect();
    assert!(with_key.len() > 20, "{}", with_key.len());
    for (what, schema) in with_key {
        assert_eq!(schema["pattern"], "^[!-~]+$", "{what}");
        assert_eq!(schema["maxLength"], 128, "{what}");
    }
}

fn names(parameters: &Value) -> Vec<&str> {
    parameters.as_array().into_iter().flatten().filter_map(|p| p["name"].as_str()).collect()
}

/// Every operation of the brief that integrators build on is there.
#[test]
fn the_promised_operations_are_there() {
    let all: BTreeSet<String> = operations().into_iter().map(|(m, p)| format!("{m} {p}")).collect();
    let mut promised: Vec<String> = [
        "POST /centres/{centre}/tickets",
        "GET /centres/{centre}/board",
        "GET /centres/{centre}/live",
        "GET /centres/{centre}/display",
        "GET /centres/{centre}/display/live",
        "GET /follow/{token}",
        "GET /follow/{token}/live",
        "POST /follow/{token}/more-time",
        "POST /follow/{token}/leave",
        "POST /session",
        "DELETE /session",
        "GET /centres",
        "POST /centres/{centre}/counts",
        "GET /centres/{centre}/statistics",
    ]
    .map(str::to_owned)
    .into();
    promised.extend(["open", "pause", "close", "next"].map(|a| format!("POST /places/{{place}}/{a}")));
    promised.extend(["needs", "spaces", "desks"].map(|l| format!("GET /centres/{{centre}}/{l}")));
    promised.extend(["open", "suspend", "resume", "close"].map(|a| format!("POST /centres/{{centre}}/day/{a}")));
    let of_tickets =
        ["recall", "arrive", "no-show", "park", "resume", "put-back", "transfer", "accept", "refuse", "finish"];
    promised.extend(of_tickets.map(|a| format!("POST /tickets/{{ticket}}/{a}")));
    let missing: Vec<&String> = promised.iter().filter(|p| !all.contains(*p)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_nothing_known_gets_a_problem() {
    let server = Server::on_sqlite().await;
    let anybody = server.api();
    anybody.get("/api").await.is_problem(404, "no_such_path");
    anybody.get("/api/v2/centres").await.is_problem(404, "no_such_path");
    anybody.get("/api/v1/nothing/here").await.is_problem(404, "no_such_path");
    anybody.delete("/api/v1/centres").await.is_problem(405, "no_such_method");
    anybody.get("/api/v1/places/x/next").await.is_problem(405, "no_such_method");
    anybody.get("/api/v1/tickets/not-a-uuid").await.is_problem(400, "malformed");
    anybody.get("/api/v1/follow/short").await.is_problem(400, "malformed");
    let text = anybody.request(Method::POST, "/api/v1/session").body("login=host").send().await.unwrap();
    assert_eq!(text.status(), 415);
    assert_eq!(text.headers()["content-type"], "application/problem+json");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_fit_is_told_where() {
    let server = Server::on_sqlite().await;
    let kiosk = server.device("kiosk");
    let wrong = serde_json::json!({ "need": "cv", "language": "fr", "party": 12 });
    let reply = kiosk.post_json(&server.path("tickets"), wrong).await;
    reply.is_problem(422, "invalid");
    assert_eq!(reply.json["errors"][0]["pointer"], "/party");
    let unknown = serde_json::json!({ "need": "gold", "language": "fr" });
    let reply = kiosk.post_json(&server.path("tickets"), unknown).await;
    reply.is_problem(422, "unknown_need");
    assert_eq!(reply.json["errors"][0]["pointer"], "/need");
    server.finish().await;
}
