//! What the log holds: read at start, followed where other nodes write it, and read again after a failure.

use std::sync::atomic::Ordering;

use domain::{
    Instant,
    day::{Day, Entry},
};
use storage::{
    Conflict, StorageError,
    day_log::{self, StoredDay},
};

use super::{
    super::{
        Granted, Wish,
        state::{Baseline, DayTime},
        waiting::Waiting,
        zone,
    },
    Task, granted,
};
use crate::{Problem, StorageTrouble, locked};

impl Task {
    /// Reads what the log holds beyond what everybody sees.
    pub(super) async fn catch_up(&mut self) -> Result<(), StorageError> {
        self.is_whole().await?;
        let stored = day_log::open_day(&self.tools.database, self.centre().id).await?;
        let known = self.stored().map(|d| d.id);
        if known != stored.map(|d| d.id) {
            self.begin(stored);
        }
        if let Some(day) = stored {
            locked(&self.shared.state).stored = stored;
            let after = self.shared.read().day.sequence;
            let entries = day_log::read(&self.tools.database, day.id, after).await?;
            self.keep(&entries);
            // A whole day is copied only where it is not known what of it is true.
            for entry in &entries {
                day_is_recorded(&mut self.working, entry);
            }
        }
        self.working.get_or_insert_with(|| self.shared.read().day.clone());
        self.waiting = Waiting::default();
        Ok(())
    }

    /// Another day is there, or none.
    pub(super) fn begin(&mut self, stored: Option<StoredDay>) {
        let clock = self.tools.clock.as_ref();
        self.time = DayTime::from(stored.map_or(clock.now(), |d| d.opened_at), clock);
        self.baseline = Baseline::now(clock);
        self.beaten = None;
        self.working = None;
        self.known.clear();
        self.doubted = None;
        let mut state = locked(&self.shared.state);
        state.date_asked = None;
        state.end_day(stored, clock.now());
        state.renew(clock.now());
        drop(state);
        self.changed.notify_one();
    }

    /// The date of what was last seen of a closed day is over.
    pub(super) fn forget_last(&mut self, now: Instant) {
        let mut state = locked(&self.shared.state);
        let today = zone::date_of_service(&state.centre, now);
        if state.last.as_ref().is_some_and(|last| last.date != today) {
            state.last = None;
            state.renew(now);
            drop(state);
            self.changed.notify_one();
        }
    }

    pub(super) async fn follow(&mut self) {
        self.shared.hinted.store(false, Ordering::Release);
        if self.shared.read().log_lost {
            self.put_back().await;
        }
        if self.has_grown().await
            && let Err(error) = self.catch_up().await
        {
            self.failed(&error);
        }
    }

    /// Whether another node appended to the log, or closed the day. On one node nobody else can.
    pub(super) async fn has_grown(&mut self) -> bool {
        if !self.tools.database.is_shared() {
            return false;
        }
        match self.newer().await {
            Ok(newer) => newer,
            Err(error) => {
                self.failed(&error);
                false
            }
        }
    }

    async fn newer(&self) -> Result<bool, StorageError> {
        self.is_whole().await?;
        let stored = day_log::open_day(&self.tools.database, self.centre().id).await?;
        if stored.map(|d| d.id) != self.stored().map(|d| d.id) {
            return Ok(true);
        }
        let Some(day) = stored else { return Ok(false) };
        let after = self.shared.read().day.sequence;
        Ok(!day_log::read(&self.tools.database, day.id, after).await?.is_empty())
    }

    /// Nothing is known any more but what everybody saw.
    pub(super) fn failed(&mut self, error: &StorageError) -> Problem {
        if matches!(error, StorageError::Conflict(Conflict::Lost)) {
            self.lost(true);
        }
        self.working = None;
        let trouble = StorageTrouble::from(error);
        if self.trouble != Some(trouble) {
            tracing::error!(centre = %self.centre().slug, %error, "nothing can be stored");
            self.trouble = Some(trouble);
        }
        Problem::Storage(trouble)
    }

    pub(super) fn works(&mut self) {
        if self.trouble.take().is_some() {
            tracing::info!(centre = %self.centre().slug, "the database works again");
        }
    }

    /// A commit's answer can get lost on the way: what the log holds after all was granted, the rest was not.
    pub(super) async fn recovered(&mut self, wishes: &[Box<Wish>], problem: &Problem) -> Vec<Result<Granted, Problem>> {
        if self.catch_up().await.is_err() {
            self.working = None;
        }
        let centre = self.centre();
        let state = self.shared.read();
        let found = |wish: &Wish| state.day.recorded(&wish.key, wish.fingerprint).ok().flatten();
        let answer = |wish: &Wish| {
            let answer = found(wish).ok_or_else(|| problem.clone())?;
            Ok(granted(&state.day, &centre, answer, wish, None))
        };
        wishes.iter().map(|wish| answer(wish)).collect()
    }
}

pub(super) fn day_is_recorded(working: &mut Option<Day>, entry: &Entry) {
    if let Some(day) = working {
        day.record(entry);
    }
}
