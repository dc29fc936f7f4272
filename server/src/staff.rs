//! The staff's app: its pages and its server functions.

use std::sync::Arc;

use app::staff::{CookiesOf, StaffContext, WhenceOf};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, request::Parts},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::post,
};
use leptos::{
    nonce::Nonce as PageNonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns_with_context};
use services::{Actor, Session, SessionToken};

use crate::{
    assets,
    extract::{Caller, Nonce, SESSION_COOKIE, clear_cookie, cookie, session_cookies, whence},
    problem::ApiProblem,
    security::content_policy,
    state::{AppState, Site},
};

/// Pages and server functions.
pub fn router(state: &AppState) -> Router<AppState> {
    let pages = generate_route_list(app::staff::App);
    Router::new()
        .leptos_routes_with_context(state, pages, provide(state.clone()), app::staff::shell)
        .route("/api/ui/{*function}", post(server_function))
        .layer(from_fn(blame_the_caller))
        .layer(from_fn_with_state(state.clone(), know_caller))
}

/// Finds out who calls before a page or a server function runs.
async fn know_caller(caller: Result<Caller, ApiProblem>, mut request: Request, next: Next) -> Response {
    match caller {
        Ok(Caller(actor)) => {
            request.extensions_mut().insert(actor);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn server_function(State(state): State<AppState>, request: Request) -> impl IntoResponse {
    handle_server_fns_with_context(provide(state), request).await
}

/// What pages and server functions find in their context: the use cases, who calls, the page's nonce.
fn provide(state: AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let site = state.site.clone();
    let cookies: CookiesOf = Arc::new(move |s| cookies(&site, s));
    let whence_of: WhenceOf = {
        let state = state.clone();
        Arc::new(move |parts, login| whence(&parts.headers, &parts.extensions, &state, login))
    };
    move || {
        let Some(parts) = use_context::<Parts>() else { return };
        let nonce = parts.extensions.get::<Nonce>().cloned().unwrap_or_default();
        provide_context(PageNonce::from_value(nonce.0));
        provide_context(StaffContext {
            parvis: state.parvis.clone(),
            actor: parts.extensions.get::<Actor>().cloned().unwrap_or(Actor::Anyone),
            token: session_token(&parts.headers),
            stylesheet: assets::url("staff.css").to_owned(),
            script: assets::url("app.js").to_owned(),
            build: assets::build().to_owned(),
            cookies: cookies.clone(),
            whence: whence_of.clone(),
            policy: Arc::new(policy),
        });
    }
}

fn session_token(headers: &HeaderMap) -> Option<SessionToken> {
    cookie(headers, SESSION_COOKIE).map(SessionToken::received)
}

/// The cookies of a session; or the one that takes it away.
fn cookies(site: &Site, session: Option<&Session>) -> Vec<HeaderValue> {
    match session {
        Some(session) => session_cookies(site, session).into(),
        None => vec![clear_cookie(site, SESSION_COOKIE)],
    }
}

fn policy(nonce: &str) -> HeaderValue {
    HeaderValue::try_from(content_policy(nonce)).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// Leptos answers every server function that cannot read its arguments with 500. That is no failure of the server; a
/// panic is, and does not come by this way.
async fn blame_the_caller(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR && response.headers().contains_key("serverfnerror") {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}
