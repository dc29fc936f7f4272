//! The call display.

use app::visitor::display::{DisplayData, Enrolment, page};
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
    extract::{Enrolled, Nonce},
    problem::ApiProblem,
    state::AppState,
};

/// `/d/{centre}/{lang}`.
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
    Enrolling(code): Enrolling,
    nonce: Nonce,
) -> Result<Response, ApiProblem> {
    let centre = state.parvis.centre(&centre)?;
    let language = chosen(Some(&lang)).ok_or_else(|| ApiProblem::unknown("language of the screens"))?;
    let board = state.parvis.board(centre.id).await?;
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
        enrolment: match (device, code) {
            (Some(_), _) => Enrolment::Done,
            (None, Some(code)) => Enrolment::Code(code),
            (None, None) => Enrolment::Offered,
        },
    };
    Ok(Html(page(&data, head_with_script("display", &nonce))).into_response())
}

fn is_display_of(device: &Device, centre: &Centre) -> bool {
    device.kind == DeviceKind::Display && device.centre == centre.id
}
