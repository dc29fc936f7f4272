//! The staff's app: its pages and server functions, and a sign-in that works without script.

use axum::{
    Form, Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::{Next, from_fn},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing::post,
};
use leptos::{
    nonce::Nonce as PageNonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns_with_context};
use serde::Deserialize;
use services::{Actor, Problem, SessionToken};

use crate::{
    enrolment::local,
    extract::{Caller, Nonce, SESSION_COOKIE, clear_cookie, cookie, set_cookie},
    problem::ApiProblem,
    state::AppState,
};

/// Pages, server functions, signing in and out.
pub fn router(state: &AppState) -> Router<AppState> {
    let pages = generate_route_list(app::staff::App);
    let options = state.leptos.clone();
    let context = provide(state.clone());
    Router::new()
        .leptos_routes_with_context(state, pages, context, move || app::staff::shell(options.clone()))
        .route("/api/ui/{*function}", post(server_function))
        .layer(from_fn(as_problem_of_the_caller))
        .route_layer(axum::middleware::from_fn_with_state(state.clone(), know_caller))
        .merge(Router::new().route("/session", post(sign_in)).route("/session/end", post(sign_out)))
}

/// Finds out who calls before a page or a server function runs.
async fn know_caller(State(_): State<AppState>, caller: Result<Caller, ApiProblem>, mut request: Request, next: Next) -> Response {
    let actor = caller.map_or(Actor::Anyone, |c| c.0);
    request.extensions_mut().insert(actor);
    next.run(request).await
}

/// What pages and server functions find in their context: the use cases, who calls, the page's nonce, the site.
fn provide(state: AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        provide_context(state.parvis.clone());
        provide_context((*state.site).clone());
        let Some(parts) = use_context::<Parts>() else { return };
        provide_context(parts.extensions.get::<Actor>().cloned().unwrap_or(Actor::Anyone));
        if let Some(nonce) = parts.extensions.get::<Nonce>() {
            provide_context(PageNonce::from_value(nonce.0.clone()));
        }
    }
}

async fn server_function(State(state): State<AppState>, request: Request) -> impl IntoResponse {
    handle_server_fns_with_context(provide(state), request).await
}

/// Leptos answers every failed server function with 500. What a server function refuses, or cannot read, is no
/// failure of the server; a panic is, and does not come by this way.
async fn as_problem_of_the_caller(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_refusal = response.headers().contains_key("serverfnerror");
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR && is_refusal {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

#[derive(Deserialize)]
struct SignIn {
    login: String,
    password: String,
    /// Where to go then.
    #[serde(default)]
    to: String,
    /// Where to go if it did not work: `?problem=CODE` is added.
    #[serde(default)]
    back: String,
}

async fn sign_in(State(state): State<AppState>, Form(form): Form<SignIn>) -> Response {
    match state.parvis.sign_in(&form.login, &form.password).await {
        Ok(session) => {
            let cookie = session_cookie(&state, &session.token);
            (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(local(&form.to))).into_response()
        }
        Err(problem) => back(&form.back, &problem),
    }
}

fn back(to: &str, problem: &Problem) -> Response {
    let to = local(to);
    let joint = if to.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{to}{joint}problem={}", problem.code())).into_response()
}

#[derive(Deserialize)]
struct SignOut {
    #[serde(default)]
    to: String,
}

async fn sign_out(State(state): State<AppState>, headers: HeaderMap, Form(form): Form<SignOut>) -> Response {
    if let Some(token) = cookie(&headers, SESSION_COOKIE) {
        // Whatever happens to the session, this browser forgets it.
        let _ = state.parvis.sign_out(&SessionToken::received(token)).await;
    }
    let cookie = clear_cookie(&state.site, SESSION_COOKIE);
    (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(local(&form.to))).into_response()
}

/// The cookie of a session: it ends with the browser, and the session with the day's work.
pub fn session_cookie(state: &AppState, token: &SessionToken) -> HeaderValue {
    set_cookie(&state.site, SESSION_COOKIE, token.reveal(), None)
}
