//! The first page of the site.

use app::visitor::home::{Demo, HomeData, page};
use axum::{
    Router,
    extract::{Query, State},
    http::HeaderMap,
    response::Html,
    routing::get,
};
use domain::staff::Role;
use serde::Deserialize;

use super::parts::{chosen, head, preferred};
use crate::{extract::Nonce, state::AppState};

/// `/`.
pub fn router() -> Router<AppState> {
    Router::new().route("/", get(show))
}

#[derive(Default, Deserialize)]
struct Choice {
    lang: Option<String>,
}

async fn show(
    State(state): State<AppState>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    nonce: Nonce,
) -> Html<String> {
    let language = chosen(choice.lang.as_deref()).unwrap_or_else(|| preferred(&headers));
    let centres = state.parvis.centres();
    let demo = state.site.demo.then(demo);
    let data = HomeData { language: &language, centres: &centres, demo: demo.as_ref() };
    Html(page(&data, head("home", &nonce)))
}

/// The demo's accounts by kind, as they are in its file.
fn demo() -> Demo {
    let accounts = [
        ("host", Role::Host),
        ("counsellor1 … counsellor30", Role::Counsellor),
        ("manager1 … manager3", Role::Manager),
        ("coordinator", Role::Coordinator),
        ("admin", Role::Administrator),
    ];
    Demo { accounts: accounts.map(|(login, role)| (login.to_owned(), role)).into() }
}
