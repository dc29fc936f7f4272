//! JSON bodies, with problem+json that points at what does not fit.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};
use serde::de::DeserializeOwned;

use crate::problem::ApiProblem;

/// A JSON body.
#[derive(Clone, Copy, Debug)]
pub struct Body<T>(pub T);

/// A JSON body that may be null or left out altogether.
#[derive(Clone, Copy, Debug)]
pub struct OptionalBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiProblem> {
        let is_json = is_json(request.headers());
        let bytes = read(request, state).await?;
        if !is_json {
            return Err(ApiProblem::not_json());
        }
        parse(&bytes).map(Self)
    }
}

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for OptionalBody<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiProblem> {
        let is_json = is_json(request.headers());
        let bytes = read(request, state).await?;
        match (bytes.is_empty(), is_json) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => Ok(Self(parse::<Option<T>>(&bytes)?.unwrap_or_default())),
            (false, false) => Err(ApiProblem::not_json()),
        }
    }
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiProblem> {
    Bytes::from_request(request, state).await.map_err(|refusal: BytesRejection| {
        if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ApiProblem::too_large()
        } else {
            ApiProblem::malformed("the body did not arrive whole")
        }
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let essence = media_type.split(';').next().unwrap_or("").trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiProblem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|e| misfit(&e))?;
    json.end().map_err(|_| ApiProblem::malformed("the body goes on after its JSON value"))?;
    Ok(value)
}

fn misfit(error: &serde_path_to_error::Error<serde_json::Error>) -> ApiProblem {
    let inner = error.inner();
    if inner.is_data() {
        // serde repeats the value that was sent; it is the caller's own and goes back to nobody else.
        ApiProblem::invalid(pointer(error.path()), inner.to_string())
    } else {
        ApiProblem::malformed(format!("the body is not JSON (line {}, column {})", inner.line(), inner.column()))
    }
}

/// A JSON pointer (RFC 6901) to where the body does not fit.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde::Deserialize;

    use super::parse;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wish {
        #[allow(dead_code)]
        party: u8,
    }

    #[test]
    fn a_misfit_says_where() {
        let problem = parse::<Vec<Wish>>(br#"[{"party": 1}, {"party": "two"}]"#).unwrap_err();
        assert_eq!((problem.status.as_u16(), problem.pointer.as_deref()), (422, Some("/1/party")));
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        for text in ["", "{", "{\"party\": 1}}", "\u{feff}{}"] {
            assert_eq!(parse::<Wish>(text.as_bytes()).unwrap_err().code, "malformed", "{text}");
        }
        assert_eq!(parse::<Wish>(b"{\"party\": \xff}").unwrap_err().code, "malformed");
        let deep = "[".repeat(100_000);
        assert_eq!(parse::<serde_json::Value>(deep.as_bytes()).unwrap_err().code, "malformed");
    }
}
