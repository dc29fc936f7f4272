//! How many are before a ticket that was just taken, without looking through the whole line each time.

use domain::{
    centre::Centre,
    day::{Day, Event, Lines, Ticket},
};

/// Everybody who waits, in their lines: kept as long as nothing but arrivals happens.
#[derive(Debug, Default)]
pub(super) struct Waiting(Option<Lines>);

impl Waiting {
    /// Events were applied to the day. Gives how many are before the ticket that was taken, if one was.
    pub(super) fn saw(&mut self, day: &Day, centre: &Centre, events: &[Event]) -> Option<u32> {
        let mut before = None;
        for event in events {
            match event {
                Event::TicketTaken { ticket, .. } => {
                    before = day.tickets.get(ticket).map(|taken| self.step_in(day, centre, taken));
                }
                Event::Flagged { .. }
                | Event::KioskFlagged { .. }
                | Event::Counted { .. }
                | Event::Announced { .. } => {}
                _ => self.0 = None,
            }
        }
        before
    }

    fn step_in(&mut self, day: &Day, centre: &Centre, newest: &Ticket) -> u32 {
        let lines = self.0.get_or_insert_with(|| everybody_but(newest, day, centre));
        let behind_all = lines.step_in(day, centre, newest);
        // Who has a slip does not stand at the end.
        if newest.priority.is_some() { Lines::before(day, centre, newest) } else { behind_all }
    }
}

fn everybody_but(newest: &Ticket, day: &Day, centre: &Centre) -> Lines {
    let mut lines = Lines::default();
    for waiting in day.waiting().filter(|t| t.id != newest.id) {
        lines.step_in(day, centre, waiting);
    }
    lines
}
