//! What the server gives to every staff page and to every server function.

use std::sync::Arc;

use axum::http::{HeaderValue, header, request::Parts};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use services::{Actor, Parvis, Session, SessionToken, Whence};

use super::Press;
use crate::trouble::Trouble;

/// Makes the `Set-Cookie`s that keep a session, or, without one, take it away.
pub type CookiesOf = Arc<dyn Fn(Option<&Session>) -> Vec<HeaderValue> + Send + Sync>;
/// From where a request's browser signs in to the account of a login.
pub type WhenceOf = Arc<dyn Fn(&Parts, &str) -> Whence + Send + Sync>;

/// Provided by the server as a context around [`super::shell`] and around every server function.
#[derive(Clone)]
pub struct StaffContext {
    /// The use cases.
    pub parvis: Parvis,
    /// Who asks.
    pub actor: Actor,
    /// The session that this request came with.
    pub token: Option<SessionToken>,
    /// Address of the style sheet `staff.css`.
    pub stylesheet: String,
    /// Address of the script `app.js`, which loads and starts the wasm.
    pub script: String,
    /// Names the build of the server: a page of another one is loaded again.
    pub build: String,
    /// The `Set-Cookie`s that keep a session, or take it away.
    pub cookies: CookiesOf,
    /// From where somebody signs in.
    pub whence: WhenceOf,
    /// The content security policy with a nonce: the page's inline scripts carry the one that Leptos made.
    pub policy: Arc<dyn Fn(&str) -> HeaderValue + Send + Sync>,
}

impl StaffContext {
    /// The context of this request.
    pub fn of_request() -> Result<Self, Trouble> {
        use_context::<Self>().ok_or(Trouble::Unreachable)
    }

    /// Lets the page's own inline scripts run.
    pub(super) fn allow_own_scripts(&self) {
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, (self.policy)(&nonce));
        }
    }

    /// Makes the browser keep a session, or forget it.
    pub(super) fn keep(&self, session: Option<&Session>) {
        if let Some(response) = use_context::<ResponseOptions>() {
            for cookie in (self.cookies)(session) {
                response.append_header(header::SET_COOKIE, cookie);
            }
        }
    }

    /// From where this request's browser signs in to the account of a login.
    pub(super) fn whence(&self, login: &str) -> Whence {
        use_context::<Parts>().map(|parts| (self.whence)(&parts, login)).unwrap_or_default()
    }
}

/// The key of a press that somebody still waits for. Who was told that it was not done is not surprised by it later.
pub(super) fn in_time(parvis: &Parvis, press: Press) -> Result<Option<String>, Trouble> {
    if press.until.is_none_or(|until| parvis.now() <= until) {
        return Ok(press.key);
    }
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(Trouble::NotDone.status());
    }
    Err(Trouble::NotDone)
}

/// A use case's answer for the browser, with the status of its trouble.
pub(super) fn answered<T>(answer: Result<T, services::Problem>) -> Result<T, Trouble> {
    answer.map_err(|problem| {
        let trouble = Trouble::from(problem);
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(trouble.status());
        }
        trouble
    })
}
