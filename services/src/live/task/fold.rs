//! The end of a day: its log becomes counts and is destroyed.

use domain::day::{Command, Day, Phase};
use domain::statistics;
use storage::{Reach, StorageError, day_log, slips};

use super::{
    super::{Wish, waiting::Waiting, zone},
    Task,
};

/// How long a used slip is remembered: longer than any slip is valid.
const SLIP_MEMORY: chrono::Duration = chrono::Duration::days(100);

impl Task {
    pub(super) async fn end_if_closed(&mut self, wishes: &[Box<Wish>]) {
        if self.phase() == Phase::Closed {
            let closing = wishes.iter().find(|w| matches!(w.command, Command::CloseDay { .. }));
            self.closing = closing.map(|w| (w.key.clone(), w.fingerprint));
        }
        self.fold_if_closed().await;
    }

    pub(super) async fn fold_if_closed(&mut self) {
        if self.stored().is_some() && self.phase() == Phase::Closed {
            self.fold().await;
        }
    }

    /// Folds the day into counts and destroys its log. What fails is tried again at the next pulse, or the next start.
    pub(super) async fn fold(&mut self) {
        if let Err(error) = self.try_fold().await {
            self.failed(&error);
        }
    }

    async fn try_fold(&mut self) -> Result<(), StorageError> {
        let Some(stored) = self.stored() else { return Ok(()) };
        let now = self.tools.clock.now();
        let centre = self.centre();
        let zone = zone::of(&centre);
        let (fold, used) = {
            let state = self.shared.read();
            let local = |at| zone::local(zone, at);
            (statistics::fold(&state.day, &centre, stored.date, &local), state.day.used_slips.clone())
        };
        for slip in used {
            slips::mark_used(&self.tools.database, slip, now + SLIP_MEMORY).await?;
        }
        day_log::fold(&self.tools.database, stored.id, now, &fold).await?;
        self.tools.database.notify(stored.id, Reach::End);
        self.begin(None);
        self.working = Some(Day::default());
        self.waiting = Waiting::default();
        Ok(())
    }
}
