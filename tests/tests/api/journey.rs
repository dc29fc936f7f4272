//! A centre's whole day over HTTP. Every answer is held against the document, and every operation answers well once.

use journeys::{Api, Server, events::Events, everywhere};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{catalogue, printing};

#[tokio::test(flavor = "multi_thread")]
async fn a_day_from_its_opening_to_its_counts() {
    everywhere(|server| async move {
        what_anybody_sees(&server).await;
        a_visit(&server).await;
        a_hand_over(&server).await;
        lines_and_their_ends(&server).await;
        places(&server).await;
        the_host(&server).await;
        a_phone(&server).await;
        a_receipt(&server).await;
        accounts_and_devices(&server).await;
        what_is_known_of_occupations(&server).await;
        the_end_of_the_day(&server).await;
        let missing = server.api().not_exercised();
        assert_eq!(missing, Vec::<String>::new(), "operations that this server never answered well");
    })
    .await;
}

async fn what_is_known_of_occupations(server: &Server) {
    catalogue::stock(server).await;
    let anybody = server.api();
    let found = anybody.get("/api/v1/catalogue/search?q=boulanger&lang=fr").await.is(200).clone();
    let path = format!("/api/v1/catalogue/occupation/{}?lang=fr", found["items"][0]["id"].as_str().unwrap());
    anybody.get(&path).await.is(200);
}

fn ticket_path(ticket: &Value, action: &str) -> String {
    format!("/api/v1/tickets/{}/{action}", ticket["id"].as_str().unwrap())
}

fn place_path(place: &str, action: &str) -> String {
    format!("/api/v1/places/{place}/{action}")
}

async fn take(server: &Server, need: Option<&str>) -> Value {
    let body = json!({ "need": need, "language": "fr" });
    server.device("kiosk").post_json(&server.path("tickets"), body).await.is(201).clone()
}

async fn state(api: &Api, ticket: &Value) -> String {
    let path = format!("/api/v1/tickets/{}", ticket["id"].as_str().unwrap());
    api.get(&path).await.is(200)["state"].as_str().unwrap().to_owned()
}

async fn what_anybody_sees(server: &Server) {
    let anybody = server.api();
    assert_eq!(anybody.get("/api/v1/centres").await.is(200)[0]["slug"], "petit");
    for (list, length) in [("needs", 4), ("spaces", 2), ("desks", 3)] {
        assert_eq!(anybody.get(&server.path(list)).await.is(200).as_array().unwrap().len(), length, "{list}");
    }
    let by_id = anybody.get(&format!("/api/v1/centres/{}/board", server.centre.id)).await;
    assert_eq!(by_id.is(200)["state"]["is"], "open");
    anybody.get(&server.path("hours")).await.is(200);
    let first = Events::open(&anybody, &server.path("live")).await.next().await.unwrap();
    assert_eq!((first.name.as_str(), &first.data["state"]["is"]), ("board", &json!("open")));
    anybody.get(&server.path("display")).await.is_problem(401, "sign_in_needed");
    let display = server.device("display");
    let first = Events::open(&display, &server.path("display/live")).await.next().await.unwrap();
    assert_eq!((first.name.as_str(), &first.data["calls"]), ("board", &json!([])));
    anybody.get("/api/v1/centres/elsewhere/board").await.is_problem(404, "unknown_centre");
}

/// From the kiosk to the counsellor's goodbye.
async fn a_visit(server: &Server) {
    let ticket = take(server, Some("cv")).await;
    assert_eq!((ticket["number"].as_str(), ticket["ahead"].as_u64()), (Some("C001"), Some(0)));
    let counsellor = server.staff("counsellor1").await;
    let place = server.place("4", "A");
    counsellor.post(&place_path(&place, "next")).await.is_problem(409, "place_not_open");
    counsellor.post(&place_path(&place, "open")).await.is(204);
    assert_eq!(counsellor.post(&place_path(&place, "next")).await.is(200)["number"], "C001");
    counsellor.post(&place_path(&place, "undo")).await.is(204);
    assert_eq!(state(&counsellor, &ticket).await, "waiting");
    let called = counsellor.post(&place_path(&place, "next")).await;
    assert_eq!((called.is(200)["desk"].as_str(), called.json["state"].as_str()), (Some("4 A"), Some("called")));
    let board = server.device("display").get(&server.path("display")).await;
    assert_eq!(
        (&board.is(200)["calls"][0]["number"], &board.json["calls"][0]["desk"]),
        (&json!("C001"), &json!("4 A"))
    );
    counsellor.post(&ticket_path(&ticket, "recall")).await.is(204);
    counsellor.post(&ticket_path(&ticket, "arrive")).await.is(204);
    counsellor.post(&ticket_path(&ticket, "arrive")).await.is_problem(409, "not_called");
    counsellor.post_json(&ticket_path(&ticket, "advice"), json!({ "advice": ["write_cv"] })).await.is(204);
    let recommended = json!({ "entries": ["starter:baker"] });
    counsellor.post_json(&ticket_path(&ticket, "recommend"), recommended).await.is(204);
    let too_many: Vec<_> = (0..13).map(|n| format!("own:{n}")).collect();
    let too_many = json!({ "entries": too_many });
    counsellor.post_json(&ticket_path(&ticket, "recommend"), too_many).await.is_problem(422, "invalid");
    counsellor.post_json(&ticket_path(&ticket, "finish"), json!({ "outcome": "answered" })).await.is(204);
    assert_eq!(state(&counsellor, &ticket).await, "ended");
    assert_eq!(counsellor.post(&place_path(&place, "next")).await.is(204), &Value::Null);
}

async fn a_hand_over(server: &Server) {
    let (one, two) = (server.staff("counsellor1").await, server.staff("counsellor2").await);
    let (here, there) = (server.place("4", "A"), server.place("1", ""));
    two.post(&place_path(&there, "open")).await.is(204);

    let accepted = take(server, Some("offers")).await;
    assert_eq!(one.post(&place_path(&here, "next")).await.is(200)["id"], accepted["id"]);
    one.post(&ticket_path(&accepted, "arrive")).await.is(204);
    let to = json!({ "need": "jobs", "returns": false, "advice": ["search_offers"] });
    one.post_json(&ticket_path(&accepted, "transfer"), to).await.is(204);
    two.post_json(&ticket_path(&accepted, "accept"), json!({})).await.is(204);
    let call = two.post_json(&place_path(&there, "call"), json!({ "ticket": accepted["id"] })).await;
    assert_eq!(call.is(200)["number"], accepted["number"], "the number is kept");
    two.post(&ticket_path(&accepted, "arrive")).await.is(204);
    one.post_json(&place_path(&here, "join-talk"), json!({ "ticket": accepted["id"] })).await.is(204);
    one.post(&place_path(&here, "leave-talk")).await.is(204);
    two.post_json(&ticket_path(&accepted, "finish"), json!({ "outcome": "next_steps", "further": "cv" })).await.is(204);

    assert_eq!(one.post(&place_path(&here, "next")).await.is(200)["id"], accepted["id"], "one visit, several talks");
    one.post(&ticket_path(&accepted, "arrive")).await.is(204);
    one.post_json(&ticket_path(&accepted, "transfer"), json!({ "space": "A" })).await.is(204);
    two.post_json(&ticket_path(&accepted, "refuse"), json!({ "reason": "no_time" })).await.is(204);
    one.post_json(&place_path(&here, "call"), json!({ "ticket": accepted["id"] })).await.is(200);
    one.post(&ticket_path(&accepted, "arrive")).await.is(204);
    one.post_json(&ticket_path(&accepted, "finish"), json!({ "outcome": "appointment" })).await.is(204);
}

async fn lines_and_their_ends(server: &Server) {
    let (counsellor, host) = (server.staff("counsellor1").await, server.staff("host").await);
    let place = server.place("4", "A");
    let call = async |ticket: &Value| {
        counsellor.post_json(&place_path(&place, "call"), json!({ "ticket": ticket["id"] })).await.is(200);
    };

    let ticket = take(server, Some("cv")).await;
    call(&ticket).await;
    counsellor.post(&ticket_path(&ticket, "put-back")).await.is(204);
    host.post_json(&ticket_path(&ticket, "prioritise"), json!({ "reason": "hard_to_wait" })).await.is(204);
    host.post_json(&ticket_path(&ticket, "correct-need"), json!({ "need": "offers" })).await.is(204);
    let quiet = json!({ "talk_language": { "how": "needs_interpreter", "language": "so" }, "requirements": ["quiet"] });
    host.post_json(&ticket_path(&ticket, "correct-requirements"), quiet).await.is(204);
    let as_before = json!({ "talk_language": "fr", "requirements": [] });
    host.post_json(&ticket_path(&ticket, "correct-requirements"), as_before).await.is(204);
    call(&ticket).await;
    let until = server.clock_after_minutes(20);
    counsellor.post_json(&ticket_path(&ticket, "park"), json!({ "until": until })).await.is(204);
    assert_eq!(state(&counsellor, &ticket).await, "parked");
    counsellor.post(&ticket_path(&ticket, "resume")).await.is(204);
    call(&ticket).await;
    counsellor.post(&ticket_path(&ticket, "no-show")).await.is(204);

    let mistake = take(server, None).await;
    assert!(mistake["number"].as_str().unwrap().starts_with('W'));
    host.post(&ticket_path(&mistake, "take-back")).await.is(204);
    let left = take(server, Some("jobs")).await;
    host.post(&ticket_path(&left, "leave")).await.is(204);
    let sent = take(server, Some("jobs")).await;
    host.post(&ticket_path(&sent, "dismiss")).await.is(204);
    assert_eq!(host.get(&server.path("tickets")).await.is(200).as_array().unwrap().len(), 0);
}

async fn places(server: &Server) {
    let counsellor = server.staff("counsellor1").await;
    let (here, there) = (server.place("4", "A"), server.place("4", "B"));
    counsellor.post_json(&place_path(&here, "help"), json!({ "on": true })).await.is(204);
    counsellor.post_json(&place_path(&here, "help"), json!({ "on": false })).await.is(204);
    let cv = server.centre.needs.iter().find(|n| n.code == "cv").unwrap().id;
    let abilities = json!({ "needs": [cv], "welcome": false, "languages": ["fr"], "accommodations": [] });
    counsellor.post_json(&place_path(&here, "abilities"), abilities).await.is(204);
    let until = server.clock_after_minutes(15);
    counsellor.post_json(&place_path(&here, "pause"), json!({ "until": until })).await.is(204);
    counsellor.post(&place_path(&here, "back")).await.is(204);
    counsellor.post_json(&place_path(&here, "move"), json!({ "to": there })).await.is(204);
    counsellor.post(&place_path(&there, "close")).await.is(204);
}

async fn the_host(server: &Server) {
    let (host, kiosk) = (server.staff("host").await, server.device("kiosk"));
    host.post_json(&server.path("counts"), json!({ "what": { "group": 12 } })).await.is(201);
    let one = host.post_json(&server.path("counts"), json!({ "what": "came_in" })).await.is(201)["id"].clone();
    host.delete(&server.path(&format!("counts/{}", one.as_str().unwrap()))).await.is(204);
    let expected = json!({ "kind": "appointment", "space": "C" });
    let announced = kiosk.post_json(&server.path("announcements"), expected).await.is(201)["id"].clone();
    host.post(&server.path(&format!("announcements/{}/welcomed", announced.as_str().unwrap()))).await.is(204);
    host.post_json(&server.path("needs/close"), json!({ "needs": ["cv"], "reason": "full" })).await.is(204);
    let refused = kiosk.post_json(&server.path("tickets"), json!({ "need": "cv", "language": "fr" })).await;
    refused.is_problem(409, "need_closed");
    host.post_json(&server.path("needs/reopen"), json!({ "needs": ["cv"] })).await.is(204);
    host.post_json(&server.path("message"), json!({ "message": { "ready": "longer_than_usual" } })).await.is(204);
    host.post_json(&server.path("message"), json!({ "message": null })).await.is(204);
}

async fn a_phone(server: &Server) {
    let counsellor = server.staff("counsellor2").await;
    let ticket = take(server, Some("jobs")).await;
    let phone = |action: &str| format!("/api/v1/follow/{}{action}", ticket["follow"].as_str().unwrap());
    let anybody = server.api();
    assert_eq!(anybody.get(&phone("")).await.is(200)["state"], json!({ "is": "waiting", "ahead": 0 }));
    let first = Events::open(&anybody, &phone("/live")).await.next().await.unwrap();
    assert_eq!((first.name.as_str(), &first.data["is"]), ("ticket", &json!("waiting")));
    assert_eq!(anybody.post(&phone("/leave")).await.is(200)["state"]["is"], "left");
    assert_eq!(anybody.post(&phone("/come-back")).await.is(200)["state"]["is"], "waiting");
    let place = server.place("1", "");
    counsellor.post(&place_path(&place, "next")).await.is(200);
    assert_eq!(anybody.get(&phone("")).await.is(200)["state"]["desk"], "1");
    assert_eq!(anybody.post(&phone("/more-time")).await.is(200)["state"]["is"], "parked");
    assert_eq!(anybody.post(&phone("/back")).await.is(200)["state"]["is"], "waiting");
    let helped = anybody.post_json(&phone("/talk"), json!({ "how": "accompanied" })).await.is(200).clone();
    assert_eq!(helped["state"]["is"], "waiting", "the place in the line stays");
    let mistake = take(server, Some("cv")).await;
    let path = format!("/api/v1/follow/{}/take-back", mistake["follow"].as_str().unwrap());
    assert_eq!(anybody.post(&path).await.is(200)["state"]["is"], "over");
    let nobody = "/api/v1/follow/00000000000000000000000000000000";
    anybody.get(nobody).await.is_problem(404, "unknown_ticket");
}

/// What a print agent asks.
async fn a_receipt(server: &Server) {
    printing::kiosk_prints(server, "agent", "80").await;
    take(server, Some("cv")).await;
    let printer = server.device("printer");
    let next = printer.get("/api/v1/printer/jobs/next").await;
    next.is(200);
    let job = format!("/api/v1/printer/jobs/{}", next.header("x-job"));
    printer.post_json(&job, json!({ "state": "printed" })).await.is(204);
}

async fn accounts_and_devices(server: &Server) {
    let coordinator = server.staff("coordinator").await;
    let mut policies = coordinator.get(&server.path("policies")).await.is(200).clone();
    policies["kiosk_limit"] = json!(3);
    coordinator.put_json(&server.path("policies"), policies).await.is(204);
    let hours = coordinator.get(&server.path("hours")).await.is(200).clone();
    coordinator.put_json(&server.path("hours"), hours).await.is(204);
    a_suspicious_kiosk(server).await;

    let enrolment = server.api().post("/api/v1/enrolments").await.is(201).clone();
    let device = server.api().with_token(enrolment["secret"].as_str().unwrap());
    device.get("/api/v1/device").await.is_problem(404, "unknown_device");
    let form = json!({ "code": enrolment["code"], "kind": "display", "name": "Second écran", "arrow": "left" });
    let enrolled = coordinator.post_json(&server.path("devices"), form).await.is(201).clone();
    assert_eq!(device.get("/api/v1/device").await.is(200)["id"], enrolled["id"]);
    let path = server.path(&format!("devices/{}", enrolled["id"].as_str().unwrap()));
    let renamed = coordinator.put_json(&path, json!({ "name": "Écran du couloir" })).await;
    assert_eq!(renamed.is(200)["name"], "Écran du couloir");
    assert_eq!(coordinator.get(&server.path("devices")).await.is(200).as_array().unwrap().len(), 4);
    coordinator.delete(&format!("/api/v1/devices/{}", enrolled["id"].as_str().unwrap())).await.is(204);
    device.get("/api/v1/device").await.is_problem(404, "unknown_device");

    a_new_colleague(server, &coordinator).await;
}

async fn a_suspicious_kiosk(server: &Server) {
    for _ in 0..3 {
        take(server, Some("cv")).await;
    }
    let host = server.staff("host").await;
    let devices = server.staff("coordinator").await.get(&server.path("devices")).await.is(200).clone();
    let kiosk = devices.as_array().unwrap().iter().find(|d| d["kind"] == "kiosk").unwrap()["id"].clone();
    host.post(&server.path(&format!("kiosks/{}/checked", kiosk.as_str().unwrap()))).await.is(204);
}

async fn a_new_colleague(server: &Server, coordinator: &Api) {
    let form = json!({ "login": "nouvelle", "name": "Nouvelle", "roles": ["host"], "language": "fr" });
    let saved = coordinator.post_json(&server.path("staff"), form).await.is(200).clone();
    let id = saved["staff"]["id"].as_str().unwrap();
    let first = coordinator.post(&format!("/api/v1/staff/{id}/password")).await.is(200)["first_password"].clone();
    assert!(coordinator.get(&server.path("staff")).await.text.contains("nouvelle"));
    let sign_in = async |password: &Value| {
        let body = json!({ "login": "nouvelle", "password": password });
        server.api().post_json("/api/v1/session", body).await
    };
    let session = sign_in(&first).await.is(200).clone();
    assert_eq!(session["staff"]["must_change_password"], true);
    let colleague = server.api().with_token(session["token"].as_str().unwrap());
    colleague.get(&server.path("tickets")).await.is_problem(403, "password_change_needed");
    let new = json!("un autre mot de passe, plus long");
    colleague.put_json("/api/v1/session/password", json!({ "old": first, "new": new })).await.is(204);
    colleague.get("/api/v1/session").await.is_problem(401, "unknown_token");
    let session = sign_in(&new).await.is(200).clone();
    let colleague = server.api().with_token(session["token"].as_str().unwrap());
    assert_eq!(colleague.get("/api/v1/session").await.is(200)["name"], "Nouvelle");
    colleague.delete("/api/v1/session").await.is(204);
    colleague.get("/api/v1/session").await.is_problem(401, "unknown_token");
    let session = sign_in(&new).await.is(200).clone();
    let colleague = server.api().with_token(session["token"].as_str().unwrap());
    let elsewhere = sign_in(&new).await.is(200).clone();
    let listed = colleague.get("/api/v1/sessions").await.is(200).as_array().unwrap().clone();
    let other = listed.iter().find(|session| session["current"] == false).unwrap()["id"].as_str().unwrap();
    assert_eq!(listed.len(), 2);
    colleague.delete(&format!("/api/v1/sessions/{other}")).await.is(204);
    colleague.delete(&format!("/api/v1/sessions/{other}")).await.is_problem(404, "unknown_session");
    let elsewhere = server.api().with_token(elsewhere["token"].as_str().unwrap());
    elsewhere.get("/api/v1/session").await.is_problem(401, "unknown_token");
    colleague.delete("/api/v1/sessions").await.is(204);
    sign_in(&json!("faux")).await.is_problem(401, "wrong_password");
}

async fn the_end_of_the_day(server: &Server) {
    let (coordinator, host) = (server.staff("coordinator").await, server.staff("host").await);
    coordinator.post_json(&server.path("day/suspend"), json!({ "reason": "fire_alarm" })).await.is(204);
    let board = server.api().get(&server.path("board")).await;
    assert_eq!(board.is(200)["state"], json!({ "is": "suspended", "reason": "fire_alarm" }));
    coordinator.post(&server.path("day/resume")).await.is(204);
    let waiting = host.get(&server.path("tickets")).await.is(200).as_array().unwrap().clone();
    assert!(!waiting.is_empty());
    let slip = host.post(&ticket_path(&waiting[0], "slip")).await.is(200).clone();
    coordinator.post(&server.path("day/close")).await.is_problem(409, "people_still_here");
    let statistics = |period: &str, of: &str| server.path(&format!("statistics?period={period}&of={of}"));
    let totals = async || coordinator.get(&server.path("overview")).await.is(200).clone();
    let open = totals().await;
    assert_eq!(open["state"]["is"], "open");
    coordinator.post_json(&server.path("day/close"), json!({ "force": true })).await.is(204);
    // The last of the day stays in sight; its statistics stay shut until the date is over.
    let closed = totals().await;
    assert_eq!(closed["state"]["is"], "closed");
    for total in ["tickets", "came_in", "quick_answers", "documents"] {
        assert_eq!(closed[total], open[total], "{total}");
    }
    assert_eq!(closed["open_tickets"], 0);
    host.get(&server.path("overview")).await.is_problem(403, "not_allowed");
    for period in ["day", "week", "month", "year"] {
        coordinator.get(&statistics(period, "2027-01-17")).await.is_problem(422, "not_over");
    }
    host.get(ticket_path(&waiting[0], "").trim_end_matches('/')).await.is_problem(404, "unknown_ticket");

    server.clock.pass(std::time::Duration::from_hours(24));
    coordinator_again_opens(server).await;
    let coordinator = server.staff("coordinator").await;
    let day = coordinator.send(Method::GET, &statistics("day", "2027-01-17"), None).await;
    assert!(day.is(200)["tickets"].as_u64().unwrap() >= 5);
    let early = coordinator.get(&statistics("year", "2027-01-17")).await;
    early.is_problem(422, "not_over");
    let body = json!({ "need": "cv", "language": "fr", "slip": slip["code"] });
    let first = server.device("kiosk").post_json(&server.path("tickets"), body.clone()).await;
    assert_eq!(first.is(201)["ahead"], 0);
    assert_eq!(server.device("kiosk").post_json(&server.path("tickets"), body).await.status.as_u16() / 100, 4);
}

async fn coordinator_again_opens(server: &Server) {
    let coordinator = server.staff("coordinator").await;
    let opened = coordinator.post(&server.path("day/open")).await;
    assert!(matches!(opened.status.as_u16(), 204 | 409), "{}: the timer may have been first", opened.text);
}
