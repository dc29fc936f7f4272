//! Who may do what, from where, and what every answer carries.

use journeys::{PASSWORD, Server, api::operations};
use reqwest::{Method, Response, header::SET_COOKIE};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn another_site_changes_nothing() {
    let server = Server::on_sqlite().await;
    let body = json!({ "need": "cv", "language": "fr" });
    let from: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://elsewhere.example")],
        &[("origin", "null")],
    ];
    for headers in from {
        for (method, path) in [
            (Method::POST, server.path("tickets")),
            (Method::PUT, server.path("policies")),
            (Method::DELETE, "/api/v1/session".to_owned()),
            (Method::POST, "/api/ui/act".to_owned()),
            (Method::POST, "/k/petit/fr".to_owned()),
            (Method::POST, "/enrolment".to_owned()),
        ] {
            let mut request = server.device("kiosk").request(method.clone(), &path).json(&body);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let refused = request.send().await.unwrap();
            assert_eq!(refused.status(), 403, "{method} {path} from {headers:?}");
        }
    }
    let own = server.device("kiosk").request(Method::POST, &server.path("tickets")).json(&body);
    let own = own.header("origin", &server.url).header("sec-fetch-site", "same-origin").send().await.unwrap();
    assert_eq!(own.status(), 201);
    assert_eq!(server.staff("host").await.get(&server.path("tickets")).await.is(200).as_array().unwrap().len(), 1);
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_changes_by_reading() {
    let server = Server::on_sqlite().await;
    let admin = server.staff("admin").await;
    let version = async || admin.get(&server.path("display")).await.is(200)["version"].clone();
    let before = version().await;
    for (_, path) in operations().into_iter().filter(|(m, p)| *m != Method::GET && !p.contains("live")) {
        let path = format!("/api/v1{path}").replace("{centre}", "petit").replace("{place}", &server.place("1", ""));
        let status = admin.request(Method::GET, &path).send().await.unwrap().status().as_u16();
        assert!([200, 400, 404, 405].contains(&status), "GET {path}: {status}");
    }
    assert_eq!(version().await, before);
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_protected() {
    let server = Server::on_sqlite().await;
    for path in ["/", "/api/v1/centres", "/nothing", "/fr/sign-in", "/k/petit/fr", "/healthz"] {
        let reply = server.api().request(Method::GET, path).send().await.unwrap();
        let policy = header(&reply, "content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(policy.contains("script-src 'self' 'nonce-"), !path.starts_with("/api/"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(header(&reply, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&reply, "referrer-policy"), "same-origin", "{path}");
        assert_eq!(header(&reply, "cache-control"), "no-store", "{path}");
        assert!(!header(&reply, "permissions-policy").is_empty(), "{path}");
    }
    let nonce = async || {
        let page = server.api().request(Method::GET, "/fr/sign-in").send().await.unwrap();
        let policy = header(&page, "content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        let html = page.text().await.unwrap();
        for script in html.match_indices("<script").map(|(at, _)| html[at..].split('>').next().unwrap()) {
            let runs = !script.contains("application/json") && !script.contains("src=");
            assert!(!runs || script.contains(&format!("nonce=\"{nonce}\"")), "{script}");
        }
        nonce
    };
    assert_ne!(nonce().await, nonce().await);
    server.finish().await;
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_a_cookie_that_scripts_cannot_read() {
    let server = Server::on_sqlite().await;
    let signed_in = server.api().post_json("/api/v1/session", json!({ "login": "host", "password": PASSWORD })).await;
    signed_in.is(200);
    let cookie = signed_in.headers[SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    let value = cookie.split(';').next().unwrap();
    let me = server.api().request(Method::GET, "/api/v1/session").header("cookie", value).send().await.unwrap();
    assert_eq!(me.status(), 200);
    let out = server.api().request(Method::DELETE, "/api/v1/session").header("cookie", value).send().await.unwrap();
    assert_eq!(out.status(), 204);
    let me = server.api().request(Method::GET, "/api/v1/session").header("cookie", value).send().await.unwrap();
    assert_eq!(me.status(), 401, "the session is over, not only its cookie");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_credentials_only_the_public_part_answers() {
    let server = Server::on_sqlite().await;
    let public = [
        "/centres",
        "/centres/{centre}/needs",
        "/centres/{centre}/spaces",
        "/centres/{centre}/desks",
        "/centres/{centre}/board",
        "/centres/{centre}/live",
        "/centres/{centre}/hours",
        "/session",
        "/enrolments",
        "/catalogue/search",
        "/catalogue/sources",
        "/catalogue/{kind}/{id}",
    ];
    for (method, template) in operations() {
        let by_token = template.starts_with("/follow/") || template == "/device";
        if by_token || (public.contains(&template.as_str()) && method != Method::PUT && method != Method::DELETE) {
            continue;
        }
        let path = format!("/api/v1{template}").replace("{centre}", "petit").replace("{place}", &server.place("1", ""));
        let path = path
            .replace("{ticket}", &uuid::Uuid::nil().to_string())
            .replace("{device}", &uuid::Uuid::nil().to_string());
        let path =
            path.replace("{staff}", &uuid::Uuid::nil().to_string()).replace("{count}", &uuid::Uuid::nil().to_string());
        let path = path.replace("{session}", &uuid::Uuid::nil().to_string()).replace("{job}", "1");
        let path = path.replace("{announcement}", &uuid::Uuid::nil().to_string());
        let path = if template.ends_with("statistics") { format!("{path}?period=day&of=2027-01-01") } else { path };
        let body = example(&template);
        let mut request = server.api().request(method.clone(), &path);
        if method != Method::GET {
            request = request.json(&body);
        }
        let status = request.send().await.unwrap().status().as_u16();
        // What does not exist is unknown to everybody.
        let named = ["/tickets/{", "/devices/{", "/staff/{"].iter().any(|p| template.starts_with(p));
        let expected: &[u16] = if named { &[401, 404] } else { &[401] };
        assert!(expected.contains(&status), "{method} {template}: {status}");
    }
    server.finish().await;
}

/// A body that fits, so that the caller is what is looked at.
fn example(template: &str) -> serde_json::Value {
    let nil = uuid::Uuid::nil();
    match template {
        t if t.ends_with("/tickets") => json!({ "need": null, "language": "fr" }),
        t if t.ends_with("/abilities") => json!({ "needs": [], "languages": [] }),
        t if t.ends_with("/call") || t.ends_with("/join-talk") => json!({ "ticket": nil }),
        t if t.ends_with("/move") => json!({ "to": nil }),
        t if t.ends_with("/help") => json!({ "on": true }),
        t if t.ends_with("/suspend") => json!({ "reason": "other" }),
        t if t.ends_with("needs/close") => json!({ "needs": [], "reason": "full" }),
        t if t.ends_with("needs/reopen") => json!({ "needs": [] }),
        t if t.ends_with("/message") => json!({ "message": null }),
        t if t.ends_with("/counts") => json!({ "what": "came_in" }),
        t if t.ends_with("/announcements") => json!({ "kind": "workshop" }),
        t if t.ends_with("/session/password") => json!({ "old": "a", "new": "b" }),
        t if t.ends_with("/policies") => serde_json::to_value(domain::centre::Policies::default()).unwrap(),
        t if t.ends_with("/hours") => json!({ "week": [[], [], [], [], [], [], []], "special": [] }),
        t if t.ends_with("/devices") => json!({ "code": "ABC123", "kind": "kiosk", "name": "x" }),
        t if t.ends_with("/devices/{device}") => json!({ "name": "x" }),
        t if t.ends_with("/staff") => json!({ "login": "x1", "name": "x", "roles": ["host"], "language": "fr" }),
        t if t.ends_with("/recommend") => json!({ "entries": [] }),
        t if t.ends_with("/advice") => json!({ "advice": [] }),
        t if t.ends_with("/park") => json!({ "until": "2027-01-19T10:00:00Z" }),
        t if t.ends_with("/correct-need") => json!({ "need": null }),
        t if t.ends_with("/correct-requirements") => json!({ "talk_language": "fr", "requirements": [] }),
        t if t.ends_with("/prioritise") => json!({ "reason": "small_child" }),
        t if t.ends_with("/refuse") => json!({ "reason": "no_time", "place": nil }),
        t if t.ends_with("/accept") => json!({ "place": nil }),
        t if t.ends_with("/finish") => json!({ "outcome": "answered" }),
        t if t.ends_with("/jobs/{job}") => json!({ "state": "printed" }),
        _ => json!({}),
    }
}
