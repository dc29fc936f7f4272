//! No other site makes a visitor's or a colleague's browser change anything here.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    problem::ApiProblem,
    state::{AppState, Site},
};

/// Refuses what another site sent, for every method that can change something, and for sockets.
pub async fn refuse_cross_site(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if refuses(request.method(), request.headers(), &state.site) {
        return ApiProblem::cross_site().into_response();
    }
    next.run(request).await
}

/// Whether a request was sent by another site's page. Programs send neither header and pass.
pub fn refuses(method: &Method, headers: &HeaderMap, site: &Site) -> bool {
    // No browser keeps what comes through a socket from another site's page: asking for one is more than reading.
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    if reads && !headers.contains_key(header::UPGRADE) {
        return false;
    }
    let text = |name| headers.get(name).map(|v| v.to_str().unwrap_or("unreadable"));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    match text(header::ORIGIN) {
        None => false,
        Some(origin) if origin == site.public_url => false,
        Some(origin) => {
            let told = site.trusted_proxy.then(|| text(HeaderName::from_static("x-forwarded-host"))).flatten();
            !is_host(origin, told.or_else(|| text(header::HOST)))
        }
    }
}

/// Whether an origin is the host that was asked: for people who reach the server by another of its names.
fn is_host(origin: &str, host: Option<&str>) -> bool {
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    authority.is_some() && authority == host
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};

    use super::{Site, refuses};

    fn with(headers: &[(&'static str, &'static str)]) -> HeaderMap {
        headers.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }
    fn refused(headers: &[(&'static str, &'static str)]) -> bool {
        refuses(&Method::POST, &with(headers), &site(false))
    }
    fn site(trusted_proxy: bool) -> Site {
        Site { public_url: "https://parvis.example".into(), demo: false, trusted_proxy }
    }

    #[test]
    fn our_own_pages_and_programs_pass() {
        assert!(!refused(&[]));
        assert!(!refused(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!refused(&[("origin", "https://parvis.example")]));
        assert!(!refused(&[("origin", "http://10.0.0.2:8080"), ("host", "10.0.0.2:8080")]));
    }

    #[test]
    fn other_sites_do_not() {
        assert!(refused(&[("sec-fetch-site", "cross-site")]));
        assert!(refused(&[("sec-fetch-site", "same-site"), ("origin", "https://parvis.example")]));
        assert!(refused(&[("origin", "https://elsewhere.example"), ("host", "parvis.example")]));
        assert!(refused(&[("origin", "null")]));
        assert!(refused(&[("origin", "https://parvis.example.elsewhere.example")]));
        let reading = with(&[("sec-fetch-site", "cross-site")]);
        assert!(!refuses(&Method::GET, &reading, &site(false)));
        let socket = |origin| with(&[("upgrade", "websocket"), ("origin", origin), ("host", "10.0.0.2:8080")]);
        assert!(refuses(&Method::GET, &socket("https://elsewhere.example"), &site(false)));
        assert!(!refuses(&Method::GET, &socket("http://10.0.0.2:8080"), &site(false)));
    }

    #[test]
    fn only_a_trusted_proxy_tells_another_host() {
        let told =
            with(&[("origin", "https://other.example"), ("host", "10.0.0.2"), ("x-forwarded-host", "other.example")]);
        assert!(refuses(&Method::POST, &told, &site(false)));
        assert!(!refuses(&Method::POST, &told, &site(true)));
    }
}
