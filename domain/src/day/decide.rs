//! Commands become events, or a named refusal. Nothing changes here.

use std::collections::BTreeSet;

use chrono::Duration;

use super::{
    Activity, Advice, Afterwards, Claim, Command, Counted, Day, Ending, Event, Flag, HelpOffered, Message, Number,
    OpenPlace, Outcome, Phase, Rank, Refusal, RefusalReason, Stage, TakeTicket, TalkLanguage, Target, Ticket, later,
    policy, tick,
};
use crate::{
    Instant, NeedId, OrganisationId, PlaceId, StaffId, TicketId,
    catalogue::Entries,
    centre::{Accommodation, Centre},
    staff::Abilities,
};

type Decision = Result<Vec<Event>, Refusal>;

/// A slip of an earlier day goes before everybody who came today.
const SLIP_ADVANCE_MICROSECONDS: i64 = 24 * 3600 * 1_000_000;
/// The longest message, in characters.
const MESSAGE_LENGTH: usize = 200;

impl Day {
    /// Answers a command with what happens, or with a named refusal.
    ///
    /// # Errors
    /// A [`Refusal`]; nothing has happened then.
    pub fn decide(&self, centre: &Centre, command: &Command, at: Instant) -> Decision {
        self.phase_allows(command)?;
        Decider { day: self, centre, at }.decide(command)
    }

    fn phase_allows(&self, command: &Command) -> Result<(), Refusal> {
        match (self.phase, command) {
            (Phase::Before, Command::OpenDay { .. }) => Ok(()),
            (Phase::Before, _) => Err(Refusal::DayNotOpen),
            (Phase::Closed, _) => Err(Refusal::DayClosed),
            (_, Command::OpenDay { .. }) => Err(Refusal::DayAlreadyOpen),
            (Phase::Open, Command::ResumeDay) => Err(Refusal::DayNotSuspended),
            (Phase::Suspended { .. }, c) if !c.is_possible_while_suspended() => Err(Refusal::DaySuspended),
            _ => Ok(()),
        }
    }
}

impl Command {
    /// While everything stands still, nobody is called or moved, but people may leave and places may close.
    fn is_possible_while_suspended(&self) -> bool {
        matches!(
            self,
            Self::ResumeDay
                | Self::FollowHours { .. }
                | Self::StayOpen
                | Self::CloseDay { .. }
                | Self::Leave { .. }
                | Self::TakeBack { .. }
                | Self::Finish { .. }
                | Self::GiveAdvice { .. }
                | Self::Recommend { .. }
                | Self::Dismiss { .. }
                | Self::OpenPlace { .. }
                | Self::BackFromPause { .. }
                | Self::PausePlace { .. }
                | Self::ClosePlace { .. }
                | Self::ChangeAbilities { .. }
                | Self::LeaveTalk { .. }
                | Self::CloseNeeds { .. }
                | Self::ReopenNeeds { .. }
                | Self::SendMessage { .. }
                | Self::AskHelp { .. }
                | Self::Count { .. }
                | Self::UndoCount { .. }
                | Self::Announce { .. }
                | Self::Welcomed { .. }
                | Self::KioskChecked { .. }
                | Self::Tick
        )
    }
}

/// What a place does once its visitor is gone, if it was asked for.
pub(super) fn after_visitor(day: &Day, place: PlaceId) -> Vec<Event> {
    match day.places.get(&place).and_then(|p| p.then) {
        None => Vec::new(),
        Some(Afterwards::Pause { until }) => vec![
            Event::Planned { place, then: None },
            Event::ActivityChanged { place, activity: Activity::Away { until } },
        ],
        Some(Afterwards::Close) => vec![Event::PlaceClosed { place }],
    }
}

/// Announcements that a host has before them at once.
const MOST_ANNOUNCED: usize = 100;

struct Decider<'a> {
    day: &'a Day,
    centre: &'a Centre,
    at: Instant,
}

impl Decider<'_> {
    fn decide(&self, command: &Command) -> Decision {
        match command {
            Command::OpenDay { closes } => Ok(vec![Event::DayOpened { closes: *closes }]),
            Command::FollowHours { closes, breaks } => {
                Ok(self.day.follow_hours(*closes, breaks, self.at).into_iter().collect())
            }
            Command::StayOpen => self.stay_open(),
            Command::TakeTicket(take) => self.take_ticket(take),
            Command::TakeBack { ticket } => self.take_back(*ticket),
            Command::CorrectNeed { ticket, need } => self.correct_need(*ticket, *need),
            Command::CorrectRequirements { ticket, talk, accommodations } => {
                self.correct_requirements(*ticket, talk, accommodations)
            }
            Command::CallNext { place } => self.call_next(*place),
            Command::CallTicket { place, ticket } => self.call_ticket(*place, *ticket),
            Command::Recall { ticket } => self.called(*ticket).map(|_| vec![Event::Recalled { ticket: *ticket }]),
            Command::Arrive { ticket } => self.called(*ticket).map(|_| vec![Event::Arrived { ticket: *ticket }]),
            Command::NoShow { ticket } => self.no_show(*ticket),
            Command::PutBack { ticket } => self.put_back(*ticket),
            Command::Park { ticket, until } => self.park(*ticket, *until),
            Command::Resume { ticket } => self.resume(*ticket),
            Command::MoreTime { ticket } => self.more_time(*ticket),
            Command::Leave { ticket } => self.leave(*ticket),
            Command::ComeBack { ticket } => self.come_back(*ticket),
            Command::Transfer { ticket, to, returns, advice } => self.transfer(*ticket, *to, *returns, advice),
            Command::Accept { ticket, place } => self.accept(*ticket, *place),
            Command::Refuse { ticket, place, reason } => self.refuse(*ticket, *place, *reason),
            Command::GiveAdvice { ticket, advice } => self.give_advice(*ticket, advice),
            Command::Recommend { ticket, entries } => self.recommend(*ticket, entries),
            Command::Finish { ticket, outcome, further } => self.finish(*ticket, *outcome, *further),
            Command::Undo { place } => self.undo(*place),
            Command::OpenPlace { place, counsellor, organisation, abilities } => {
                self.open_place(*place, *counsellor, *organisation, abilities)
            }
            Command::BackFromPause { place } => self.back_from_pause(*place),
            Command::PausePlace { place, until } => self.pause_place(*place, *until),
            Command::ClosePlace { place } => self.close_place(*place),
            Command::ChangeAbilities { place, abilities } => self.change_abilities(*place, abilities),
            Command::JoinTalk { place, ticket } => self.join_talk(*place, *ticket),
            Command::LeaveTalk { place } => self.leave_talk(*place),
            Command::MovePlace { from, to } => self.move_place(*from, *to),
            Command::CloseNeeds { needs, reason } => {
                let needs = self.needs_to_change(needs, |n| self.day.closed_needs.get(n) != Some(reason))?;
                Ok(vec![Event::NeedsClosed { needs, reason: *reason }])
            }
            Command::ReopenNeeds { needs } => {
                let needs = self.needs_to_change(needs, |n| self.day.closed_needs.contains_key(n))?;
                Ok(vec![Event::NeedsReopened { needs }])
            }
            Command::SendMessage { message } => self.send_message(message.as_ref()),
            Command::AskHelp { place, on } => self.ask_help(*place, *on),
            Command::Count { id, what } => self.count(*id, *what),
            Command::UndoCount { id } => {
                there_is(self.day.counts.contains_key(id))?;
                Ok(vec![Event::CountUndone { id: *id }])
            }
            Command::Announce { id, kind, space } => {
                self.known_space(*space)?;
                unused(self.day.announced.iter().any(|a| a.id == *id))?;
                if self.day.announced.len() >= MOST_ANNOUNCED {
                    return Err(Refusal::TooManyAnnounced);
                }
                Ok(vec![Event::Announced { id: *id, kind: *kind, space: *space }])
            }
            Command::Welcomed { id } => {
                there_is(self.day.announced.iter().any(|a| a.id == *id))?;
                Ok(vec![Event::Welcomed { id: *id }])
            }
            Command::Prioritise { ticket, reason } => {
                let waiting = self.waiting(*ticket)?;
                let rank = policy::rank_first(self.day, self.centre, waiting);
                Ok(vec![Event::Prioritised { ticket: *ticket, reason: *reason, rank }])
            }
            Command::KioskChecked { device } => {
                there_is(self.day.flagged_kiosks.contains(device))?;
                Ok(vec![Event::KioskFlagged { device: *device, on: false }])
            }
            Command::Suspend { reason, since } => {
                let since = since.filter(|s| *s <= self.at).unwrap_or(self.at);
                Ok(vec![Event::Suspended { reason: *reason, since }])
            }
            Command::ResumeDay => Ok(vec![Event::DayResumed]),
            Command::Dismiss { ticket, with } => self.dismiss(*ticket, *with),
            Command::CloseDay { force } => self.close_day(*force),
            Command::Tick if self.day.is_open() => Ok(tick::due(self.day, self.centre, self.at)),
            Command::Tick => Ok(Vec::new()),
        }
    }

    // --- looking things up ---

    fn place(&self, id: PlaceId) -> Result<&OpenPlace, Refusal> {
        self.centre.place(id).ok_or(Refusal::UnknownPlace)?;
        self.day.places.get(&id).ok_or(Refusal::PlaceNotOpen)
    }

    fn available(&self, id: PlaceId) -> Result<&OpenPlace, Refusal> {
        let place = self.place(id)?;
        match place.activity {
            Activity::Available => Ok(place),
            Activity::Receiving(_) => Err(Refusal::PlaceBusy),
            Activity::Joining { .. } => Err(Refusal::PlaceJoining),
            Activity::Away { .. } => Err(Refusal::PlaceAway),
        }
    }

    fn open(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        let ticket = self.day.ticket(id)?;
        if ticket.is_open() { Ok(ticket) } else { Err(Refusal::TicketEnded) }
    }

    fn waiting(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        let ticket = self.open(id)?;
        if ticket.is_waiting() { Ok(ticket) } else { Err(Refusal::NotWaiting) }
    }

    /// A called ticket and where it was called to.
    fn called(&self, id: TicketId) -> Result<(&Ticket, PlaceId), Refusal> {
        let ticket = self.open(id)?;
        match ticket.stage {
            Stage::Called { place, .. } => Ok((ticket, place)),
            _ => Err(Refusal::NotCalled),
        }
    }

    /// A ticket in a talk and its place.
    fn in_talk(&self, id: TicketId) -> Result<(&Ticket, PlaceId), Refusal> {
        let ticket = self.open(id)?;
        match ticket.stage {
            Stage::InTalk { place, .. } => Ok((ticket, place)),
            _ => Err(Refusal::NotInTalk),
        }
    }

    fn known_need(&self, need: Option<NeedId>) -> Result<(), Refusal> {
        match need {
            Some(id) if self.centre.need(id).is_none() => Err(Refusal::UnknownNeed),
            _ => Ok(()),
        }
    }

    fn known_space(&self, space: Option<crate::SpaceId>) -> Result<(), Refusal> {
        match space {
            Some(id) if self.centre.space(id).is_none() => Err(Refusal::UnknownSpace),
            _ => Ok(()),
        }
    }

    fn in_future(&self, until: Option<Instant>) -> Result<(), Refusal> {
        if until.is_some_and(|u| u <= self.at) { Err(Refusal::TimeInThePast) } else { Ok(()) }
    }

    // --- tickets ---

    fn take_ticket(&self, take: &TakeTicket) -> Decision {
        let day = self.day;
        unused(day.tickets.contains_key(&take.id) || day.tokens.contains_key(&take.token))?;
        self.known_need(take.request.need)?;
        if take.device.is_some_and(|device| day.is_stopped(self.centre, device)) {
            return Err(Refusal::KioskStopped);
        }
        // Whoever stands at the door with somebody decides for themselves.
        if take.device.is_some() && day.on_break_until().is_some() {
            return Err(Refusal::DayOnBreak);
        }
        if let Some(reason) = take.request.need.and_then(|n| day.closed_needs.get(&n)) {
            return Err(Refusal::NeedClosed(*reason));
        }
        if take.slip.is_some_and(|s| day.used_slips.contains(&s)) {
            return Err(Refusal::SlipUsed);
        }
        let number = self.next_number(take.request.need)?;
        let advance = if take.slip.is_some() { SLIP_ADVANCE_MICROSECONDS } else { 0 };
        let rank = Rank { at: self.at.timestamp_micros() - advance, taken: day.taken };
        let taken = Event::TicketTaken {
            ticket: take.id,
            number,
            token: take.token.clone(),
            request: take.request.clone(),
            device: take.device,
            slip: take.slip,
            rank,
        };
        let mut events = vec![taken];
        if !self.somebody_is_expected(take, number, rank) {
            events.push(Event::Flagged { ticket: take.id, flag: Flag::NobodyAble, on: true });
        }
        events.extend(self.kiosk_alarm(take));
        Ok(events)
    }

    fn next_number(&self, need: Option<NeedId>) -> Result<Number, Refusal> {
        let letter = self.centre.letter_of(need);
        let policies = &self.centre.policies;
        let counter = self.day.counters.get(&letter).copied().unwrap_or(policies.first_number);
        if counter > policies.last_number { Err(Refusal::NumbersExhausted) } else { Ok(Number { letter, counter }) }
    }

    fn somebody_is_expected(&self, take: &TakeTicket, number: Number, rank: Rank) -> bool {
        let ticket = Ticket::taken(take, number, rank, self.at);
        tick::somebody_is_expected(self.day, self.centre, &ticket, self.at)
    }

    fn kiosk_alarm(&self, take: &TakeTicket) -> Option<Event> {
        let device = take.device?;
        let policies = &self.centre.policies;
        let within = Duration::minutes(i64::from(policies.kiosk_limit_minutes));
        let issued = self.day.kiosks.get(&device)?;
        // They stand in order: as many as the limit are recent if the first of that many is.
        let first = issued.get(issued.len().checked_sub(policies.kiosk_limit as usize)?)?;
        let too_many = self.at - *first < within && !self.day.flagged_kiosks.contains(&device);
        too_many.then_some(Event::KioskFlagged { device, on: true })
    }

    fn take_back(&self, id: TicketId) -> Decision {
        // Once there was a talk, the ticket was no mistake: it counts.
        if !self.waiting(id)?.talks.is_empty() {
            return Err(Refusal::TooLateToUndo);
        }
        Ok(vec![Event::Ended { ticket: id, ending: Ending::TakenBack }])
    }

    fn correct_need(&self, id: TicketId, need: Option<NeedId>) -> Decision {
        let ticket = self.open(id)?;
        self.known_need(need)?;
        if ticket.request.need == need && ticket.any_need_of.is_none() && ticket.organisation.is_none() {
            return Err(Refusal::NothingToDo);
        }
        Ok(vec![Event::NeedCorrected { ticket: id, need }])
    }

    fn correct_requirements(
        &self,
        id: TicketId,
        talk: &TalkLanguage,
        accommodations: &BTreeSet<Accommodation>,
    ) -> Decision {
        let request = &self.open(id)?.request;
        if request.talk == *talk && request.accommodations == *accommodations {
            return Err(Refusal::NothingToDo);
        }
        let (talk, accommodations) = (talk.clone(), accommodations.clone());
        Ok(vec![Event::RequirementsCorrected { ticket: id, talk, accommodations }])
    }

    fn call_next(&self, id: PlaceId) -> Decision {
        let place = self.available(id)?;
        let ticket = policy::next(self.day, self.centre, id, place).ok_or(Refusal::NobodyWaiting)?;
        Ok(vec![Event::Called { ticket, place: id }])
    }

    fn call_ticket(&self, id: PlaceId, ticket: TicketId) -> Decision {
        let place = self.available(id)?;
        let found = self.open(ticket)?;
        match found.stage {
            Stage::Waiting { claim: Claim::KeptFor(p), .. } | Stage::Parked { claim: Claim::KeptFor(p), .. }
                if p != id =>
            {
                Err(Refusal::KeptForAnother)
            }
            Stage::Waiting { .. } | Stage::Parked { .. } if policy::can_serve(self.centre, id, place, found) => {
                Ok(vec![Event::Called { ticket, place: id }])
            }
            Stage::Waiting { .. } | Stage::Parked { .. } => Err(Refusal::PlaceNotAble),
            _ => Err(Refusal::NotWaiting),
        }
    }

    fn no_show(&self, id: TicketId) -> Decision {
        let (_, place) = self.called(id)?;
        Ok(self.and_then(place, Event::Ended { ticket: id, ending: Ending::NoShow }))
    }

    fn put_back(&self, id: TicketId) -> Decision {
        let (ticket, place) = self.called(id)?;
        let rank = policy::rank_after_put_back(self.day, self.centre, ticket, self.at);
        Ok(self.and_then(place, Event::PutBack { ticket: id, rank }))
    }

    fn park(&self, id: TicketId, until: Instant) -> Decision {
        let ticket = self.open(id)?;
        self.in_future(Some(until))?;
        if matches!(ticket.stage, Stage::Parked { .. }) {
            return Err(Refusal::NothingToDo);
        }
        Ok(self.and_then_if(ticket.place(), Event::Parked { ticket: id, until }))
    }

    fn resume(&self, id: TicketId) -> Decision {
        match self.open(id)?.stage {
            Stage::Parked { .. } => Ok(vec![Event::Resumed { ticket: id }]),
            _ => Err(Refusal::NotParked),
        }
    }

    fn more_time(&self, id: TicketId) -> Decision {
        let ticket = self.open(id)?;
        match ticket.stage {
            Stage::Waiting { .. } | Stage::Called { .. } => {
                let until = later(self.at, Duration::minutes(i64::from(self.centre.policies.more_time_minutes)));
                Ok(self.and_then_if(ticket.place(), Event::Parked { ticket: id, until }))
            }
            Stage::Parked { .. } => Err(Refusal::NothingToDo),
            _ => Err(Refusal::NotWaiting),
        }
    }

    fn leave(&self, id: TicketId) -> Decision {
        let ticket = self.open(id)?;
        if matches!(ticket.stage, Stage::InTalk { .. }) {
            return Err(Refusal::NotWaiting);
        }
        Ok(self.and_then_if(ticket.place(), Event::Ended { ticket: id, ending: Ending::Left }))
    }

    /// A visitor who left may come back for a short while, one who was not there when called at any time of the day.
    fn come_back(&self, id: TicketId) -> Decision {
        match self.day.ticket(id)?.stage {
            Stage::Ended { at, ending: Ending::Left } if self.can_still_undo(at) => {
                Ok(vec![Event::CameBack { ticket: id }])
            }
            Stage::Ended { ending: Ending::Left, .. } => Err(Refusal::TooLateToUndo),
            Stage::Ended { ending: Ending::NoShow, .. } => Ok(vec![Event::CameBack { ticket: id }]),
            _ => Err(Refusal::NotLeft),
        }
    }

    fn can_still_undo(&self, at: Instant) -> bool {
        self.at - at <= Duration::seconds(i64::from(self.centre.policies.undo_seconds))
    }

    // --- hand-overs ---

    fn transfer(&self, id: TicketId, to: Target, returns: bool, advice: &BTreeSet<Advice>) -> Decision {
        let ticket = self.open(id)?;
        self.known_target(to)?;
        let mut all = ticket.advice.clone();
        all.extend(advice);
        let returns = returns && ticket.place().is_some();
        let event = Event::Transferred { ticket: id, to, returns, advice: all };
        match ticket.stage {
            Stage::Waiting { .. } | Stage::Called { .. } | Stage::InTalk { .. } => {
                Ok(self.and_then_if(ticket.place(), event))
            }
            _ => Err(Refusal::NotInTalk),
        }
    }

    fn known_target(&self, to: Target) -> Result<(), Refusal> {
        match to {
            Target::Need(need) => self.known_need(Some(need)),
            Target::Space(space) => self.known_space(Some(space)),
            Target::Organisation { organisation, need } => {
                self.centre.organisation(organisation).ok_or(Refusal::UnknownOrganisation)?;
                self.known_need(Some(need))
            }
            Target::Welcome => Ok(()),
        }
    }

    /// An offered ticket that this place could take.
    fn offered(&self, id: TicketId, place: PlaceId) -> Result<(), Refusal> {
        let open = self.place(place)?;
        let ticket = self.open(id)?;
        match ticket.stage {
            Stage::Waiting { claim: Claim::Offered, .. } if policy::can_serve(self.centre, place, open, ticket) => {
                Ok(())
            }
            Stage::Waiting { claim: Claim::Offered, .. } => Err(Refusal::PlaceNotAble),
            _ => Err(Refusal::NotOffered),
        }
    }

    fn accept(&self, id: TicketId, place: PlaceId) -> Decision {
        self.offered(id, place)?;
        Ok(vec![Event::Claimed { ticket: id, claim: Claim::KeptFor(place) }])
    }

    fn refuse(&self, id: TicketId, place: PlaceId, reason: RefusalReason) -> Decision {
        self.offered(id, place)?;
        Ok(vec![Event::HandOverRefused { ticket: id, reason }])
    }

    // --- talks ---

    fn give_advice(&self, id: TicketId, advice: &BTreeSet<Advice>) -> Decision {
        let (ticket, _) = self.in_talk(id)?;
        if ticket.advice == *advice {
            return Err(Refusal::NothingToDo);
        }
        Ok(vec![Event::AdviceGiven { ticket: id, advice: advice.clone() }])
    }

    fn recommend(&self, id: TicketId, entries: &Entries) -> Decision {
        let (ticket, _) = self.in_talk(id)?;
        if ticket.recommended == *entries {
            return Err(Refusal::NothingToDo);
        }
        Ok(vec![Event::Recommended { ticket: id, entries: entries.clone() }])
    }

    fn finish(&self, id: TicketId, outcome: Outcome, further: Option<NeedId>) -> Decision {
        let (ticket, place) = self.in_talk(id)?;
        self.known_need(further)?;
        let back_to = ticket.hand_over.as_ref().filter(|h| h.returns && h.from != place).map(|h| h.from);
        let event = match (further, back_to.filter(|p| self.day.places.contains_key(p))) {
            (Some(need), _) => Event::TalkFinished { ticket: id, outcome, need: Some(need), claim: Claim::Anyone },
            (None, Some(first)) => {
                Event::TalkFinished { ticket: id, outcome, need: None, claim: Claim::KeptFor(first) }
            }
            (None, None) => Event::Ended { ticket: id, ending: Ending::Finished(Some(outcome)) },
        };
        Ok(self.and_then(place, event))
    }

    fn undo(&self, id: PlaceId) -> Decision {
        let place = self.place(id)?;
        let last = place.last.as_ref().ok_or(Refusal::TooLateToUndo)?;
        let now = self.day.ticket(last.before.id)?;
        let mine = match place.activity {
            Activity::Receiving(ticket) => ticket == now.id,
            Activity::Available | Activity::Away { .. } => true,
            Activity::Joining { .. } => false,
        };
        if !mine || now.stage != last.after || !self.can_still_undo(last.at) {
            return Err(Refusal::TooLateToUndo);
        }
        let undone = Event::Undone { place: id };
        // A place that undoes its call has no visitor any more.
        Ok(if last.before.place().is_none() { self.and_then(id, undone) } else { vec![undone] })
    }

    /// `event`, and what the place does once its visitor is gone.
    fn and_then(&self, place: PlaceId, event: Event) -> Vec<Event> {
        let mut events = vec![event];
        events.extend(after_visitor(self.day, place));
        events
    }

    fn and_then_if(&self, place: Option<PlaceId>, event: Event) -> Vec<Event> {
        match place {
            Some(place) => self.and_then(place, event),
            None => vec![event],
        }
    }

    // --- places ---

    fn open_place(
        &self,
        id: PlaceId,
        counsellor: StaffId,
        organisation: OrganisationId,
        abilities: &Abilities,
    ) -> Decision {
        self.centre.place(id).ok_or(Refusal::UnknownPlace)?;
        self.centre.organisation(organisation).ok_or(Refusal::UnknownOrganisation)?;
        if self.day.places.contains_key(&id) {
            return Err(Refusal::PlaceAlreadyOpen);
        }
        if self.day.places.values().any(|p| p.counsellor == counsellor) {
            return Err(Refusal::CounsellorElsewhere);
        }
        Ok(vec![Event::PlaceOpened { place: id, counsellor, organisation, abilities: abilities.clone() }])
    }

    fn back_from_pause(&self, id: PlaceId) -> Decision {
        let place = self.place(id)?;
        match (place.activity, place.then) {
            (Activity::Away { .. }, _) => Ok(vec![Event::ActivityChanged { place: id, activity: Activity::Available }]),
            (_, Some(_)) => Ok(vec![Event::Planned { place: id, then: None }]),
            _ => Err(Refusal::PlaceNotAway),
        }
    }

    fn pause_place(&self, id: PlaceId, until: Option<Instant>) -> Decision {
        let place = self.place(id)?;
        self.in_future(until)?;
        match place.activity {
            Activity::Receiving(_) => plan(id, place, Afterwards::Pause { until }),
            Activity::Joining { .. } => Err(Refusal::PlaceJoining),
            Activity::Away { until: now } if now == until => Err(Refusal::NothingToDo),
            Activity::Available | Activity::Away { .. } => {
                Ok(vec![Event::ActivityChanged { place: id, activity: Activity::Away { until } }])
            }
        }
    }

    fn close_place(&self, id: PlaceId) -> Decision {
        let place = self.place(id)?;
        match place.activity {
            Activity::Receiving(_) => plan(id, place, Afterwards::Close),
            _ => Ok(vec![Event::PlaceClosed { place: id }]),
        }
    }

    fn change_abilities(&self, id: PlaceId, abilities: &Abilities) -> Decision {
        if self.place(id)?.abilities == *abilities {
            return Err(Refusal::NothingToDo);
        }
        abilities.needs.iter().try_for_each(|n| self.known_need(Some(*n)))?;
        Ok(vec![Event::AbilitiesChanged { place: id, abilities: abilities.clone() }])
    }

    fn join_talk(&self, id: PlaceId, ticket: TicketId) -> Decision {
        self.available(id)?;
        let (_, place) = self.in_talk(ticket)?;
        Ok(vec![Event::ActivityChanged { place: id, activity: Activity::Joining { place, ticket } }])
    }

    fn leave_talk(&self, id: PlaceId) -> Decision {
        match self.place(id)?.activity {
            Activity::Joining { .. } => Ok(vec![Event::ActivityChanged { place: id, activity: Activity::Available }]),
            _ => Err(Refusal::NotJoining),
        }
    }

    fn move_place(&self, from: PlaceId, to: PlaceId) -> Decision {
        self.place(from)?;
        self.centre.place(to).ok_or(Refusal::UnknownPlace)?;
        if self.day.places.contains_key(&to) {
            return Err(Refusal::PlaceAlreadyOpen);
        }
        Ok(vec![Event::PlaceMoved { from, to }])
    }

    fn ask_help(&self, id: PlaceId, on: bool) -> Decision {
        if self.place(id)?.asks_help == on {
            return Err(Refusal::NothingToDo);
        }
        Ok(vec![Event::HelpAsked { place: id, on }])
    }

    // --- the centre ---

    /// The needs among these that would change; all must exist.
    fn needs_to_change(
        &self,
        needs: &BTreeSet<NeedId>,
        changes: impl Fn(&NeedId) -> bool,
    ) -> Result<BTreeSet<NeedId>, Refusal> {
        needs.iter().try_for_each(|n| self.known_need(Some(*n)))?;
        let found: BTreeSet<NeedId> = needs.iter().copied().filter(changes).collect();
        if found.is_empty() { Err(Refusal::NothingToDo) } else { Ok(found) }
    }

    fn send_message(&self, message: Option<&Message>) -> Decision {
        if let Some(Message::Words(words)) = message
            && !(1..=MESSAGE_LENGTH).contains(&words.trim().chars().count())
        {
            return Err(Refusal::MessageLength);
        }
        if self.day.message.as_ref() == message {
            return Err(Refusal::NothingToDo);
        }
        Ok(vec![Event::MessageSent { message: message.cloned() }])
    }

    fn count(&self, id: crate::CountId, what: Counted) -> Decision {
        unused(self.day.counts.contains_key(&id))?;
        if let Counted::Group(n) = what
            && !(2..=500).contains(&n)
        {
            return Err(Refusal::GroupSize);
        }
        Ok(vec![Event::Counted { id, what }])
    }

    fn dismiss(&self, id: TicketId, with: HelpOffered) -> Decision {
        let ticket = self.open(id)?;
        if matches!(ticket.stage, Stage::InTalk { .. }) {
            return Err(Refusal::NotWaiting);
        }
        let ending = match with {
            HelpOffered::Slip(slip) => Ending::Slip(slip),
            HelpOffered::Other => Ending::OtherHelp,
        };
        Ok(self.and_then_if(ticket.place(), Event::Ended { ticket: id, ending }))
    }

    fn stay_open(&self) -> Decision {
        self.day.hours_over.ok_or(Refusal::NothingToDo)?;
        Ok(vec![Event::HoursChanged { closes: None, breaks: Vec::new(), asked: false }])
    }

    fn close_day(&self, force: bool) -> Decision {
        let mut open: Vec<&Ticket> = self.day.open_tickets().collect();
        if !open.is_empty() && !force {
            return Err(Refusal::PeopleStillHere(u32::try_from(open.len()).unwrap_or(u32::MAX)));
        }
        open.sort_unstable_by_key(|t| t.number);
        let ended = open.into_iter().map(|t| {
            let talk = matches!(t.stage, Stage::InTalk { .. });
            Event::Ended { ticket: t.id, ending: if talk { Ending::Finished(None) } else { Ending::NotSeen } }
        });
        Ok(ended.chain([Event::DayClosed]).collect())
    }
}

fn there_is(found: bool) -> Result<(), Refusal> {
    if found { Ok(()) } else { Err(Refusal::NothingThere) }
}

fn unused(found: bool) -> Result<(), Refusal> {
    if found { Err(Refusal::IdInUse) } else { Ok(()) }
}

fn plan(id: PlaceId, place: &OpenPlace, then: Afterwards) -> Decision {
    if place.then == Some(then) {
        return Err(Refusal::NothingToDo);
    }
    Ok(vec![Event::Planned { place: id, then: Some(then) }])
}
