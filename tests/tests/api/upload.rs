//! Releases of career information, uploaded as a browser does it.

use std::time::Duration;

use journeys::{Api, Server};
use reqwest::{Method, Response, header};

const BOUNDARY: &str = "----a-line-that-is-in-no-file";
const PATH: &str = "/fr/settings/import?centre=petit";

/// A form with plain fields and files.
fn form(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut part = |head: String, content: &[u8]| {
        body.extend_from_slice(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in fields {
        part(format!("name=\"{name}\""), value.as_bytes());
    }
    for (name, content) in files {
        part(format!("name=\"files\"; filename=\"{name}\""), content);
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

async fn send(api: &Api, body: Vec<u8>) -> Response {
    let content = format!("multipart/form-data; boundary={BOUNDARY}");
    api.request(Method::POST, PATH).header(header::CONTENT_TYPE, content).body(body).send().await.unwrap()
}

/// What the page is told, by the address that the browser is sent to.
async fn told(api: &Api, body: Vec<u8>) -> String {
    let answer = send(api, body).await;
    let to = answer.url().to_string();
    let told = to.split("told=").nth(1).map(|t| t.split('&').next().unwrap_or_default().to_owned());
    assert!(to.contains("/fr/settings") && to.contains("view=import"), "{to}");
    told.unwrap_or_default()
}

const CSV: &[u8] = b"kind,code,lang,title\nservice,wifi,fr,Wifi\nservice,x,french,X\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_imported_and_its_report_stays_to_be_read() {
    let server = Server::on_sqlite().await;
    let coordinator = server.staff("coordinator").await;
    assert_eq!(told(&coordinator, form(&[("what", "catalogue")], &[("own.csv", CSV)])).await, "");
    let seen = async {
        let path = "/api/v1/catalogue/service/own:wifi?lang=fr";
        while server.api().request(Method::GET, path).send().await.unwrap().status() != 200 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), seen).await.expect("it is in use soon");
    let ask = serde_json::json!({ "centre": server.centre.id, "language": "fr" });
    let state = coordinator.request(Method::POST, "/api/ui/library_import").json(&ask).send().await.unwrap();
    let state = state.text().await.unwrap();
    assert!(state.contains("\"new\":1") && state.contains("\"row\":3") && state.contains("code de langue"), "{state}");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_told() {
    let server = Server::on_sqlite().await;
    let coordinator = server.staff("coordinator").await;
    let own = [("what", "catalogue")];
    for (body, word) in [
        (form(&own, &[("own.zip", b"PK\x03\x04...")]), "zip"),
        (form(&own, &[]), "nothing"),
        (form(&own, &[("", b"")]), "nothing"),
        (form(&own, &[("a.csv", CSV), ("b.csv", CSV)]), "one_file"),
        (form(&[("what", "crosswalk"), ("from", "rome"), ("to", "rome")], &[("a.csv", CSV)]), "columns"),
        (form(&[("what", "everything")], &[("a.csv", CSV)]), "broken"),
        (b"--nothing".to_vec(), "broken"),
    ] {
        assert_eq!(told(&coordinator, body).await, word);
    }
    for (api, status) in [(server.api(), 401), (server.staff("host").await, 403), (server.device("kiosk"), 403)] {
        assert_eq!(send(&api, form(&own, &[("own.csv", CSV)])).await.status(), status);
    }
    let foreign = coordinator.request(Method::POST, PATH).header("sec-fetch-site", "cross-site");
    assert_eq!(foreign.body(form(&own, &[("own.csv", CSV)])).send().await.unwrap().status(), 403);
    assert!(server.api().get("/api/v1/catalogue/sources").await.is(200).as_array().unwrap().is_empty());
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_taken_here_and_nowhere_else() {
    let server = Server::on_sqlite().await;
    let coordinator = server.staff("coordinator").await;
    let mut large = CSV.to_vec();
    large.resize(12 * 1024 * 1024, b'\n');
    assert_eq!(told(&coordinator, form(&[("what", "catalogue")], &[("own.csv", &large)])).await, "");
    let elsewhere = coordinator.request(Method::POST, "/api/ui/library_import").body(large).send().await;
    assert!(elsewhere.is_err() || elsewhere.unwrap().status() == 413);
    server.finish().await;
}
