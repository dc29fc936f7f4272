//! Headers of every answer.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::{extract::Nonce, state::AppState};

/// Gives the request its nonce and the answer its protecting headers. What a handler set itself stays.
pub async fn protect(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let policy = if request.uri().path().starts_with("/api/") {
        Ok(HeaderValue::from_static(DATA_POLICY))
    } else {
        let nonce = Nonce::new();
        let policy = HeaderValue::try_from(content_policy(&nonce.0));
        request.extensions_mut().insert(nonce);
        policy
    };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    if let Ok(policy) = policy {
        set(header::CONTENT_SECURITY_POLICY, policy);
    }
    set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Not `no-referrer`: with it browsers send `Origin: null` on our own forms, and those of before 2023 send
    // nothing else by which they could be told from another site's. Other sites get no referrer either way.
    set(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if state.site.is_secure() {
        set(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_ONLY));
    }
    set(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    set(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS));
    set(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    set(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    set(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// For two years browsers come by HTTPS only. Of this host alone: others of its domain are not ours.
const HTTPS_ONLY: &str = "max-age=63072000";

/// Data is no page: nothing of it runs, whoever opens it.
const DATA_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";

/// Scripts and styles are our own files or carry the nonce; WebAssembly may be compiled, `eval` not be used.
pub fn content_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}
