//! Whatever is sent to whatever operation: an answer that says no, never a failure of the server.

use journeys::{Api, Server, api::operations, everywhere};
use reqwest::{Method, RequestBuilder};
use serde_json::json;

/// Bodies that are wrong in their own ways.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let text = |s: &str| s.as_bytes().to_vec();
    vec![
        ("nothing", Vec::new()),
        ("no JSON", text("{")),
        ("another JSON", text("[1, 2, 3]")),
        ("null", text("null")),
        ("a number", text("1e999")),
        (
            "wrong types",
            text(r#"{"need": [], "language": 7, "party": "x", "outcome": {}, "until": true, "login": []}"#),
        ),
        ("out of range", text(r#"{"need": null, "language": "fr", "party": 255, "what": {"group": 65535}}"#)),
        ("negative", text(r#"{"need": null, "language": "fr", "party": -1, "what": {"group": -1}}"#)),
        ("the end of time", text(r#"{"until": "9999-12-31T23:59:59Z", "closes": "0000-01-01T00:00:00Z"}"#)),
        ("beyond time", text(r#"{"until": "+262142-12-31T23:59:59Z"}"#)),
        ("unknown fields", text(r#"{"name": "Jean", "phone": "0600000000"}"#)),
        ("twice the same", text(r#"{"need": null, "need": "cv", "language": "fr"}"#)),
        ("not UTF-8", b"{\"login\": \"\xff\xfe\", \"password\": \"\xc0\x80\"}".to_vec()),
        (
            "NUL",
            text("{\"login\": \"a\\u0000b\", \"password\": \"\\u0000\", \"need\": \"\\u0000\", \"language\": \"fr\"}"),
        ),
        ("lone surrogate", text(r#"{"login": "\ud800", "password": "x"}"#)),
        (
            "SQL",
            text(
                r#"{"login": "' OR 1=1 --", "password": "'; DROP TABLE day_log; --", "need": "' --", "language": "fr"}"#,
            ),
        ),
        ("deep arrays", "[".repeat(30_000).into_bytes()),
        ("deep objects", "{\"a\":".repeat(10_000).into_bytes()),
        ("a long text", format!("{{\"login\": \"{0}\", \"password\": \"{0}\"}}", "é".repeat(15_000)).into_bytes()),
        (
            "many elements",
            format!("{{\"needs\": [{}\"cv\"], \"reason\": \"full\"}}", "\"cv\",".repeat(9_000)).into_bytes(),
        ),
        ("too large", vec![b' '; 70_000]),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_body_makes_an_operation_fail() {
    let server = Server::on_sqlite().await;
    let callers =
        [server.api(), server.device("kiosk"), server.staff("counsellor1").await, server.staff("admin").await];
    for (method, path) in operations().into_iter().filter(|(m, p)| *m != Method::GET && !ends_the_test(m, p)) {
        let path = filled(&server, &path);
        for (what, body) in bodies() {
            for caller in &callers {
                let request = caller.request(method.clone(), &path).header("content-type", "application/json");
                says_no(request.body(body.clone()), &format!("{method} {path} with {what}")).await;
            }
        }
    }
    still_works(&server).await;
    server.finish().await;
}

/// What ends the sessions or the day that the test goes on with.
fn ends_the_test(method: &Method, path: &str) -> bool {
    *method == Method::DELETE && path.starts_with("/session") || path.starts_with("/centres/{centre}/day/")
}

#[tokio::test(flavor = "multi_thread")]
async fn no_path_or_query_makes_an_operation_fail() {
    let server = Server::on_sqlite().await;
    let admin = server.staff("admin").await;
    let wrong = [
        "x",
        "%00",
        "%ff%fe",
        "..%2f..%2fetc%2fpasswd",
        "%F0%9F%92%A9",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "00000000000000000000000000000000",
        "'%20OR%201=1",
        "{centre}",
    ];
    for (method, template) in operations().into_iter().filter(|(m, p)| !ends_the_test(m, p)) {
        for value in wrong.iter().map(ToString::to_string).chain(["a".repeat(4000)]) {
            let path = replaced(&template, &value);
            if path != format!("/api/v1{template}") && !template.ends_with("/live") {
                says_no(admin.request(method.clone(), &path), &format!("{method} {path}")).await;
            }
        }
    }
    for query in [
        "",
        "?period=day",
        "?period=x&of=2027-01-01",
        "?period=day&of=2027-13-45",
        "?period=day&of=-999999-01-01",
        "?period=year&of=9999-12-31",
        "?period=week&of=0000-01-01",
        "?%ff=%ff",
        "?period=day&period=day&of=2027-01-01",
    ] {
        says_no(admin.request(Method::GET, &server.path(&format!("statistics{query}"))), query).await;
    }
    for live in ["desk", "welcome", "centre"] {
        says_no(admin.request(Method::GET, &format!("/live/{live}?centre=%ff")), live).await;
        says_no(admin.request(Method::GET, &format!("/live/{live}?centre=elsewhere&place=1")), live).await;
    }
    still_works(&server).await;
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_header_makes_an_operation_fail() {
    let server = Server::on_sqlite().await;
    let path = server.path("tickets");
    let long = "k".repeat(8_000);
    let headers: [(&str, &[u8]); 9] = [
        ("authorization", b"Bearer"),
        ("authorization", b"Bearer \xff\xff"),
        ("authorization", b"Basic aG9zdDpob3N0"),
        ("authorization", long.as_bytes()),
        ("idempotency-key", b""),
        ("idempotency-key", b"with spaces"),
        ("idempotency-key", b"\xff"),
        ("cookie", b"parvis_session=\xff; parvis_device=;;;=;"),
        ("content-type", b"text/plain"),
    ];
    for (name, value) in headers {
        let value = reqwest::header::HeaderValue::from_bytes(value).unwrap();
        let request = server.api().request(Method::POST, &path).header(name, value).body("{}");
        says_no(request, name).await;
    }
    let request = server.api().request(Method::GET, "/api/v1/centres").header("x-much", "x".repeat(40_000));
    assert_eq!(request.send().await.map_or(431, |r| r.status().as_u16()), 431);
    still_works(&server).await;
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_makes_a_page_fail() {
    let server = Server::on_sqlite().await;
    let large = vec![b'a'; 70_000];
    let forms: [&[u8]; 6] = [b"", b"%ff=%ff", b"login=a&login=b", b"\xff\xfe=\x00", b"a[b][c][d]=1&a[b]=2", &large];
    let pages = [
        "/k/petit/fr",
        "/k/petit/fr/take",
        "/k/petit/fr/ticket/00000000000000000000000000000000/take-back",
        "/k/petit/fr/planned/appointment",
        "/print/00000000000000000000000000000000",
        "/t/00000000000000000000000000000000",
        "/enrolment",
        "/api/ui/sign_in",
        "/api/ui/act",
        "/api/ui/sign_out",
        "/api/ui/change_password",
        "/api/ui/nothing",
        "/d/petit/fr",
        "/",
        "/fr/sign-in",
    ];
    for caller in [server.api(), server.device("kiosk"), server.staff("coordinator").await] {
        for path in pages {
            for form in forms {
                for content_type in ["application/x-www-form-urlencoded", "application/json", "multipart/form-data"] {
                    let request = caller.request(Method::POST, path).header("content-type", content_type);
                    let status = request.body(form.to_vec()).send().await.unwrap().status().as_u16();
                    assert!(status < 500, "POST {path} with {content_type}: {status}");
                }
            }
            let status = caller
                .request(Method::GET, &format!("{path}?x=%ff&step[]=1&ticket=%00"))
                .send()
                .await
                .unwrap()
                .status();
            assert!(status.as_u16() < 500, "GET {path}: {status}");
        }
    }
    still_works(&server).await;
    server.finish().await;
}

async fn says_no(request: RequestBuilder, what: &str) {
    let response = request.send().await.unwrap_or_else(|e| panic!("{what}: {e}"));
    let status = response.status().as_u16();
    assert!(status < 500, "{what}: {status} {}", response.text().await.unwrap_or_default());
    if status >= 400 {
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{what}: {status}");
    }
}

fn replaced(template: &str, value: &str) -> String {
    let segments = template.split('/').map(|s| if s.starts_with('{') { value } else { s });
    format!("/api/v1{}", segments.collect::<Vec<_>>().join("/"))
}

/// A path with ids that exist, so that the body is what is looked at.
fn filled(server: &Server, template: &str) -> String {
    let place = server.place("4", "A");
    format!("/api/v1{template}")
        .replace("{centre}", &server.centre.slug)
        .replace("{place}", &place)
        .replace("{token}", "00000000000000000000000000000000")
        .replace("{ticket}", "01890000-0000-7000-8000-000000000000")
        .replace("{staff}", "01890000-0000-7000-8000-000000000000")
        .replace("{device}", "01890000-0000-7000-8000-000000000000")
        .replace("{count}", "01890000-0000-7000-8000-000000000000")
        .replace("{announcement}", "01890000-0000-7000-8000-000000000000")
}

async fn still_works(server: &Server) {
    let kiosk: Api = server.device("kiosk");
    let body = serde_json::json!({ "need": "offers", "language": "fr" });
    kiosk.post_json(&server.path("tickets"), body).await.is(201);
}

/// PostgreSQL keeps no NUL in a text: it must not come that far.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_with_nul_is_no_failure_of_a_database() {
    everywhere(|server| async move {
        let admin = server.staff("admin").await;
        let nul = "a\u{0}b";
        let sign_in = json!({ "login": nul, "password": nul });
        server.api().post_json("/api/v1/session", sign_in).await.is_problem(401, "wrong_password");
        let account = json!({ "login": "nul", "name": nul, "roles": ["host"], "language": "fr", "organisation": null });
        admin.post_json(&server.path("staff"), account).await.is_problem(422, "invalid");
        let code = server.api().post("/api/v1/enrolments").await.is(201)["code"].clone();
        let device = json!({ "code": code, "kind": "kiosk", "name": nul });
        admin.post_json(&server.path("devices"), device).await.is_problem(422, "invalid");
        let unknown = json!({ "code": nul, "kind": "kiosk", "name": "x" });
        admin.post_json(&server.path("devices"), unknown).await.is_problem(404, "unknown_enrolment_code");
        let message = json!({ "message": { "words": nul } });
        server.staff("host").await.post_json(&server.path("message"), message).await.is(204);
        let printer = server.device("printer").request(Method::GET, "/api/v1/centres/%00/board").send().await.unwrap();
        assert_eq!(printer.status(), 404);
    })
    .await;
}
