//! What a visitor's browser asked for: by any door, and at an enrolled kiosk.

use std::{collections::HashMap, ops, sync::Arc};

use app::visitor::{
    Head,
    kiosk::{Choices, Notice, Question, Step, Visit, notice, without_centre},
};
use axum::{
    extract::{FromRequestParts, Path, Query},
    http::{StatusCode, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::{
    Instant, Language,
    centre::{Centre, Letter},
    staff::{Device, DeviceKind},
    view::{Board, DayState},
};
use services::{
    Actor, Published,
    secrets::{Secrets, SystemSecrets},
};

use super::enrolment;
use crate::{
    extract::{Enrolled, Nonce},
    pages::parts::{chosen, head_with_script, time_of},
    state::AppState,
};

/// Names and values of a query or of a form, in order.
pub(super) type Pairs = Vec<(String, String)>;

/// What the address of a visitor's page says: where, in which language, what was chosen.
pub(super) struct Addressed {
    pub state: AppState,
    pub centre: Arc<Centre>,
    pub language: Language,
    pub choices: Choices,
    /// The whole query.
    pub pairs: Pairs,
    /// The parts of the path.
    pub path: HashMap<String, String>,
    pub now: Instant,
    pub nonce: Nonce,
}

impl FromRequestParts<AppState> for Addressed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let path =
            Path::<HashMap<String, String>>::from_request_parts(parts, state).await.map(|p| p.0).unwrap_or_default();
        let Ok(nonce) = Nonce::from_request_parts(parts, state).await;
        let pairs = Query::<Pairs>::from_request_parts(parts, state).await.map(|q| q.0).unwrap_or_default();
        let part = |name| path.get(name).map(String::as_str);
        let language = chosen(part("lang"));
        let Ok(centre) = state.parvis.centre(part("centre").unwrap_or_default()) else {
            return Err(no_centre(&language.unwrap_or_else(Language::french), &nonce));
        };
        let Some(language) = language.filter(|l| centre.languages.contains(l)) else {
            let door = if is_kiosks(parts) { 'k' } else { 'i' };
            return Err(Redirect::to(&format!("/{door}/{}", centre.slug)).into_response());
        };
        let (choices, now) = (read(&pairs), state.parvis.now());
        Ok(Self { state: state.clone(), centre, language, choices, pairs, path, now, nonce })
    }
}

/// Whether an address is one of an enrolled kiosk, not of the open door.
pub(super) fn is_kiosks(parts: &Parts) -> bool {
    parts.uri.path().starts_with("/k/")
}

impl Addressed {
    /// The part of the path with this name.
    pub(super) fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// The first value with this name in the query.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The enrolled kiosk of the centre that asks; else the page by which it becomes one.
    pub(super) async fn kiosk(&self, parts: &mut Parts) -> Result<Arc<Device>, Response> {
        let Ok(device) = Enrolled::from_request_parts(parts, &self.state).await else {
            return Err(away(&self.centre.language(), &self.nonce));
        };
        let to_enrolment = || Redirect::to(&enrolment::address(&self.centre, Some(&self.language))).into_response();
        device.0.filter(|d| is_kiosk_of(d, &self.centre)).ok_or_else(to_enrolment)
    }

    /// What the page of a step needs to know.
    pub(super) fn visit_with(&self, step: Step, head: Head) -> Visit<'_> {
        Visit {
            centre: &self.centre,
            texts: app::texts::Texts::of(&self.language),
            choices: self.choices.clone(),
            step,
            now: self.now,
            time: time_of(&self.centre, self.now),
            head,
            demo: self.state.site.demo,
        }
    }
}

/// A request of an enrolled kiosk.
pub(super) struct Asked {
    addressed: Addressed,
    pub device: Arc<Device>,
}

impl ops::Deref for Asked {
    type Target = Addressed;
    fn deref(&self) -> &Addressed {
        &self.addressed
    }
}
impl ops::DerefMut for Asked {
    fn deref_mut(&mut self) -> &mut Addressed {
        &mut self.addressed
    }
}

/// A step on a day on which it can be taken.
pub(super) type Answer = Result<Response, Response>;

impl FromRequestParts<AppState> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let addressed = Addressed::from_request_parts(parts, state).await?;
        let device = addressed.kiosk(parts).await?;
        Ok(Self { addressed, device })
    }
}

/// What was chosen, from a query or a form.
pub(super) fn read(pairs: &Pairs) -> Choices {
    Choices::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The page for an address of no centre.
pub(super) fn no_centre(language: &Language, nonce: &Nonce) -> Response {
    let page = without_centre(language, false, head_with_script("kiosk", nonce));
    (StatusCode::NOT_FOUND, Html(page)).into_response()
}

/// The page where nothing is known because the database does not answer.
pub(super) fn away(language: &Language, nonce: &Nonce) -> Response {
    let page = without_centre(language, true, head_with_script("kiosk", nonce));
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}

pub(super) fn is_kiosk_of(device: &Device, centre: &Centre) -> bool {
    device.kind == DeviceKind::Kiosk && device.centre == centre.id
}

/// A new key for a form: what is sent twice is done once.
pub(super) fn new_key() -> String {
    SystemSecrets.new_id().to_string()
}

/// Why no step can be taken today, if none can.
pub(super) fn why_not(board: &Board) -> Option<Notice<'static>> {
    match board.state {
        DayState::Open => board.told_break.filter(|told| told.begun).map(|told| Notice::Break(told.of.to)),
        DayState::Closed => Some(Notice::Closed),
        DayState::Suspended { reason, .. } => Some(Notice::Suspended(reason)),
    }
}

impl Asked {
    pub(super) fn actor(&self) -> Actor {
        Actor::Device(self.device.clone())
    }

    pub(super) fn letter(&self) -> Option<Letter> {
        let letter = Letter::try_from(self.part("letter").parse::<char>().ok()?).ok()?;
        self.centre.spaces.iter().any(|s| s.letter == letter).then_some(letter)
    }

    /// The need's code of the path; none for the welcome.
    pub(super) fn need(&self) -> Option<&str> {
        self.path.get("need").map(String::as_str)
    }

    pub(super) fn question(&self) -> Option<Question<'_>> {
        Question::of(&self.centre, self.need())
    }

    pub(super) fn visit(&self, step: Step) -> Visit<'_> {
        self.visit_with(step, head_with_script("kiosk", &self.nonce))
    }

    pub(super) fn page(html: String) -> Response {
        Html(html).into_response()
    }

    pub(super) fn notice(&self, step: Step, status: StatusCode, what: Notice) -> Response {
        (status, Html(notice(&self.visit(step), what))).into_response()
    }

    /// No such page.
    pub(super) fn nowhere(&self) -> Response {
        self.notice(Step::Start, StatusCode::NOT_FOUND, Notice::NoSuchPage)
    }

    /// The board whatever the day is like, or the page that says that nothing is known.
    pub(super) async fn board(&self) -> Result<Arc<Published>, Response> {
        let board = self.state.parvis.board(&self.actor(), self.centre.id).await;
        board.map_err(|_| away(&self.language, &self.nonce))
    }

    /// The board of a day on which tickets can be taken, or the page that says why not.
    pub(super) async fn open_board(&self, step: &Step) -> Result<Arc<Published>, Response> {
        let published = self.board().await?;
        match why_not(&published.board) {
            Some(why) => Err(self.notice(step.clone(), StatusCode::OK, why)),
            None => Ok(published),
        }
    }

    /// The address of another step.
    pub(super) fn address(&self, step: &Step, choices: &Choices) -> String {
        step.address(&self.centre, &self.language, choices)
    }

    /// Goes to another step.
    pub(super) fn go(&self, step: &Step, choices: &Choices) -> Response {
        Redirect::to(&self.address(step, choices)).into_response()
    }
}
