//! The `Idempotency-Key` of a request that changes the day.

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::problem::ApiProblem;

/// The request's `Idempotency-Key`, if it has one: 1 to 128 visible ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(pub Option<String>);

/// The header's name.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

impl<S: Sync> FromRequestParts<S> for Key {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiProblem> {
        let mut values = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let Some(value) = values.next() else { return Ok(Self(None)) };
        let text = value.to_str().unwrap_or("");
        let well_formed = (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if well_formed && values.next().is_none() {
            return Ok(Self(Some(text.to_owned())));
        }
        Err(ApiProblem::malformed("Idempotency-Key must be given once, as 1 to 128 visible ASCII characters"))
    }
}
