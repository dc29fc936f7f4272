//! Looking around in career information: at the kiosk, and by the open door from any browser.

use std::{collections::HashMap, sync::Arc};

use app::{
    texts::Texts,
    visitor::{
        catalogue::{self, Door, Liked, Look, OnPaper},
        kiosk::{Choices, Notice, Step, Visit, notice},
        sheet::page as sheet_page,
    },
};
use axum::{
    Router,
    extract::{FromRequestParts, Path, Query},
    http::{StatusCode, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    Instant, Language,
    catalogue::{EntryId, Feature, Kind, Sector, Workplace, explorer::Replies},
    centre::Centre,
};
use services::catalogue::{Filter, Library, Sheet};

use super::asked::{Asked, Pairs, no_centre, read};
use crate::{
    extract::Nonce,
    pages::parts::{chosen, head, head_with_script, preferred, time_of},
    state::AppState,
};

/// The same pages by both doors.
pub fn router() -> Router<AppState> {
    let mut router = Router::new().route("/i/{centre}", get(enter));
    for door in ["/k", "/i"] {
        let at = |page: &str| format!("{door}/{{centre}}/{{lang}}{page}");
        router = router
            .route(&at("/look"), get(home))
            .route(&at("/look/search"), get(search))
            .route(&at("/look/entry/{id}"), get(entry))
            .route(&at("/look/sectors"), get(sectors))
            .route(&at("/look/sectors/{sector}"), get(sector))
            .route(&at("/look/places"), get(places))
            .route(&at("/look/places/{place}"), get(place))
            .route(&at("/look/likes"), get(likes))
            .route(&at("/look/explorer"), get(explorer))
            .route(&at("/look/documents"), get(documents))
            .route(&at("/look/notebook"), get(notebook))
            .route(&at("/look/notebook/print"), get(notebook_on_paper));
    }
    router
}

/// Letters of a query that are looked at.
const LONGEST: usize = 200;

/// Somebody who looks around.
struct Looking {
    state: AppState,
    centre: Arc<Centre>,
    language: Language,
    door: Door,
    choices: Choices,
    path: HashMap<String, String>,
    pairs: Pairs,
    catalogue: Arc<Library>,
    now: Instant,
    nonce: Nonce,
}

impl FromRequestParts<AppState> for Looking {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let door = if parts.uri.path().starts_with("/k/") { Door::Kiosk } else { Door::Open };
        if door == Door::Kiosk {
            // Only an enrolled kiosk of the centre.
            Asked::from_request_parts(parts, state).await?;
        }
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
            return Err(Redirect::to(&format!("/i/{}", centre.slug)).into_response());
        };
        let (catalogue, now) = (state.parvis.catalogue(), state.parvis.now());
        let choices = read(&pairs);
        Ok(Self { state: state.clone(), centre, language, door, choices, path, pairs, catalogue, now, nonce })
    }
}

impl Looking {
    fn visit(&self, page: Look) -> Visit<'_> {
        // By the open door nothing is live: a small script shows what is found while one writes.
        let head = match self.door {
            Door::Kiosk => head_with_script("kiosk", &self.nonce),
            Door::Open => {
                let script = crate::assets::url("look.js").to_owned();
                app::visitor::Head { script: Some(script), ..head("kiosk", &self.nonce) }
            }
        };
        Visit {
            centre: &self.centre,
            texts: Texts::of(&self.language),
            choices: self.choices.clone(),
            step: Step::Look(self.door, page),
            now: self.now,
            time: time_of(&self.centre, self.now),
            head,
            demo: self.state.site.demo,
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    fn text(&self) -> Option<String> {
        self.value("q").map(|text| text.chars().take(LONGEST).collect())
    }

    fn features(&self, name: &str) -> Vec<Feature> {
        self.pairs.iter().filter(|(n, _)| n == name).filter_map(|(_, code)| code.parse().ok()).collect()
    }

    fn part<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.path.get(name)?.parse().ok()
    }

    /// What was kept, with the names of today.
    fn sheet(&self) -> Sheet {
        let today = self.state.parvis.today_in(&self.centre);
        Sheet::of(&self.choices.notebook, &self.catalogue, &self.centre, &self.language, today)
    }

    /// The public address of the page that shows what is carried behind its `#`.
    fn carrying(&self, folded: &str) -> String {
        carrying(&self.state, &self.centre, &self.language, folded)
    }

    fn nowhere(&self) -> Response {
        (StatusCode::NOT_FOUND, Html(notice(&self.visit(Look::Home), Notice::NoSuchPage))).into_response()
    }
}

/// The public address of the notebook's page with its content behind the `#`, which no browser sends.
pub fn carrying(state: &AppState, centre: &Centre, language: &Language, folded: &str) -> String {
    let page = Step::Look(Door::Open, Look::Notebook);
    state.site.address(&format!("{}#{folded}", page.address(centre, language, &Choices::default())))
}

/// In the language of the browser, where the centre speaks it.
async fn enter(
    axum::extract::State(state): axum::extract::State<AppState>,
    Path(centre): Path<String>,
    headers: axum::http::HeaderMap,
    nonce: Nonce,
) -> Response {
    let wanted = preferred(&headers);
    let Ok(centre) = state.parvis.centre(&centre) else { return no_centre(&wanted, &nonce) };
    let language = if centre.languages.contains(&wanted) { wanted } else { centre.language() };
    Redirect::to(&format!("/i/{}/{language}/look", centre.slug)).into_response()
}

async fn home(looking: Looking) -> Html<String> {
    Html(catalogue::home(&looking.visit(Look::Home)))
}

async fn search(looking: Looking) -> Html<String> {
    let text = looking.text().unwrap_or_default();
    Html(catalogue::search(&looking.visit(Look::Search(text.clone())), &looking.catalogue, &text))
}

async fn entry(looking: Looking) -> Response {
    let Some(id) = looking.part::<EntryId>("id") else { return looking.nowhere() };
    let Some(found) = looking.catalogue.entry(&id) else { return looking.nowhere() };
    let open = Step::Look(Door::Open, Look::Entry(id.clone(), None));
    let address = looking.state.site.address(&open.address(&looking.centre, &looking.language, &Choices::default()));
    let text = looking.text();
    let visit = looking.visit(Look::Entry(id, text.clone()));
    Html(catalogue::entry(&visit, &looking.catalogue, found, &address, text.as_deref())).into_response()
}

async fn sectors(looking: Looking) -> Html<String> {
    Html(catalogue::sectors(&looking.visit(Look::Sectors)))
}

async fn sector(looking: Looking) -> Response {
    let Some(sector) = looking.part::<Sector>("sector") else { return looking.nowhere() };
    let filter = Filter { kind: Some(Kind::Occupation), sector: Some(sector), ..Filter::default() };
    let visit = looking.visit(Look::Sector(sector));
    Html(catalogue::list(&visit, &looking.catalogue, &filter, Look::Sectors)).into_response()
}

async fn places(looking: Looking) -> Html<String> {
    Html(catalogue::places(&looking.visit(Look::Places)))
}

async fn place(looking: Looking) -> Response {
    let Some(place) = looking.part::<Workplace>("place") else { return looking.nowhere() };
    let filter = Filter { kind: Some(Kind::Occupation), place: Some(place), ..Filter::default() };
    let visit = looking.visit(Look::Place(place));
    Html(catalogue::list(&visit, &looking.catalogue, &filter, Look::Places)).into_response()
}

async fn likes(looking: Looking) -> Html<String> {
    let liked = Liked { likes: looking.features("like"), dislikes: looking.features("dislike") };
    Html(catalogue::likes(&looking.visit(Look::Likes(liked.clone())), &looking.catalogue, &liked))
}

async fn explorer(looking: Looking) -> Html<String> {
    let replies = Replies::read(looking.value("replies").unwrap_or_default());
    Html(catalogue::explorer(&looking.visit(Look::Explorer(replies.clone())), &looking.catalogue, &replies))
}

async fn documents(looking: Looking) -> Html<String> {
    Html(catalogue::documents(&looking.visit(Look::Documents), &looking.catalogue))
}

async fn notebook(looking: Looking) -> Html<String> {
    let sheet = looking.sheet();
    let visit = looking.visit(Look::Notebook);
    Html(catalogue::notebook(&visit, &looking.catalogue, &sheet, &looking.carrying(&sheet.folded()), OnPaper::NotAsked))
}

/// The notebook as a page that prints itself, and then goes back.
async fn notebook_on_paper(looking: Looking) -> Html<String> {
    let sheet = looking.sheet();
    let back = Step::Look(looking.door, Look::Notebook).address(&looking.centre, &looking.language, &looking.choices);
    let head = head_with_script("sheet", &looking.nonce);
    Html(sheet_page(&sheet, &looking.carrying(&sheet.folded()), true, Some(&back), head))
}
