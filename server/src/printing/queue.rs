//! A queue for each printer: in order, one receipt at a time, and never longer than a visitor waits.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{
    CentreId, DeviceId, Instant,
    staff::{Connection, Device},
};
use services::{Parvis, printers::AllowedPrinters};
use tokio::{sync::Notify, task::JoinHandle, time::timeout};

use super::{
    Printing,
    transport::{Destination, JOB, Port},
};

/// How long a receipt whose turn it is waits for its agent.
const AGENT_PATIENCE: Duration = Duration::from_secs(10);
/// How long a receipt may wait for those before it: later the visitor is gone.
const LIFE: Duration = Duration::from_mins(1);
/// How many receipts wait for a printer at most.
const WAITING: usize = 30;
/// How many receipts of a printer are remembered.
const REMEMBERED: usize = 200;

/// How a printer is reached. Two printers with one address are one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Way {
    /// The server writes.
    Direct(Destination),
    /// Its agent fetches.
    Agent(DeviceId),
    /// Not at all: nobody said how.
    Nowhere,
    /// The server would write, and may not.
    Refused(DeviceId),
}

impl Way {
    fn to(printer: &Device, allowed: &AllowedPrinters) -> Self {
        match &printer.connection {
            direct @ (Connection::Tcp(_) | Connection::File(_)) => {
                Destination::allowed(direct, allowed).map_or(Self::Refused(printer.id), Self::Direct)
            }
            Connection::Agent => Self::Agent(printer.id),
            Connection::None | Connection::Browser => Self::Nowhere,
        }
    }
}

/// Where a receipt is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// Others are before it.
    Waiting,
    /// It is written, or its agent may fetch it.
    Now,
    /// Its agent has it: nobody gets it a second time.
    Claimed,
    /// It came out, or not.
    Over(Printing),
}

/// A receipt for one printer.
#[derive(Clone)]
struct Job {
    number: u64,
    /// What its page asks for it by: a ticket's token, or the id of a form.
    name: String,
    bytes: Arc<[u8]>,
    turn: Turn,
    since: tokio::time::Instant,
    /// The printer, for those who are told.
    printer: (CentreId, DeviceId),
}

/// One printer's receipts.
#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    port: Option<Port>,
    /// Works through the receipts, and ends when there are none.
    writer: Option<JoinHandle<()>>,
}

/// Every printer's receipts. They are in memory only, because a receipt holds the visitor's follow token. Cheap to clone.
#[derive(Clone, Default)]
pub struct Printers {
    queues: Arc<Mutex<HashMap<Way, Queue>>>,
    changed: Arc<Notify>,
}

impl Printers {
    /// Sends what was made to a printer, once for each `name`, and comes back at once. Staff are told how it came out.
    pub(super) fn print(&self, parvis: &Parvis, printer: &Device, bytes: Vec<u8>, name: &str) {
        let way = Way::to(printer, parvis.allowed_printers());
        let mut queues = self.lock();
        if queues.values().flat_map(|queue| &queue.jobs).any(|job| job.name == name) {
            return;
        }
        let queue = queues.entry(way.clone()).or_default();
        let has_room = queue.jobs.iter().filter(|job| !matches!(job.turn, Turn::Over(_))).count() < WAITING;
        queue.push(printer, name, bytes.into(), parvis.now(), has_room);
        if !has_room {
            drop(queues);
            return parvis.printer_works(printer.centre, printer.id, false);
        }
        // A writer that panicked is finished too: the next receipt has another.
        if queue.writer.as_ref().is_none_or(JoinHandle::is_finished) {
            queue.writer = Some(tokio::spawn(self.clone().write(parvis.clone(), way)));
        }
    }

    /// Where the receipt of this name is; none if none was printed.
    pub fn state(&self, name: &str) -> Option<Printing> {
        let queues = self.lock();
        let job = queues.values().flat_map(|queue| &queue.jobs).find(|job| job.name == name)?;
        Some(job.turn.seen())
    }

    /// Brings one receipt after the other to a printer, until none is left.
    async fn write(self, parvis: Parvis, way: Way) {
        while let Some(job) = self.begin(&way) {
            let state = self.deliver(&way, &job).await;
            self.settle(&way, job.number, state);
            let (centre, printer) = job.printer;
            let refused = matches!(way, Way::Refused(_));
            parvis.printer_refused(centre, printer, refused);
            // One word about it is enough.
            parvis.printer_works(centre, printer, refused || state == Printing::Printed);
        }
    }

    /// The next receipt, whose turn it is now. Without one the writer is gone from here on.
    fn begin(&self, way: &Way) -> Option<Job> {
        let mut queues = self.lock();
        let queue = queues.get_mut(way)?;
        let Some(job) = queue.jobs.iter_mut().find(|job| job.turn == Turn::Waiting) else {
            queue.writer = None;
            return None;
        };
        job.turn = Turn::Now;
        let job = job.clone();
        drop(queues);
        self.changed.notify_waiters();
        Some(job)
    }

    async fn deliver(&self, way: &Way, job: &Job) -> Printing {
        if job.since.elapsed() > LIFE {
            return Printing::OutOfReach;
        }
        match way {
            Way::Nowhere | Way::Refused(_) => Printing::OutOfReach,
            Way::Agent(_) => self.handed_out(way, job.number).await,
            Way::Direct(to) => self.port(way, to).print(Arc::clone(&job.bytes)).await,
        }
    }

    fn port(&self, way: &Way, to: &Destination) -> Port {
        let mut queues = self.lock();
        let port = &mut queues.entry(way.clone()).or_default().port;
        port.get_or_insert_with(|| Port::new(to.clone())).clone()
    }

    /// How a receipt came out at its agent.
    async fn handed_out(&self, way: &Way, number: u64) -> Printing {
        let fetched = self.until(way, number, |turn| turn != Turn::Now);
        if timeout(AGENT_PATIENCE, fetched).await.is_err() {
            return Printing::OutOfReach;
        }
        let told = self.until(way, number, |turn| matches!(turn, Turn::Over(_)));
        timeout(JOB, told).await.map_or(Printing::OutOfReach, Turn::seen)
    }

    /// Waits until a receipt has come so far.
    async fn until(&self, way: &Way, number: u64, is_so: impl Fn(Turn) -> bool) -> Turn {
        loop {
            // Listens before it looks, so that a change in between is not missed.
            let changed = self.changed.notified();
            let turn = self.lock().get_mut(way).and_then(|queue| queue.job(number)).map(|job| job.turn);
            match turn {
                Some(turn) if is_so(turn) => return turn,
                Some(_) => changed.await,
                None => return Turn::Over(Printing::OutOfReach),
            }
        }
    }

    /// The receipt whose turn it is at an agent's printer, as soon as there is one. It is the agent's then.
    pub(super) async fn claim(&self, printer: DeviceId) -> (u64, Arc<[u8]>) {
        let way = Way::Agent(printer);
        self.give_up(&way);
        loop {
            let changed = self.changed.notified();
            let claimed = self.lock().get_mut(&way).and_then(Queue::claim);
            if let Some(claimed) = claimed {
                self.changed.notify_waiters();
                return claimed;
            }
            changed.await;
        }
    }

    /// Whoever asks for the next receipt has done with the last, but its word of it got lost.
    fn give_up(&self, way: &Way) {
        let mut queues = self.lock();
        let claimed = |job: &&mut Job| job.turn == Turn::Claimed;
        let Some(job) = queues.get_mut(way).and_then(|queue| queue.jobs.iter_mut().find(claimed)) else { return };
        job.turn = Turn::Over(Printing::OutOfReach);
        drop(queues);
        self.changed.notify_waiters();
    }

    /// An agent says how a receipt came out that it fetched, be it late; gives whether that is news. Its word of a receipt
    /// that nobody fetched is about one of another life of the server.
    pub(super) fn told(&self, printer: DeviceId, number: u64, state: Printing) -> bool {
        let way = Way::Agent(printer);
        let turn = self.lock().get_mut(&way).and_then(|queue| queue.job(number)).map(|job| job.turn);
        matches!(turn, Some(Turn::Claimed | Turn::Over(_))) && self.settle(&way, number, state)
    }

    /// Notes how a receipt came out; gives whether that is news.
    fn settle(&self, way: &Way, number: u64, state: Printing) -> bool {
        let mut queues = self.lock();
        let Some(job) = queues.get_mut(way).and_then(|queue| queue.job(number)) else { return false };
        let is_news = job.turn != Turn::Over(state);
        job.turn = Turn::Over(state);
        job.bytes = Arc::new([]);
        drop(queues);
        self.changed.notify_waiters();
        is_news
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Way, Queue>> {
        // A panic while it was held left whole receipts behind: there is nothing half-done to guard against.
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn push(&mut self, printer: &Device, name: &str, bytes: Arc<[u8]>, now: Instant, has_room: bool) {
        // Numbers do not begin again with the server: an agent may still tell of a receipt of before its restart.
        let first = now.timestamp_micros().unsigned_abs();
        self.jobs.push_back(Job {
            number: self.jobs.back().map_or(first, |job| job.number + 1),
            name: name.to_owned(),
            bytes: if has_room { bytes } else { Arc::new([]) },
            turn: if has_room { Turn::Waiting } else { Turn::Over(Printing::OutOfReach) },
            since: tokio::time::Instant::now(),
            printer: (printer.centre, printer.id),
        });
        if self.jobs.len() > REMEMBERED {
            self.jobs.pop_front();
        }
    }

    fn job(&mut self, number: u64) -> Option<&mut Job> {
        self.jobs.iter_mut().find(|job| job.number == number)
    }

    fn claim(&mut self) -> Option<(u64, Arc<[u8]>)> {
        let job = self.jobs.iter_mut().find(|job| job.turn == Turn::Now)?;
        job.turn = Turn::Claimed;
        Some((job.number, std::mem::replace(&mut job.bytes, Arc::new([]))))
    }
}

impl Turn {
    /// What is said of a receipt.
    fn seen(self) -> Printing {
        match self {
            Self::Waiting | Self::Now | Self::Claimed => Printing::Waiting,
            Self::Over(state) => state,
        }
    }
}
