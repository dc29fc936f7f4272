//! Snapshots, each made once, whoever asks. The centre's own screens: one a version, at most five a second. Everybody else:
//! one every five minutes, counted at the mark and never when somebody asks.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use domain::{
    Instant,
    centre::Centre,
    view::{BETWEEN_MARKS, Board, Positions, PublicBoard, mark},
};
use serde::Serialize;
use tokio::{
    sync::{Notify, watch},
    task::AbortHandle,
};

use super::Shared;
use crate::clock::Clock;

/// The shortest time between two versions on a live stream.
const PACE: Duration = Duration::from_millis(200);

/// One version of a centre as its own screens see it, made once and shared by every reader.
#[derive(Clone, Debug)]
pub struct Published {
    /// Grows with every change; told by the day's log, so the same on every node while a day is open.
    pub version: u64,
    /// When it was made.
    pub at: Instant,
    /// The board.
    pub board: Board,
    /// How it is sent.
    pub sent: Sent,
    /// The centre as it was then.
    pub centre: Arc<Centre>,
    /// Who is before whom.
    pub positions: Positions,
}

/// A centre as anybody may see it, made once and shared by every reader.
#[derive(Clone, Debug)]
pub struct Told {
    /// The public board.
    pub board: PublicBoard,
    /// How it is sent.
    pub sent: Sent,
}

/// A board as it is sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// As JSON.
    pub json: Bytes,
    /// As a whole server-sent event: `event: board`, `id: VERSION`, `data: JSON` and an empty line.
    pub frame: Bytes,
}

impl Sent {
    fn of(version: u64, board: &impl Serialize) -> Self {
        let json = serde_json::to_string(board).unwrap_or_default();
        let frame = format!("event: board\nid: {version}\ndata: {json}\n\n");
        Self { json: json.into(), frame: frame.into() }
    }
}

impl Told {
    fn of(board: PublicBoard) -> Arc<Self> {
        Arc::new(Self { sent: Sent::of(board.version, &board), board })
    }
}

impl Published {
    fn of(shared: &Shared, clock: &dyn Clock) -> Self {
        let state = shared.read();
        let (version, at) = (state.version, clock.now());
        let positions = Positions::of(&state.day, &state.centre);
        let board = Board::of(&state.day, &state.centre, &positions, version, at);
        let centre = Arc::clone(&state.centre);
        drop(state);
        Self { version, at, sent: Sent::of(version, &board), board, centre, positions }
    }
}

/// The snapshots of a centre as they come, the latest wins.
#[derive(Debug)]
pub struct Versions<T = Published>(watch::Receiver<Option<Arc<T>>>);

impl<T> Versions<T> {
    /// Begins with what is true, also for a reader that comes before the first change was sent.
    fn of(sent: &watch::Sender<Option<Arc<T>>>) -> Self {
        let mut receiver = sent.subscribe();
        receiver.mark_changed();
        Self(receiver)
    }
    /// The next snapshot; the first is there at once. None when no more will come, because the service stops.
    pub async fn next(&mut self) -> Option<Arc<T>> {
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
    /// What anybody is told, and the mark at which it was made.
    public: Mutex<(Arc<Told>, Instant)>,
    told: watch::Sender<Option<Arc<Told>>>,
}

impl Publisher {
    pub(super) fn start(shared: Arc<Shared>, clock: Arc<dyn Clock>) -> Self {
        let first = Arc::new(Published::of(&shared, clock.as_ref()));
        let public = Told::of(public(&shared, clock.now(), None));
        let inner = Arc::new(Inner {
            shared,
            changed: Arc::new(Notify::new()),
            public: Mutex::new((Arc::clone(&public), mark(clock.now()))),
            told: watch::Sender::new(Some(public)),
            newest: Mutex::new(Arc::clone(&first)),
            sent: watch::Sender::new(Some(first)),
            clock,
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
        Versions::of(&self.inner.sent)
    }
    /// What anybody is told now.
    pub(super) fn told(&self) -> Arc<Told> {
        self.inner.tell(false)
    }
    pub(super) fn watch_told(&self) -> Versions<Told> {
        Versions::of(&self.inner.told)
    }
    /// Time has passed: a mark may be there.
    pub(super) fn pulse(&self) {
        self.inner.tell(true);
    }
    pub(super) fn end(&self) {
        self.inner.sent.send_replace(None);
        self.inner.told.send_replace(None);
    }
    pub(super) fn is_watched(&self) -> bool {
        self.inner.sent.receiver_count() + self.inner.told.receiver_count() > 0
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
    /// Makes the next public board at a pulse after a mark, so that nobody chooses the moment by asking; otherwise only
    /// what staff say of the day is news.
    fn tell(&self, pulse: bool) -> Arc<Told> {
        let mut public = self.public.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, at) = (Arc::clone(&public.0), mark(self.clock.now()));
        // A clock that was far ahead does not silence the board.
        let due = at > public.1 || at < public.1 - BETWEEN_MARKS * 2;
        let board = if pulse && due {
            public.1 = at;
            self::public(&self.shared, at, Some(&known.board))
        } else {
            known.board.meanwhile(&self.shared.read().day)
        };
        if board != known.board {
            public.0 = Told::of(board);
            let told = Arc::clone(&public.0);
            self.told.send_if_modified(|sent| sent.as_mut().map(|sent| *sent = told).is_some());
        }
        Arc::clone(&public.0)
    }
    /// The first change is sent at once, those that follow closely together.
    async fn send_all(self: Arc<Self>) {
        loop {
            self.changed.notified().await;
            let newest = self.newest();
            self.sent.send_if_modified(|sent| sent.as_mut().map(|sent| *sent = newest).is_some());
            self.tell(false);
            tokio::time::sleep(PACE).await;
        }
    }
}

fn public(shared: &Shared, at: Instant, before: Option<&PublicBoard>) -> PublicBoard {
    let state = shared.read();
    PublicBoard::of(&state.day, &state.centre, &Positions::of(&state.day, &state.centre), at, before)
}
