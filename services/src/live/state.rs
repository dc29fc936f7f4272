//! What is known of a live centre.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use chrono::NaiveDate;
use domain::{
    DeviceId, Instant,
    centre::Centre,
    day::{Command, Day, Phase},
    view::{CentreView, DateAsked},
};
use storage::day_log::StoredDay;

use super::zone;
use crate::clock::Clock;

/// A centre in memory, as far as it is durable.
#[derive(Debug)]
pub(crate) struct State {
    /// The centre as the register has it.
    pub centre: Arc<Centre>,
    /// The day that is not folded yet.
    pub stored: Option<StoredDay>,
    /// Its state; that of a day before its opening where there is none.
    pub day: Day,
    /// Grows with every change.
    pub version: u64,
    /// Whether the clocks disagree.
    pub clock_jumped: bool,
    /// A start found the day's date over by the one clock there is, or the clock before what had happened already: staff
    /// are asked whether the day is over, and time stands still for it.
    pub date_asked: Option<DateAsked>,
    /// The database lost entries of the day's log that this node knew: nothing is given until they are there again.
    pub log_lost: bool,
    /// Printers that do not print.
    pub printers_down: BTreeSet<DeviceId>,
    /// Printers that the server itself would write to and may not.
    pub printers_refused: BTreeSet<DeviceId>,
    /// Printers for whose receipts a second agent asked, and when it did last.
    pub printers_doubled: BTreeMap<DeviceId, Instant>,
    /// What was last seen of the day that closed today. In memory only: gone when the date is over, when a day opens
    /// again, and with the process.
    pub last: Option<LastSeen>,
}

/// The last of a day that was closed.
#[derive(Clone, Debug)]
pub(crate) struct LastSeen {
    /// The day's date: it is shown until this is over.
    pub date: NaiveDate,
    /// The totals, with the day closed.
    pub view: CentreView,
}

impl LastSeen {
    /// What the coordinator sees of a day once it is closed: as this node knows it, which may not have heard of the
    /// closing itself when another node folded the day.
    fn of(date: NaiveDate, day: &Day, centre: &Centre, now: Instant) -> Self {
        let mut day = day.clone();
        for event in day.decide(centre, &Command::CloseDay { force: true }, now).unwrap_or_default() {
            day.apply(&event, now);
        }
        Self { date, view: CentreView::of(&day, centre, 0, now) }
    }
}

impl State {
    /// The day is over or another begins: what was last seen of it stays until its date is over.
    pub(crate) fn end_day(&mut self, next: Option<StoredDay>, now: Instant) {
        let ended = self.stored.filter(|_| next.is_none() && self.day.phase != Phase::Before);
        let today = zone::date_of_service(&self.centre, now);
        self.last = ended.filter(|day| day.date == today).map(|d| LastSeen::of(d.date, &self.day, &self.centre, now));
        self.stored = next;
        self.day = Day::default();
    }

    /// A new version. While a day is open it is told by the day's opening and its log, the same on every node;
    /// between days by the clock. It never goes back.
    pub(crate) fn renew(&mut self, now: Instant) {
        let told = match &self.stored {
            Some(day) => micros(day.opened_at).saturating_add(self.day.sequence),
            None => micros(now),
        };
        self.version = told.max(self.version + 1);
    }
}

fn micros(at: Instant) -> u64 {
    u64::try_from(at.timestamp_micros()).unwrap_or(0)
}

/// How far wall and monotonic clock may disagree.
const DISAGREEMENT: chrono::Duration = chrono::Duration::minutes(5);

/// The time of a day: never before its last entry, whatever somebody does to the wall clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DayTime {
    last: Instant,
    at: Duration,
}

impl DayTime {
    pub(crate) fn from(last: Instant, clock: &dyn Clock) -> Self {
        Self { last, at: clock.monotonic() }
    }
    /// The last that is known to have happened.
    pub(crate) fn last(&self) -> Instant {
        self.last
    }
    /// The time now. Where the wall clock was set far back, the day goes on at its own pace.
    pub(crate) fn now(&self, clock: &dyn Clock) -> Instant {
        let wall = clock.now();
        if wall >= self.last {
            wall
        } else if self.last - wall > DISAGREEMENT {
            self.last + elapsed(self.at, clock)
        } else {
            self.last
        }
    }
    /// Something is known to have happened at this time.
    pub(crate) fn seen(&mut self, at: Instant, clock: &dyn Clock) {
        if at >= self.last {
            *self = Self::from(at, clock);
        }
    }
}

/// Both clocks at one moment, so that a jump of the wall clock is seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Baseline {
    wall: Instant,
    monotonic: Duration,
}

impl Baseline {
    pub(crate) fn now(clock: &dyn Clock) -> Self {
        Self { wall: clock.now(), monotonic: clock.monotonic() }
    }
    /// Whether the clocks went different ways since.
    pub(crate) fn is_broken(&self, clock: &dyn Clock) -> bool {
        let wall = clock.now() - self.wall;
        (wall - elapsed(self.monotonic, clock)).abs() > DISAGREEMENT
    }
}

fn elapsed(since: Duration, clock: &dyn Clock) -> chrono::Duration {
    chrono::Duration::from_std(clock.monotonic().saturating_sub(since)).unwrap_or(chrono::Duration::MAX)
}
