//! Receipts on paper: made here, sent to a printer that the server reaches or fetched by an agent near the printer.
//!
//! Printing never blocks a ticket. What is printed waits in memory only, because a receipt holds the visitor's follow
//! token, and is thrown away when its printer was out of reach for too long.

mod agent;
mod jobs;
mod layout;
mod lines;
mod transport;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::visitor::catalogue::EntryInShort;
use domain::{
    DeviceId, Instant,
    day::FollowToken,
    staff::{Connection, Device, Paper},
    view::ReceiptData,
};
use serde::{Deserialize, Serialize};
use services::{Parvis, Problem, catalogue::Sheet};
use tokio::sync::Notify;

use crate::state::AppState;

pub use agent::{AgentError, Destination, NotADestination, run as run_agent};
pub use jobs::router;

/// How long a receipt waits for its agent: later the visitor is gone.
const AGENT_PATIENCE: Duration = Duration::from_secs(10);
/// How many receipts a printer remembers.
const REMEMBERED: usize = 200;

/// Where a receipt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A receipt for one printer.
#[derive(Clone)]
struct Job {
    number: u64,
    /// What its page asks for it by: a ticket's token, or the id of a form.
    name: String,
    bytes: Arc<[u8]>,
    state: Printing,
}

/// Every printer's receipts. Cheap to clone.
#[derive(Clone, Default)]
pub struct Printers {
    queues: Arc<Mutex<HashMap<DeviceId, VecDeque<Job>>>>,
    changed: Arc<Notify>,
}

impl Printers {
    /// Sends what was made to a printer, and comes back at once. Staff are told how it came out.
    fn print(&self, parvis: &Parvis, printer: &Device, made: escpos::errors::Result<Vec<u8>>, name: &str) {
        let bytes = match made {
            Ok(bytes) => bytes,
            Err(error) => return tracing::error!(%error, "a receipt could not be made"),
        };
        let number = self.push(printer, name, bytes.into(), parvis.now());
        let (printers, parvis, printer) = (self.clone(), parvis.clone(), printer.clone());
        tokio::spawn(async move {
            let state = printers.deliver(&printer, number).await;
            parvis.printer_works(printer.centre, printer.id, state == Some(Printing::Printed));
        });
    }

    /// Where the receipt of this name is; none if none was printed.
    pub fn state(&self, name: &str) -> Option<Printing> {
        self.lock().values().flatten().filter(|j| j.name == name).map(|j| j.state).last()
    }

    fn push(&self, printer: &Device, name: &str, bytes: Arc<[u8]>, now: Instant) -> u64 {
        let mut queues = self.lock();
        let queue = queues.entry(printer.id).or_default();
        // Numbers do not begin again with the server: an agent may still tell of a receipt of before its restart.
        let first = now.timestamp_micros().unsigned_abs();
        let number = queue.back().map_or(first, |j| j.number + 1);
        queue.push_back(Job { number, name: name.to_owned(), bytes, state: Printing::Waiting });
        if queue.len() > REMEMBERED {
            queue.pop_front();
        }
        drop(queues);
        self.changed.notify_waiters();
        number
    }

    /// Brings a receipt to its printer, or waits for the printer's agent to do so, and says how it came out.
    async fn deliver(&self, printer: &Device, job: u64) -> Option<Printing> {
        let bytes = self.waiting(printer.id, Some(job))?.bytes;
        let state = match &printer.connection {
            Connection::Tcp(address) => transport::to_tcp(address, &bytes).await,
            Connection::File(path) => transport::to_file(path.into(), bytes).await,
            Connection::Agent => {
                tokio::time::sleep(AGENT_PATIENCE).await;
                Printing::OutOfReach
            }
            Connection::None | Connection::Browser => Printing::OutOfReach,
        };
        self.settle(printer.id, job, state);
        self.lock().get(&printer.id)?.iter().find(|j| j.number == job).map(|j| j.state)
    }

    /// The oldest receipt that waits, or the one asked for.
    fn waiting(&self, printer: DeviceId, job: Option<u64>) -> Option<Job> {
        let queues = self.lock();
        let mut jobs = queues.get(&printer)?.iter().filter(|j| j.state == Printing::Waiting);
        jobs.find(|j| job.is_none_or(|number| j.number == number)).cloned()
    }

    /// Says how a receipt that waited came out. Its bytes are not needed any more.
    fn settle(&self, printer: DeviceId, job: u64, state: Printing) {
        let mut queues = self.lock();
        let Some(queue) = queues.get_mut(&printer) else { return };
        if let Some(job) = queue.iter_mut().find(|j| j.number == job && j.state == Printing::Waiting) {
            job.state = state;
            job.bytes = Arc::new([]);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DeviceId, VecDeque<Job>>> {
        // A panic while it was held left whole receipts behind: there is nothing half-done to guard against.
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Prints a ticket that was just taken, where its kiosk has a printer. Comes back at once; whatever goes wrong is told
/// to staff, never to the visitor's ticket. `at` is its local date and time as the visitor's language writes it.
///
/// # Errors
/// If the ticket cannot be looked up.
pub async fn print_ticket(state: &AppState, kiosk: &Device, token: &FollowToken, at: String) -> Result<(), Problem> {
    let Some(printer) = kiosk.printer else { return Ok(()) };
    let printer = state.parvis.device(printer).await?;
    let (centre, view) = state.parvis.follow(token).await?;
    let address = state.site.address(&format!("/t/{}", token.reveal()));
    let receipt = ReceiptData::of(&centre, &view, at, address);
    let made = layout::receipt(&receipt, printer.paper);
    state.printers.print(&state.parvis, &printer, made, &token.reveal());
    Ok(())
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
    let Some(printer) = kiosk.printer.filter(|_| state.printers.state(name).is_none()) else { return Ok(()) };
    let printer = state.parvis.device(printer).await?;
    state.printers.print(&state.parvis, &printer, made(printer.paper), name);
    Ok(())
}

/// Dots across a paper's printable width.
fn dots(paper: Paper) -> u32 {
    match paper {
        Paper::Narrow => 384,
        Paper::Wide => 576,
    }
}
