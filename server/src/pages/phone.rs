//! The page that a visitor's phone follows a ticket by.

use app::{
    texts::{Texts, phone as texts, refusals},
    visitor::{
        Head,
        phone::{PhoneData, gone_page, page},
    },
};
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{
    Language,
    day::{FollowToken, Refusal},
};
use serde::Deserialize;
use services::{Problem, VisitorAction};

use super::parts::{chosen, head, head_with_script, preferred, time_of};
use crate::{
    extract::{Key, Nonce},
    problem::ApiProblem,
    state::AppState,
};

/// `/t/{token}` and what its holder can do.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/t/{token}", get(show))
        .route("/t/{token}/more-time", post(more_time))
        .route("/t/{token}/back", post(back))
        .route("/t/{token}/accompanied", post(accompanied))
        .route("/t/{token}/interpreter", post(interpreter))
        .route("/t/{token}/leave", post(leave))
        .route("/t/{token}/come-back", post(come_back))
}

#[derive(Default, Deserialize)]
struct Choice {
    lang: Option<String>,
}

/// One request of a phone.
struct Asked {
    state: AppState,
    token: String,
    language: Option<Language>,
    headers: HeaderMap,
    /// What makes a repeated touch the same; scripts send it.
    key: Key,
    nonce: Nonce,
}

type Parts = (State<AppState>, Path<String>, Query<Choice>, HeaderMap, Key, Nonce);

impl Asked {
    fn new((State(state), Path(token), Query(choice), headers, key, nonce): Parts) -> Self {
        Self { state, token, language: chosen(choice.lang.as_deref()), headers, key, nonce }
    }

    /// The page's own address, in the language that was chosen.
    fn address(&self) -> String {
        let choice = self.language.as_ref().map(|l| format!("?lang={l}")).unwrap_or_default();
        format!("/t/{}{choice}", self.token)
    }

    async fn page(&self, status: StatusCode, trouble: Option<fn(&Texts) -> String>) -> Response {
        let Ok(token) = self.token.parse::<FollowToken>() else { return self.gone() };
        let (centre, view) = match self.state.parvis.follow(&token).await {
            Ok(found) => found,
            Err(Problem::Unknown(_)) => return self.gone(),
            Err(problem) => return ApiProblem::from(problem).into_response(),
        };
        let now = self.state.parvis.now();
        let t = Texts::of(self.language.as_ref().unwrap_or(&view.language));
        let trouble = trouble.map(|sentence| sentence(&t));
        let data = PhoneData {
            centre: &centre,
            view: &view,
            token: &token.reveal(),
            language: self.language.as_ref(),
            time: time_of(&centre, now),
            now,
            trouble: trouble.as_deref(),
        };
        // The answer to a form has an address that only a form may ask for.
        let head = Head { refresh_to: Some(self.address()), ..head_with_script("phone", &self.nonce) };
        (status, Html(page(&data, head))).into_response()
    }

    fn gone(&self) -> Response {
        let language = self.language.clone().unwrap_or_else(|| preferred(&self.headers));
        (StatusCode::NOT_FOUND, Html(gone_page(&language, head("phone", &self.nonce)))).into_response()
    }

    async fn act(&self, action: VisitorAction) -> Response {
        let Ok(token) = self.token.parse::<FollowToken>() else { return self.gone() };
        match self.state.parvis.act_by_token(&token, action, self.key.0.clone()).await {
            Err(Problem::Unknown(_)) => self.gone(),
            Err(Problem::Refused(Refusal::TooLateToUndo)) => {
                self.page(StatusCode::CONFLICT, Some(refusals::too_late_to_undo)).await
            }
            // A refusal is a second touch, or a call that was quicker: the page tells what is true now.
            Ok(_) | Err(Problem::Refused(_)) => Redirect::to(&self.address()).into_response(),
            Err(_) => self.page(StatusCode::SERVICE_UNAVAILABLE, Some(texts::failed)).await,
        }
    }
}

async fn show(parts: Parts) -> Response {
    Asked::new(parts).page(StatusCode::OK, None).await
}
async fn more_time(parts: Parts) -> Response {
    Asked::new(parts).act(VisitorAction::MoreTime).await
}
async fn back(parts: Parts) -> Response {
    Asked::new(parts).act(VisitorAction::Back).await
}
async fn accompanied(parts: Parts) -> Response {
    Asked::new(parts).act(VisitorAction::Accompanied).await
}
async fn interpreter(parts: Parts) -> Response {
    Asked::new(parts).act(VisitorAction::Interpreter).await
}
async fn leave(parts: Parts) -> Response {
    Asked::new(parts).act(VisitorAction::Leave).await
}
async fn come_back(parts: Parts) -> Response {
    Asked::new(parts).act(VisitorAction::ComeBack).await
}
