//! How a kiosk or a display gets its secret: it shows a short code, staff type the code in the settings, and from
//! then on its cookie is worth something.
//!
//! A device's page posts a form to `/enrolment` (`to` = its own path) and is sent back with two cookies: the secret,
//! and the code to show ([`Enrolling`]). It then loads itself again, or asks `GET /enrolment`, until
//! [`Enrolled`] finds a device.

use std::convert::Infallible;

use axum::{
    Form, Json, Router,
    extract::{FromRequestParts, State},
    http::{header, request::Parts},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};

use crate::{
    extract::{DEVICE_COOKIE, Enrolled, Origin, cookie, set_cookie},
    problem::ApiProblem,
    state::AppState,
};

const CODE_COOKIE: &str = "parvis_code";
/// A device keeps its cookie for as long as browsers keep any.
const FOR_GOOD: u64 = 400 * 24 * 3600;

/// `/enrolment`.
pub fn router() -> Router<AppState> {
    Router::new().route("/enrolment", get(state_of).post(begin))
}

/// The code that this browser shows until staff have typed it, if it asked for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolling(pub Option<String>);

impl<S: Sync> FromRequestParts<S> for Enrolling {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let of_a_code = |c: &&str| c.len() <= 16 && c.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        Ok(Self(cookie(&parts.headers, CODE_COOKIE).filter(of_a_code).map(str::to_owned)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
enum Progress {
    /// Nothing was asked for.
    Nothing,
    /// Staff have not typed the code yet.
    Waiting { code: String },
    /// The device is enrolled; `centre` is the centre's id.
    Enrolled { kind: &'static str, centre: String },
}

async fn state_of(Enrolled(device): Enrolled, Enrolling(code): Enrolling) -> Json<Progress> {
    Json(match (device, code) {
        (Some(device), _) => Progress::Enrolled { kind: device.kind.code(), centre: device.centre.to_string() },
        (None, Some(code)) => Progress::Waiting { code },
        (None, None) => Progress::Nothing,
    })
}

#[derive(Deserialize)]
struct Begin {
    #[serde(default)]
    to: String,
}

async fn begin(
    State(state): State<AppState>,
    device: Enrolled,
    Origin(source): Origin,
    Form(form): Form<Begin>,
) -> Result<Response, ApiProblem> {
    let back = Redirect::to(local(&form.to));
    if device.0.is_some() {
        return Ok(back.into_response());
    }
    let enrolment = state.parvis.start_enrolment(source).await?;
    // The code's cookie outlives the code a little; asking again simply gives a new one.
    let cookies = AppendHeaders([
        (header::SET_COOKIE, set_cookie(&state.site, DEVICE_COOKIE, enrolment.secret.reveal(), Some(FOR_GOOD))),
        (header::SET_COOKIE, set_cookie(&state.site, CODE_COOKIE, &enrolment.code, Some(900))),
    ]);
    Ok((cookies, back).into_response())
}

/// A path of this server, or its first page: nobody is sent elsewhere.
pub fn local(path: &str) -> &str {
    let is_local =
        path.starts_with('/') && !path.starts_with("//") && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if is_local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(local("/k/demo/fr?step=2"), "/k/demo/fr?step=2");
        for wrong in ["", "k", "//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "/a\r\nb: c", "/é"]
        {
            assert_eq!(local(wrong), "/", "{wrong}");
        }
    }
}
