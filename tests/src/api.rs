//! A caller of the HTTP API. Every answer is held against the API's own document.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{LazyLock, Mutex, PoisonError},
    time::Duration,
};

use jsonschema::Validator;
use reqwest::{Client, Method, RequestBuilder, StatusCode, Url, header::HeaderMap};
use serde_json::{Value, json};

use crate::PASSWORD;

/// The API's document.
pub static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(parvis::api::openapi()).expect("the document is JSON"));

/// Operations that answered well: by which server, method and path template.
static EXERCISED: Mutex<BTreeSet<(String, String, String)>> = Mutex::new(BTreeSet::new());

/// A caller: anybody, or somebody with a token.
#[derive(Clone, Debug)]
pub struct Api {
    url: String,
    client: Client,
    token: Option<String>,
    key: Option<String>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What was asked.
    pub asked: String,
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body; null if there is none or it is not JSON.
    pub json: Value,
    /// Its body as text.
    pub text: String,
}

impl Api {
    /// Anybody.
    pub fn new(url: String, client: Client) -> Self {
        Self { url, client, token: None, key: None }
    }
    /// Somebody who shows a token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }
    /// The same caller with an idempotency key.
    #[must_use]
    pub fn with_key(&self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self.clone() }
    }
    /// The token that is shown.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }
    /// Signs a member of staff in.
    pub async fn signed_in(&self, login: &str) -> Self {
        let reply =
            self.send(Method::POST, "/api/v1/session", Some(json!({ "login": login, "password": PASSWORD }))).await;
        let token = reply.is(200)["token"].as_str().expect("a token").to_owned();
        self.with_token(&token)
    }
    /// Waits until the server is ready.
    pub async fn until_ready(&self) {
        for _ in 0..400 {
            let ready = self.client.get(format!("{}/readyz", self.url)).send().await;
            if ready.is_ok_and(|r| r.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the server at {} does not get ready", self.url);
    }

    /// Operations of the document that this server never answered well.
    pub fn not_exercised(&self) -> Vec<String> {
        let exercised = EXERCISED.lock().unwrap_or_else(PoisonError::into_inner);
        let missing = |(m, p): &(Method, String)| !exercised.contains(&(self.url.clone(), m.to_string(), p.clone()));
        operations().into_iter().filter(missing).map(|(m, p)| format!("{m} {p}")).collect()
    }

    /// A request to be made further.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = &self.key {
            request = request.header("idempotency-key", key);
        }
        request
    }
    /// Sends a request; the answer is held against the document.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let mut request = self.request(method.clone(), path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap_or_else(|e| panic!("{method} {path}: {e:?}"));
        Reply::of(method, path, response).await
    }
    /// `GET`.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }
    /// `POST` without a body.
    pub async fn post(&self, path: &str) -> Reply {
        self.send(Method::POST, path, None).await
    }
    /// `POST` of JSON.
    pub async fn post_json(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }
    /// `PUT` of JSON.
    pub async fn put_json(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PUT, path, Some(body)).await
    }
    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }
}

impl Reply {
    /// Reads an answer and holds it against the document.
    pub async fn of(method: Method, path: &str, response: reqwest::Response) -> Self {
        let (status, headers, server) = (response.status(), response.headers().clone(), response.url().clone());
        let text = response.text().await.unwrap_or_default();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        let reply = Self { asked: format!("{method} {path}"), status, headers, json, text };
        hold_against_document(&server, &method, path, &reply);
        reply
    }
    /// The body, if the status is this one.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Value {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.asked, self.text);
        &self.json
    }
    /// That the answer is a problem of this kind.
    #[track_caller]
    pub fn is_problem(&self, status: u16, code: &str) {
        assert_eq!(self.is(status)["type"], format!("urn:parvis:problem:{code}"), "{}: {}", self.asked, self.text);
    }
    /// A header's text, empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("")
    }
}

/// Every operation of the document: method and path below `/api/v1`.
pub fn operations() -> Vec<(Method, String)> {
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    let methods = |item: &Value| item.as_object().expect("operations").keys().cloned().collect::<Vec<_>>();
    paths
        .iter()
        .flat_map(|(path, item)| methods(item).into_iter().map(move |m| (m, path.clone())))
        .map(|(m, path)| (m.to_uppercase().parse().expect("a method"), path))
        .collect()
}

/// Remembers that an operation answered well; for streams, which have no end that could be held against the document.
pub(crate) fn exercised(server: &Url, method: &Method, path: &str) {
    if let Some(template) = template_of(method, path) {
        let one = (server.origin().ascii_serialization(), method.to_string(), template);
        EXERCISED.lock().unwrap_or_else(PoisonError::into_inner).insert(one);
    }
}

fn hold_against_document(server: &Url, method: &Method, path: &str, reply: &Reply) {
    let Some(template) = template_of(method, path) else { return };
    let operation = &DOCUMENT["paths"][&template][method.as_str().to_lowercase()];
    let status = reply.status.as_str();
    let described = operation["responses"].get(status);
    let described =
        described.unwrap_or_else(|| panic!("{}: {status} is not in the document: {}", reply.asked, reply.text));
    let content_type = reply.header("content-type").split(';').next().unwrap_or("");
    match described["content"].as_object() {
        None => assert!(reply.text.is_empty(), "{}: the document promises no body: {}", reply.asked, reply.text),
        Some(content) => {
            let media = content.get(content_type);
            let media = media.unwrap_or_else(|| panic!("{}: {content_type} is not in the document", reply.asked));
            if content_type.ends_with("json") {
                validate(&media["schema"], reply);
            }
        }
    }
    if reply.status.is_success() {
        exercised(server, method, path);
    }
}

/// The template of a path of the API; a literal segment goes before a parameter.
fn template_of(method: &Method, path: &str) -> Option<String> {
    let below = path.split('?').next()?.strip_prefix("/api/v1")?;
    let fits = |template: &str| {
        let (a, b): (Vec<_>, Vec<_>) = (template.split('/').collect(), below.split('/').collect());
        a.len() == b.len() && a.iter().zip(&b).all(|(t, s)| t.starts_with('{') || t == s)
    };
    let candidates = operations().into_iter().filter(|(m, t)| m == method && fits(t)).map(|(_, t)| t);
    candidates.min_by_key(|t| t.matches('{').count())
}

fn validate(schema: &Value, reply: &Reply) {
    static VALIDATORS: LazyLock<Mutex<HashMap<String, Validator>>> = LazyLock::new(Mutex::default);
    let mut validators = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    let validator = validators.entry(schema.to_string()).or_insert_with(|| {
        let root = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [schema],
            "components": DOCUMENT["components"],
        });
        jsonschema::options().should_validate_formats(true).build(&root).expect("the document's schemas are schemas")
    });
    let errors: Vec<String> =
        validator.iter_errors(&reply.json).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}\n{}", reply.asked, reply.text);
}
