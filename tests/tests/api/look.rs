//! Looking around, as browsers ask for its pages: what is counted, what is printed, what is offered.

use std::{sync::Arc, time::Duration};

use journeys::{
    Server,
    paper::{Printer, Roll},
};
use reqwest::{Method, StatusCode, redirect::Policy};
use serde_json::json;
use services::{Options, Parvis, catalogue::import::Input};
use storage::Database;

use crate::printing::kiosk_prints;

/// How long a test waits for what has to come.
const PATIENCE: Duration = Duration::from_secs(20);
/// Of the centre's own: the server's day is Sunday, 17 January 2027.
const OWN: &str = "kind,code,lang,title,summary,related,sector,shelf,lending,expires
document,cv-guide,fr,Le guide du CV,Un guide.,,,C-07,take,
document,unplaced,fr,Le guide sans rayon,Un guide.,,,Z-01,take,
occupation,bread,fr,Boulanger du centre,Vous faites du pain.,,food,,,
workshop,kneading,fr,Pétrir ensemble,Un atelier.,bread,,,,2027-01-30
workshop,past,fr,Pétrir hier,Un atelier.,bread,,,,2027-01-16
offer,today,fr,Boulanger à Valmont,Une offre.,bread,food,,,2027-01-17
offer,over,fr,Boulanger ailleurs,Une offre.,bread,food,,,2027-01-16
";

/// The starter catalogue and some entries of the centre's own, imported while the server runs.
async fn stocked() -> Server {
    let server = Server::on_sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.csv");
    std::fs::write(&own, OWN).unwrap();
    let database = Database::open(&server.database).await.unwrap();
    let other = Parvis::start(database, Options { timer: false, days: false, ..Options::default() }).await.unwrap();
    for input in [Input::Starter, Input::Own(own)] {
        other.import_catalogue(input, Arc::default()).await.unwrap();
    }
    other.stop().await;
    let api = server.api();
    let seen = async {
        while api.get("/api/v1/catalogue/sources").await.is(200).as_array().unwrap().len() < 2 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.expect("the server takes it up by itself");
    server
}

/// A page at the kiosk, or by the open door.
async fn page(server: &Server, path: &str) -> (StatusCode, String) {
    let request = server.api().request(Method::GET, path);
    let request = request.header("cookie", format!("parvis_device={}", server.secrets["kiosk"]));
    let answer = request.send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

async fn shown(server: &Server, path: &str) -> String {
    let (status, page) = page(server, path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    page
}

/// The form that a page of the kiosk holds for this path, sent; gives where it leads.
async fn send(server: &Server, path: &str, body: String) -> String {
    let client = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let answer = client
        .post(format!("{}{path}", server.url))
        .header("cookie", format!("parvis_device={}", server.secrets["kiosk"]))
        .header("origin", &server.url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", answer.text().await.unwrap());
    answer.headers()["location"].to_str().unwrap().to_owned()
}

fn key(page: &str) -> String {
    let at = page.find("name=\"key\" value=\"").expect("a form with a key") + 18;
    page[at..at + 36].to_owned()
}

async fn documents_given(server: &Server) -> u64 {
    let host = server.staff("host").await;
    let mut welcome = journeys::events::Events::open(&host, "/live/welcome").await;
    let seen = welcome.until(|e| e.data["counts"].is_object()).await;
    seen.data["counts"]["documents"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_found_on_the_plan_and_counted_once_for_each_touch_of_a_page() {
    let server = stocked().await;
    let path = "/k/petit/fr/look/entry/own:cv-guide";
    let document = shown(&server, path).await;
    for part in
        ["Rayon C-07", "class=\"shelf here\"", "Chercher du travail", "À gauche, près de l’entrée", "Je l’ai pris"]
    {
        assert!(document.contains(part), "{part}");
    }
    let unplaced = shown(&server, "/k/petit/fr/look/entry/own:unplaced").await;
    assert!(
        unplaced.contains("Rayon Z-01") && !unplaced.contains("<svg class=\"plan\"") && !unplaced.contains("walls")
    );
    let by_phone = shown(&server, "/i/petit/fr/look/entry/own:cv-guide").await;
    assert!(by_phone.contains("class=\"shelf here\"") && !by_phone.contains("Je l’ai pris"));

    assert_eq!(documents_given(&server).await, 0);
    let touch = || send(&server, "/k/petit/fr/look/taken", format!("key={}&text=large", key(&document)));
    for _ in 0..3 {
        assert_eq!(touch().await, "/k/petit/fr/look/taken?text=large");
    }
    assert_eq!(documents_given(&server).await, 1, "a second touch is none");
    let again = shown(&server, path).await;
    send(&server, "/k/petit/fr/look/taken", format!("key={}", key(&again))).await;
    assert_eq!(documents_given(&server).await, 2);
    assert!(shown(&server, "/k/petit/fr/look/taken").await.contains("Bonne lecture"));

    let kiosk = server.device("kiosk");
    let counts = server.path("counts");
    kiosk.post_json(&counts, json!({ "what": "came_in" })).await.is(403);
    kiosk.post_json(&counts, json!({ "what": "document_given" })).await.is(201);
    server.device("display").post_json(&counts, json!({ "what": "document_given" })).await.is(403);

    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_is_nowhere_and_what_ends_says_when() {
    let server = stocked().await;
    for door in ['k', 'i'] {
        let offer = shown(&server, &format!("/{door}/petit/fr/look/entry/own:today")).await;
        assert!(offer.contains("Jusqu’au dimanche 17 janvier"), "{offer}");
        assert_eq!(page(&server, &format!("/{door}/petit/fr/look/entry/own:over")).await.0, StatusCode::NOT_FOUND);
        let found = shown(&server, &format!("/{door}/petit/fr/look/search?q=boulanger")).await;
        assert!(found.contains("own:today") && !found.contains("own:over"));
        let occupation = shown(&server, &format!("/{door}/petit/fr/look/entry/own:bread")).await;
        assert!(occupation.contains("Prochain atelier") && occupation.contains("Pétrir ensemble"));
        assert!(!occupation.contains("Pétrir hier") && !occupation.contains("own:over"));
    }
    let api = server.api();
    api.get("/api/v1/catalogue/offer/own:over").await.is_problem(404, "unknown_entry");
    let offer = api.get("/api/v1/catalogue/offer/own:today").await.is(200).clone();
    assert_eq!(offer["expires"], "2027-01-17");
    let found = api.get("/api/v1/catalogue/search?q=boulanger&kind=offer").await.is(200).clone();
    assert_eq!((found["total"].as_u64(), found["items"][0]["id"].as_str()), (Some(1), Some("own:today")));
    server.clock.pass(Duration::from_hours(24));
    assert_eq!(page(&server, "/i/petit/fr/look/entry/own:today").await.0, StatusCode::NOT_FOUND);
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_occupation_leads_to_the_question_that_helps_and_says_how_long_its_line_is() {
    let server = stocked().await;
    let path = "/k/petit/fr/look/entry/starter:baker";
    let empty = shown(&server, path).await;
    assert!(empty.contains("Quels métiers pourraient me plaire ?") && empty.contains("/need/jobs"));
    assert!(empty.contains("personne ici ne peut répondre") && !empty.contains("avant vous"), "{empty}");
    let take = json!({ "need": "jobs", "language": "fr" });
    server.device("kiosk").post_json(&server.path("tickets"), take).await.is(201);
    let counsellor = server.staff("counsellor2").await;
    counsellor.post(&format!("/api/v1/places/{}/open", server.place("1", ""))).await.is(204);
    let waiting = shown(&server, path).await;
    assert!(waiting.contains("au plus 1 numéro avant vous"), "{waiting}");
    let by_phone = shown(&server, "/i/petit/fr/look/entry/starter:baker").await;
    assert!(!by_phone.contains("avant vous") && !by_phone.contains("/need/jobs"), "anybody is told later, and roughly");
    let told = async {
        for _ in 0..4 {
            server.clock.pass(Duration::from_secs(100));
            tokio::time::sleep(Duration::from_millis(1200)).await;
        }
        shown(&server, "/i/petit/fr/look/entry/starter:baker").await
    };
    let by_phone = told.await;
    assert!(by_phone.contains("au plus 9 numéros attendaient dans ce pôle"), "{by_phone}");

    let host = server.staff("host").await;
    host.post_json(&server.path("needs/close"), json!({ "needs": ["jobs"], "reason": "full" })).await.is(204);
    let closed = shown(&server, path).await;
    assert!(closed.contains("Plus de numéro aujourd’hui pour cette question.") && !closed.contains("/need/jobs"));
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_narrowed_by_their_address_alone() {
    let server = stocked().await;
    let count = |page: &str| page.matches("class=\"row\"").count();
    for list in ["sectors/care", "interests/S", "places/home", "search?q=enfant"] {
        let path = format!("/i/petit/fr/look/{list}");
        let sep = if list.contains('?') { '&' } else { '?' };
        let all = shown(&server, &path).await;
        let narrow = shown(&server, &format!("{path}{sep}level=none")).await;
        assert!(count(&narrow) > 0 && count(&narrow) < count(&all), "{list}: {} of {}", count(&narrow), count(&all));
        assert!(all.contains("level=none") && narrow.contains("facet on"), "{list}");
    }
    let nothing = shown(&server, "/i/petit/fr/look/search?q=enfant&sector=building&kind=offer").await;
    assert!(nothing.contains("Rien trouvé") && nothing.contains("Tout enlever"));
    let nonsense = shown(&server, "/i/petit/fr/look/sectors/care?level=highest&outdoors=maybe").await;
    assert!(!nonsense.contains("facet on"));
    let entry = shown(&server, "/i/petit/fr/look/entry/starter:baker?from=%2Fsectors%2Ffood&level=none").await;
    assert!(entry.contains("/i/petit/fr/look/sectors/food?level=none"), "back leads to the list as it was");
    let hostile = shown(&server, "/i/petit/fr/look/entry/starter:baker?from=%2F%2Fevil.example").await;
    assert!(!hostile.contains("evil.example"));
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_does_leads_on_with_reasons() {
    let server = stocked().await;
    let found = shown(&server, "/k/petit/fr/look/job?q=serveuse").await;
    assert!(found.contains("/look/job/starter:waiter?q=serveuse"), "{found}");
    let ways = shown(&server, "/k/petit/fr/look/job/starter:waiter?q=serveuse").await;
    assert!(ways.contains("class=\"row\"") && ways.contains("class=\"why\"") && ways.contains("En commun"), "{ways}");
    assert_eq!(page(&server, "/k/petit/fr/look/job/starter:nobody").await.0, StatusCode::NOT_FOUND);
    server.finish().await;
}

/// Prints an entry by the kiosk's form; gives the path of the page that says how it comes out.
async fn print(server: &Server, language: &str, id: &str) -> String {
    let path = format!("/k/petit/{language}/look/entry/{id}");
    let body = format!("key={}", key(&shown(server, &path).await));
    let page = send(server, &format!("{path}/print"), body.clone()).await;
    assert_eq!(send(server, &format!("{path}/print"), body).await, page, "a second touch prints nothing more");
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_comes_out_of_the_kiosk_s_printer_once() {
    let server = stocked().await;
    let without = shown(&server, "/k/petit/fr/look/entry/own:bread").await;
    assert!(!without.contains("Imprimer"), "there is no printer");
    let mut printer = Printer::on(Roll::There).await;
    kiosk_prints(&server, &format!("tcp://{}", printer.address), "80").await;
    let page = print(&server, "fr", "starter:baker").await;
    let paper = printer.receipt().await;
    let text = paper.text();
    for part in ["Petite Cité", "Métier", "Boulanger", "Comment y arriver", "Lire la suite", "Parvis"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(paper.cuts, 1);
    assert!(paper.codes[0].ends_with("/i/petit/fr/look/entry/starter:baker"), "{:?}", paper.codes);
    assert!(shown(&server, &page).await.contains("La fiche s’imprime"));

    kiosk_prints(&server, &format!("tcp://{}", printer.address), "58").await;
    print(&server, "fr", "own:cv-guide").await;
    let paper = printer.receipt().await;
    assert!(paper.text().contains("Rayon C-07") && paper.text().contains("À gauche"), "{}", paper.text());
    assert!(paper.lines.iter().all(|l| l.chars().count() <= 32), "{:?}", paper.lines);

    print(&server, "ar", "starter:baker").await;
    let paper = printer.receipt().await;
    assert!(paper.pictures.len() >= 4 && paper.codes[0].contains("/i/petit/ar/"), "{paper:?}");
    assert!(printer.is_blank(), "each came out once");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_out_of_reach_is_said_and_the_entry_goes_along_on_the_phone() {
    let server = stocked().await;
    let nobody = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().to_string()
    };
    kiosk_prints(&server, &format!("tcp://{nobody}"), "80").await;
    let page = print(&server, "fr", "starter:baker").await;
    let says = async {
        while !shown(&server, &page).await.contains("L’imprimante ne répond pas. Emportez") {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, says).await.expect("the page says so");
    assert!(shown(&server, &page).await.contains("class=\"qr\""));
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notebook_comes_out_of_the_kiosk_s_printer_once_with_a_code_that_fits() {
    let server = stocked().await;
    let kept = "keep=starter%3Abaker&keep=own%3Acv-guide&keep=own%3Aover&profile=100-0-50-20-10-0";
    let mut printer = Printer::on(Roll::There).await;
    for (language, paper, says) in [("fr", "80", "Boulanger"), ("fr", "58", "Le guide du CV")] {
        kiosk_prints(&server, &format!("tcp://{}", printer.address), paper).await;
        let path = format!("/k/petit/{language}/look/notebook");
        let shown_page = shown(&server, &format!("{path}?{kept}")).await;
        let body = format!("key={}&{kept}", key(&shown_page));
        let to = send(&server, &format!("{path}/print-here"), body.clone()).await;
        assert_eq!(send(&server, &format!("{path}/print-here"), body).await, to, "a second touch prints nothing more");
        let roll = printer.receipt().await;
        let text = roll.text();
        for part in ["Mon carnet", says, "Faire avec ses mains"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("ailleurs"), "an offer that is over: {text}");
        assert!(roll.codes[0].contains("/i/petit/fr/look/notebook#"), "{:?}", roll.codes);
        assert_eq!(roll.cuts, 1);
        assert!(shown(&server, &to).await.contains("Votre carnet s’imprime."));
    }
    kiosk_prints(&server, &format!("tcp://{}", printer.address), "80").await;
    let path = "/k/petit/ar/look/notebook";
    let body = format!("key={}&{kept}", key(&shown(&server, &format!("{path}?{kept}")).await));
    send(&server, &format!("{path}/print-here"), body).await;
    let roll = printer.receipt().await;
    assert!(roll.pictures.len() >= 4 && roll.codes[0].contains("/i/petit/ar/look/notebook#"), "{roll:?}");
    assert!(printer.is_blank(), "each came out once");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_several_people_searched_in_vain_is_shown_to_staff() {
    let server = stocked().await;
    let coordinator = server.staff("coordinator").await;
    let listed = async || {
        let request = coordinator.request(Method::GET, "/fr/settings?section=library&view=searches");
        request.send().await.unwrap().text().await.unwrap()
    };
    for _ in 0..5 {
        assert!(listed().await.contains("Rien pour l’instant."), "fewer than five");
        shown(&server, "/i/petit/fr/look/search?q=zzyzx+qqq&sent=1").await;
        shown(&server, "/i/petit/fr/look/search?q=zzzzyyy+typed").await;
        server.clock.pass(Duration::from_mins(15));
    }
    let page = listed().await;
    assert!(page.contains("zzyzx qqq") && !page.contains("typed"), "{page}");
    server.finish().await;
}
