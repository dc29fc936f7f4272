//! Looking around in career information: at the kiosk, and by the open door from any browser.

use std::{ops, sync::Arc};

use app::visitor::{
    catalogue::{self, Door, EntryInShort, Known, Liked, Look, NotebookPaper, OnPaper, Shown},
    kiosk::{Choices, Notice, Printing, Step, Visit, notice},
    sheet::page as sheet_page,
};
use axum::{
    Form, Router,
    extract::{FromRequestParts, Path, rejection::FormRejection},
    http::{StatusCode, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{
    CountId, Language,
    catalogue::{EntryId, Feature, Interest, Sector, Workplace, explorer::Replies},
    centre::Centre,
    day::{Command, Counted, Refusal},
    staff::{Connection, Device},
};
use services::{
    Actor, Problem,
    catalogue::{Entry, Library, Sheet},
};
use uuid::Uuid;

use super::{
    asked::{Addressed, Answer, Asked, Pairs, is_kiosks, new_key, no_centre, read},
    refused::refused,
    ticket::{form_id, key_of, printing},
};
use crate::{
    extract::Nonce,
    pages::parts::{head, head_with_script, preferred, spoken},
    printing::{print_entry, print_notebook},
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
            .route(&at("/look/interests"), get(interests))
            .route(&at("/look/interests/{interest}"), get(interest))
            .route(&at("/look/job"), get(job))
            .route(&at("/look/job/{id}"), get(from_job))
            .route(&at("/look/documents"), get(documents))
            .route(&at("/look/notebook"), get(notebook))
            .route(&at("/look/notebook/print"), get(notebook_on_paper));
    }
    router
        .route("/k/{centre}/{lang}/look/notebook/print-here", post(print_notebook_here).get(notebook))
        .route("/k/{centre}/{lang}/look/notebook/printed/{form}", get(notebook_printed))
        .route("/k/{centre}/{lang}/look/taken", post(take).get(taken))
        .route("/k/{centre}/{lang}/look/entry/{id}/print", post(print).get(entry))
        .route("/k/{centre}/{lang}/look/entry/{id}/printed/{form}", get(printed))
}

/// Letters of a query that are looked at.
const LONGEST: usize = 200;

/// Somebody who looks around.
struct Looking {
    addressed: Addressed,
    door: Door,
    /// The kiosk that asks; none by the open door.
    kiosk: Option<Arc<Device>>,
    catalogue: Arc<Library>,
}

impl ops::Deref for Looking {
    type Target = Addressed;
    fn deref(&self) -> &Addressed {
        &self.addressed
    }
}

impl FromRequestParts<AppState> for Looking {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let addressed = Addressed::from_request_parts(parts, state).await?;
        let door = if is_kiosks(parts) { Door::Kiosk } else { Door::Open };
        let kiosk = match door {
            Door::Kiosk => Some(addressed.kiosk(parts).await?),
            Door::Open => None,
        };
        let catalogue = state.parvis.catalogue();
        Ok(Self { addressed, door, kiosk, catalogue })
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
        self.visit_with(Step::Look(self.door, page), head)
    }

    fn text(&self) -> Option<String> {
        self.value("q").map(|text| text.chars().take(LONGEST).collect())
    }

    fn features(&self, name: &str) -> Vec<Feature> {
        self.pairs.iter().filter(|(n, _)| n == name).filter_map(|(_, code)| code.parse().ok()).collect()
    }

    fn part<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.addressed.part(name).parse().ok()
    }

    /// The entry of the path, while it holds.
    fn entry(&self) -> Option<&Entry> {
        let today = self.state.parvis.today_in(&self.centre);
        self.catalogue.entry(&self.part("id")?).filter(|e| !e.record.is_over(today))
    }

    /// Where any browser reads an entry.
    fn public_address(&self, id: &EntryId) -> String {
        let open = Step::Look(Door::Open, Look::Entry(id.clone(), None));
        self.state.site.address(&open.address(&self.centre, &self.language, &Choices::default()))
    }

    fn paper(&self) -> Option<OnPaper> {
        match &self.kiosk {
            Some(kiosk) if kiosk.connection == Connection::Browser => Some(OnPaper::Sheet),
            Some(kiosk) => kiosk.printer.map(|_| OnPaper::Receipt),
            None => Some(OnPaper::Sheet),
        }
    }

    fn list(&self, of: &Look) -> Response {
        Html(catalogue::list(&self.visit(of.clone()), &self.catalogue, of)).into_response()
    }

    /// What was kept, with the names of today.
    fn sheet(&self) -> Sheet {
        let today = self.state.parvis.today_in(&self.centre);
        Sheet::of(&self.choices.notebook, &self.catalogue, &self.centre, &self.language, today)
    }

    fn notebook(&self, page: Look, printing: Option<Printing>) -> Html<String> {
        let sheet = self.sheet();
        let paper = NotebookPaper { on: self.paper(), printing, key: &new_key() };
        let address = self.carrying(&sheet.folded());
        Html(catalogue::notebook(&self.visit(page), &self.catalogue, &sheet, &address, &paper))
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
    let Ok(centre) = state.parvis.centre(&centre) else { return no_centre(&preferred(&headers), &nonce) };
    let language = spoken(&centre, &headers);
    Redirect::to(&format!("/i/{}/{language}/look", centre.slug)).into_response()
}

async fn home(looking: Looking) -> Html<String> {
    Html(catalogue::home(&looking.visit(Look::Home), &looking.catalogue))
}

async fn search(looking: Looking) -> Html<String> {
    let (text, facets) = (looking.text().unwrap_or_default(), catalogue::facets(&looking.pairs));
    if looking.value("sent").is_some() {
        looking.state.parvis.searched(&looking.centre, &looking.language, &text).await;
    }
    let visit = looking.visit(Look::Search(text.clone(), facets.clone()));
    Html(catalogue::search(&visit, &looking.catalogue, &text, &facets))
}

async fn entry(looking: Looking) -> Response {
    let Some(entry) = looking.entry() else { return looking.nowhere() };
    let visit = looking.visit(Look::Entry(entry.id.clone(), Look::origin(&looking.pairs)));
    // What there is to read is there also while nothing is known of the day.
    let (parvis, centre) = (&looking.state.parvis, looking.centre.id);
    let (published, told) = match &looking.kiosk {
        Some(kiosk) => (parvis.board(&Actor::Device(Arc::clone(kiosk)), centre).await.ok(), None),
        None => (None, parvis.public_board(centre).await.ok()),
    };
    let shown = Shown {
        entry,
        address: looking.public_address(&entry.id),
        known: match (&published, &told) {
            (Some(published), _) => Known::Exactly(&published.board),
            (None, Some(told)) => Known::Roughly(&told.board),
            (None, None) => Known::Nothing,
        },
        paper: looking.paper(),
        key: &new_key(),
    };
    Html(catalogue::entry(&visit, &looking.catalogue, &shown)).into_response()
}

/// Prints an entry in short without waiting for the printer, and goes on to the page that says how it comes out.
async fn print(looking: Looking, form: Result<Form<Pairs>, FormRejection>) -> Answer {
    let Ok(Form(pairs)) = form else { return Err(looking.nowhere()) };
    let (Some(entry), Some(kiosk)) = (looking.entry(), &looking.kiosk) else { return Err(looking.nowhere()) };
    let id = form_id(&key_of(&pairs).unwrap_or_else(new_key));
    let visit = looking.visit(Look::Entry(entry.id.clone(), None));
    if let Some(short) = EntryInShort::of(&visit, &looking.catalogue, entry, &looking.public_address(&entry.id))
        && let Err(problem) = print_entry(&looking.state, kiosk, &short, &id.to_string()).await
    {
        tracing::warn!(%problem, "an entry could not be printed");
    }
    let page = Step::Look(Door::Kiosk, Look::Printed(entry.id.clone(), id));
    let address = page.address(&looking.centre, &looking.language, &read(&pairs).before_the_question());
    Ok(Redirect::to(&address).into_response())
}

async fn printed(looking: Looking) -> Response {
    let (Some(entry), Some(id)) = (looking.entry(), looking.part::<Uuid>("form")) else { return looking.nowhere() };
    let printing = printing(looking.state.printers.state(&id.to_string()));
    let visit = looking.visit(Look::Printed(entry.id.clone(), id));
    Html(catalogue::printed(&visit, entry, &looking.public_address(&entry.id), printing)).into_response()
}

async fn sectors(looking: Looking) -> Html<String> {
    Html(catalogue::sectors(&looking.visit(Look::Sectors)))
}

async fn sector(looking: Looking) -> Response {
    let Some(sector) = looking.part::<Sector>("sector") else { return looking.nowhere() };
    looking.list(&Look::Sector(sector, catalogue::facets(&looking.pairs)))
}

async fn places(looking: Looking) -> Html<String> {
    Html(catalogue::places(&looking.visit(Look::Places)))
}

async fn place(looking: Looking) -> Response {
    let Some(place) = looking.part::<Workplace>("place") else { return looking.nowhere() };
    looking.list(&Look::Place(place, catalogue::facets(&looking.pairs)))
}

async fn likes(looking: Looking) -> Html<String> {
    let liked = Liked { likes: looking.features("like"), dislikes: looking.features("dislike") };
    Html(catalogue::likes(&looking.visit(Look::Likes(liked.clone())), &looking.catalogue, &liked))
}

async fn explorer(looking: Looking) -> Html<String> {
    let replies = Replies::read(looking.value("replies").unwrap_or_default());
    Html(catalogue::explorer(&looking.visit(Look::Explorer(replies.clone())), &looking.catalogue, &replies))
}

async fn interests(looking: Looking) -> Html<String> {
    Html(catalogue::interests(&looking.visit(Look::Interests), &looking.catalogue))
}

async fn interest(looking: Looking) -> Response {
    let Some(interest) = looking.part::<Interest>("interest") else { return looking.nowhere() };
    looking.list(&Look::Interest(interest, catalogue::facets(&looking.pairs)))
}

async fn job(looking: Looking) -> Html<String> {
    let text = looking.text().unwrap_or_default();
    Html(catalogue::job(&looking.visit(Look::Job(text.clone())), &looking.catalogue, &text))
}

async fn from_job(looking: Looking) -> Response {
    let Some(id) = looking.part::<EntryId>("id") else { return looking.nowhere() };
    let Some(found) = looking.catalogue.entry(&id) else { return looking.nowhere() };
    let text = looking.text().unwrap_or_default();
    let visit = looking.visit(Look::From(id, text.clone()));
    Html(catalogue::from_job(&visit, &looking.catalogue, found, &text)).into_response()
}

/// "I took it": one document more was given. Which one is nobody's to know.
async fn take(mut asked: Asked, form: Result<Form<Pairs>, FormRejection>) -> Answer {
    let Ok(Form(pairs)) = form else { return Err(asked.nowhere()) };
    asked.choices = read(&pairs).before_the_question();
    let key = key_of(&pairs).unwrap_or_else(new_key);
    let done = Step::Look(Door::Kiosk, Look::Taken);
    let command = Command::Count { id: CountId(form_id(&key)), what: Counted::DocumentGiven };
    match asked.state.parvis.act(&asked.actor(), asked.centre.id, command, Some(key)).await {
        Ok(_) | Err(Problem::Refused(Refusal::IdInUse | Refusal::KeyReused)) => Ok(asked.go(&done, &asked.choices)),
        Err(problem) => Err(refused(&asked, done, &problem).await),
    }
}

async fn taken(looking: Looking) -> Html<String> {
    Html(catalogue::taken(&looking.visit(Look::Taken)))
}

async fn documents(looking: Looking) -> Html<String> {
    Html(catalogue::documents(&looking.visit(Look::Documents), &looking.catalogue))
}

async fn notebook(looking: Looking) -> Html<String> {
    looking.notebook(Look::Notebook, None)
}

/// Prints the notebook without waiting for the printer, and goes on to the page that says how it comes out.
async fn print_notebook_here(mut looking: Looking, form: Result<Form<Pairs>, FormRejection>) -> Answer {
    let Ok(Form(pairs)) = form else { return Err(looking.nowhere()) };
    looking.addressed.choices = read(&pairs).before_the_question();
    let Some(kiosk) = &looking.kiosk else { return Err(looking.nowhere()) };
    let id = form_id(&key_of(&pairs).unwrap_or_else(new_key));
    let sheet = looking.sheet();
    let address = looking.carrying(&sheet.folded());
    if let Err(problem) = print_notebook(&looking.state, kiosk, &sheet, &address, &id.to_string()).await {
        tracing::warn!(%problem, "a notebook could not be printed");
    }
    let page = Step::Look(Door::Kiosk, Look::NotebookPrinted(id));
    Ok(Redirect::to(&page.address(&looking.centre, &looking.language, &looking.choices)).into_response())
}

async fn notebook_printed(looking: Looking) -> Response {
    let Some(id) = looking.part::<Uuid>("form") else { return looking.nowhere() };
    let printing = printing(looking.state.printers.state(&id.to_string()));
    looking.notebook(Look::NotebookPrinted(id), Some(printing)).into_response()
}

/// The notebook as a page that prints itself, and then goes back.
async fn notebook_on_paper(looking: Looking) -> Html<String> {
    let sheet = looking.sheet();
    let back = Step::Look(looking.door, Look::Notebook).address(&looking.centre, &looking.language, &looking.choices);
    let head = head_with_script("sheet", &looking.nonce);
    Html(sheet_page(&sheet, &looking.carrying(&sheet.folded()), true, Some(&back), head))
}
