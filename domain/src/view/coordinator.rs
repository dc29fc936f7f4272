//! What the coordinator sees: the whole day at a glance.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Counts, DayState};
use crate::{
    DeviceId, Instant, OrganisationId, PlaceId, SpaceId, TicketId,
    centre::Centre,
    day::{Activity, Day, Ending, Flag, Number, OpenPlace, Stage, Ticket, ToldBreak},
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
    /// When the doors close.
    pub closes: Option<Instant>,
    /// The break that begins soon, or that there is now.
    pub told_break: Option<ToldBreak>,
    /// Every space in order, then the welcome.
    pub spaces: Vec<SpaceState>,
    /// Organisations with an open place.
    pub organisations: Vec<OrganisationOnDuty>,
    /// What calls for attention, the most urgent first.
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
    /// How many wait.
    pub waiting: u32,
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
    /// Its open places.
    pub places: u32,
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
    /// Nobody open or expected can serve a ticket.
    NobodyAble {
        /// The ticket.
        ticket: TicketId,
        /// Its number.
        number: Number,
    },
    /// A ticket waits longer than promised.
    Late {
        /// The ticket.
        ticket: TicketId,
        /// Its number.
        number: Number,
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
    },
    /// A printer is out of reach or out of paper. Not of the day: the services add it.
    Printer {
        /// The printer.
        device: DeviceId,
    },
    /// The server's clock jumped: nothing closes by itself. Not of the day: the services add it.
    Clock,
}

impl CentreView {
    /// What the coordinator sees.
    pub fn of(day: &Day, centre: &Centre, version: u64, now: Instant) -> Self {
        let spaces = centre.spaces.iter().map(|s| Some(s.id)).chain([None]).map(|s| space_state(day, centre, s));
        let mut organisations: BTreeMap<OrganisationId, u32> = BTreeMap::new();
        for place in day.places.values() {
            *organisations.entry(place.organisation).or_default() += 1;
        }
        let finished = |t: &&Ticket| matches!(t.stage, Stage::Ended { ending: Ending::Finished(_), .. });
        Self {
            version,
            now,
            day: day.phase.into(),
            closes: day.closes,
            told_break: day.told_break,
            spaces: spaces.collect(),
            organisations: organisations
                .into_iter()
                .map(|(organisation, places)| OrganisationOnDuty { organisation, places })
                .collect(),
            alerts: alerts(day),
            counts: Counts::of(day),
            talks: count(day.tickets.values().filter(finished)),
            open_tickets: count(day.open.iter()),
        }
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

fn space_state(day: &Day, centre: &Centre, space: Option<SpaceId>) -> SpaceState {
    let here = |t: &&Ticket| t.any_need_of.or_else(|| centre.space_of(t.request.need).map(|s| s.id)) == space;
    let serves = |p: &&OpenPlace| match space {
        Some(space) => centre.needs_of(space).any(|n| p.abilities.needs.contains(&n.id)),
        None => p.abilities.welcome,
    };
    let away = |p: &&OpenPlace| matches!(p.activity, Activity::Away { .. });
    SpaceState {
        space,
        waiting: count(day.waiting().filter(here)),
        longest_since: day.waiting().filter(here).map(Ticket::waiting_since).min(),
        in_talk: count(day.open_tickets().filter(|t| matches!(t.stage, Stage::InTalk { .. })).filter(here)),
        open_places: count(day.places.values().filter(serves).filter(|p| !away(p))),
        away_places: count(day.places.values().filter(serves).filter(away)),
    }
}

/// What calls for attention, the most urgent first.
fn alerts(day: &Day) -> Vec<Alert> {
    let mut waiting: Vec<&Ticket> = day.waiting().collect();
    waiting.sort_unstable_by_key(|t| t.rank);
    let flagged = |flag| waiting.iter().filter(move |t| t.flags.contains(&flag));
    let help = day.places.iter().filter(|(_, p)| p.asks_help).map(|(place, _)| Alert::Help { place: *place });
    let hours = day.hours_over.map(|since| Alert::HoursOver { since });
    help.chain(hours)
        .chain(flagged(Flag::NobodyAble).map(|t| Alert::NobodyAble { ticket: t.id, number: t.number }))
        .chain(flagged(Flag::Late).map(|t| Alert::Late { ticket: t.id, number: t.number }))
        .chain(day.flagged_kiosks.iter().map(|device| Alert::Kiosk { device: *device }))
        .collect()
}
