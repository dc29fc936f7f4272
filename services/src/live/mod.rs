//! Live centres: a day in memory, one task that changes it, one snapshot a version.
//!
//! Everything that changes a day goes through its task's queue; reading never waits for it. What readers see is durable.

mod publish;
pub(crate) mod state;
mod task;
mod waiting;
pub(crate) mod zone;

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use domain::{
    CentreId, DeviceId, Instant,
    centre::Centre,
    day::{Answer, Command, Ticket},
};
use storage::Database;
use tokio::sync::{Mutex, mpsc, oneshot};

use publish::Publisher;
pub use publish::{Published, Sent, Told, Versions};
use state::State;
use task::Task;

use crate::{
    Problem, StorageTrouble, authorise::By, clock::Clock, locked, printers::AllowedPrinters, secrets::Secrets,
};

/// What a live centre needs of the rest.
#[derive(Clone)]
pub(crate) struct Tools {
    pub database: Database,
    pub clock: Arc<dyn Clock>,
    pub secrets: Arc<dyn Secrets>,
    pub demo: bool,
    pub printers: AllowedPrinters,
}

/// What somebody asks of a day.
#[derive(Debug)]
pub(crate) struct Wish {
    pub by: By,
    pub command: Command,
    /// The idempotency key, made unguessable and its own for each actor.
    pub key: String,
    /// The digest of the body that came with the key.
    pub fingerprint: u64,
}

/// What a wish is answered with, once it is durable.
#[derive(Clone, Debug)]
pub(crate) struct Granted {
    pub answer: Answer,
    /// The ticket that the answer names, as it was then.
    pub ticket: Option<Ticket>,
    /// For a ticket in a line: how many are before it.
    pub ahead: u32,
}

pub(crate) enum Job {
    Do(Box<Wish>, oneshot::Sender<Result<Granted, Problem>>),
    Pulse(oneshot::Sender<()>),
    Follow,
    CatchUp(oneshot::Sender<()>),
    Centre(Arc<Centre>),
    Stop(oneshot::Sender<()>),
}

/// Jobs that can wait before whoever asks has to.
const QUEUE: usize = 1024;

/// A loaded centre.
pub(crate) struct Live {
    pub id: CentreId,
    shared: Arc<Shared>,
    queue: mpsc::Sender<Job>,
    publisher: Publisher,
}

/// What the task writes and everybody reads.
pub(crate) struct Shared {
    state: RwLock<State>,
    /// Whether a hint that the log has grown waits to be followed.
    hinted: AtomicBool,
    /// Seconds of the monotonic clock at which somebody last asked for this centre.
    used: AtomicU64,
}

impl Shared {
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Live {
    /// Loads a centre and its day, settles what happened while nobody looked, and starts its task.
    async fn start(tools: Tools, centre: Arc<Centre>) -> Result<Arc<Self>, Problem> {
        let id = centre.id;
        let (task, shared) = Task::load(tools.clone(), centre).await?;
        let (queue, jobs) = mpsc::channel(QUEUE);
        let publisher = Publisher::start(Arc::clone(&shared), Arc::clone(&tools.clock));
        tokio::spawn(task.run(jobs, publisher.changed()));
        Ok(Arc::new(Self { id, shared, queue, publisher }))
    }

    /// Reads the state; short, without waiting for anything durable.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.shared.read()
    }

    /// The newest snapshot for the centre's own screens: made now if the state is newer than the last one published.
    pub(crate) fn newest(&self) -> Arc<Published> {
        self.publisher.newest()
    }
    pub(crate) fn watch(&self) -> Versions {
        self.publisher.watch()
    }
    /// What anybody is told.
    pub(crate) fn told(&self) -> Arc<Told> {
        self.publisher.told()
    }
    pub(crate) fn watch_told(&self) -> Versions<Told> {
        self.publisher.watch_told()
    }

    /// No more snapshots come.
    pub(crate) fn end_streams(&self) {
        self.publisher.end();
    }

    /// Asks something of the day. It happens even if whoever asks goes away.
    pub(crate) async fn wish(&self, wish: Wish) -> Result<Granted, Problem> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Do(Box::new(wish), reply)).await?;
        answer.await.unwrap_or(Err(STOPPED))
    }
    pub(crate) async fn pulse(&self) {
        let (reply, done) = oneshot::channel();
        if self.send(Job::Pulse(reply)).await.is_ok() {
            done.await.ok();
        }
        self.publisher.pulse();
    }
    pub(crate) async fn replace_centre(&self, centre: Arc<Centre>) {
        self.send(Job::Centre(centre)).await.ok();
    }
    /// A hint that another node has appended to the log. Only a hint: the next pulse looks anyway.
    pub(crate) fn hint(&self) {
        if !self.shared.hinted.swap(true, Ordering::AcqRel) && self.queue.try_send(Job::Follow).is_err() {
            self.shared.hinted.store(false, Ordering::Release);
        }
    }
    /// Reads what other nodes appended to the log, now.
    pub(crate) async fn follow(&self) {
        let (reply, done) = oneshot::channel();
        if self.send(Job::CatchUp(reply)).await.is_ok() {
            done.await.ok();
        }
    }
    /// Stops the task, after all that it was asked before.
    pub(crate) async fn stop(&self) {
        let (reply, done) = oneshot::channel();
        if self.send(Job::Stop(reply)).await.is_ok() {
            done.await.ok();
        }
    }
    /// Asks for something that nobody may: whether there is an answer at all.
    #[cfg(test)]
    pub(crate) async fn asks_nothing(&self) -> bool {
        let actor = crate::authorise::Who { actor: crate::Actor::Anyone, reach: crate::authorise::Reach::Elsewhere };
        let wish = Wish { by: By::Actor(actor), command: Command::ResumeDay, key: "a key".into(), fingerprint: 0 };
        self.wish(wish).await.is_err_and(|problem| problem == Problem::SignInNeeded)
    }
    async fn send(&self, job: Job) -> Result<(), Problem> {
        self.queue.send(job).await.map_err(|_| STOPPED)
    }

    /// Notes whether a printer prints.
    pub(crate) fn printer_works(&self, printer: DeviceId, works: bool, now: Instant) {
        self.note(now, |state| note(&mut state.printers_down, printer, !works));
    }
    /// Notes whether the server may print on a printer.
    pub(crate) fn printer_refused(&self, printer: DeviceId, refused: bool, now: Instant) {
        self.note(now, |state| note(&mut state.printers_refused, printer, refused));
    }
    /// Notes that a second agent asked for a printer's receipts.
    pub(crate) fn printer_doubled(&self, printer: DeviceId, now: Instant) {
        self.note(now, |state| state.printers_doubled.insert(printer, now).is_none());
    }
    /// Notes what is no part of the day, and publishes it if `changes` says that it is news.
    fn note(&self, now: Instant, changes: impl FnOnce(&mut State) -> bool) {
        let mut state = locked(&self.shared.state);
        if changes(&mut state) {
            state.renew(now);
            drop(state);
            self.publisher.changed().notify_one();
        }
    }

    fn touch(&self, clock: &dyn Clock) {
        self.shared.used.store(clock.monotonic().as_secs(), Ordering::Relaxed);
    }
    /// Whether nobody looked for a while, no day needs its timer, and nothing is remembered that is stored nowhere.
    fn is_idle(&self, clock: &dyn Clock) -> bool {
        const AFTER_SECONDS: u64 = 600;
        let used = self.shared.used.load(Ordering::Relaxed);
        let unused = clock.monotonic().as_secs().saturating_sub(used) >= AFTER_SECONDS;
        let state = self.read();
        unused && !self.publisher.is_watched() && state.stored.is_none() && state.last.is_none()
    }
}

/// Puts a device in or takes it out; gives whether that is news.
fn note(devices: &mut BTreeSet<DeviceId>, device: DeviceId, in_it: bool) -> bool {
    if in_it { devices.insert(device) } else { devices.remove(&device) }
}

/// The installation is stopping: nothing was done.
const STOPPED: Problem = Problem::Storage(StorageTrouble::Unreachable);

/// The centres that are loaded.
#[derive(Default)]
pub(crate) struct Lives {
    loaded: RwLock<HashMap<CentreId, Arc<Live>>>,
    loading: Mutex<()>,
}

impl Lives {
    fn map(&self) -> RwLockReadGuard<'_, HashMap<CentreId, Arc<Live>>> {
        self.loaded.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
    /// A centre, if it is loaded.
    pub(crate) fn get(&self, id: CentreId, clock: &dyn Clock) -> Option<Arc<Live>> {
        let live = self.map().get(&id).cloned();
        live.inspect(|l| l.touch(clock))
    }
    /// Every loaded centre.
    pub(crate) fn all(&self) -> Vec<Arc<Live>> {
        self.map().values().cloned().collect()
    }
    /// A centre, loaded now if need be.
    pub(crate) async fn load(&self, tools: &Tools, centre: Arc<Centre>) -> Result<Arc<Live>, Problem> {
        if let Some(live) = self.get(centre.id, tools.clock.as_ref()) {
            return Ok(live);
        }
        let _one_at_a_time = self.loading.lock().await;
        if let Some(live) = self.get(centre.id, tools.clock.as_ref()) {
            return Ok(live);
        }
        let id = centre.id;
        let live = Live::start(tools.clone(), centre).await?;
        live.touch(tools.clock.as_ref());
        locked(&self.loaded).insert(id, Arc::clone(&live));
        Ok(live)
    }
    /// Takes out what is idle and in nobody's hands: handles are given out under the same lock, so none can follow.
    fn take_idle(&self, clock: &dyn Clock, keep: impl Fn(CentreId) -> bool) -> Vec<Arc<Live>> {
        let mut loaded = locked(&self.loaded);
        let is_idle = |live: &Arc<Live>| Arc::strong_count(live) == 1 && live.is_idle(clock) && !keep(live.id);
        let idle: Vec<CentreId> = loaded.values().filter(|live| is_idle(live)).map(|live| live.id).collect();
        idle.into_iter().filter_map(|id| loaded.remove(&id)).collect()
    }
    /// Unloads centres that nobody looks at.
    pub(crate) async fn unload_idle(&self, clock: &dyn Clock, keep: impl Fn(CentreId) -> bool) {
        // Who asks for one of them meanwhile waits until it has stopped, and loads it again.
        let _one_at_a_time = self.loading.lock().await;
        for live in self.take_idle(clock, keep) {
            live.stop().await;
        }
    }
    /// Stops all, after what they were asked before.
    pub(crate) async fn stop(&self) {
        let all: Vec<_> = locked(&self.loaded).drain().map(|(_, live)| live).collect();
        for live in all {
            live.stop().await;
        }
    }
}
