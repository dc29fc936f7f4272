//! Who calls: a member of staff, an enrolled device, or anybody.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use domain::staff::Device;
use services::{Actor, DeviceSecret, Mark, Session, SessionToken};

use crate::{
    problem::ApiProblem,
    state::{AppState, Site},
};

/// What begins the names of cookies where visitors come by HTTPS: no other host of the domain can have set them.
const OF_THIS_HOST: &str = "__Host-";
/// The cookie of a member of staff.
pub const SESSION_COOKIE: &str = "parvis_session";
/// The cookie of an enrolled device.
pub const DEVICE_COOKIE: &str = "parvis_device";

/// Who calls: by `Authorization: Bearer` (a session's token or a device's secret), else by the cookie of a member
/// of staff, else by the cookie of a device, else anybody.
#[derive(Clone, Debug)]
pub struct Caller(pub Actor);

/// The device that calls, whoever else uses the same browser: for the pages of kiosks and displays.
#[derive(Clone, Debug)]
pub struct Enrolled(pub Option<Arc<Device>>);

impl Enrolled {
    /// The device as an actor, or anybody.
    pub fn actor(self) -> Actor {
        self.0.map_or(Actor::Anyone, Actor::Device)
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiProblem> {
        let caller = Self::of(&parts.headers, state).await?;
        if let (Actor::Staff(_), Some(token)) = (&caller.0, shown_token(&parts.headers)) {
            note_use(state, token, parts.uri.path());
        }
        Ok(caller)
    }
}

impl Caller {
    /// Who shows these headers; that a session is used is not noted.
    pub(super) async fn of(headers: &HeaderMap, state: &AppState) -> Result<Self, ApiProblem> {
        if let Some(token) = bearer(headers)? {
            return match state.parvis.actor_of_bearer(token).await? {
                Actor::Anyone => Err(ApiProblem::unknown_token()),
                actor => Ok(Self(actor)),
            };
        }
        // A cookie that is not valid any more is no error: the page asks to sign in again.
        if let Some(token) = cookie(headers, SESSION_COOKIE) {
            let actor = state.parvis.actor_of_session(&SessionToken::received(token)).await?;
            if actor != Actor::Anyone {
                return Ok(Self(actor));
            }
        }
        Enrolled::of(headers, state).await.map(|device| Self(device.actor()))
    }
}

impl FromRequestParts<AppState> for Enrolled {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiProblem> {
        Self::of(&parts.headers, state).await
    }
}

impl Enrolled {
    /// The device that shows these headers.
    pub(super) async fn of(headers: &HeaderMap, state: &AppState) -> Result<Self, ApiProblem> {
        let secret = match bearer(headers)? {
            Some(secret) => secret,
            None => match cookie(headers, DEVICE_COOKIE) {
                Some(secret) => secret,
                None => return Ok(Self(None)),
            },
        };
        match state.parvis.actor_of_device(&DeviceSecret::received(secret)).await? {
            Actor::Device(device) => Ok(Self(Some(device))),
            Actor::Anyone | Actor::Staff(_) => Ok(Self(None)),
        }
    }
}

/// Notes that somebody uses a session. A page that only listens is not somebody.
fn note_use(state: &AppState, token: &str, path: &str) {
    let listens = path.starts_with("/live/") || path.ends_with("/live");
    let token = SessionToken::received(token);
    if !listens && state.parvis.is_use_worth_noting(&token) {
        let parvis = state.parvis.clone();
        tokio::spawn(async move { parvis.session_is_used(&token).await });
    }
}

/// The token that a request shows as a member of staff: a bearer's, else the session cookie's.
pub fn shown_token(headers: &HeaderMap) -> Option<&str> {
    bearer(headers).ok().flatten().or_else(|| cookie(headers, SESSION_COOKIE))
}

/// The token of `Authorization: Bearer`; another scheme is refused rather than overlooked.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, ApiProblem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let (scheme, token) = value.to_str().ok().and_then(|v| v.split_once(' ')).ok_or_else(ApiProblem::unknown_token)?;
    let token = token.trim();
    if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= 256 {
        Ok(Some(token))
    } else {
        Err(ApiProblem::unknown_token())
    }
}

/// The value of a cookie of the request: the one that only this host can have set, else the one of before there was
/// HTTPS, or of an earlier version, until it ends.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    value_of(headers, &format!("{OF_THIS_HOST}{name}")).or_else(|| value_of(headers, name))
}

fn value_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(n, value)| (n == name && !value.is_empty() && value.len() <= 256).then_some(value))
}

/// A `Set-Cookie` that scripts cannot read and that other sites do not send along. `max_age` in seconds;
/// without it the cookie ends with the browser. The value is one of our own tokens.
pub fn set_cookie(site: &Site, name: &str, value: &str, max_age: Option<u64>) -> HeaderValue {
    let age = max_age.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
    let (of_this_host, secure) = if site.is_secure() { (OF_THIS_HOST, "; Secure") } else { ("", "") };
    HeaderValue::try_from(format!("{of_this_host}{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}"))
        .unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The cookies of a sign-in: the session, which ends with the browser, and what the browser is known by.
pub fn session_cookies(site: &Site, session: &Session) -> [HeaderValue; 2] {
    [
        set_cookie(site, SESSION_COOKIE, session.token.reveal(), None),
        set_cookie(site, &mark_cookie(&session.mark.name), &session.mark.value, Some(Mark::SECONDS)),
    ]
}

/// The cookie of a browser's mark of an account.
pub(super) fn mark_cookie(name: &str) -> String {
    format!("parvis_known_{name}")
}

/// A `Set-Cookie` that takes a cookie away.
pub fn clear_cookie(site: &Site, name: &str) -> HeaderValue {
    set_cookie(site, name, "", Some(0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{bearer, cookie, set_cookie};
    use crate::state::Site;

    fn with(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers = with(header::COOKIE, "a=1; parvis_device=secret ;parvis_session=");
        assert_eq!(cookie(&headers, "parvis_device"), Some("secret"));
        assert_eq!(cookie(&headers, "parvis_session"), None);
        assert_eq!(cookie(&headers, "parvis"), None);
    }

    #[test]
    fn the_name_that_only_this_host_can_set_comes_first_and_the_old_one_is_read_until_it_ends() {
        let both = with(header::COOKIE, "parvis_device=planted; __Host-parvis_device=ours");
        assert_eq!(cookie(&both, "parvis_device"), Some("ours"));
        let of_before = with(header::COOKIE, "parvis_device=enrolled-last-year");
        assert_eq!(cookie(&of_before, "parvis_device"), Some("enrolled-last-year"));
    }

    #[test]
    fn only_bearer_is_understood() {
        assert_eq!(bearer(&with(header::AUTHORIZATION, "bearer abc")).unwrap(), Some("abc"));
        assert!(bearer(&HeaderMap::new()).unwrap().is_none());
        for wrong in ["Basic abc", "Bearer ", "abc"] {
            assert_eq!(bearer(&with(header::AUTHORIZATION, wrong)).unwrap_err().status.as_u16(), 401);
        }
    }

    #[test]
    fn cookies_are_secure_where_the_site_is() {
        let site = |url: &str| Site { public_url: url.into(), demo: false, trusted_proxy: false };
        let text = |url| set_cookie(&site(url), "a", "b", None).to_str().unwrap().to_owned();
        assert_eq!(text("http://127.0.0.1:8080"), "a=b; Path=/; HttpOnly; SameSite=Lax");
        assert_eq!(text("https://parvis.example"), "__Host-a=b; Path=/; HttpOnly; SameSite=Lax; Secure");
    }
}
