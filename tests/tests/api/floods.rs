//! Floods from many sources, of whatever anybody may ask for: what is genuine goes on meanwhile.
//!
//! `PARVIS_SOAK=1` makes each longer.

use std::time::{Duration, Instant};

use journeys::{Api, Installation, PASSWORD, program::Program};
use reqwest::{Client, Method, StatusCode, header};
use serde_json::json;
use storage::testing;
use tokio::task::JoinSet;

/// Where strangers come from.
const SOURCES: u32 = 50;
/// How often each of them asks for something.
const PACE: Duration = Duration::from_millis(250);

/// How long a member of staff waits for a sign-in in a flood: with a release build, and with any beside other tests.
fn patience() -> Duration {
    Duration::from_secs(if std::env::var_os("PARVIS_SOAK").is_some() { 2 } else { 8 })
}

fn soak(short: usize, long: usize) -> usize {
    if std::env::var_os("PARVIS_SOAK").is_some() { long } else { short }
}

/// A program behind a proxy that tells where somebody comes from.
async fn behind_a_proxy() -> (Installation, Program) {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let program = Program::serve(&centre.database, &["--trusted-proxy"]);
    program.api().until_ready().await;
    program.api().signed_in("coordinator").await.post(&centre.path("day/open")).await.is(204);
    (centre, program)
}

fn source(n: u32) -> String {
    format!("198.51.{}.{}", n / 256, n % 256)
}

/// Signs in from a source, as a browser does; gives the answer's status and cookies.
async fn sign_in(api: &Api, from: u32, login: &str, password: &str, cookies: &str) -> (StatusCode, String) {
    let request = api.request(Method::POST, "/api/v1/session").json(&json!({ "login": login, "password": password }));
    let request = request.header("x-forwarded-for", source(from)).header(header::COOKIE, cookies);
    let answer = request.send().await.expect("an answer");
    let set = answer.headers().get_all(header::SET_COOKIE).iter();
    let pairs: Vec<_> = set.filter_map(|v| v.to_str().ok()?.split(';').next()).map(str::to_owned).collect();
    (answer.status(), pairs.join("; "))
}

/// Asks for one thing after the other, and keeps the streams that it is given.
async fn a_stranger(api: Api, centre: String, from: u32) {
    let client = Client::builder().timeout(Duration::from_secs(5)).build().expect("a client");
    let mut streams = Vec::new();
    for n in from.. {
        let as_stranger = |request: reqwest::RequestBuilder| request.header("x-forwarded-for", source(from)).build();
        let wrong = |login: String| json!({ "login": login, "password": "not the right one" });
        let session = || api.request(Method::POST, "/api/v1/session");
        let request = match n % 5 {
            0 => api.request(Method::POST, "/api/v1/enrolments"),
            1 => api.request(Method::GET, &format!("{centre}/live")),
            2 => api.request(Method::GET, &format!("/api/v1/follow/{n:032x}")),
            3 => session().json(&wrong("host".into())),
            _ => session().json(&wrong(format!("nobody{n}"))),
        };
        if let Ok(answer) = client.execute(as_stranger(request).expect("a request")).await {
            assert!(answer.status() != StatusCode::INTERNAL_SERVER_ERROR);
            if n % 5 == 1 && answer.status().is_success() {
                streams.push(answer);
            }
        }
        tokio::time::sleep(PACE).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_genuine_goes_on_in_a_flood() {
    let (centre, program) = behind_a_proxy().await;
    let api = program.api();
    let (status, known) = sign_in(&api, 9_000, "host", PASSWORD, "").await;
    assert_eq!(status, StatusCode::OK);
    let (kiosk, display) = (centre.device(&api, "kiosk"), centre.device(&api, "display"));
    let take = async || {
        let began = Instant::now();
        kiosk.post_json(&centre.path("tickets"), json!({ "need": "cv", "language": "fr" })).await.is(201);
        began.elapsed()
    };
    let mut floods = JoinSet::new();
    for from in 0..SOURCES {
        floods.spawn(a_stranger(api.clone(), centre.path("").trim_end_matches('/').to_owned(), from));
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut slowest = Duration::ZERO;
    for round in 0..soak(30, 300) {
        slowest = slowest.max(take().await);
        let began = Instant::now();
        let (status, _) = sign_in(&api, 9_001, "host", PASSWORD, &known).await;
        assert_eq!(status, StatusCode::OK, "sign-in {round}");
        assert!(began.elapsed() < patience(), "sign-in {round} took {:?}", began.elapsed());
        let live = display.request(Method::GET, &centre.path("live")).send().await.expect("an answer");
        assert_eq!(live.status(), StatusCode::OK, "the display's stream");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    eprintln!("the slowest ticket in the flood took {slowest:?}");
    let (status, _) = sign_in(&api, 9_002, "host", PASSWORD, "").await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "a browser that is not known waits while somebody guesses");
    floods.shutdown().await;
    let log = program.stop().await;
    assert!(!log.contains("198.51."), "{log}");
    centre.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_sign_ins_is_refused_early() {
    let (centre, program) = behind_a_proxy().await;
    let api = program.api();
    let (_, known) = sign_in(&api, 9_000, "counsellor1", PASSWORD, "").await;
    let mut guesses = JoinSet::new();
    for n in 0..u32::try_from(soak(300, 2_000)).expect("some") {
        let api = Api::new(program.url.clone(), Client::new());
        guesses.spawn(async move { sign_in(&api, n, &format!("nobody{n}"), "not the right one", "").await.0 });
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let began = Instant::now();
    let (status, _) = sign_in(&api, 9_001, "counsellor1", PASSWORD, &known).await;
    let took = began.elapsed();
    let answers = guesses.join_all().await;
    let refused = answers.iter().filter(|status| **status == StatusCode::SERVICE_UNAVAILABLE).count();
    eprintln!("{refused} of {} were refused early; the genuine one took {took:?}", answers.len());
    assert_eq!(status, StatusCode::OK);
    assert!(took < patience() / 2, "{took:?}");
    assert!(refused > answers.len() / 4, "{refused}");
    program.stop().await;
    centre.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_source_gets_so_many_streams_and_codes_and_wrong_tokens() {
    let (centre, program) = behind_a_proxy().await;
    let api = program.api();
    let ask = async |from: u32, method: Method, path: String| {
        api.request(method, &path).header("x-forwarded-for", source(from)).send().await.expect("an answer")
    };
    let mut streams = Vec::new();
    for _ in 0..soak(400, 20_000) {
        let answer = ask(1, Method::GET, centre.path("live")).await;
        if answer.status() == StatusCode::OK {
            streams.push(answer);
        } else {
            assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
        }
    }
    assert_eq!(streams.len(), 300);
    assert_eq!(ask(2, Method::GET, centre.path("live")).await.status(), StatusCode::OK, "another source");
    let of_one_customer = ask(1, Method::GET, centre.path("live")).await;
    assert_eq!(of_one_customer.headers()["connection"], "close");
    drop(streams);

    let mut codes = 0;
    for _ in 0..soak(100, 32_000) {
        codes += usize::from(ask(3, Method::POST, "/api/v1/enrolments".into()).await.status() == StatusCode::CREATED);
    }
    assert!((20..=23).contains(&codes), "{codes}");
    assert_eq!(ask(4, Method::POST, "/api/v1/enrolments".into()).await.status(), StatusCode::CREATED);

    let body = json!({ "need": "cv", "language": "fr" });
    let ticket = centre.device(&api, "kiosk").post_json(&centre.path("tickets"), body).await.is(201).clone();
    let own = format!("/api/v1/follow/{}", ticket["follow"].as_str().expect("a token"));
    let mut refused = 0;
    for n in 0..200 {
        let answer = ask(5, Method::GET, format!("/api/v1/follow/{n:032x}")).await;
        refused += usize::from(answer.status() == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 100, "{refused}");
    assert_eq!(
        ask(5, Method::GET, own).await.status(),
        StatusCode::OK,
        "a ticket that there is, from the same address"
    );
    program.stop().await;
    centre.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_https_browsers_come_by_nothing_else_and_old_cookies_hold() {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let program = Program::serve(&centre.database, &["--public-url", "https://parvis.example", "--trusted-proxy"]);
    let api = program.api();
    api.until_ready().await;
    let page = api.get("/api/v1/centres").await;
    assert_eq!(page.header("strict-transport-security"), "max-age=63072000");
    let (_, cookies) = sign_in(&api, 1, "host", PASSWORD, "").await;
    assert!(cookies.starts_with("__Host-parvis_session=") && cookies.contains("; __Host-parvis_known_"), "{cookies}");
    let device = |name: &str| format!("{name}={}", centre.secrets["kiosk"]);
    for name in ["parvis_device", "__Host-parvis_device"] {
        let kiosk = api.request(Method::GET, "/api/v1/device").header(header::COOKIE, device(name));
        assert_eq!(kiosk.send().await.expect("an answer").status(), StatusCode::OK, "{name}");
    }
    // A request about which the proxy says nothing.
    api.get("/api/v1/follow/00000000000000000000000000000000").await.is_problem(404, "unknown_ticket");
    let log = program.stop().await;
    assert!(log.contains("the proxy does not say where requests come from"), "{log}");
    centre.finish().await;
}
