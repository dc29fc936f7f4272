//! What day it is where only one clock says so.
//!
//! A file has no clock of its own. A start at another date than the day's, or before what has happened already, may be the
//! next morning, or a clock that was set wrong: the day is suspended and time stands still for it until staff say which, by
//! closing it or by going on, or until the server has run for a day and a night.

use std::time::Duration;

use domain::{
    Instant,
    day::{Command, SuspendReason},
    view::DateAsked,
};
use storage::day_log::StoredDay;

use super::{super::zone, Task};
use crate::{Problem, locked};

/// How far before the last sign of life a clock may be that is right.
const BEFORE: chrono::Duration = chrono::Duration::minutes(1);
/// How long the server runs until its clock is believed without anybody's word.
const BELIEVED: Duration = Duration::from_hours(24);

impl Task {
    /// Whether a start at this time needs staff's word on what day it is. Where nodes share a database its time decides, and
    /// a demonstration is nobody's day.
    pub(super) fn is_date_doubtful(&self, day: StoredDay, last: Instant, now: Instant) -> bool {
        let alone = !self.tools.database.is_shared() && !self.tools.demo;
        alone && (now < last - BEFORE || zone::date_of_service(&self.centre(), now) != day.date)
    }

    /// Asks staff: the day stands still as of its last sign of life.
    pub(super) async fn ask_date(&mut self, last: Instant, now: Instant) -> Result<(), Problem> {
        tracing::warn!(centre = %self.centre().slug, since = %last, clock = %now, "staff are asked whether this day is over");
        if self.is_open() {
            let suspend = Command::Suspend { reason: SuspendReason::Interruption, since: Some(last) };
            self.by_itself_at(suspend, last).await?;
        }
        self.doubted = Some(self.tools.clock.monotonic());
        let mut state = locked(&self.shared.state);
        state.date_asked = Some(DateAsked { last, clock: now });
        state.renew(now);
        Ok(())
    }

    /// The time of a command: that of the day's last sign of life while staff are asked, unless it is their answer that the
    /// day goes on.
    pub(super) fn time_for(&self, command: &Command) -> Instant {
        let stands = self.shared.read().date_asked.is_some() && !matches!(command, Command::ResumeDay);
        if stands { self.time.last() } else { self.time.now(self.tools.clock.as_ref()) }
    }

    /// Staff let the day go on: what the clock says about its end is not believed until the server starts again.
    pub(super) fn answer_date(&mut self) {
        locked(&self.shared.state).date_asked = None;
    }

    /// Nobody answered for a day and a night: the clock is believed.
    pub(super) async fn believe_clock(&mut self) -> Result<(), Problem> {
        let passed = self.doubted.map(|since| self.tools.clock.monotonic().saturating_sub(since));
        if passed.is_none_or(|passed| passed < BELIEVED) {
            return Ok(());
        }
        self.doubted = None;
        if self.shared.read().date_asked.is_some() {
            tracing::warn!(centre = %self.centre().slug, "nobody said what day it is: the day is closed as of its end");
            self.close_as_of(self.time.last()).await?;
        }
        Ok(())
    }
}
