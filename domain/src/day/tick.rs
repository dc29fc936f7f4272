//! What the timer brings about: everything that is due by an instant.

use std::collections::{BTreeSet, HashMap};

use chrono::Duration;

use super::{Claim, Day, Ending, Event, Flag, Stage, Ticket, decide::after_visitor, policy};
use crate::{
    Instant, NeedId, OrganisationId, SpaceId,
    centre::{Accommodation, Centre},
};

/// What decides whether anybody is able: tickets with equal requirements share one look.
type Requirement<'a> =
    (Option<NeedId>, Option<SpaceId>, Option<OrganisationId>, Option<&'a crate::Language>, &'a BTreeSet<Accommodation>);

pub(super) fn due(day: &Day, centre: &Centre, at: Instant) -> Vec<Event> {
    let mut tickets: Vec<&Ticket> = day.open_tickets().collect();
    tickets.sort_unstable_by_key(|t| t.rank);
    let mut expected: HashMap<Requirement<'_>, bool> = HashMap::new();
    let mut events = Vec::new();
    for ticket in tickets {
        match ticket.stage {
            Stage::Waiting { since, claim } => {
                waiting(centre, ticket, since, claim, at, &mut events);
                let somebody = *expected
                    .entry(requirement(ticket))
                    .or_insert_with(|| policy::somebody_is_expected(day, centre, ticket));
                flag(ticket, Flag::NobodyAble, !somebody, &mut events);
            }
            Stage::Called { last, recalls, .. } => called(day, centre, ticket, last, recalls, at, &mut events),
            Stage::Parked { until, .. } if until <= at => events.push(Event::Resumed { ticket: ticket.id }),
            _ => {}
        }
    }
    events
}

fn requirement(t: &Ticket) -> Requirement<'_> {
    (t.request.need, t.any_need_of, t.organisation, t.request.talk.required(), &t.request.accommodations)
}

fn waiting(centre: &Centre, ticket: &Ticket, since: Instant, claim: Claim, at: Instant, events: &mut Vec<Event>) {
    if claim == Claim::Offered && at - since >= Duration::minutes(i64::from(centre.policies.offer_minutes)) {
        events.push(Event::Claimed { ticket: ticket.id, claim: Claim::Anyone });
    }
    flag(ticket, Flag::Late, ticket.waited(at) >= i64::from(centre.policies.promise_minutes) * 60, events);
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
