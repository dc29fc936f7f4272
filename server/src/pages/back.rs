//! What lets kiosks and displays come back alone when they are opened while the server cannot be reached: a service
//! worker that they keep, and a file that they can be started with.

use std::collections::BTreeMap;

use app::{texts::screen_languages, visitor::back::page};
use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::Language;

use crate::{assets, config::StartPage, state::AppState};

/// `/worker.js`: its address never changes, because it is what a browser asks for again.
pub fn router() -> Router<AppState> {
    Router::new().route("/worker.js", get(worker))
}

async fn worker() -> Response {
    let Some(Ok(script)) = assets::bytes("worker.js").map(std::str::from_utf8) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let pages: BTreeMap<_, _> = screen_languages().iter().map(|l| (l.code().to_owned(), page(l, None))).collect();
    let pages = serde_json::to_string(&pages).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], format!("const PAGES = {pages};\n{script}"))
        .into_response()
}

/// `parvis start-page`: the page that a screen is started with, in the language of the address that it leads to.
pub fn start_page(asked: &StartPage) -> String {
    let address = asked.address.as_str();
    let is_named = |l: &Language| address.split(['/', '?', '#']).any(|part| part == l.code());
    let language = screen_languages().into_iter().find(is_named).unwrap_or_else(Language::french);
    page(&language, Some(address))
}
