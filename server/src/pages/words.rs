//! Errors in words: whoever looks at a page gets a page, programs get `problem+json`.

use app::visitor::trouble::{self, Wrong};
use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};

use super::parts::{head, preferred};
use crate::extract::Nonce;

/// Turns an error answer into a page where a browser shows it.
pub async fn in_words(request: Request, next: Next) -> Response {
    let is_page = !is_for_programs(request.uri().path()) && reads_pages(request.headers());
    let reader = is_page.then(|| {
        let nonce = request.extensions().get::<Nonce>().cloned().unwrap_or_default();
        (preferred(request.headers()), nonce)
    });
    let answer = next.run(request).await;
    let Some((language, nonce)) = reader.filter(|_| is_problem(&answer)) else { return answer };
    let page = trouble::page(wrong(answer.status()), &language, head("home", &nonce));
    let mut page = (answer.status(), Html(page)).into_response();
    if let Some(after) = answer.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, after.clone());
    }
    page
}

/// A browser that shows a page says so first; scripts and programs do not ask for HTML.
fn reads_pages(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|a| a.contains("text/html"))
}

fn is_for_programs(path: &str) -> bool {
    ["/api/", "/live/", "/assets/"].iter().any(|p| path.starts_with(p))
}

fn is_problem(answer: &Response) -> bool {
    answer.headers().get(header::CONTENT_TYPE).is_some_and(|t| t == "application/problem+json")
}

fn wrong(status: StatusCode) -> Wrong {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Wrong::NotAllowed,
        StatusCode::TOO_MANY_REQUESTS => Wrong::TooMany,
        StatusCode::INSUFFICIENT_STORAGE => Wrong::Full,
        StatusCode::SERVICE_UNAVAILABLE => Wrong::Away,
        status if status.is_server_error() => Wrong::Broken,
        _ => Wrong::NotFound,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use axum::{Router, body::Body, middleware::from_fn, routing::get};
    use tower::ServiceExt;

    use super::*;
    use crate::problem::ApiProblem;

    async fn ask(accept: &str) -> (StatusCode, String) {
        let router: Router =
            Router::new().route("/", get(|| async { ApiProblem::unknown("centre") })).layer(from_fn(in_words));
        let request = Request::get("/").header(header::ACCEPT, accept).body(Body::empty()).unwrap();
        let answer = router.oneshot(request).await.unwrap();
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), 100_000).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn people_get_a_page_and_programs_get_json() {
        let (status, page) = ask("text/html,application/xhtml+xml").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(page.contains("<h1>") && page.contains("lang=\"ar\""), "{page}");
        let (status, json) = ask("application/json").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(json.starts_with('{'), "{json}");
    }
}
