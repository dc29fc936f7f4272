//! Public snapshots: each version's made once, whoever asks, and sent out at most five times a second.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use domain::{
    Instant,
    centre::Centre,
    view::{Board, Positions},
};
use tokio::{
    sync::{Notify, watch},
    task::AbortHandle,
};

use super::Shared;
use crate::clock::Clock;

/// The shortest time between two versions on a live stream.
const PACE: Duration = Duration::from_millis(200);

/// One version of a centre as everybody may see it, made once and shared by every reader.
#[derive(Clone, Debug)]
pub struct Published {
    /// Grows with every change; told by the day's log, so the same on every node while a day is open.
    pub version: u64,
    /// When it was made.
    pub at: Instant,
    /// The public snapshot.
    pub board: Board,
    /// The snapshot as JSON.
    pub json: Bytes,
    /// The snapshot as a whole server-sent event: `event: board`, `id: VERSION`, `data: JSON` and an empty line.
    pub frame: Bytes,
    /// The centre as it was then.
    pub centre: Arc<Centre>,
    /// Who is before whom.
    pub positions: Positions,
}

impl Published {
    fn of(shared: &Shared, clock: &dyn Clock) -> Self {
        let state = shared.read();
        let (version, at) = (state.version, clock.now());
        let positions = Positions::of(&state.day, &state.centre);
        let board = Board::of(&state.day, &state.centre, &positions, version, at);
        let centre = Arc::clone(&state.centre);
        drop(state);
        let json = serde_json::to_string(&board).unwrap_or_default();
        let frame = format!("event: board\nid: {version}\ndata: {json}\n\n");
        Self { version, at, board, json: json.into(), frame: frame.into(), centre, positions }
    }
}

/// The public snapshots of a centre as they come, at most five a second, the latest wins.
#[derive(Clone, Debug)]
pub struct Versions(watch::Receiver<Option<Arc<Published>>>);

impl Versions {
    /// The next snapshot; the first is there at once. None when no more will come, because the service stops.
    pub async fn next(&mut self) -> Option<Arc<Published>> {
        self.0.changed().await.ok()?;
        self.0.borrow_and_update().clone()
    }
}

pub(super) struct Publisher {
    inner: Arc<Inner>,
    task: AbortHandle,
}

struct Inner {
    shared: Arc<Shared>,
    clock: Arc<dyn Clock>,
    changed: Arc<Notify>,
    newest: Mutex<Arc<Published>>,
    /// None: no more will come.
    sent: watch::Sender<Option<Arc<Published>>>,
}

impl Publisher {
    pub(super) fn start(shared: Arc<Shared>, clock: Arc<dyn Clock>) -> Self {
        let first = Arc::new(Published::of(&shared, clock.as_ref()));
        let inner = Arc::new(Inner {
            shared,
            clock,
            changed: Arc::new(Notify::new()),
            newest: Mutex::new(Arc::clone(&first)),
            sent: watch::Sender::new(Some(first)),
        });
        let task = tokio::spawn(Arc::clone(&inner).send_all()).abort_handle();
        Self { inner, task }
    }
    /// To be notified after each change of the state.
    pub(super) fn changed(&self) -> Arc<Notify> {
        Arc::clone(&self.inner.changed)
    }
    pub(super) fn newest(&self) -> Arc<Published> {
        self.inner.newest()
    }
    pub(super) fn watch(&self) -> Versions {
        // A reader that comes before the first change was sent begins with what is true.
        let mut receiver = self.inner.sent.subscribe();
        receiver.mark_changed();
        Versions(receiver)
    }
    pub(super) fn end(&self) {
        self.inner.sent.send_replace(None);
    }
    pub(super) fn is_watched(&self) -> bool {
        self.inner.sent.receiver_count() > 0
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Inner {
    /// One maker at a time: who comes meanwhile waits and shares what was made.
    fn newest(&self) -> Arc<Published> {
        let mut newest = self.lock();
        if newest.version != self.shared.read().version {
            *newest = Arc::new(Published::of(&self.shared, self.clock.as_ref()));
        }
        Arc::clone(&newest)
    }
    fn lock(&self) -> MutexGuard<'_, Arc<Published>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// The first change is sent at once, those that follow closely together.
    async fn send_all(self: Arc<Self>) {
        loop {
            self.changed.notified().await;
            let newest = self.newest();
            self.sent.send_if_modified(|sent| sent.as_mut().map(|sent| *sent = newest).is_some());
            tokio::time::sleep(PACE).await;
        }
    }
}
