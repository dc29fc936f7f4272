//! Errors as `application/problem+json` (RFC 9457): a stable `type`, a status and, where a body does not fit, where.

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::day::Refusal;
use serde::Serialize;
use services::{Problem, StorageTrouble};
use utoipa::ToSchema;

/// Codes of a 422 whose request is what the document allows, and names what this centre does not have, or not now.
pub const OF_THE_CENTRE: [&str; 12] = [
    "unknown_need",
    "unknown_space",
    "unknown_organisation",
    "unknown_printer",
    "unknown_slip",
    "expired_slip",
    "key_reused",
    "time_in_the_past",
    "not_over",
    "in_use",
    "own_account",
    "printer_not_allowed",
];
/// Codes of a 422 whose fields are each what the document allows, and do not go together: JSON Schema cannot say that.
pub const BETWEEN_FIELDS: [&str; 6] =
    ["not_in_order", "date_twice", "overlaps_next_day", "above_last_number", "employer_needed", "not_together"];

/// An error answer of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiProblem {
    /// The HTTP status.
    pub status: StatusCode,
    /// The stable code, the last part of `type`.
    pub code: Cow<'static, str>,
    /// What happened, in English, for the caller's developers.
    pub detail: String,
    /// Where in the body, as a JSON pointer.
    pub pointer: Option<String>,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
}

/// The body of every error.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Stable: `urn:parvis:problem:` and a code.
    #[schema(example = "urn:parvis:problem:day_not_open")]
    pub r#type: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in English.
    pub detail: String,
    /// Where the body does not fit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<Misfit>,
}

/// One place of a body that does not fit.
#[derive(Serialize, ToSchema)]
pub struct Misfit {
    /// A JSON pointer (RFC 6901); empty for the whole body.
    #[schema(example = "/party")]
    pub pointer: String,
    /// Why it does not fit.
    pub detail: String,
}

impl ApiProblem {
    /// An error with a status, a code and words.
    pub fn new(status: StatusCode, code: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self { status, code: code.into(), detail: detail.into(), pointer: None, retry_after: None }
    }
    /// The request cannot be read.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", detail)
    }
    /// The body can be read and does not fit, at a JSON pointer.
    pub fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail) }
    }
    /// The body is not declared as JSON.
    pub fn not_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", "send the body as Content-Type: application/json")
    }
    /// The body is too large.
    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the body is larger than 64 KB")
    }
    /// There is nothing here.
    pub fn unknown(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "unknown", format!("there is no such {what}"))
    }
    /// No operation has this path.
    pub fn no_such_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "no_such_path", "no operation has this path; see /api/v1/openapi.json")
    }
    /// The path has no operation of this method.
    pub fn no_such_method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "no_such_method", "this path has no operation of this method")
    }
    /// The bearer token is nobody's.
    pub fn unknown_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unknown_token", "the bearer token is not valid, or not valid any more")
    }
    /// Another site sent this.
    pub fn cross_site() -> Self {
        Self::new(StatusCode::FORBIDDEN, "cross_site", "another site sent this request")
    }
    /// The server failed; the log says more.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the server failed; its log says more")
    }
    /// The same error, pointing at a field of the body.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    fn body(&self) -> ProblemBody {
        ProblemBody {
            r#type: format!("urn:parvis:problem:{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
            errors: self.pointer.iter().map(|p| Misfit { pointer: p.clone(), detail: self.detail.clone() }).collect(),
        }
    }
}

impl From<Problem> for ApiProblem {
    fn from(problem: Problem) -> Self {
        let status = status(&problem);
        let mut answer = Self::new(status, code(&problem), problem.to_string());
        match problem {
            Problem::Invalid { field, .. } => answer.pointer = Some(format!("/{}", field.replace('.', "/"))),
            Problem::PrinterNotAllowed => answer.pointer = Some("/connection".to_owned()),
            Problem::TooManyTries { retry_after } | Problem::Busy { retry_after } => {
                answer.retry_after = Some(retry_after.as_secs().max(1));
            }
            Problem::Storage(_) => answer.retry_after = Some(5),
            _ => {}
        }
        answer
    }
}

/// A field that holds what it never can is `invalid`; what depends on the centre or on other fields has a code of its own.
fn code(problem: &Problem) -> &'static str {
    match problem {
        Problem::Invalid { code, .. } if OF_THE_CENTRE.contains(code) || BETWEEN_FIELDS.contains(code) => code,
        problem => problem.code(),
    }
}

fn status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::SignInNeeded | Problem::WrongPassword => StatusCode::UNAUTHORIZED,
        Problem::NotAllowed | Problem::OfInstallation | Problem::PasswordChangeNeeded => StatusCode::FORBIDDEN,
        Problem::Unknown(_) => StatusCode::NOT_FOUND,
        Problem::Refused(refusal) => status_of_refusal(*refusal),
        Problem::PrinterHasAgent => StatusCode::CONFLICT,
        Problem::Invalid { .. } | Problem::PrinterNotAllowed => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::TooManyTries { .. } => StatusCode::TOO_MANY_REQUESTS,
        Problem::Storage(StorageTrouble::Full) => StatusCode::INSUFFICIENT_STORAGE,
        Problem::Busy { .. } | Problem::Storage(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// A refusal is a conflict with where the day is, unless the request itself names what does not exist or cannot be.
fn status_of_refusal(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::UnknownTicket | Refusal::UnknownPlace | Refusal::NothingThere => StatusCode::NOT_FOUND,
        Refusal::UnknownNeed
        | Refusal::UnknownSpace
        | Refusal::UnknownOrganisation
        | Refusal::KeyReused
        | Refusal::TimeInThePast
        | Refusal::GroupSize
        | Refusal::MessageLength => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.body()).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
