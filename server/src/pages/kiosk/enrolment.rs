//! `/k/{centre}`: where a kiosk begins.

use app::visitor::{
    home::Screen,
    kiosk::{Choices, Step, enrolment},
};
use axum::{
    extract::{FromRequestParts, Path, Query, State},
    http::{HeaderMap, request::Parts},
    response::{Html, IntoResponse, Redirect},
};
use domain::{Language, centre::Centre};
use serde::Deserialize;

use super::asked::{Answer, away, is_kiosk_of, no_centre};
use crate::{
    enrolment::Enrolling,
    extract::{Enrolled, Nonce},
    pages::parts::{chosen, head_with_script, preferred, spoken},
    state::AppState,
};

/// The device that asks, or nothing where the database does not answer.
pub(super) struct Device(Option<Enrolled>);

impl FromRequestParts<AppState> for Device {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        Ok(Self(Enrolled::from_request_parts(parts, state).await.ok()))
    }
}

/// The language of the address that led here.
#[derive(Default, Deserialize)]
pub(super) struct Wish {
    lang: Option<String>,
}

/// Where a kiosk begins, in the language of a longer address if it came from there.
pub(super) fn address(centre: &Centre, language: Option<&Language>) -> String {
    let wish = language.map(|language| format!("?lang={language}")).unwrap_or_default();
    format!("/k/{}{wish}", centre.slug)
}

/// An enrolled kiosk goes to its start; any other browser is shown the code that staff type in.
pub(super) async fn enter(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(wish): Query<Wish>,
    Device(device): Device,
    Enrolling(code): Enrolling,
    headers: HeaderMap,
    nonce: Nonce,
) -> Answer {
    let Ok(centre) = state.parvis.centre(&slug) else { return Err(no_centre(&preferred(&headers), &nonce)) };
    let asked = chosen(wish.lang.as_deref()).filter(|language| centre.languages.contains(language));
    let language = asked.clone().unwrap_or_else(|| spoken(&centre, &headers));
    let Some(Enrolled(device)) = device else { return Err(away(&language, &nonce)) };
    if device.is_some_and(|d| is_kiosk_of(&d, &centre)) {
        let start = Step::Start.address(&centre, &asked.unwrap_or_else(|| centre.language()), &Choices::default());
        return Ok(Redirect::to(&start).into_response());
    }
    let head = head_with_script("kiosk", &nonce);
    let here = address(&centre, asked.as_ref());
    let demo = state.site.demo.then_some(Screen::Kiosk);
    let page = enrolment(&centre, &language, &here, code.as_deref(), demo, head);
    Ok(Html(page).into_response())
}
