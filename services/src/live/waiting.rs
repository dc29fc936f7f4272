//! How many are before a ticket that was just taken, without looking through the whole line each time.

use std::collections::HashMap;

use domain::{
    SpaceId,
    centre::Centre,
    day::{Day, Event, Ticket},
};

/// How many wait in each space, counted when first asked for and kept as long as nothing but arrivals happens.
#[derive(Debug, Default)]
pub(super) struct Waiting(Option<HashMap<Option<SpaceId>, u32>>);

impl Waiting {
    /// Events were applied to the day.
    pub(super) fn saw(&mut self, day: &Day, centre: &Centre, events: &[Event]) {
        for event in events {
            match event {
                Event::TicketTaken { ticket, .. } => {
                    if let (Some(counts), Some(taken)) = (&mut self.0, day.tickets.get(ticket)) {
                        *counts.entry(space(taken, centre)).or_default() += 1;
                    }
                }
                Event::Flagged { .. }
                | Event::KioskFlagged { .. }
                | Event::Counted { .. }
                | Event::Announced { .. } => {}
                _ => self.0 = None,
            }
        }
    }
    /// How many are before the newest ticket of the day. A ticket with a slip does not stand at the end.
    pub(super) fn before_newest(&mut self, day: &Day, centre: &Centre, newest: &Ticket) -> u32 {
        if newest.priority.is_some() {
            return before(day, centre, newest);
        }
        let counts = self.0.get_or_insert_with(|| count(day, centre));
        counts.get(&space(newest, centre)).copied().unwrap_or(1).saturating_sub(1)
    }
}

/// How many wait before a ticket in its space; 0 if it does not wait.
pub(super) fn before(day: &Day, centre: &Centre, ticket: &Ticket) -> u32 {
    if !ticket.is_waiting() {
        return 0;
    }
    let here = space(ticket, centre);
    let sooner = day.waiting().take_while(|t| t.rank < ticket.rank).filter(|t| space(t, centre) == here).count();
    u32::try_from(sooner).unwrap_or(u32::MAX)
}

fn count(day: &Day, centre: &Centre) -> HashMap<Option<SpaceId>, u32> {
    let of_need: HashMap<_, _> = centre.needs.iter().map(|n| (n.id, n.space)).collect();
    let mut counts = HashMap::new();
    for ticket in day.waiting() {
        let space = ticket.any_need_of.or_else(|| ticket.request.need.and_then(|n| of_need.get(&n).copied()));
        *counts.entry(space).or_default() += 1;
    }
    counts
}

fn space(ticket: &Ticket, centre: &Centre) -> Option<SpaceId> {
    ticket.any_need_of.or_else(|| centre.space_of(ticket.request.need).map(|s| s.id))
}
