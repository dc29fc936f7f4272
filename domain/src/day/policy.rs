//! Who is called next: the one place where the order of a line is decided.
//!
//! First come, first served over all the needs that a place can serve; languages, accommodations and hand-overs are
//! respected. A ticket that is kept for a place goes before others there.

use super::{Claim, Day, OpenPlace, Rank, Requirement, Stage, Ticket};
use crate::{
    Instant, PlaceId, TicketId,
    centre::{Centre, PutBackRule},
};

/// Whether a place may receive a ticket as it is now, its claim included.
pub fn can_serve(centre: &Centre, id: PlaceId, place: &OpenPlace, ticket: &Ticket) -> bool {
    let claimed = match ticket.stage {
        Stage::Waiting { claim, .. } | Stage::Parked { claim, .. } => match claim {
            Claim::Anyone => true,
            Claim::Offered => ticket.hand_over.as_ref().is_none_or(|h| h.from != id),
            Claim::KeptFor(other) => return other == id,
        },
        _ => true,
    };
    claimed && Requirement::of(ticket).is_met_by(centre, id, place)
}

/// The order in which a place calls: smaller is sooner.
pub fn order_for(place: Option<PlaceId>, ticket: &Ticket) -> (bool, Rank) {
    let kept = match ticket.stage {
        Stage::Waiting { claim: Claim::KeptFor(p), .. } => Some(p) == place,
        _ => false,
    };
    (!kept, ticket.rank)
}

/// The next right visitor for a place: somebody who is kept for it, else the first in the line whom it can serve.
pub fn next(day: &Day, centre: &Centre, id: PlaceId, place: &OpenPlace) -> Option<TicketId> {
    let serves = |t: &&Ticket| can_serve(centre, id, place, t);
    let kept = day.kept.iter().filter_map(|t| day.tickets.get(t)).filter(serves).min_by_key(|t| order_for(Some(id), t));
    kept.or_else(|| day.waiting().find(serves)).map(|t| t.id)
}

/// The rank of a ticket that is put back, as the centre's policy says.
pub fn rank_after_put_back(day: &Day, centre: &Centre, ticket: &Ticket, at: Instant) -> Rank {
    match centre.policies.put_back {
        PutBackRule::KeepPlace => ticket.rank,
        PutBackRule::End => Rank { at: at.timestamp_micros().max(ticket.rank.at), ..ticket.rank },
        PutBackRule::Places(n) => {
            let behind = line_of(day, centre, ticket).map(|t| t.rank).filter(|r| *r > ticket.rank);
            // One microsecond after the ticket that it now follows.
            behind.take(usize::from(n)).last().map_or(ticket.rank, |r| Rank { at: r.at + 1, ..ticket.rank })
        }
    }
}

/// The rank that puts a ticket before everybody in its line.
pub fn rank_first(day: &Day, centre: &Centre, ticket: &Ticket) -> Rank {
    let first = line_of(day, centre, ticket).map(|t| t.rank).next();
    first.filter(|r| *r < ticket.rank).map_or(ticket.rank, |r| Rank { at: r.at - 1, ..ticket.rank })
}

/// The other tickets that wait in the same space, in their order.
fn line_of<'a>(day: &'a Day, centre: &'a Centre, ticket: &'a Ticket) -> impl Iterator<Item = &'a Ticket> {
    let space = |t: &Ticket| t.any_need_of.or_else(|| centre.space_of(t.request.need).map(|s| s.id));
    let here = space(ticket);
    day.waiting().filter(move |t| t.id != ticket.id && space(t) == here)
}
