//! What happens by itself, once a second.

use std::{sync::Arc, time::Duration};

use domain::CentreId;
use storage::{day_log, sessions, slips};
use tokio::{task::JoinSet, time::MissedTickBehavior};

use crate::{Parvis, Problem, live::zone::open_date};

impl Parvis {
    /// One round of the timer: signs of life, days that open or close by themselves, everything due in each day.
    pub async fn pulse(&self) {
        self.ask_time().await;
        self.follow_others().await;
        self.load_opening_centres().await;
        let mut rounds = JoinSet::new();
        for live in self.0.lives.all() {
            rounds.spawn(async move { live.pulse().await });
        }
        while rounds.join_next().await.is_some() {}
        let keep = |id| self.is_in_opening_hours(id);
        self.0.lives.unload_idle(self.0.tools.clock.as_ref(), keep).await;
    }

    /// What the database's clock shows now. While it does not answer, its time goes on at this machine's pace.
    async fn ask_time(&self) {
        let Some(clock) = &self.0.database_clock else { return };
        if let Ok(Some(shows)) = self.0.tools.database.time().await {
            clock.set(shows);
        }
    }

    pub(crate) fn run_timer(&self) -> impl Future<Output = ()> + Send + 'static {
        let weak = Arc::downgrade(&self.0);
        async move {
            let mut seconds = tokio::time::interval(Duration::from_secs(1));
            seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
            for round in 0_u64.. {
                seconds.tick().await;
                let Some(inner) = weak.upgrade() else { return };
                let parvis = Self(inner);
                parvis.pulse().await;
                if round % 3600 == 0 {
                    parvis.clean().await;
                }
            }
        }
    }

    /// Centres whose day is open have their timers running from the start.
    pub(crate) async fn load_open_days(&self) -> Result<(), Problem> {
        for day in day_log::unfolded_days(&self.0.tools.database).await? {
            if let Ok(centre) = self.centre_by_id(day.centre) {
                self.0.lives.load(&self.0.tools, centre).await?;
            }
        }
        Ok(())
    }

    /// Other nodes and the command line change registers; other nodes open days.
    async fn follow_others(&self) {
        let tools = &self.0.tools;
        let looked = async {
            self.follow_registers().await?;
            if tools.database.is_shared() && self.0.registers.is_time_to_look(tools.clock.as_ref()) {
                self.load_open_days().await?;
            }
            Ok::<_, Problem>(())
        };
        if let Err(problem) = looked.await {
            tracing::debug!(%problem, "what others changed was not read");
        }
    }

    async fn load_opening_centres(&self) {
        for centre in self.centres() {
            if self.is_in_opening_hours(centre.id) {
                self.0.lives.load(&self.0.tools, centre).await.ok();
            }
        }
    }

    fn is_in_opening_hours(&self, id: CentreId) -> bool {
        let now = self.0.tools.clock.now();
        self.centre_by_id(id).is_ok_and(|centre| open_date(&centre, now).is_some())
    }

    /// What has expired is forgotten; what is too small to be told apart is merged.
    async fn clean(&self) {
        // While staff are asked what day it is, nothing is known to have expired.
        if self.0.lives.all().iter().any(|live| live.read().date_asked.is_some()) {
            return;
        }
        let (database, now) = (&self.0.tools.database, self.0.tools.clock.now());
        let cleaned = async {
            sessions::delete_expired(database, now).await?;
            slips::delete_expired(database, now).await?;
            self.forget_fruitless().await?;
            for centre in self.centres() {
                let today = self.counted_until(&centre).await?;
                storage::statistics::merge_up(database, centre.id, today, centre.policies.anonymity_threshold).await?;
            }
            Ok::<_, storage::StorageError>(())
        };
        if let Err(error) = cleaned.await {
            tracing::warn!(%error, "what has expired was not forgotten; it is tried again in an hour");
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use chrono::{TimeZone, Utc};
    use storage::testing::sqlite;

    use super::*;
    use crate::{Options, clock::FakeClock, import::FirstPasswords};

    #[tokio::test]
    async fn a_centre_that_nobody_looks_at_is_unloaded_outside_its_hours() {
        let test = sqlite().await;
        // A Saturday: the centre is closed.
        let clock = FakeClock::at(Utc.with_ymd_and_hms(2026, 6, 6, 6, 0, 0).unwrap());
        let options = Options { clock: Arc::new(clock.clone()), timer: false, ..Options::default() };
        let parvis = Parvis::start(test.database.clone(), options).await.unwrap();
        let file = include_str!("../tests/it/centre.toml").replace("SLUG", "here");
        let centre = parvis.import_centre(&file, FirstPasswords::All("x".into())).await.unwrap().centre;
        let loaded = || parvis.0.lives.all().len();
        assert_eq!(loaded(), 0);
        let before = parvis.public_board(centre).await.unwrap();
        let ten_minutes = || {
            clock.pass(Duration::from_mins(10));
            parvis.pulse()
        };
        let stream = parvis.watch_public(centre).await.unwrap();
        ten_minutes().await;
        assert_eq!(loaded(), 1, "somebody watches");
        drop(stream);
        ten_minutes().await;
        assert_eq!(loaded(), 0);
        assert!(parvis.public_board(centre).await.unwrap().board.version > before.board.version, "versions go on");
        assert_eq!(loaded(), 1);
        parvis.stop().await;
        test.finish().await;
    }

    async fn closed_centre() -> (storage::testing::TestDatabase, FakeClock, Parvis, CentreId) {
        let test = sqlite().await;
        let clock = FakeClock::at(Utc.with_ymd_and_hms(2026, 6, 6, 6, 0, 0).unwrap());
        let options = Options { clock: Arc::new(clock.clone()), timer: false, ..Options::default() };
        let parvis = Parvis::start(test.database.clone(), options).await.unwrap();
        let file = include_str!("../tests/it/centre.toml").replace("SLUG", "here");
        let centre = parvis.import_centre(&file, FirstPasswords::All("x".into())).await.unwrap().centre;
        (test, clock, parvis, centre)
    }

    /// Whoever was given a centre can ask it, however long they take; many at once, while it is unloaded again and again.
    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_centre_that_somebody_was_given_is_never_stopped() {
        let rounds = if std::env::var_os("PARVIS_SOAK").is_some() { 10_000 } else { 200 };
        let (test, clock, parvis, centre) = closed_centre().await;
        let live = parvis.live(centre).await.unwrap();
        clock.pass(Duration::from_mins(10));
        parvis.pulse().await;
        assert!(live.asks_nothing().await, "it was given, and then time passed");
        drop(live);
        parvis.pulse().await;
        assert_eq!(parvis.0.lives.all().len(), 0);
        let mut asking = JoinSet::new();
        for _ in 0..8 {
            let parvis = parvis.clone();
            asking.spawn(async move {
                for _ in 0..rounds {
                    let live = parvis.live(centre).await.unwrap();
                    tokio::task::yield_now().await;
                    assert!(live.asks_nothing().await);
                }
            });
        }
        let passing = tokio::spawn({
            let (parvis, clock) = (parvis.clone(), clock.clone());
            async move {
                loop {
                    clock.pass(Duration::from_mins(10));
                    parvis.0.lives.unload_idle(&clock, |_| false).await;
                    tokio::task::yield_now().await;
                }
            }
        });
        while let Some(asked) = asking.join_next().await {
            asked.unwrap();
        }
        passing.abort();
        parvis.stop().await;
        test.finish().await;
    }
}
