//! What shows no credentials gets its share, and no more: see docs/security.md.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::day::FollowToken;
use services::{Actor, Problem};

use crate::{
    extract::{Caller, source},
    problem::ApiProblem,
    state::AppState,
};

/// What of a request is limited.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// A centre's live board.
    Board,
    /// A ticket by its token, if it is one; live or once.
    Ticket { token: Option<FollowToken>, live: bool },
    /// Nothing here: what else is limited counts where it is done.
    Else,
}

impl Asked {
    fn of(method: &Method, path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match *parts {
            ["api", "v1", "centres", _, "live"] if *method == Method::GET => Self::Board,
            ["api", "v1", "follow", token, ref rest @ ..] => {
                Self::Ticket { token: token.parse().ok(), live: *rest == ["live"] && *method == Method::GET }
            }
            ["t", token, ..] => Self::Ticket { token: token.parse().ok(), live: false },
            _ => Self::Else,
        }
    }
}

/// Refuses what is too much. An open stream holds its place in the request's extensions as `Arc<Held>`.
pub async fn limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match Asked::of(request.method(), request.uri().path()) {
        Asked::Board => board(&state, request, next).await,
        Asked::Ticket { token, live } => ticket(&state, token, live, request, next).await,
        Asked::Else => next.run(request).await,
    }
}

async fn board(state: &AppState, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let caller = Caller::from_request_parts(&mut parts, state).await;
    if matches!(caller, Ok(Caller(Actor::Anyone))) {
        match state.parvis.anonymous_stream(source(&parts.headers, &parts.extensions, &state.site)) {
            Ok(held) => drop(parts.extensions.insert(Arc::new(held))),
            Err(problem) => return refused(problem),
        }
    }
    next.run(Request::from_parts(parts, body)).await
}

async fn ticket(
    state: &AppState,
    token: Option<FollowToken>,
    live: bool,
    mut request: Request,
    next: Next,
) -> Response {
    let source = source(request.headers(), request.extensions(), &state.site);
    if let Err(problem) = state.parvis.may_look_up(source, token.as_ref()) {
        return refused(problem);
    }
    if let Some(token) = token.filter(|_| live) {
        match state.parvis.stream_of_ticket(&token) {
            Ok(held) => drop(request.extensions_mut().insert(Arc::new(held))),
            Err(problem) => return refused(problem),
        }
    }
    let answer = next.run(request).await;
    if matches!(answer.status(), StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST | StatusCode::GONE) {
        state.parvis.looked_up_in_vain(source);
    }
    answer
}

/// Who asks for too much keeps no connection open meanwhile.
fn refused(problem: Problem) -> Response {
    let mut answer = ApiProblem::from(problem).into_response();
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_limited_is_found_by_its_path() {
        let token = "0123456789abcdef0123456789abcdef";
        let asked = |path: &str| Asked::of(&Method::GET, path);
        let ticket = |live| Asked::Ticket { token: token.parse().ok(), live };
        assert_eq!(asked("/api/v1/centres/valmont/live"), Asked::Board);
        assert_eq!(asked(&format!("/api/v1/follow/{token}/live")), ticket(true));
        assert_eq!(asked(&format!("/api/v1/follow/{token}")), ticket(false));
        assert_eq!(asked(&format!("/t/{token}")), ticket(false));
        assert_eq!(asked(&format!("/t/{token}/leave")), ticket(false));
        assert_eq!(asked("/t/guess"), Asked::Ticket { token: None, live: false });
        assert_eq!(asked("/api/v1/centres/valmont/board"), Asked::Else);
    }
}
