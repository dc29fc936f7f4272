//! What the timer brings about: everything that is due by an instant.

use std::collections::HashMap;

use chrono::Duration;

use super::{Claim, Day, Ending, Event, Flag, Prospect, Requirement, Stage, Ticket, decide::after_visitor};
use crate::{Instant, centre::Centre};

pub(super) fn due(day: &Day, centre: &Centre, at: Instant) -> Vec<Event> {
    let mut tickets: Vec<&Ticket> = day.open_tickets().collect();
    tickets.sort_unstable_by_key(|t| t.rank);
    // Tickets with equal requirements share one look.
    let mut expected: HashMap<(Requirement<'_>, Claim), bool> = HashMap::new();
    let mut events = Vec::from_iter(day.break_to_tell(centre, at));
    for ticket in tickets {
        match ticket.stage {
            Stage::Waiting { since, claim } => {
                waiting(centre, ticket, since, claim, at, &mut events);
                let somebody = *expected
                    .entry((Requirement::of(ticket), claim))
                    .or_insert_with(|| somebody_is_expected(day, centre, ticket, at));
                flag(ticket, Flag::NobodyAble, !somebody, &mut events);
            }
            Stage::Called { last, recalls, .. } => called(day, centre, ticket, last, recalls, at, &mut events),
            Stage::Parked { until, .. } if until <= at => events.push(Event::Resumed { ticket: ticket.id }),
            _ => {}
        }
    }
    events
}

/// Whether somebody can receive a ticket today, as far as is known.
pub(super) fn somebody_is_expected(day: &Day, centre: &Centre, ticket: &Ticket, at: Instant) -> bool {
    !matches!(day.prospect_of(centre, ticket, at), Prospect::Nobody { .. })
}

fn waiting(centre: &Centre, ticket: &Ticket, since: Instant, claim: Claim, at: Instant, events: &mut Vec<Event>) {
    if claim == Claim::Offered && at - since >= Duration::minutes(i64::from(centre.policies.offer_minutes)) {
        events.push(Event::Claimed { ticket: ticket.id, claim: Claim::Anyone });
    }
    flag(ticket, Flag::Late, ticket.waited_in_all(at) >= i64::from(centre.policies.promise_minutes) * 60, events);
}

fn flag(ticket: &Ticket, flag: Flag, on: bool, events: &mut Vec<Event>) {
    if ticket.flags.contains(&flag) != on {
        events.push(Event::Flagged { ticket: ticket.id, flag, on });
    }
}

fn called(
    day: &Day,
    centre: &Centre,
    ticket: &Ticket,
    last: Instant,
    recalls: u8,
    at: Instant,
    events: &mut Vec<Event>,
) {
    if at - last < Duration::seconds(i64::from(centre.policies.call_limit_seconds)) {
        return;
    }
    if recalls < centre.policies.recalls {
        events.push(Event::Recalled { ticket: ticket.id });
    } else {
        events.push(Event::Ended { ticket: ticket.id, ending: Ending::NoShow });
        events.extend(ticket.place().map(|p| after_visitor(day, p)).unwrap_or_default());
    }
}
