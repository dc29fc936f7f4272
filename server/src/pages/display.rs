//! The call display.

use app::visitor::{
    display::{DisplayData, page},
    home::Screen,
    kiosk::enrolment,
};
use axum::{
    Router,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use domain::{
    centre::Centre,
    staff::{Arrow, Device, DeviceKind},
};
use serde::Deserialize;

use super::parts::{chosen, head_with_script, time_of};
use crate::{
    enrolment::Enrolling,
    extract::{Credentials, Enrolled, Nonce},
    problem::ApiProblem,
    state::AppState,
};

/// `/d/{centre}/{lang}`: for an enrolled display, and for staff and devices of the centre; else the page by which it
/// becomes one.
pub fn router() -> Router<AppState> {
    Router::new().route("/d/{centre}/{lang}", get(show))
}

/// How a display may be set by its address.
#[derive(Default, Deserialize)]
struct Setting {
    /// Where the arrow points; else as set for the device.
    arrow: Option<Arrow>,
    /// `own`: messages in the display's language only, not in each of the centre's in turn.
    messages: Option<Messages>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Messages {
    Own,
    InTurn,
}

async fn show(
    State(state): State<AppState>,
    Path((centre, lang)): Path<(String, String)>,
    Query(setting): Query<Setting>,
    Enrolled(device): Enrolled,
    credentials: Credentials,
    Enrolling(code): Enrolling,
    nonce: Nonce,
) -> Result<Response, ApiProblem> {
    let centre = state.parvis.centre(&centre)?;
    let language = chosen(Some(&lang)).ok_or_else(|| ApiProblem::unknown("language of the screens"))?;
    let Ok(actor) = credentials.in_sight_of(&state, centre.id).await else {
        let here = format!("/d/{}/{language}", centre.slug);
        let (demo, head) = (state.site.demo.then_some(Screen::Display), head_with_script("kiosk", &nonce));
        return Ok(Html(enrolment(&centre, &language, &here, code.as_deref(), demo, head)).into_response());
    };
    let board = state.parvis.board(&actor, centre.id).await?;
    let device = device.filter(|d| is_display_of(d, &centre));
    let now = state.parvis.now();
    let data = DisplayData {
        centre: &centre,
        board: &board.board,
        language: &language,
        in_turn: setting.messages != Some(Messages::Own),
        arrow: setting.arrow.or(device.as_ref().map(|d| d.arrow)).unwrap_or(Arrow::None),
        time: time_of(&centre, now),
        now,
    };
    Ok(Html(page(&data, head_with_script("display", &nonce))).into_response())
}

fn is_display_of(device: &Device, centre: &Centre) -> bool {
    device.kind == DeviceKind::Display && device.centre == centre.id
}
