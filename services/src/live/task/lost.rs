//! A database that comes back with less than it had: a server that took over without the last of the log.
//!
//! What was answered was durable, so nothing is given on the word of the shorter log. Whoever still knows the missing
//! entries puts them back; where that is not possible, because others have gone on from the shorter log, this node stays
//! silent until somebody has looked and starts it again.

use domain::day::Entry;
use storage::{Conflict, StorageError, day_log};

use super::Task;
use crate::locked;

impl Task {
    /// Remembers what the log is known to hold. On one node nobody else can lose it.
    pub(super) fn remember(&mut self, entries: &[Entry]) {
        if self.tools.database.is_shared() {
            self.known.extend(entries.iter().cloned());
        }
    }

    /// Says whether the log has lost something, to the log once and to staff.
    pub(super) fn lost(&mut self, lost: bool) {
        let mut state = locked(&self.shared.state);
        if state.log_lost == lost {
            return;
        }
        state.log_lost = lost;
        state.renew(self.tools.clock.now());
        drop(state);
        self.changed.notify_one();
        if lost {
            tracing::error!(centre = %self.centre().slug, "the database lost entries of the day: nothing is given until they are back");
        } else {
            tracing::warn!(centre = %self.centre().slug, "the entries that the database lost were put back");
        }
    }

    /// Whether the log still has the last entry that is known of it.
    ///
    /// # Errors
    /// [`Conflict::Lost`] if it has not.
    pub(super) async fn is_whole(&self) -> Result<(), StorageError> {
        let (Some(day), Some(last)) = (self.stored(), self.known.last()) else { return Ok(()) };
        let held = day_log::read(&self.tools.database, day.id, last.sequence - 1).await?;
        let is_there = held.first().is_some_and(|entry| entry.sequence == last.sequence && entry.key == last.key);
        if is_there || day_log::is_folded(&self.tools.database, day.id).await? == Some(true) {
            return Ok(());
        }
        Err(Conflict::Lost.into())
    }

    /// Puts the missing entries back, if the log holds nothing else in their place.
    pub(super) async fn put_back(&mut self) {
        match self.try_put_back().await {
            Ok(()) => {
                self.working = None;
                self.lost(false);
            }
            Err(error) => tracing::debug!(%error, "the lost entries could not be put back; the next pulse tries again"),
        }
    }

    async fn try_put_back(&self) -> Result<(), StorageError> {
        let Some(day) = self.stored() else { return Ok(()) };
        let database = &self.tools.database;
        day_log::put_back_day(database, &day).await?;
        let held = day_log::read(database, day.id, 0).await?;
        let Some((same, missing)) = self.known.split_at_checked(held.len()) else { return Err(Conflict::Lost.into()) };
        if held.iter().zip(same).any(|(entry, known)| entry.key != known.key) {
            return Err(Conflict::Lost.into());
        }
        day_log::append_after(database, day.id, same.last().map(|entry| entry.key.as_str()), missing).await
    }
}
