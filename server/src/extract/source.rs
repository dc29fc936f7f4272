//! Where a request comes from, for limits; nothing keeps or writes it.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Once,
};

use axum::{
    extract::FromRequestParts,
    http::{Extensions, HeaderMap, request::Parts},
};
use services::{SessionToken, Source, Whence};

use super::caller::{SESSION_COOKIE, cookie, mark_cookie};
use crate::state::{AppState, Site};

/// Where a proxy says for whom it asks.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Who holds the connection that a request came by.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Where a request comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin(pub Source);

impl FromRequestParts<AppState> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self(source(&parts.headers, &parts.extensions, &state.site)))
    }
}

/// Where a request comes from: the visitor's address as the trusted proxy tells it, else whoever holds the connection.
pub fn source(headers: &HeaderMap, extensions: &Extensions, site: &Site) -> Source {
    let told = headers.get_all(FORWARDED_FOR).iter().next_back();
    let peer = extensions.get::<Peer>().map(|peer| Source::from(peer.0)).unwrap_or_default();
    if !site.trusted_proxy {
        if told.is_some() {
            NOT_TRUSTED.call_once(|| {
                tracing::warn!("requests come with X-Forwarded-For: if a proxy stands before the server, start it with --trusted-proxy");
            });
        }
        return peer;
    }
    // What stands before the last one was written by whoever asked the proxy.
    let address = told.and_then(|v| v.to_str().ok()).and_then(|v| v.rsplit(',').next()).and_then(address);
    if address.is_none() {
        NOT_TOLD.call_once(|| {
            tracing::warn!(
                "the proxy does not say where requests come from: let it set X-Forwarded-For to the visitor's address"
            );
        });
    }
    address.map(Source::from).unwrap_or_default()
}

/// From where somebody signs in to an account: the mark and the session that the browser shows come along.
pub fn whence(headers: &HeaderMap, extensions: &Extensions, state: &AppState, login: &str) -> Whence {
    let mark = mark_cookie(&state.parvis.mark_name(&login.trim().to_lowercase()));
    Whence {
        source: source(headers, extensions, &state.site),
        mark: cookie(headers, &mark).map(str::to_owned),
        replaces: cookie(headers, SESSION_COOKIE).map(SessionToken::received),
    }
}

static NOT_TRUSTED: Once = Once::new();
static NOT_TOLD: Once = Once::new();

/// An address as proxies write it: alone, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue};

    use super::*;

    fn source_of(trusted_proxy: bool, told: &[&'static str]) -> Source {
        let site = Site { public_url: "https://parvis.example".into(), demo: false, trusted_proxy };
        let mut extensions = Extensions::new();
        extensions.insert(Peer(IpAddr::from([127, 0, 0, 1])));
        let name = HeaderName::from_static(FORWARDED_FOR);
        let headers: HeaderMap = told.iter().map(|v| (name.clone(), HeaderValue::from_static(v))).collect();
        source(&headers, &extensions, &site)
    }
    fn of(address: &str) -> Source {
        Source::from(address.parse::<IpAddr>().unwrap())
    }

    #[test]
    fn only_a_trusted_proxy_tells_where_somebody_comes_from() {
        assert_eq!(source_of(false, &[]), of("127.0.0.1"));
        assert_eq!(source_of(false, &["192.0.2.7"]), of("127.0.0.1"), "a visitor's own invention");
        assert_eq!(source_of(true, &["192.0.2.7"]), of("192.0.2.7"));
        assert_eq!(source_of(true, &["10.9.9.9, 192.0.2.7"]), of("192.0.2.7"), "the last is the proxy's");
        assert_eq!(source_of(true, &["10.9.9.9", "192.0.2.7"]), of("192.0.2.7"));
        assert_eq!(source_of(true, &["192.0.2.7:4711"]), of("192.0.2.7"));
        assert_eq!(source_of(true, &["[2001:db8::1]:4711"]), of("2001:db8::1"));
        assert_eq!(source_of(true, &["2001:db8::1"]), of("2001:db8::1"));
        for missing in [&[][..], &["unknown"], &[""]] {
            assert_eq!(source_of(true, missing), Source::UNKNOWN);
        }
    }
}
