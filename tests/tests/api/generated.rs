//! Requests made up from the API's own document, by every role: what it allows is taken, what it does not is refused.

use std::{path::Path, process::Stdio};

use journeys::{Server, api::DOCUMENT};
use parvis::problem::{BETWEEN_FIELDS, OF_THE_CENTRE};
use serde_json::{Map, Value, json};
use tokio::process::Command;

use crate::{catalogue, printing};

/// How answers are judged; `what_fits_is_taken` is in the hooks.
const CHECKS: &str = "not_a_server_error,what_fits_is_taken,negative_data_rejection,status_code_conformance,\
    content_type_conformance,response_schema_conformance";

/// Operations that the run leaves out: they open or end what it needs, are about passwords, or answer without an end.
const LEFT_OUT: [&str; 14] = [
    "open_day",
    "close_day",
    "suspend_day",
    "resume_day",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "end_session",
    "change_password",
    "reset_password",
    "revoke_device",
    "board_live",
    "display_live",
    "follow_live",
];

/// Requests of each operation, beside those of the document's edges.
fn amount() -> u32 {
    if std::env::var_os("PARVIS_SOAK").is_some() { 300 } else { 12 }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_document_allows_is_taken_and_nothing_else() {
    let server = Server::on_sqlite().await;
    catalogue::stock(&server).await;
    printing::kiosk_prints(&server, "agent", "80").await;
    let home = tempfile::tempdir().unwrap();
    let seen = home.path().join("seen.json");
    let mut run = schemathesis(&server.url).await;
    let run = run.current_dir(home.path()).env("PARVIS_GENERATED", told(&server, &seen).await.to_string());
    let run = run.output().await.unwrap();
    let text = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{text}{}", String::from_utf8_lossy(&run.stderr));
    every_role_met_every_operation(&serde_json::from_slice(&std::fs::read(seen).unwrap()).unwrap());
    server.finish().await;
}

/// The run against a server; what its hooks need to know is not said yet.
async fn schemathesis(url: &str) -> Command {
    let repository = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let setup = Command::new(repository.join("scripts/setup-schemathesis.sh")).status().await.unwrap();
    assert!(setup.success(), "schemathesis is there");
    let generated = repository.join("tests/generated");
    let mut run = Command::new(repository.join("target/tools/schemathesis/bin/schemathesis"));
    run.arg("--config-file").arg(generated.join("schemathesis.toml"));
    run.args(["run", "--seed", "1", "--continue-on-failure", "--request-timeout", "25", "--checks", CHECKS]);
    run.args(["--max-examples", &amount().to_string()]);
    run.args(LEFT_OUT.iter().flat_map(|id| ["--exclude-operation-id", id]));
    run.arg(format!("{url}/api/v1/openapi.json"));
    run.env("SCHEMATHESIS_HOOKS", generated.join("hooks.py"));
    run.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONHASHSEED", "0").stdin(Stdio::null());
    run
}

/// What the hooks of the run need to know of the centre.
async fn told(server: &Server, seen: &Path) -> Value {
    let mut roles = Map::from_iter([("anybody".to_owned(), Value::Null)]);
    for (role, login) in [
        ("counsellor", "counsellor1"),
        ("colleague", "counsellor2"),
        ("host", "host"),
        ("manager", "manager1"),
        ("coordinator", "coordinator"),
        ("administrator", "admin"),
    ] {
        roles.insert(role.to_owned(), server.staff(login).await.token().into());
    }
    for device in ["kiosk", "display", "printer"] {
        roles.insert(device.to_owned(), server.device(device).token().into());
    }
    let coordinator = server.staff("coordinator").await;
    let devices = coordinator.get(&server.path("devices")).await.is(200).clone();
    let devices = devices.as_array().unwrap().iter().map(|d| (d["kind"].as_str().unwrap().to_owned(), d["id"].clone()));
    let spare = json!({ "login": "spare", "name": "De réserve", "roles": ["host"], "language": "fr" });
    let spare = coordinator.post_json(&server.path("staff"), spare).await.is(200)["staff"]["id"].clone();
    let centre = &server.centre;
    json!({
        "url": format!("{}/api/v1", server.url),
        "seen": seen,
        "fits_but": OF_THE_CENTRE.iter().chain(&BETWEEN_FIELDS).collect::<Vec<_>>(),
        "roles": roles,
        "centre": centre.slug,
        "need": centre.needs.iter().find(|n| n.code == "cv").unwrap().id,
        "places": { "counsellor": server.place("4", "A"), "colleague": server.place("1", "") },
        "free_place": server.place("4", "B"),
        "all_places": centre.desks.iter().flat_map(|d| &d.places).map(|p| p.id).collect::<Vec<_>>(),
        "devices": devices.collect::<Map<_, _>>(),
        "spare": spare,
        "organisation": centre.organisations.first().unwrap().id,
        "abilities": {
            "needs": centre.needs.iter().map(|n| n.id).collect::<Vec<_>>(),
            "languages": ["fr", "en", "ar"],
            "welcome": true,
        },
        "policies": centre.policies,
        "hours": centre.hours,
    })
}

/// Otherwise the run would say nothing about what it did not reach.
fn every_role_met_every_operation(seen: &Value) {
    let operations = DOCUMENT["paths"].as_object().unwrap().values().flat_map(|p| p.as_object().unwrap().values());
    let ids = operations.map(|o| o["operationId"].as_str().unwrap()).filter(|id| !LEFT_OUT.contains(id));
    for id in ids {
        let by_role = seen[id].as_object().unwrap_or_else(|| panic!("{id} was not tried"));
        for (role, statuses) in by_role {
            assert_ne!(statuses, &json!({}), "{role} did not try {id}");
        }
        let well = |statuses: &Value| ["200", "201", "204"].iter().any(|s| statuses[*s].is_number());
        assert!(by_role.values().any(well), "{id} never answered well: {by_role:#?}");
    }
}
