//! Paper that a browser prints.

use app::{
    texts::{Texts, date, words},
    visitor::{
        receipt::{page, slip_page},
        sheet::page as sheet_page,
    },
};
use axum::{
    Router,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use domain::{TicketId, day::FollowToken, view::SlipData};
use serde::Deserialize;
use services::catalogue::Sheet;

use super::kiosk::carrying;
use super::parts::{chosen, head_with_script};
use crate::{
    enrolment::local,
    extract::{Caller, Nonce},
    printing,
    problem::ApiProblem,
    state::AppState,
};

/// `/print/{token}`, `/print/slip/{ticket}` and `/print/dossier/{ticket}`.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/print/{token}", get(receipt))
        .route("/print/slip/{ticket}", post(slip))
        .route("/print/dossier/{ticket}", get(dossier))
}

/// What a receipt's page does.
#[derive(Default, Deserialize)]
struct Wish {
    /// `no`: the page waits for its button.
    auto: Option<String>,
    /// Where to go when it is printed: a path of this server.
    back: Option<String>,
}

impl Wish {
    fn on_load(&self) -> bool {
        self.auto.as_deref() != Some("no")
    }
    fn back(&self) -> Option<&str> {
        self.back.as_deref().map(local)
    }
}

async fn receipt(
    State(state): State<AppState>,
    Path(token): Path<String>,
    Query(wish): Query<Wish>,
    nonce: Nonce,
) -> Result<Response, ApiProblem> {
    let token: FollowToken = token.parse().map_err(|_| ApiProblem::unknown("ticket"))?;
    let data = printing::receipt(&state, &token).await?;
    Ok(Html(page(&data, wish.on_load(), wish.back(), head_with_script("receipt", &nonce))).into_response())
}

/// The visitor's own sheet after, or during, a talk: what was kept, advised and recommended, signed.
async fn dossier(
    State(state): State<AppState>,
    Path(ticket): Path<TicketId>,
    Query(wish): Query<Wish>,
    caller: Caller,
    nonce: Nonce,
) -> Result<Response, ApiProblem> {
    let centre = state.parvis.centre_by_id(state.parvis.find_ticket(ticket).await?)?;
    let dossier = state.parvis.dossier(&caller.0, ticket).await?;
    let t = Texts::of(&dossier.language);
    let steps = dossier.steps.iter().map(|step| (*step, words::advice(&t, *step))).collect();
    let sheet = Sheet { steps, ..dossier.sheet };
    let language = t.language().clone();
    let address = carrying(&state, &centre, &language, &state.parvis.signed(&sheet));
    let head = head_with_script("sheet", &nonce);
    Ok(Html(sheet_page(&sheet, &address, wish.on_load(), wish.back(), head)).into_response())
}

/// Ends a ticket that cannot be seen today with a slip, and prints it. Asking again prints the same slip.
async fn slip(
    State(state): State<AppState>,
    Path(ticket): Path<TicketId>,
    Query(wish): Query<Wish>,
    caller: Caller,
    nonce: Nonce,
) -> Result<Response, ApiProblem> {
    let centre = state.parvis.centre_by_id(state.parvis.find_ticket(ticket).await?)?;
    let slip = state.parvis.issue_slip(&caller.0, ticket, None).await?;
    let language = chosen(Some(slip.language.code())).unwrap_or_else(|| centre.language());
    let data = SlipData {
        centre: centre.name.get(&language).to_owned(),
        code: slip.code,
        valid_until: date(&Texts::of(&language), slip.valid_until),
        language,
    };
    Ok(Html(slip_page(&data, wish.on_load(), wish.back(), head_with_script("receipt", &nonce))).into_response())
}
