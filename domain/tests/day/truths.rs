//! What is true of every day, whatever happened in it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    centre::Centre,
    day::{Activity, Claim, Day, FollowToken, Phase, Stage, Ticket},
};

/// Says which truth does not hold.
pub fn check(day: &Day, centre: &Centre) -> Result<(), String> {
    let all = [tickets, numbers, conservation, places, claims, closing];
    all.into_iter().try_for_each(|truth| truth(day, centre))
}

fn hold(what: bool, say: impl FnOnce() -> String) -> Result<(), String> {
    if what { Ok(()) } else { Err(say()) }
}

/// Indexes agree with the tickets.
fn tickets(day: &Day, _: &Centre) -> Result<(), String> {
    let open: BTreeSet<_> = day.tickets.values().filter(|t| t.is_open()).map(|t| t.id).collect();
    hold(open == day.open, || format!("open tickets {open:?}, index {:?}", day.open))?;
    let waiting = || day.tickets.values().filter(|t| t.is_waiting());
    let line: BTreeMap<_, _> = waiting().map(|t| (t.rank, t.id)).collect();
    hold(line == day.line, || format!("waiting tickets {line:?}, index {:?}", day.line))?;
    let is_kept = |t: &&Ticket| matches!(t.stage, Stage::Waiting { claim: Claim::KeptFor(_), .. });
    let kept: BTreeSet<_> = waiting().filter(is_kept).map(|t| t.id).collect();
    hold(kept == day.kept, || format!("kept tickets {kept:?}, index {:?}", day.kept))?;
    let closed = day.phase == Phase::Closed;
    let followed = if closed { 0 } else { day.tickets.len() };
    hold(day.tokens.len() == followed, || "a token for each ticket, and none once the day is closed".into())?;
    for (id, ticket) in &day.tickets {
        hold(ticket.id == *id, || format!("{id} holds {}", ticket.id))?;
        let found = day.by_token(&ticket.token).map(|t| t.id);
        hold(found == (!closed).then_some(*id), || format!("the token of {id}"))?;
        let forgotten = ticket.token == FollowToken::from([0; 16]);
        hold(forgotten == closed, || format!("the token of {id} in a day that is closed: {closed}"))?;
        hold(ticket.waited_seconds.is_none_or(|s| s >= 0), || format!("{id} waited less than nothing"))?;
    }
    Ok(())
}

/// No number twice, none outside the centre's, none left out.
fn numbers(day: &Day, centre: &Centre) -> Result<(), String> {
    let mut given = BTreeMap::<_, Vec<u16>>::new();
    for ticket in day.tickets.values() {
        given.entry(ticket.number.letter).or_default().push(ticket.number.counter);
    }
    for (letter, mut counters) in given {
        counters.sort_unstable();
        let first = centre.policies.first_number;
        let expected: Vec<u16> = (first..).take(counters.len()).collect();
        hold(counters == expected, || format!("numbers of {letter}: {counters:?}"))?;
        hold(counters.last() <= Some(&centre.policies.last_number), || format!("{letter} goes too far"))?;
        hold(day.counters.get(&letter) == counters.last().map(|c| c + 1).as_ref(), || {
            format!("next number of {letter}")
        })?;
    }
    Ok(())
}

/// Taken = waiting + called + in a talk + parked + ended.
fn conservation(day: &Day, _: &Centre) -> Result<(), String> {
    let mut stages = [0u32; 5];
    for ticket in day.tickets.values() {
        stages[match ticket.stage {
            Stage::Waiting { .. } => 0,
            Stage::Called { .. } => 1,
            Stage::InTalk { .. } => 2,
            Stage::Parked { .. } => 3,
            Stage::Ended { .. } => 4,
        }] += 1;
    }
    hold(day.taken == stages.iter().sum::<u32>(), || format!("{} taken, but {stages:?}", day.taken))
}

/// No ticket in two places, no place with two visits, no counsellor at two places.
fn places(day: &Day, _: &Centre) -> Result<(), String> {
    let received: BTreeMap<_, _> = day
        .places
        .iter()
        .filter_map(|(id, p)| match p.activity {
            Activity::Receiving(ticket) => Some((ticket, *id)),
            _ => None,
        })
        .collect();
    let at_places: BTreeMap<_, _> = day.tickets.values().filter_map(|t| Some((t.id, t.place()?))).collect();
    hold(received == at_places, || format!("places receive {received:?}, tickets are at {at_places:?}"))?;
    let receiving = day.places.values().filter(|p| matches!(p.activity, Activity::Receiving(_))).count();
    hold(receiving == at_places.len(), || "a ticket at two places".into())?;
    let counsellors: BTreeSet<_> = day.places.values().map(|p| p.counsellor).collect();
    hold(counsellors.len() == day.places.len(), || "a counsellor at two places".into())?;
    for (id, place) in &day.places {
        if let Activity::Joining { place: other, ticket } = place.activity {
            let there = day
                .tickets
                .get(&ticket)
                .is_some_and(|t| matches!(t.stage, Stage::InTalk { place, .. } if place == other));
            hold(there && other != *id, || format!("{id} joins nobody"))?;
        }
        let busy = matches!(place.activity, Activity::Receiving(_));
        hold(place.then.is_none() || busy, || format!("{id} plans after a visitor whom it has not"))?;
    }
    Ok(())
}

fn claim(ticket: &Ticket) -> Option<Claim> {
    match ticket.stage {
        Stage::Waiting { claim, .. } | Stage::Called { claim, .. } | Stage::Parked { claim, .. } => Some(claim),
        Stage::InTalk { .. } | Stage::Ended { .. } => None,
    }
}

/// Nobody is kept for a place that is not open, or offered by nobody.
fn claims(day: &Day, _: &Centre) -> Result<(), String> {
    for ticket in day.open_tickets() {
        match claim(ticket) {
            Some(Claim::KeptFor(place)) => {
                hold(day.places.contains_key(&place), || format!("{} is kept for a closed place", ticket.number))?;
            }
            Some(Claim::Offered) => {
                hold(ticket.hand_over.is_some(), || format!("{} is offered by nobody", ticket.number))?
            }
            Some(Claim::Anyone) | None => {}
        }
    }
    Ok(())
}

fn closing(day: &Day, _: &Centre) -> Result<(), String> {
    let over = day.open.is_empty() && day.places.is_empty();
    hold(day.phase != Phase::Closed || over, || "closed with somebody inside".into())
}
