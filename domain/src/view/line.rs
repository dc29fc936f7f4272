//! Lines: who waits, and how many are before whom.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::{
    Instant, NeedId, SpaceId, TicketId,
    centre::{Accommodation, Centre},
    day::{
        Channel, Claim, Day, Flag, ForWhom, Lines, Number, PartySize, PriorityReason, Question, Requirement, Stage,
        TalkLanguage, Ticket,
    },
};

/// A ticket as staff see it in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineItem {
    /// The ticket.
    pub id: TicketId,
    /// Its number.
    pub number: Number,
    /// The sign of its number, 1 to 5; 0 for the welcome.
    pub sign: u8,
    /// What it waits for; none = welcome.
    pub need: Option<NeedId>,
    /// Language of the talk.
    pub talk: TalkLanguage,
    /// How many people.
    pub party: PartySize,
    /// For whom.
    pub for_whom: ForWhom,
    /// How the talk happens.
    pub channel: Channel,
    /// What the place or the counsellor must offer.
    pub accommodations: BTreeSet<Accommodation>,
    /// From when the visit's waiting counts: now minus this is how long the visitor has waited in all, talks left out.
    pub since: Instant,
    /// Where it is.
    pub stage: Stage,
    /// What staff should know.
    pub flags: BTreeSet<Flag>,
    /// Why it goes before others.
    pub priority: Option<PriorityReason>,
    /// Whether a hand-over waits to be accepted.
    pub offered: bool,
    /// How many talks it had today.
    pub talks: u8,
}

impl LineItem {
    /// A ticket as a line.
    pub fn of(ticket: &Ticket, centre: &Centre) -> Self {
        Self {
            id: ticket.id,
            number: ticket.number,
            sign: centre.sign_of(ticket.number.letter),
            need: ticket.request.need,
            talk: ticket.request.talk.clone(),
            party: ticket.request.party,
            for_whom: ticket.request.for_whom,
            channel: ticket.request.channel,
            accommodations: ticket.request.accommodations.clone(),
            since: ticket.waiting_since(),
            stage: ticket.stage.clone(),
            flags: ticket.flags.clone(),
            priority: ticket.priority,
            offered: matches!(ticket.stage, Stage::Waiting { claim: Claim::Offered, .. }),
            talks: u8::try_from(ticket.talks.len()).unwrap_or(u8::MAX),
        }
    }
}

/// How many numbers wait, and how many are before each and before whoever comes next: computed once per version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    ahead: HashMap<TicketId, u32>,
    by_space: BTreeMap<Option<SpaceId>, u32>,
    by_need: BTreeMap<Option<NeedId>, u32>,
    before_newcomer: HashMap<Question, u32>,
}

impl Positions {
    /// Counts the lines of a day. A ticket waits in its need's space (in the welcome's for none); before it are those
    /// that somebody who can receive it may call earlier, see [`Lines`].
    pub fn of(day: &Day, centre: &Centre) -> Self {
        let spaces: HashMap<NeedId, SpaceId> = centre.needs.iter().map(|n| (n.id, n.space)).collect();
        let mut positions = Self { ahead: HashMap::with_capacity(day.line.len()), ..Self::default() };
        let mut lines = Lines::default();
        for ticket in day.waiting() {
            let need = ticket.request.need;
            let space = ticket.any_need_of.or_else(|| need.and_then(|n| spaces.get(&n).copied()));
            positions.ahead.insert(ticket.id, lines.step_in(day, centre, ticket));
            *positions.by_space.entry(space).or_default() += 1;
            *positions.by_need.entry(need).or_default() += 1;
        }
        let needs = centre.needs.iter().map(|n| Question::Need(n.id));
        let spaces = centre.spaces.iter().map(|s| Question::AnyOf(s.id));
        for question in needs.chain(spaces).chain([Question::Welcome]) {
            let before = lines.before_newcomer(day, centre, &Requirement::only(question));
            positions.before_newcomer.insert(question, before);
        }
        positions
    }
    /// How many tickets are before this one; none if it does not wait.
    pub fn ahead(&self, ticket: TicketId) -> Option<u32> {
        self.ahead.get(&ticket).copied()
    }
    /// How many are before somebody who comes now with this question, whatever language they speak: the most that are
    /// said anywhere, as who requires more competes with fewer.
    pub fn before_newcomer(&self, question: Question) -> u32 {
        self.before_newcomer.get(&question).copied().unwrap_or(0)
    }
    /// How many tickets wait in a space; none = welcome.
    pub fn waiting_in_space(&self, space: Option<SpaceId>) -> u32 {
        self.by_space.get(&space).copied().unwrap_or(0)
    }
    /// How many tickets wait for a need; none = welcome.
    pub fn waiting_for(&self, need: Option<NeedId>) -> u32 {
        self.by_need.get(&need).copied().unwrap_or(0)
    }
}
