//! What the coordinator sees: the whole day at a glance.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Cause, Counts, Crowd, DayState, Halt,
    cause::{causes, space_of},
};
use crate::{
    DeviceId, Instant, OrganisationId, PlaceId, SpaceId,
    centre::Centre,
    day::{Activity, Day, Ending, OpenPlace, Stage, Ticket, ToldBreak},
};

/// The whole coordinator's screen at one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CentreView {
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
    /// Who waits.
    pub waiting: Crowd,
    /// Those of them whom nobody, open or expected, can receive.
    pub unanswered: Crowd,
    /// Open places that are not away.
    pub open_places: u32,
    /// Every space in order, then the welcome.
    pub spaces: Vec<SpaceState>,
    /// Organisations with an open place.
    pub organisations: Vec<OrganisationOnDuty>,
    /// Why people wait in vain or too long, those that most people share first.
    pub causes: Vec<Cause>,
    /// What else calls for attention, the most urgent first.
    pub alerts: Vec<Alert>,
    /// What was counted.
    pub counts: Counts,
    /// Talks that are over.
    pub talks: u32,
    /// Tickets that are not over.
    pub open_tickets: u32,
}

/// A space today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceState {
    /// The space; none = welcome.
    pub space: Option<SpaceId>,
    /// Who waits.
    pub waiting: Crowd,
    /// From when the longest wait counts.
    pub longest_since: Option<Instant>,
    /// How many are in a talk.
    pub in_talk: u32,
    /// Places that are open for one of its needs and not away.
    pub open_places: u32,
    /// Such places that are away.
    pub away_places: u32,
}

/// An organisation with an open place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationOnDuty {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its places that are open and not away.
    pub open_places: u32,
    /// Its places that are away.
    pub away_places: u32,
}

/// What calls for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Alert {
    /// A place asks for help.
    Help {
        /// The place.
        place: PlaceId,
    },
    /// The centre's hours no longer hold the day open: it is to be closed, or said to stay open.
    HoursOver {
        /// Since when.
        since: Instant,
    },
    /// A kiosk issues suspiciously many tickets.
    Kiosk {
        /// The kiosk.
        device: DeviceId,
        /// Whether it gives no more until the host has looked.
        #[serde(default)]
        stopped: bool,
    },
    /// A printer is out of reach or out of paper. Not of the day: the services add it.
    Printer {
        /// The printer.
        device: DeviceId,
    },
    /// The server itself may no longer print on a printer. Not of the day: the services add it.
    PrinterRefused {
        /// The printer.
        device: DeviceId,
    },
    /// A second agent asks for a printer's receipts. Not of the day: the services add it.
    PrinterAgents {
        /// The printer.
        device: DeviceId,
    },
    /// The server started at another date: staff are asked whether the day is over. Not of the day: the services add it.
    Date {
        /// When somebody was last there.
        last: Instant,
        /// What the clock showed at the start.
        clock: Instant,
    },
    /// The database lost a part of the day: nothing is given until it is there again. Not of the day: the services add it.
    LogLost,
    /// The server's clock jumped: nothing closes by itself. Not of the day: the services add it.
    Clock,
}

impl CentreView {
    /// What the coordinator sees.
    pub fn of(day: &Day, centre: &Centre, version: u64, now: Instant) -> Self {
        let spaces = centre.spaces.iter().map(|s| Some(s.id)).chain([None]).map(|s| space_state(day, centre, s));
        let causes = causes(day, centre, now);
        let finished = |t: &&Ticket| matches!(t.stage, Stage::Ended { ending: Ending::Finished(_), .. });
        Self {
            version,
            now,
            day: day.phase.into(),
            halt: Halt::of(day, centre),
            closes: day.closes,
            told_break: day.told_break,
            waiting: day.waiting().collect(),
            unanswered: unanswered(&causes),
            open_places: count(day.places.values().filter(|p| !is_away(p))),
            spaces: spaces.collect(),
            organisations: on_duty(day),
            causes,
            alerts: alerts(day, centre),
            counts: Counts::of(day),
            talks: count(day.tickets.values().filter(finished)),
            open_tickets: count(day.open.iter()),
        }
    }
}

fn on_duty(day: &Day) -> Vec<OrganisationOnDuty> {
    let mut all: BTreeMap<OrganisationId, OrganisationOnDuty> = BTreeMap::new();
    for place in day.places.values() {
        let none = OrganisationOnDuty { organisation: place.organisation, open_places: 0, away_places: 0 };
        let its = all.entry(place.organisation).or_insert(none);
        if is_away(place) { its.away_places += 1 } else { its.open_places += 1 }
    }
    all.into_values().collect()
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

fn unanswered(causes: &[Cause]) -> Crowd {
    causes.iter().filter(|c| c.lack.is_unanswered()).map(|c| c.crowd).sum()
}

fn is_away(place: &OpenPlace) -> bool {
    matches!(place.activity, Activity::Away { .. })
}

fn space_state(day: &Day, centre: &Centre, space: Option<SpaceId>) -> SpaceState {
    let here = |t: &&Ticket| space_of(centre, t) == space;
    let serves = |p: &&OpenPlace| match space {
        Some(space) => centre.needs_of(space).any(|n| p.abilities.needs.contains(&n.id)),
        None => p.abilities.welcome,
    };
    SpaceState {
        space,
        waiting: day.waiting().filter(here).collect(),
        longest_since: day.waiting().filter(here).map(Ticket::waiting_since).min(),
        in_talk: count(day.open_tickets().filter(|t| matches!(t.stage, Stage::InTalk { .. })).filter(here)),
        open_places: count(day.places.values().filter(serves).filter(|p| !is_away(p))),
        away_places: count(day.places.values().filter(serves).filter(|p| is_away(p))),
    }
}

/// What else calls for attention, the most urgent first.
fn alerts(day: &Day, centre: &Centre) -> Vec<Alert> {
    let help = day.places.iter().filter(|(_, p)| p.asks_help).map(|(place, _)| Alert::Help { place: *place });
    let hours = day.hours_over.map(|since| Alert::HoursOver { since });
    let kiosk = |device: &DeviceId| Alert::Kiosk { device: *device, stopped: day.is_stopped(centre, *device) };
    let kiosks = day.flagged_kiosks.iter().map(kiosk);
    help.chain(hours).chain(kiosks).collect()
}
