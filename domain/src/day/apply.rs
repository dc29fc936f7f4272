//! Events become state. Total: an event that fits nothing changes nothing.

use std::collections::BTreeSet;

use chrono::Duration;

use super::{
    Activity, Advice, Announcement, Call, Claim, Day, Ending, Event, Flag, FollowToken, HandOver, LastStep,
    MOST_ISSUED, Number, OpenPlace, Outcome, PastTalk, Phase, PriorityReason, Rank, RefusalReason, Stage, Step,
    TakeTicket, Target, Ticket,
};
use crate::{
    Instant, NeedId, PlaceId, TicketId,
    catalogue::{Entries, Notebook},
};

impl Ticket {
    /// A ticket as it is when it was just taken.
    pub(super) fn taken(take: &TakeTicket, number: Number, rank: Rank, at: Instant) -> Self {
        Self {
            id: take.id,
            number,
            token: take.token.clone(),
            request: take.request.clone(),
            arrived: at,
            rank,
            stage: Stage::Waiting { since: at, claim: Claim::Anyone },
            flags: BTreeSet::new(),
            priority: take.slip.map(|_| PriorityReason::Slip),
            any_need_of: None,
            organisation: None,
            hand_over: None,
            refused: None,
            advice: BTreeSet::new(),
            recommended: Entries::default(),
            talks: Vec::new(),
            waited_seconds: None,
            set_aside_seconds: 0,
            waiting_from: at,
            waited_before: 0,
        }
    }

    /// Back in a line, for a new wait.
    fn wait_again(&mut self, claim: Claim, at: Instant) {
        self.waited_before += self.waited_seconds.unwrap_or_default();
        self.stage = Stage::Waiting { since: at, claim };
        self.waiting_from = at;
        self.set_aside_seconds = 0;
        self.waited_seconds = None;
        self.flags.clear();
    }

    /// The claim that a ticket has, or had before it was called.
    fn claim(&self) -> Claim {
        match self.stage {
            Stage::Waiting { claim, .. } | Stage::Called { claim, .. } | Stage::Parked { claim, .. } => claim,
            Stage::InTalk { .. } | Stage::Ended { .. } => Claim::Anyone,
        }
    }

    fn set_claim(&mut self, new: Claim) {
        if let Stage::Waiting { claim, .. } | Stage::Called { claim, .. } | Stage::Parked { claim, .. } =
            &mut self.stage
        {
            *claim = new;
        }
    }
}

impl Day {
    /// Makes an event true.
    pub fn apply(&mut self, event: &Event, at: Instant) {
        let moved = self.moved_by(event);
        for id in &moved {
            if let Some(ticket) = self.tickets.get(id) {
                self.line.remove(&ticket.rank);
            }
            self.kept.remove(id);
        }
        self.make_true(event, at);
        for id in moved {
            let Some(ticket) = self.tickets.get(&id) else { continue };
            if let Stage::Waiting { claim, .. } = ticket.stage {
                self.line.insert(ticket.rank, id);
                if let Claim::KeptFor(_) = claim {
                    self.kept.insert(id);
                }
            }
        }
    }

    /// Tickets whose place in the line an event may change.
    fn moved_by(&self, event: &Event) -> Vec<TicketId> {
        match event {
            Event::TicketTaken { ticket, .. }
            | Event::Called { ticket, .. }
            | Event::PutBack { ticket, .. }
            | Event::Parked { ticket, .. }
            | Event::Resumed { ticket }
            | Event::CameBack { ticket }
            | Event::Transferred { ticket, .. }
            | Event::Claimed { ticket, .. }
            | Event::HandOverRefused { ticket, .. }
            | Event::TalkFinished { ticket, .. }
            | Event::Ended { ticket, .. }
            | Event::Prioritised { ticket, .. } => vec![*ticket],
            Event::Undone { place } => {
                self.places.get(place).and_then(|p| p.last.as_ref()).map(|l| l.before.id).into_iter().collect()
            }
            // What was kept for it is for anybody able.
            Event::PlaceClosed { .. } => self.kept.iter().copied().collect(),
            _ => Vec::new(),
        }
    }

    #[allow(clippy::too_many_lines)] // one arm an event: splitting it would hide that every event has one
    fn make_true(&mut self, event: &Event, at: Instant) {
        match event {
            Event::DayOpened { closes } => {
                (self.phase, self.closes, self.closing_said) = (Phase::Open, *closes, closes.is_some());
            }
            Event::HoursChanged { closes, breaks, asked } => {
                self.closes = *closes;
                self.breaks.clone_from(breaks);
                self.hours_over = asked.then_some(at);
            }
            Event::BreakTold { told } => self.told_break = *told,
            Event::TicketTaken { ticket, number, token, request, device, slip, rank } => {
                let take = TakeTicket {
                    id: *ticket,
                    token: token.clone(),
                    request: request.clone(),
                    device: *device,
                    slip: *slip,
                };
                self.ticket_taken(&take, *number, *rank, at);
            }
            Event::NeedCorrected { ticket, need } => self.need_corrected(*ticket, *need),
            Event::RequirementsCorrected { ticket, talk, accommodations } => self.change(*ticket, |t| {
                t.request.talk.clone_from(talk);
                t.request.accommodations.clone_from(accommodations);
            }),
            Event::Called { ticket, place } => self.called(*ticket, *place, at),
            Event::Recalled { ticket } => self.recalled(*ticket, at),
            Event::Arrived { ticket } => self.change(*ticket, |t| {
                if let Stage::Called { place, .. } = t.stage {
                    t.stage = Stage::InTalk { place, since: at };
                }
            }),
            Event::PutBack { ticket, rank } => {
                self.release(*ticket);
                self.change(*ticket, |t| {
                    t.rank = *rank;
                    t.waited_seconds = None;
                    t.stage = Stage::Waiting { since: at, claim: t.claim() };
                });
            }
            Event::Parked { ticket, until } => self.parked(*ticket, *until, at),
            Event::Resumed { ticket } => self.change(*ticket, |t| {
                if let Stage::Parked { since, claim, .. } = t.stage {
                    t.set_aside_seconds += (at - since).num_seconds();
                    t.stage = Stage::Waiting { since: at, claim };
                }
            }),
            Event::CameBack { ticket } => {
                self.change(*ticket, |t| match t.stage {
                    Stage::Ended { ending: Ending::NoShow, .. } => t.wait_again(Claim::Anyone, at),
                    _ => t.stage = Stage::Waiting { since: at, claim: Claim::Anyone },
                });
                self.open.insert(*ticket);
            }
            Event::Transferred { ticket, to, returns, advice } => self.transferred(*ticket, *to, *returns, advice, at),
            Event::Claimed { ticket, claim } => self.change(*ticket, |t| t.set_claim(*claim)),
            Event::HandOverRefused { ticket, reason } => self.hand_over_refused(*ticket, *reason, at),
            Event::AdviceGiven { ticket, advice } => self.change(*ticket, |t| t.advice.clone_from(advice)),
            Event::Recommended { ticket, entries } => self.change(*ticket, |t| t.recommended.clone_from(entries)),
            Event::TalkFinished { ticket, outcome, need, claim } => {
                self.talk_finished(*ticket, *outcome, *need, *claim, at)
            }
            Event::Ended { ticket, ending } => self.ended(*ticket, *ending, at),
            Event::Undone { place } => self.undone(*place, at),
            Event::PlaceOpened { place, counsellor, organisation, abilities } => {
                let open = OpenPlace {
                    counsellor: *counsellor,
                    organisation: *organisation,
                    abilities: abilities.clone(),
                    activity: Activity::Available,
                    then: None,
                    asks_help: false,
                    last: None,
                };
                self.places.insert(*place, open);
            }
            Event::ActivityChanged { place, activity } => self.change_place(*place, |p| p.activity = *activity),
            Event::Planned { place, then } => self.change_place(*place, |p| p.then = *then),
            Event::PlaceClosed { place } => self.place_closed(*place),
            Event::AbilitiesChanged { place, abilities } => {
                self.change_place(*place, |p| p.abilities = abilities.clone())
            }
            Event::PlaceMoved { from, to } => self.place_moved(*from, *to, at),
            Event::NeedsClosed { needs, reason } => self.closed_needs.extend(needs.iter().map(|n| (*n, *reason))),
            Event::NeedsReopened { needs } => self.closed_needs.retain(|n, _| !needs.contains(n)),
            Event::MessageSent { message } => self.message.clone_from(message),
            Event::HelpAsked { place, on } => self.change_place(*place, |p| p.asks_help = *on),
            Event::Counted { id, what } => drop(self.counts.insert(*id, (at, *what))),
            Event::CountUndone { id } => drop(self.counts.remove(id)),
            Event::Announced { id, kind, space } => {
                self.announced.push(Announcement { id: *id, kind: *kind, space: *space, at });
            }
            Event::Welcomed { id } => self.announced.retain(|a| a.id != *id),
            Event::Prioritised { ticket, reason, rank } => self.change(*ticket, |t| {
                t.priority = Some(*reason);
                t.rank = *rank;
            }),
            Event::Flagged { ticket, flag, on } => self.change(*ticket, |t| set_flag(t, *flag, *on)),
            Event::KioskFlagged { device, on: true } => drop(self.flagged_kiosks.insert(*device)),
            Event::KioskFlagged { device, on: false } => {
                self.flagged_kiosks.remove(device);
                self.kiosks.remove(device);
            }
            Event::Suspended { reason, since } => self.phase = Phase::Suspended { reason: *reason, since: *since },
            Event::DayResumed => self.resumed(at),
            Event::DayClosed => {
                self.phase = Phase::Closed;
                self.places.clear();
                self.announced.clear();
                self.forget_tokens();
            }
        }
    }

    /// The links end with the day, also while its log cannot be destroyed yet.
    fn forget_tokens(&mut self) {
        self.tokens.clear();
        self.tickets.values_mut().for_each(|ticket| ticket.token = FollowToken::from([0; 16]));
    }

    fn change(&mut self, ticket: TicketId, change: impl FnOnce(&mut Ticket)) {
        if let Some(ticket) = self.tickets.get_mut(&ticket) {
            change(ticket);
        }
    }

    fn change_place(&mut self, place: PlaceId, change: impl FnOnce(&mut OpenPlace)) {
        if let Some(place) = self.places.get_mut(&place) {
            change(place);
        }
    }

    fn ticket_taken(&mut self, take: &TakeTicket, number: Number, rank: Rank, at: Instant) {
        self.counters.insert(number.letter, number.counter.saturating_add(1));
        self.taken += 1;
        self.tokens.insert(take.token.clone(), take.id);
        self.open.insert(take.id);
        self.used_slips.extend(take.slip);
        if let Some(device) = take.device {
            let issued = self.kiosks.entry(device).or_default();
            issued.push_back(at);
            if issued.len() > MOST_ISSUED {
                issued.pop_front();
            }
        }
        self.tickets.insert(take.id, Ticket::taken(take, number, rank, at));
    }

    fn need_corrected(&mut self, ticket: TicketId, need: Option<NeedId>) {
        self.change(ticket, |t| {
            t.request.need = need;
            t.any_need_of = None;
            t.organisation = None;
        });
    }

    fn called(&mut self, id: TicketId, place: PlaceId, at: Instant) {
        let Some(ticket) = self.tickets.get_mut(&id) else {
            return;
        };
        let before = Box::new(ticket.clone());
        if let Stage::Parked { since, .. } = ticket.stage {
            ticket.set_aside_seconds += (at - since).num_seconds();
        }
        ticket.waited_seconds = Some(ticket.waited(at));
        ticket.flags.clear();
        ticket.stage = Stage::Called { place, since: at, last: at, recalls: 0, claim: before.claim() };
        let call = Call { ticket: id, number: ticket.number, place, at };
        let last = LastStep { step: Step::Call, at, before, after: ticket.stage.clone() };
        self.change_place(place, |p| {
            p.activity = Activity::Receiving(id);
            p.last = Some(last);
        });
        self.remember(call);
    }

    fn remember(&mut self, call: Call) {
        self.calls.retain(|c| c.ticket != call.ticket);
        self.calls.push_back(call);
        if self.calls.len() > Self::CALLS_KEPT {
            self.calls.pop_front();
        }
    }

    fn recalled(&mut self, id: TicketId, at: Instant) {
        let Some(ticket) = self.tickets.get_mut(&id) else {
            return;
        };
        let number = ticket.number;
        if let Stage::Called { place, last, recalls, .. } = &mut ticket.stage {
            *last = at;
            *recalls = recalls.saturating_add(1);
            let call = Call { ticket: id, number, place: *place, at };
            self.remember(call);
        }
    }

    /// The visitor leaves a place: it is free again, and so are colleagues who sat with them.
    fn release(&mut self, ticket: TicketId) {
        for place in self.places.values_mut() {
            let here = match place.activity {
                Activity::Receiving(t) | Activity::Joining { ticket: t, .. } => t == ticket,
                Activity::Available | Activity::Away { .. } => false,
            };
            if here {
                place.activity = Activity::Available;
            }
        }
    }

    /// Notes the talk that ends now, if the ticket is in one.
    fn end_talk(&mut self, id: TicketId, outcome: Option<Outcome>, at: Instant) {
        let Some(ticket) = self.tickets.get_mut(&id) else {
            return;
        };
        let Stage::InTalk { place, since } = ticket.stage else {
            return;
        };
        let Some(open) = self.places.get(&place) else {
            return;
        };
        let to = match self.phase {
            Phase::Suspended { since: stopped, .. } => stopped.max(since).min(at),
            _ => at,
        };
        ticket.talks.push(PastTalk {
            organisation: open.organisation,
            need: ticket.request.need,
            outcome,
            waited_seconds: ticket.waited_seconds.unwrap_or(0),
            from: since,
            to,
        });
    }

    /// A ticket leaves its place, if it has one: the talk is noted, the place is free, and `step` can be undone there.
    fn leave_place(
        &mut self,
        id: TicketId,
        at: Instant,
        step: Option<Step>,
        outcome: Option<Outcome>,
        change: impl FnOnce(&mut Ticket),
    ) {
        let Some(before) = self.tickets.get(&id).cloned() else {
            return;
        };
        self.end_talk(id, outcome, at);
        self.release(id);
        self.change(id, change);
        let after = self.tickets.get(&id).map(|t| t.stage.clone());
        if let (Some(place), Some(step), Some(after)) = (before.place(), step, after) {
            self.change_place(place, |p| p.last = Some(LastStep { step, at, before: Box::new(before), after }));
        }
    }

    fn parked(&mut self, id: TicketId, until: Instant, at: Instant) {
        self.leave_place(id, at, Some(Step::Park), None, |t| {
            // Who set the visitor aside in a talk goes on with them.
            let claim = match t.stage {
                Stage::InTalk { place, .. } => {
                    t.wait_again(Claim::Anyone, at);
                    Claim::KeptFor(place)
                }
                _ => t.claim(),
            };
            t.flags.clear();
            t.stage = Stage::Parked { since: at, until, claim };
        });
    }

    /// What goes along when a ticket leaves its place for another.
    fn hand_over(&self, id: TicketId, returns: bool, at: Instant) -> Option<HandOver> {
        let ticket = self.tickets.get(&id)?;
        let from = ticket.place()?;
        let by = self.places.get(&from)?.counsellor;
        Some(HandOver { from, by, at, need: ticket.request.need, returns })
    }

    fn transferred(&mut self, id: TicketId, to: Target, returns: bool, advice: &BTreeSet<Advice>, at: Instant) {
        let hand_over = self.hand_over(id, returns, at);
        self.leave_place(id, at, None, None, |t| {
            t.advice.clone_from(advice);
            t.refused = None;
            (t.request.need, t.any_need_of, t.organisation) = match to {
                Target::Need(need) => (Some(need), None, None),
                Target::Space(space) => (t.request.need, Some(space), None),
                Target::Organisation { organisation, need } => (Some(need), None, Some(organisation)),
                Target::Welcome => (None, None, None),
            };
            let claim = if hand_over.is_some() { Claim::Offered } else { Claim::Anyone };
            if matches!(t.stage, Stage::InTalk { .. }) {
                t.wait_again(claim, at);
            } else {
                // Nobody has received the visitor yet: the wait goes on.
                (t.stage, t.waited_seconds) = (Stage::Waiting { since: at, claim }, None);
                t.flags.clear();
            }
            t.hand_over = hand_over;
        });
    }

    fn hand_over_refused(&mut self, id: TicketId, reason: RefusalReason, at: Instant) {
        let from = self.tickets.get(&id).and_then(|t| t.hand_over.as_ref()).map(|h| (h.from, h.need));
        let Some((from, need)) = from else { return };
        let claim = if self.places.contains_key(&from) { Claim::KeptFor(from) } else { Claim::Anyone };
        self.change(id, |t| {
            t.request.need = need;
            (t.any_need_of, t.organisation, t.hand_over) = (None, None, None);
            t.refused = Some(reason);
            t.stage = Stage::Waiting { since: at, claim };
        });
    }

    fn talk_finished(&mut self, id: TicketId, outcome: Outcome, need: Option<NeedId>, claim: Claim, at: Instant) {
        let hand_over = self.hand_over(id, false, at);
        self.leave_place(id, at, Some(Step::Finish), Some(outcome), |t| {
            let first = t.hand_over.as_ref().and_then(|h| h.need);
            t.request.need = need.or(first).or(t.request.need);
            (t.any_need_of, t.organisation) = (None, None);
            t.wait_again(claim, at);
            t.hand_over = hand_over;
        });
    }

    fn ended(&mut self, id: TicketId, ending: Ending, at: Instant) {
        let (step, outcome) = match ending {
            Ending::Finished(outcome) => (Some(Step::Finish), outcome),
            Ending::NoShow => (Some(Step::NoShow), None),
            _ => (None, None),
        };
        self.leave_place(id, at, step, outcome, |t| {
            t.flags.clear();
            t.stage = Stage::Ended { at, ending };
            // Whoever left, or did not hear the call, may come back with what was kept.
            if !matches!(ending, Ending::Left | Ending::NoShow) {
                t.request.notebook = Notebook::default();
                t.recommended = Entries::default();
            }
        });
        self.open.remove(&id);
    }

    fn undone(&mut self, id: PlaceId, at: Instant) {
        let Some(last) = self.places.get_mut(&id).and_then(|p| p.last.take()) else {
            return;
        };
        let mut before = *last.before;
        if let Some(now) = self.tickets.get(&before.id).filter(|_| last.step != Step::Finish) {
            // What was corrected since stays corrected.
            before.request.clone_from(&now.request);
            (before.any_need_of, before.organisation) = (now.any_need_of, now.organisation);
        }
        // Whoever says that the visitor comes after all gives them the time of a call again.
        if let (Step::NoShow, Stage::Called { last, .. }) = (last.step, &mut before.stage) {
            *last = at;
        }
        let activity = match before.place() {
            Some(_) => Activity::Receiving(before.id),
            None => Activity::Available,
        };
        self.change_place(id, |p| p.activity = activity);
        if last.step == Step::Call {
            self.calls.retain(|c| c.ticket != before.id);
        }
        self.open.insert(before.id);
        self.tickets.insert(before.id, before);
    }

    /// What was kept for the place is for anybody able.
    fn place_closed(&mut self, place: PlaceId) {
        self.places.remove(&place);
        for id in &self.open {
            if let Some(ticket) = self.tickets.get_mut(id).filter(|t| t.claim() == Claim::KeptFor(place)) {
                ticket.set_claim(Claim::Anyone);
            }
        }
    }

    fn place_moved(&mut self, from: PlaceId, to: PlaceId, at: Instant) {
        let Some(open) = self.places.remove(&from) else {
            return;
        };
        if let Activity::Receiving(id) = open.activity {
            self.change(id, |t| {
                if let Stage::Called { place, .. } | Stage::InTalk { place, .. } = &mut t.stage {
                    *place = to;
                }
            });
            let called = self.tickets.get(&id).filter(|t| matches!(t.stage, Stage::Called { .. })).map(|t| t.number);
            if let Some(number) = called {
                self.remember(Call { ticket: id, number, place: to, at });
            }
        }
        // A step before the move names the old place: it cannot be undone any more.
        self.places.insert(to, OpenPlace { last: None, ..open });
        for place in self.places.values_mut() {
            if let Activity::Joining { place, .. } = &mut place.activity
                && *place == from
            {
                *place = to;
            }
        }
        for ticket in self.tickets.values_mut() {
            if ticket.claim() == Claim::KeptFor(from) {
                ticket.set_claim(Claim::KeptFor(to));
            }
            if let Some(hand_over) = &mut ticket.hand_over
                && hand_over.from == from
            {
                hand_over.from = to;
            }
        }
    }

    /// Every timer goes on where it stood.
    fn resumed(&mut self, at: Instant) {
        let Phase::Suspended { since, .. } = self.phase else {
            return;
        };
        self.phase = Phase::Open;
        // Of what began only after everything stopped, just the rest stood still.
        let stood = |from: Instant| at - since.max(from).min(at);
        for id in &self.open {
            let Some(ticket) = self.tickets.get_mut(id) else {
                continue;
            };
            match &mut ticket.stage {
                Stage::Waiting { since, .. } => {
                    ticket.set_aside_seconds += stood(*since).num_seconds();
                    *since = later(*since, stood(*since));
                }
                Stage::Called { since, last, .. } => {
                    ticket.set_aside_seconds += stood(*since).num_seconds();
                    *last = later(*last, stood(*last));
                    *since = later(*since, stood(*since));
                }
                Stage::InTalk { since, .. } => *since = later(*since, stood(*since)),
                Stage::Parked { since, until, .. } => {
                    ticket.set_aside_seconds += stood(*since).num_seconds();
                    *until = later(*until, stood(*since));
                    *since = later(*since, stood(*since));
                }
                Stage::Ended { .. } => {}
            }
        }
        for place in self.places.values_mut() {
            place.last = None;
        }
    }
}

/// As late as the calendar goes: `until` may be any time that somebody chose.
pub(crate) fn later(at: Instant, by: Duration) -> Instant {
    at.checked_add_signed(by).unwrap_or(Instant::MAX_UTC)
}

fn set_flag(ticket: &mut Ticket, flag: Flag, on: bool) {
    if on {
        ticket.flags.insert(flag);
    } else {
        ticket.flags.remove(&flag);
    }
}
