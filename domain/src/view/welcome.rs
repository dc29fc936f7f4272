//! What the host at the door sees: everything that waits, and what was counted.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize};

use super::{
    Cause, Colleague, DayState, Halt, Lack, LineItem,
    cause::{causes, lacks},
    desk::colleague,
};
use crate::{
    CountId, DeviceId, Instant, NeedId, TicketId,
    centre::Centre,
    day::{Announcement, Counted, Day, Ending, Message, Reason, Stage, Ticket, ToldBreak},
};

/// How many of those who did not come are shown.
const MISSED_SHOWN: usize = 12;
/// How many touches can be undone, of all hosts together.
const COUNTED_SHOWN: usize = 40;

/// The whole welcome screen at one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WelcomeView {
    /// The day's version.
    pub version: u64,
    /// When it was made.
    pub now: Instant,
    /// Whether the day is open.
    pub day: DayState,
    /// While everything stands still: why, and who is inside.
    pub halt: Option<Halt>,
    /// When the doors close.
    pub closes: Option<Instant>,
    /// The break that begins soon, or that there is now.
    pub told_break: Option<ToldBreak>,
    /// Since when the centre's hours no longer hold the day open: staff are asked what becomes of it.
    pub hours_over: Option<Instant>,
    /// Every ticket that is not over, in the order of the lines.
    pub tickets: Vec<LineItem>,
    /// What each of them that waits waits for in vain, or too long.
    pub lacks: BTreeMap<TicketId, Lack>,
    /// The same by cause, with what helps.
    pub causes: Vec<Cause>,
    /// Who was called and did not come, newest first: they may still come back.
    pub missed: Vec<LineItem>,
    /// What was counted today.
    pub counts: Counts,
    /// The touches of today that were counted last, newest last: what can be undone.
    pub counted: Vec<CountId>,
    /// Who came without needing a ticket and was not seen yet.
    pub announced: Vec<Announcement>,
    /// Needs that give no more tickets.
    pub closed_needs: BTreeMap<NeedId, Reason>,
    /// Every open place.
    pub places: Vec<DeskLine>,
    /// Kiosks that issue suspiciously many tickets.
    pub flagged_kiosks: BTreeSet<DeviceId>,
    /// Those of them that give no more until the host has looked.
    #[serde(default)]
    pub stopped_kiosks: BTreeSet<DeviceId>,
    /// Printers that are out of reach or out of paper. Not of the day: the services add them.
    pub printers_down: BTreeSet<DeviceId>,
    /// Printers on which the server itself may no longer print. Not of the day: the services add them.
    #[serde(default)]
    pub printers_refused: BTreeSet<DeviceId>,
    /// Printers for whose receipts a second agent asks. Not of the day: the services add them.
    #[serde(default)]
    pub printers_doubled: BTreeSet<DeviceId>,
    /// Staff are asked whether the day is over. Not of the day: the services add it.
    #[serde(default)]
    pub date_asked: Option<DateAsked>,
    /// The database lost a part of the day: nothing is given until it is there again. Not of the day: the services add it.
    #[serde(default)]
    pub log_lost: bool,
    /// What is said to everybody who waits.
    pub message: Option<Message>,
}

/// The server started at another date than its last sign of life, by the one clock that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateAsked {
    /// When somebody was last there.
    pub last: Instant,
    /// What the clock showed at the start.
    pub clock: Instant,
}

/// An open place, for the host.
pub type DeskLine = Colleague;

/// What was counted today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// People who came in, groups included.
    pub came_in: u32,
    /// Quick answers.
    pub quick_answers: u32,
    /// Documents given.
    pub documents: u32,
    /// Tickets taken.
    pub tickets: u32,
}

impl Counts {
    /// Sums a day's touches.
    pub fn of(day: &Day) -> Self {
        let mut sum = Self { tickets: day.taken, ..Self::default() };
        for (_, what) in day.counts.values() {
            match what {
                Counted::CameIn => sum.came_in += 1,
                Counted::Group(n) => sum.came_in += u32::from(*n),
                Counted::QuickAnswer => sum.quick_answers += 1,
                Counted::DocumentGiven => sum.documents += 1,
            }
        }
        sum
    }
}

impl WelcomeView {
    /// What the host sees.
    pub fn of(day: &Day, centre: &Centre, version: u64, now: Instant) -> Self {
        let mut tickets: Vec<&Ticket> = day.open_tickets().collect();
        tickets.sort_unstable_by_key(|t| t.rank);
        Self {
            version,
            now,
            day: day.phase.into(),
            halt: Halt::of(day, centre),
            closes: day.closes,
            told_break: day.told_break,
            hours_over: day.hours_over,
            tickets: tickets.into_iter().map(|t| LineItem::of(t, centre)).collect(),
            lacks: lacks(day, centre, now),
            causes: causes(day, centre, now),
            missed: missed(day, centre),
            counts: Counts::of(day),
            counted: counted(day),
            announced: day.announced.clone(),
            closed_needs: day.closed_needs.clone(),
            places: day.places.iter().map(|(id, p)| colleague(day, *id, p)).collect(),
            flagged_kiosks: day.flagged_kiosks.clone(),
            stopped_kiosks: day.flagged_kiosks.iter().filter(|k| day.is_stopped(centre, **k)).copied().collect(),
            printers_down: BTreeSet::new(),
            printers_refused: BTreeSet::new(),
            printers_doubled: BTreeSet::new(),
            date_asked: None,
            log_lost: false,
            message: day.message.clone(),
        }
    }
}

fn counted(day: &Day) -> Vec<CountId> {
    let mut touches: Vec<_> = day.counts.iter().map(|(id, (at, _))| (*at, *id)).collect();
    touches.sort_unstable();
    touches.split_off(touches.len().saturating_sub(COUNTED_SHOWN)).into_iter().map(|(_, id)| id).collect()
}

fn missed(day: &Day, centre: &Centre) -> Vec<LineItem> {
    let no_show = |t: &&Ticket| matches!(t.stage, Stage::Ended { ending: Ending::NoShow, .. });
    let mut missed: Vec<&Ticket> = day.tickets.values().filter(no_show).collect();
    missed.sort_unstable_by_key(|t| Reverse(t.rank));
    missed.into_iter().take(MISSED_SHOWN).map(|t| LineItem::of(t, centre)).collect()
}
