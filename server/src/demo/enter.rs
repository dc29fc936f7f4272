//! `/demo/enter`: any screen of the demo with one touch, with the device or the account that it needs.

use std::{collections::HashMap, sync::Arc};

use app::visitor::home::Screen;
use axum::{
    Extension, Form, Router,
    extract::State,
    http::{HeaderValue, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing::post,
};
use domain::{
    CentreId, Language,
    catalogue::Notebook,
    centre::Centre,
    day::{Channel, ForWhom, PartySize, Request, TalkLanguage},
    staff::DeviceKind,
};
use serde::Deserialize;
use services::{Actor, DeviceSecret, Problem, Session, TakeTicketForm, Whence};
use tokio::sync::Mutex;

use crate::{
    extract::{DEVICE_COOKIE, Enrolled, session_cookies, set_cookie},
    problem::ApiProblem,
    state::AppState,
};

/// Secrets of the devices that visitors of the demo share, made when the first of them asks.
type Shared = Arc<Mutex<HashMap<(CentreId, &'static str), DeviceSecret>>>;

/// The address, which exists in the demo only.
pub(super) fn router() -> Router<AppState> {
    Router::new().route("/demo/enter", post(enter)).layer(Extension(Shared::default()))
}

#[derive(Deserialize)]
struct Enter {
    /// A slug or an id.
    centre: String,
    /// Which screen.
    screen: Screen,
    /// Its language.
    lang: Language,
}

async fn enter(
    State(state): State<AppState>,
    Extension(shared): Extension<Shared>,
    Enrolled(device): Enrolled,
    Form(form): Form<Enter>,
) -> Result<Response, ApiProblem> {
    let centre = state.parvis.centre(&form.centre)?;
    let Some(path) = form.screen.path(&centre, &form.lang) else {
        return follow_a_ticket(&state, &centre, form.lang).await;
    };
    let there = Redirect::to(&path);
    if let Some(login) = form.screen.account() {
        let session = sign_in(&state, login).await?;
        let cookies = session_cookies(&state.site, &session).map(|cookie| (header::SET_COOKIE, cookie));
        return Ok((AppendHeaders(cookies), there).into_response());
    }
    let own = device.filter(|d| d.centre == centre.id).map(|d| d.kind);
    let kind = match form.screen {
        Screen::Kiosk if own != Some(DeviceKind::Kiosk) => DeviceKind::Kiosk,
        // A browser that is the demo's kiosk already stays it: it may see what a display shows.
        Screen::Display if own.is_none() => DeviceKind::Display,
        _ => return Ok(there.into_response()),
    };
    let secret = secret_of(&state, &shared, centre.id, kind).await?;
    Ok(with_cookie(set_cookie(&state.site, DEVICE_COOKIE, secret.reveal(), None), there))
}

fn with_cookie(cookie: HeaderValue, there: Redirect) -> Response {
    (AppendHeaders([(header::SET_COOKIE, cookie)]), there).into_response()
}

async fn sign_in(state: &AppState, login: &str) -> Result<Session, Problem> {
    let password = state.demo.password().ok_or(Problem::NotAllowed)?;
    state.parvis.sign_in(login, password, &Whence::default()).await
}

async fn secret_of(
    state: &AppState,
    shared: &Shared,
    centre: CentreId,
    kind: DeviceKind,
) -> Result<DeviceSecret, Problem> {
    let mut shared = shared.lock().await;
    if let Some(secret) = shared.get(&(centre, kind.code())) {
        // It may have been revoked meanwhile.
        if state.parvis.actor_of_device(secret).await? != Actor::Anyone {
            return Ok(secret.clone());
        }
    }
    let (_, secret) = state.parvis.add_device(centre, kind, "demo").await?;
    shared.insert((centre, kind.code()), secret.clone());
    Ok(secret)
}

/// Takes a ticket as a visitor does, and opens its page.
async fn follow_a_ticket(state: &AppState, centre: &Centre, language: Language) -> Result<Response, ApiProblem> {
    let session = sign_in(state, "host").await?;
    let host = state.parvis.actor_of_session(&session.token).await?;
    let request = Request {
        need: centre.needs.first().map(|n| n.id),
        talk: TalkLanguage::Speaks(centre.language()),
        language,
        party: PartySize::default(),
        for_whom: ForWhom::default(),
        channel: Channel::default(),
        accommodations: [].into(),
        notebook: Notebook::default(),
    };
    let taken = state.parvis.take_ticket(&host, centre.id, TakeTicketForm { request, slip: None }, None).await?;
    state.parvis.sign_out(&session.token).await?;
    Ok(Redirect::to(&format!("/t/{}", taken.token.reveal())).into_response())
}
