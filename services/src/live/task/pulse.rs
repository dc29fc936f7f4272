//! What happens by itself, at start and at each pulse: signs of life, opening, closing, suspending, and the day's timers.

use std::{sync::Arc, time::Duration};

use domain::{
    Instant,
    day::{Activity, Command, Day, Phase, Stage, SuspendReason, Ticket},
};
use storage::day_log::{self, StoredDay};

use super::{
    super::{Wish, zone},
    Task, decide,
    log::day_is_recorded,
};
use crate::{Problem, authorise::By, locked};

/// How long staff are told of a second print agent after it asked.
const SECOND_AGENT: chrono::Duration = chrono::Duration::minutes(2);
/// Seconds between two signs of life of an open day.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// A day that nobody closed is over when another begins, even if somebody forgot to finish a talk.
const LONGEST_DAY: chrono::Duration = chrono::Duration::hours(20);

impl Task {
    /// Before anything else: a day of a past date is over, one that stood still is suspended.
    pub(super) async fn settle(&mut self) -> Result<(), Problem> {
        let Some(day) = self.stored() else { return Ok(()) };
        // Each entry moves the stored sign of life as well.
        let last = day.last_seen.max(day.opened_at);
        let now = self.tools.clock.now();
        if self.is_date_doubtful(day, last, now) && matches!(self.phase(), Phase::Open | Phase::Suspended { .. }) {
            return self.ask_date(last, now).await;
        }
        let alone = now - last > self.interruption();
        if self.is_past(day) && alone {
            self.close_as_of(last).await?;
        } else if alone && self.is_open() {
            tracing::warn!(centre = %self.centre().slug, since = %last, "the day stood still and is suspended");
            self.suspend_since(last).await?;
        }
        self.fold_if_closed().await;
        Ok(())
    }

    /// Whether a day's date is over, and so is an evening that went on after midnight.
    fn is_past(&self, day: StoredDay) -> bool {
        let closes = self.shared.read().day.closes;
        day.date < self.today() && closes.is_none_or(|c| self.tools.clock.now() >= c + self.grace())
    }

    fn grace(&self) -> chrono::Duration {
        chrono::Duration::minutes(i64::from(self.centre().policies.close_grace_minutes))
    }

    pub(super) async fn close_as_of(&mut self, last: Instant) -> Result<(), Problem> {
        if matches!(self.phase(), Phase::Open | Phase::Suspended { .. }) {
            // The durations of the day end with its last sign of life, not with the night.
            self.by_itself_at(Command::CloseDay { force: true }, last).await?;
        }
        self.fold().await;
        Ok(())
    }

    async fn suspend_since(&mut self, since: Instant) -> Result<(), Problem> {
        self.by_itself(Command::Suspend { reason: SuspendReason::Interruption, since: Some(since) }).await
    }

    async fn by_itself(&mut self, command: Command) -> Result<(), Problem> {
        let wish = Wish { by: By::Timer, command, key: self.tools.secrets.new_id().to_string(), fingerprint: 0 };
        match self.answer(&[Box::new(wish)]).await.pop() {
            None | Some(Ok(_) | Err(Problem::Refused(_))) => Ok(()),
            Some(Err(problem)) => Err(problem),
        }
    }

    /// Decides and appends one command as of an earlier instant; only at start, when nobody else asks anything.
    pub(super) async fn by_itself_at(&mut self, command: Command, at: Instant) -> Result<(), Problem> {
        let centre = self.centre();
        let key = self.tools.secrets.new_id().to_string();
        let wish = Wish { by: By::Timer, command, key, fingerprint: 0 };
        let day = self.working.get_or_insert_default();
        if let Ok((_, Some(entry))) = decide(day, &centre, &wish, at) {
            self.append(std::slice::from_ref(&entry)).await?;
            day_is_recorded(&mut self.working, &entry);
            self.keep(&[entry]);
        }
        Ok(())
    }

    pub(super) async fn pulse(&mut self) {
        let clock = Arc::clone(&self.tools.clock);
        let now = clock.now();
        let before = std::mem::replace(&mut self.pulsed, now);
        self.follow().await;
        if self.ready().await.is_err() {
            // The gap is measured from the last pulse that worked.
            self.pulsed = before;
            return;
        }
        self.notice_clock();
        self.forget_second_agents(now);
        if self.shared.read().log_lost {
            return;
        }
        if let Err(problem) = self.pulse_day(before, now).await {
            self.pulsed = before;
            tracing::debug!(%problem, "a pulse failed; the next one tries again");
        }
    }

    async fn pulse_day(&mut self, before: Instant, now: Instant) -> Result<(), Problem> {
        self.believe_clock().await?;
        if self.shared.read().date_asked.is_some() {
            // Also the sign of life is none of a day of which it is not known whether it lives.
            return Ok(());
        }
        if self.stored().is_some() && self.phase() == Phase::Closed {
            self.fold().await;
        }
        // What was missed before the day began interrupted nothing.
        let since = self.stored().map_or(before, |day| day.opened_at.max(before));
        if self.is_open() && now - since > self.interruption() && self.nobody_served_since(since).await? {
            tracing::warn!(centre = %self.centre().slug, "time jumped: the day is suspended");
            self.suspend_since(since).await?;
        }
        self.beat(now).await?;
        self.forget_last(now);
        self.follow_hours().await?;
        self.close_when_due(now).await?;
        self.open_when_due(now).await?;
        if self.is_open() { self.by_itself(Command::Tick).await } else { Ok(()) }
    }

    /// Whether no other node gave a sign of life meanwhile.
    async fn nobody_served_since(&mut self, before: Instant) -> Result<bool, Problem> {
        let stored = day_log::open_day(&self.tools.database, self.centre().id).await?;
        let recent = |d: StoredDay| d.last_seen > before + self.interruption() / 2;
        Ok(!stored.is_some_and(|d| recent(d) && self.written != Some(d.last_seen)))
    }

    async fn beat(&mut self, now: Instant) -> Result<(), Problem> {
        let Some(day) = self.stored() else { return Ok(()) };
        let monotonic = self.tools.clock.monotonic();
        if self.beaten.is_some_and(|at| monotonic.saturating_sub(at) < HEARTBEAT) {
            return Ok(());
        }
        match day_log::touch_day(&self.tools.database, day.id, now).await {
            Ok(true) => {
                self.beaten = Some(monotonic);
                self.written = Some(now);
                Ok(())
            }
            Ok(false) => self.catch_up().await.map_err(|e| self.failed(&e)),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// A second agent that asked no more is gone.
    fn forget_second_agents(&mut self, now: Instant) {
        let mut state = locked(&self.shared.state);
        let before = state.printers_doubled.len();
        state.printers_doubled.retain(|_, asked| now - *asked < SECOND_AGENT);
        if state.printers_doubled.len() < before {
            state.renew(now);
            drop(state);
            self.changed.notify_one();
        }
    }

    fn notice_clock(&mut self) {
        let doubted = self.doubted.is_some() && self.shared.read().date_asked.is_none();
        let broken = self.stored().is_some() && (doubted || self.baseline.is_broken(self.tools.clock.as_ref()));
        let mut state = locked(&self.shared.state);
        if state.clock_jumped != broken {
            state.clock_jumped = broken;
            state.renew(self.tools.clock.now());
            drop(state);
            self.changed.notify_one();
        }
    }

    /// The day follows its centre's hours, see [`domain::day`].
    async fn follow_hours(&mut self) -> Result<(), Problem> {
        let runs = matches!(self.phase(), Phase::Open | Phase::Suspended { .. });
        if !runs || self.shared.read().clock_jumped {
            return Ok(());
        }
        match self.hours() {
            Some(command) => self.by_itself(command).await,
            None => Ok(()),
        }
    }

    /// The day closes by itself a grace time after closing hour when nobody is served, or when the next one begins.
    /// Where its hours were taken away while it ran, staff are asked: it closes by itself only once nobody is left.
    async fn close_when_due(&mut self, now: Instant) -> Result<(), Problem> {
        let Some(stored) = self.stored() else { return Ok(()) };
        if self.shared.read().clock_jumped {
            return Ok(());
        }
        let (closes, idle, left) = {
            let state = self.shared.read();
            let somebody_is_asked = state.day.hours_over.is_some() && !state.day.open.is_empty();
            (state.day.closes, nobody_is_served(&state.day), !somebody_is_asked)
        };
        let after_hours = idle && left && closes.is_some_and(|c| now >= c + self.grace());
        let next = zone::open_date(&self.centre(), now).is_some_and(|date| stored.date < date);
        let superseded = next && (idle || now - stored.opened_at > LONGEST_DAY);
        if after_hours || superseded {
            tracing::info!(centre = %self.centre().slug, "the day closes by itself");
            if self.phase() == Phase::Before {
                self.fold().await;
            } else {
                self.by_itself(Command::CloseDay { force: true }).await?;
            }
        }
        Ok(())
    }

    /// The day opens by itself while its hours hold the doors open, never in a break, and once a date: who closes it
    /// early, even for the rest of a break, does not see it open again.
    async fn open_when_due(&mut self, now: Instant) -> Result<(), Problem> {
        let Some(date) = zone::open_date(&self.centre(), now) else { return Ok(()) };
        if self.phase() != Phase::Before || self.opened == Some(date) {
            return Ok(());
        }
        let unopened = match self.stored() {
            Some(day) => day.date == date,
            None => !day_log::was_opened(&self.tools.database, self.centre().id, date).await?,
        };
        if unopened {
            tracing::info!(centre = %self.centre().slug, "the day opens by itself");
            self.by_itself(Command::OpenDay { closes: None }).await?;
        }
        self.opened = Some(date);
        Ok(())
    }
}

fn nobody_is_served(day: &Day) -> bool {
    let served = |t: &Ticket| matches!(t.stage, Stage::Called { .. } | Stage::InTalk { .. });
    !day.open_tickets().any(served) && !day.places.values().any(|p| matches!(p.activity, Activity::Receiving(_)))
}
