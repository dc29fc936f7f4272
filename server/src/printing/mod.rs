//! Receipts on paper: made here, sent to a printer that the server reaches or fetched by an agent near the printer.
//!
//! Printing never blocks a ticket. What is printed waits in memory only, because a receipt holds the visitor's follow
//! token, and is thrown away when its printer was out of reach for too long.

mod agent;
mod jobs;
mod layout;
mod lines;
mod queue;
mod transport;

use std::hash::{DefaultHasher, Hash, Hasher};

use app::{
    texts::{Texts, receipt as texts},
    visitor::catalogue::EntryInShort,
};
use domain::{
    day::FollowToken,
    staff::{Connection, Device, Paper},
    view::ReceiptData,
};
use serde::{Deserialize, Serialize};
use services::{Problem, catalogue::Sheet};
use utoipa::ToSchema;

use crate::{pages::time_of, state::AppState};

pub use agent::{AgentError, run as run_agent};
pub use jobs::router;
pub use queue::Printers;
pub use transport::{Destination, NotADestination};

/// Where a receipt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Printing {
    /// On its way.
    Waiting,
    /// On paper.
    Printed,
    /// The printer does not answer.
    OutOfReach,
    /// The printer has no paper, or its cover is open.
    NoPaper,
}

/// What becomes of a ticket's receipt where it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Receipt {
    /// Nothing prints there.
    None,
    /// Its own browser prints it, from `/print/…`.
    ByBrowser,
    /// It comes out of the printer.
    OnItsWay,
    /// The printer does not answer, or has no paper: the number has to be remembered.
    Trouble,
}

impl Receipt {
    /// As it stands now.
    pub fn of(state: &AppState, kiosk: &Device, token: &FollowToken) -> Self {
        if kiosk.connection == Connection::Browser {
            return Self::ByBrowser;
        }
        match state.printers.state(&name_of(token)) {
            None => Self::None,
            Some(Printing::Waiting | Printing::Printed) => Self::OnItsWay,
            Some(Printing::OutOfReach | Printing::NoPaper) => Self::Trouble,
        }
    }
}

/// Prints a ticket that was just taken at a kiosk, once. Comes back at once; whatever goes wrong is told to staff, and
/// takes no ticket away.
pub async fn print_ticket(state: &AppState, kiosk: &Device, token: &FollowToken) -> Receipt {
    if let Err(problem) = print_at(state, kiosk, token).await {
        tracing::warn!(%problem, "a receipt could not be printed");
    }
    Receipt::of(state, kiosk, token)
}

/// What a ticket's receipt is remembered by: not by its token, which nothing holds once the day is closed.
fn name_of(token: &FollowToken) -> String {
    let mut hasher = DefaultHasher::new();
    token.hash(&mut hasher);
    hasher.finish().to_string()
}

async fn print_at(state: &AppState, kiosk: &Device, token: &FollowToken) -> Result<(), Problem> {
    // Where the browser prints, its page does.
    let by_server = kiosk.printer.filter(|_| kiosk.connection != Connection::Browser);
    let Some(printer) = by_server else { return Ok(()) };
    let printer = state.parvis.device(printer).await?;
    let receipt = receipt(state, token).await?;
    send(state, &printer, layout::receipt(&receipt, printer.paper), &name_of(token));
    Ok(())
}

/// What is on the receipt of a ticket.
///
/// # Errors
/// If the ticket cannot be looked up.
pub async fn receipt(state: &AppState, token: &FollowToken) -> Result<ReceiptData, Problem> {
    let (centre, view) = state.parvis.follow(token).await?;
    let t = Texts::of(&view.language);
    let time = time_of(&centre, view.taken);
    let when = texts::at(&t, time.date(&t, view.taken), time.time(&t, view.taken));
    Ok(ReceiptData::of(&centre, &view, when, state.site.address(&format!("/t/{}", token.reveal()))))
}

/// Prints an entry of career information in short, where the kiosk has a printer; once for each `name`. Comes back at
/// once.
///
/// # Errors
/// If the printer cannot be looked up.
pub async fn print_entry(state: &AppState, kiosk: &Device, entry: &EntryInShort, name: &str) -> Result<(), Problem> {
    print_once(state, kiosk, name, |paper| layout::entry(entry, paper)).await
}

/// Prints a notebook in the same way. `address` carries its content.
///
/// # Errors
/// If the printer cannot be looked up.
pub async fn print_notebook(
    state: &AppState,
    kiosk: &Device,
    sheet: &Sheet,
    address: &str,
    name: &str,
) -> Result<(), Problem> {
    print_once(state, kiosk, name, |paper| layout::notebook(sheet, address, paper)).await
}

async fn print_once(
    state: &AppState,
    kiosk: &Device,
    name: &str,
    made: impl FnOnce(Paper) -> escpos::errors::Result<Vec<u8>>,
) -> Result<(), Problem> {
    let Some(printer) = kiosk.printer else { return Ok(()) };
    let printer = state.parvis.device(printer).await?;
    send(state, &printer, made(printer.paper), name);
    Ok(())
}

fn send(state: &AppState, printer: &Device, made: escpos::errors::Result<Vec<u8>>, name: &str) {
    match made {
        Ok(bytes) => state.printers.print(&state.parvis, printer, bytes, name),
        Err(error) => tracing::error!(%error, "a receipt could not be made"),
    }
}

/// Dots across a paper's printable width.
fn dots(paper: Paper) -> u16 {
    match paper {
        Paper::Narrow => 384,
        Paper::Wide => 576,
    }
}
