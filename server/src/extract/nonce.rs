//! The value that lets a page's own inline scripts and styles run under the content security policy.

use std::{convert::Infallible, sync::Arc};

use axum::{extract::FromRequestParts, http::request::Parts};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The value of `nonce="…"` of a page: 128 random bits of this request alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonce(pub Arc<str>);

impl Nonce {
    /// A new one. Without randomness from the operating system no inline script runs, which is the safe side.
    #[expect(clippy::disallowed_methods, reason = "of one request alone: nothing that is kept depends on it")]
    pub fn new() -> Self {
        let mut bytes = [0_u8; 16];
        match getrandom::fill(&mut bytes) {
            Ok(()) => Self(URL_SAFE_NO_PAD.encode(bytes).into()),
            Err(_) => Self("".into()),
        }
    }
}

impl Default for Nonce {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Sync> FromRequestParts<S> for Nonce {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}
