//! Career information over HTTP.

use std::sync::Arc;

use journeys::Server;
use reqwest::Method;
use services::{Options, Parvis, catalogue::import::Input};
use storage::Database;

async fn stocked() -> Server {
    let server = Server::on_sqlite().await;
    stock(&server).await;
    server
}

/// The starter catalogue, imported by another program while the server runs.
pub async fn stock(server: &Server) {
    let database = Database::open(&server.database).await.unwrap();
    let other = Parvis::start(database, Options { timer: false, days: false, ..Options::default() }).await.unwrap();
    other.import_catalogue(Input::Starter, Arc::default()).await.unwrap();
    other.stop().await;
    let api = server.api();
    let seen = async {
        while api.get("/api/v1/catalogue/sources").await.is(200).as_array().unwrap().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), seen).await.expect("the server takes it up by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_searches_and_reads_with_every_fact_s_source() {
    let server = stocked().await;
    let api = server.api();
    let found = api.get("/api/v1/catalogue/search?q=boulang%C3%A9&lang=fr&kind=occupation").await.is(200).clone();
    assert!(found["total"].as_u64().unwrap() >= 1);
    let first = &found["items"][0];
    assert_eq!(
        (first["id"].as_str(), first["kind"].as_str(), first["lang"].as_str(), first["source"].as_str()),
        (Some("starter:baker"), Some("occupation"), Some("fr"), Some("starter"))
    );
    assert_eq!(first["codes"]["rome"], "D1102");
    assert!(first["codes"]["isco"].is_string());
    assert!(found["sectors"]["food"].as_u64().unwrap() >= 1 && found["kinds"].as_object().unwrap().len() == 1);

    let baker = api.get("/api/v1/catalogue/occupation/starter:baker?lang=ar").await.is(200).clone();
    assert_eq!((baker["lang"].as_str(), baker["release"]["source"].as_str()), (Some("ar"), Some("starter")));
    assert_eq!(baker["release"]["licence"], "MIT");
    let english = api.get("/api/v1/catalogue/occupation/starter:baker?lang=en").await.is(200).clone();
    assert!(!english["sections"]["ways_in"].as_array().unwrap().is_empty());
    assert!(!english["links"]["training"].as_array().unwrap().is_empty());

    let near = api.get("/api/v1/catalogue/search?q=jadrinier&lang=fr").await.is(200).clone();
    assert_eq!(near["nearest"], "jardinier");
    let none = api.get("/api/v1/catalogue/search?q=&lang=fr").await.is(200).clone();
    assert_eq!((none["total"].as_u64(), none["items"].as_array().map(Vec::len)), (Some(0), Some(0)));
    let few = api.get("/api/v1/catalogue/search?q=travail&lang=fr&limit=3&level=none").await.is(200).clone();
    assert!(few["items"].as_array().unwrap().len() <= 3);
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_is_told() {
    let server = stocked().await;
    let api = server.api();
    for (path, status, says) in [
        ("search?q=x&kind=job", 400, "occupation"),
        ("search?q=x&lang=french", 400, "lang"),
        ("search?q=x&interest=Q", 400, "RIASEC"),
        ("search?q=x&kind=", 400, "occupation"),
        ("search?q=x&limit=many", 400, "query"),
        ("search?q=x&limit=101", 400, "100"),
        ("occupation/starter:nobody", 404, "entry"),
        ("training/starter:baker", 404, "entry"),
        ("occupation/baker", 404, "entry"),
        ("what/starter:baker", 404, "entry"),
    ] {
        let answer = api.get(&format!("/api/v1/catalogue/{path}")).await;
        let said = answer.is(status).to_string();
        assert!(said.contains(says) || says == "RIASEC" && said.contains("R, I, A"), "{path}: {said}");
    }
    let long = format!("/api/v1/catalogue/search?q={}", "métier ".repeat(900).trim());
    let answer = server.api().request(Method::GET, &long).send().await.unwrap();
    assert!(!answer.status().is_server_error());
    server.finish().await;
}
