//! Why people wait whom nobody can receive, or wait longer than was said: one cause for all who share it, with what helps.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Crowd;
use crate::{
    Instant, Language, NeedId, OrganisationId, PlaceId, SpaceId, TicketId,
    centre::{Accommodation, Centre},
    day::{
        Activity, Command, Day, Flag, Message, Missing, OpenPlace, Prospect, ReadyMessage, Reason, Remedy, Request,
        Requirement, Ticket, policy,
    },
    staff::Abilities,
};

/// For how many numbers one touch can do something.
const AT_ONCE: usize = 100;
/// How many colleagues are named who could take something on.
const COLLEAGUES: usize = 2;

/// One cause, and everybody who waits because of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// What it is.
    pub lack: Lack,
    /// How many wait because of it.
    pub crowd: Crowd,
    /// Where they wait; none = welcome.
    pub spaces: Vec<(Option<SpaceId>, Crowd)>,
    /// What they ask about.
    pub needs: BTreeSet<NeedId>,
    /// From when the longest of these waits counts.
    pub longest_since: Instant,
    /// Places, open or expected, that answer one of these needs at all.
    pub places: u32,
    /// What helps, the best first.
    pub ways: Vec<Way>,
}

/// What is lacking.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Lack {
    /// Nobody answers what is asked in this space; none = at the welcome.
    Answer {
        /// The space.
        space: Option<SpaceId>,
    },
    /// It was handed over to an organisation of which nobody answers it.
    Organisation {
        /// The organisation.
        organisation: OrganisationId,
    },
    /// It is answered, but not in this language.
    Language {
        /// The language.
        language: Language,
    },
    /// It is answered in the language, but not with all of this.
    Accommodations {
        /// What cannot be offered.
        which: BTreeSet<Accommodation>,
    },
    /// Each can be had, but nobody has both.
    Together {
        /// The language.
        language: Language,
        /// What cannot be offered in it.
        which: BTreeSet<Accommodation>,
    },
    /// It is kept for a place whose counsellor did not say when they come back.
    Keeper {
        /// The place.
        place: PlaceId,
    },
    /// Somebody can receive them, but they wait longer than was said. None = at the welcome.
    Late {
        /// The space.
        space: Option<SpaceId>,
    },
}

/// What helps against a cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// What it is.
    pub help: Help,
    /// Whom it brings somebody who can receive them.
    pub brings: Crowd,
    /// From when, if not at once.
    pub from: Option<Instant>,
    /// The commands that it is.
    pub commands: Vec<Command>,
    /// The commands that take it back.
    pub undo: Vec<Command>,
}

/// What staff can do for everybody who waits for the same cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "how")]
pub enum Help {
    /// An interpreter is found, so that any counsellor can.
    Interpreter,
    /// They are received without what nobody can offer, if they agree.
    WithoutAccommodations,
    /// Any organisation answers instead of the one that it was handed over to.
    AnyOrganisation,
    /// The welcome listens first.
    Welcome,
    /// A colleague takes it on: ask, then touch.
    TakeOn {
        /// The colleague's place.
        place: PlaceId,
    },
    /// The place for which they are kept is closed, and they are for everybody.
    Release {
        /// The place.
        place: PlaceId,
    },
    /// Everybody who waits is told that it takes longer today.
    Tell,
    /// These needs give no more numbers.
    CloseNeeds,
}

impl Lack {
    fn of(missing: Missing, space: Option<SpaceId>) -> Self {
        match missing {
            Missing::Answer => Self::Answer { space },
            Missing::Organisation { organisation } => Self::Organisation { organisation },
            Missing::Language { language } => Self::Language { language },
            Missing::Accommodations { accommodations: which } => Self::Accommodations { which },
            Missing::Together { language, accommodations: which } => Self::Together { language, which },
            Missing::Keeper { place } => Self::Keeper { place },
        }
    }

    /// Whether nobody can receive these people; else they only wait for long.
    pub fn is_unanswered(&self) -> bool {
        !matches!(self, Self::Late { .. })
    }

    /// What a ticket waits for in vain, or too long; none while it waits as anybody does.
    fn of_ticket(day: &Day, centre: &Centre, ticket: &Ticket, at: Instant) -> Option<Self> {
        let space = space_of(centre, ticket);
        match day.prospect_of(centre, ticket, at) {
            Prospect::Nobody { missing } => Some(Self::of(missing, space)),
            Prospect::Now | Prospect::From { .. } => ticket.flags.contains(&Flag::Late).then_some(Self::Late { space }),
        }
    }
}

/// In which line a ticket stands; none = the welcome's.
pub(super) fn space_of(centre: &Centre, ticket: &Ticket) -> Option<SpaceId> {
    ticket.any_need_of.or_else(|| centre.space_of(ticket.request.need).map(|s| s.id))
}

/// What each ticket that waits waits for in vain, or too long.
pub(super) fn lacks(day: &Day, centre: &Centre, at: Instant) -> BTreeMap<TicketId, Lack> {
    day.waiting().filter_map(|t| Some((t.id, Lack::of_ticket(day, centre, t, at)?))).collect()
}

/// All causes, those that most people share first.
pub(super) fn causes(day: &Day, centre: &Centre, at: Instant) -> Vec<Cause> {
    let mut together: BTreeMap<Lack, Vec<&Ticket>> = BTreeMap::new();
    for ticket in day.waiting() {
        if let Some(lack) = Lack::of_ticket(day, centre, ticket, at) {
            together.entry(lack).or_default().push(ticket);
        }
    }
    let mut causes: Vec<Cause> =
        together.into_iter().map(|(lack, tickets)| Scene { day, centre, at }.cause(lack, &tickets)).collect();
    causes.sort_by_key(|c| (std::cmp::Reverse(c.crowd.people), c.longest_since));
    causes
}

/// A day as it is now, to try in it what would help.
#[derive(Clone, Copy)]
struct Scene<'a> {
    day: &'a Day,
    centre: &'a Centre,
    at: Instant,
}

/// What a remedy would do for one ticket.
struct Tried {
    from: Option<Instant>,
    commands: Vec<Command>,
    undo: Vec<Command>,
}

impl Scene<'_> {
    fn cause(self, lack: Lack, tickets: &[&Ticket]) -> Cause {
        let mut spaces: Vec<(Option<SpaceId>, Crowd)> = Vec::new();
        for ticket in tickets {
            let space = space_of(self.centre, ticket);
            let party = ticket.request.party;
            match spaces.iter_mut().find(|(s, _)| *s == space) {
                Some((_, crowd)) => crowd.add(party),
                None => spaces.push((space, [party].into_iter().collect())),
            }
        }
        spaces.sort_by_key(|(_, crowd)| std::cmp::Reverse(crowd.people));
        let needs: BTreeSet<NeedId> = tickets.iter().filter_map(|t| t.request.need).collect();
        let of_the_welcome = tickets.iter().any(|t| t.request.need.is_none());
        let answers = |p: &&OpenPlace| {
            p.is_expected() && (!needs.is_disjoint(&p.abilities.needs) || (of_the_welcome && p.abilities.welcome))
        };
        Cause {
            crowd: tickets.iter().copied().collect(),
            spaces,
            longest_since: tickets.iter().map(|t| t.waiting_since()).min().unwrap_or(self.at),
            places: u32::try_from(self.day.places.values().filter(answers).count()).unwrap_or(u32::MAX),
            ways: self.ways(&lack, tickets, &needs),
            lack,
            needs,
        }
    }

    fn ways(self, lack: &Lack, tickets: &[&Ticket], needs: &BTreeSet<NeedId>) -> Vec<Way> {
        let changed = |remedy| self.remedy(remedy, tickets);
        let close = |reason| self.close_needs(needs, reason);
        match lack {
            Lack::Language { .. } => {
                let ways = changed(Remedy::Interpreter).into_iter().chain(self.take_on(tickets, needs));
                ways.chain(changed(Remedy::Welcome)).collect()
            }
            Lack::Accommodations { .. } | Lack::Together { .. } => {
                [changed(Remedy::Interpreter), changed(Remedy::WithoutAccommodations), changed(Remedy::Welcome)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Lack::Answer { .. } => {
                let ways = self.take_on(tickets, needs).into_iter().chain(changed(Remedy::Welcome));
                ways.chain(close(Reason::NobodyToday)).collect()
            }
            Lack::Organisation { .. } => {
                self.any_organisation(tickets).into_iter().chain(changed(Remedy::Welcome)).collect()
            }
            Lack::Keeper { place } => self.release(*place, tickets).into_iter().collect(),
            Lack::Late { .. } => {
                let ways = self.take_on(tickets, needs).into_iter().chain(self.tell());
                ways.chain(close(Reason::Full)).collect()
            }
        }
    }

    /// A way that changes each ticket for which it helps.
    fn each(help: Help, tickets: &[&Ticket], change: impl Fn(&Ticket) -> Option<Tried>) -> Option<Way> {
        let mut way = Way { help, brings: Crowd::default(), from: None, commands: Vec::new(), undo: Vec::new() };
        for ticket in tickets.iter().take(AT_ONCE) {
            let Some(tried) = change(ticket) else { continue };
            way.brings.add(ticket.request.party);
            way.from = way.from.max(tried.from);
            way.commands.extend(tried.commands);
            way.undo.extend(tried.undo);
        }
        (way.brings.numbers > 0).then_some(way)
    }

    fn remedy(self, remedy: Remedy, tickets: &[&Ticket]) -> Option<Way> {
        let help = match remedy {
            Remedy::Interpreter => Help::Interpreter,
            Remedy::WithoutAccommodations => Help::WithoutAccommodations,
            Remedy::Welcome => Help::Welcome,
            // Whether somebody came along who translates is known to the visitor alone.
            Remedy::Accompanied => return None,
        };
        Self::each(help, tickets, |ticket| {
            let to = remedy.applied_to(&ticket.request)?;
            let stays = to.need == ticket.request.need;
            let asked = Requirement::of_request(&to);
            let required = if stays {
                let before = Requirement::of(ticket);
                Requirement { question: before.question, organisation: before.organisation, ..asked }
            } else {
                asked
            };
            let commands = differences(ticket, &ticket.request, &to);
            let undo = differences(ticket, &to, &ticket.request);
            Some(Tried { commands, undo, ..self.tried(&required)? })
        })
    }

    /// What somebody can receive when this is required, with nothing to do for it yet; none where nobody can.
    fn tried(self, required: &Requirement<'_>) -> Option<Tried> {
        let from = match self.day.prospect(self.centre, required, self.at) {
            Prospect::Now => None,
            Prospect::From { at } => Some(at),
            Prospect::Nobody { .. } => return None,
        };
        Some(Tried { from, commands: Vec::new(), undo: Vec::new() })
    }

    fn any_organisation(self, tickets: &[&Ticket]) -> Option<Way> {
        Self::each(Help::AnyOrganisation, tickets, |ticket| {
            let tried = self.tried(&Requirement { organisation: None, ..Requirement::of(ticket) })?;
            let command = Command::CorrectNeed { ticket: ticket.id, need: ticket.request.need };
            Some(Tried { commands: vec![command], ..tried })
        })
    }

    fn release(self, place: PlaceId, tickets: &[&Ticket]) -> Option<Way> {
        let way = Self::each(Help::Release { place }, tickets, |ticket| self.tried(&Requirement::of(ticket)))?;
        Some(Way { commands: vec![Command::ClosePlace { place }], ..way })
    }

    /// Colleagues who have everything but the needs, and whom nobody else waits for.
    fn take_on(self, tickets: &[&Ticket], needs: &BTreeSet<NeedId>) -> Vec<Way> {
        let of_the_welcome = tickets.iter().any(|t| t.request.need.is_none());
        let mut ways: Vec<Way> = self
            .day
            .places
            .iter()
            .filter(|(id, place)| self.is_idle(**id, place))
            .filter_map(|(id, place)| {
                let abilities = Abilities {
                    needs: &place.abilities.needs | needs,
                    welcome: place.abilities.welcome || of_the_welcome,
                    ..place.abilities.clone()
                };
                if abilities == place.abilities {
                    return None;
                }
                let asked = OpenPlace { abilities: abilities.clone(), ..place.clone() };
                let served = |t: &&Ticket| Requirement::of(t).is_met_by(self.centre, *id, &asked);
                let brings: Crowd = tickets.iter().copied().filter(served).collect();
                let change = |abilities| vec![Command::ChangeAbilities { place: *id, abilities }];
                (brings.numbers > 0).then(|| Way {
                    help: Help::TakeOn { place: *id },
                    brings,
                    from: None,
                    commands: change(abilities),
                    undo: change(place.abilities.clone()),
                })
            })
            .collect();
        ways.sort_by_key(|w| std::cmp::Reverse(w.brings.people));
        ways.truncate(COLLEAGUES);
        ways
    }

    fn is_idle(self, id: PlaceId, place: &OpenPlace) -> bool {
        place.is_expected()
            && place.activity == Activity::Available
            && !self.day.waiting().any(|t| policy::can_serve(self.centre, id, place, t))
    }

    fn tell(self) -> Option<Way> {
        let message = Some(Message::Ready(ReadyMessage::LongerThanUsual));
        (self.day.message != message).then(|| Way {
            help: Help::Tell,
            brings: Crowd::default(),
            from: None,
            commands: vec![Command::SendMessage { message }],
            undo: vec![Command::SendMessage { message: self.day.message.clone() }],
        })
    }

    fn close_needs(self, needs: &BTreeSet<NeedId>, reason: Reason) -> Option<Way> {
        let open: BTreeSet<NeedId> = needs.iter().copied().filter(|n| !self.day.closed_needs.contains_key(n)).collect();
        (!open.is_empty()).then(|| Way {
            help: Help::CloseNeeds,
            brings: Crowd::default(),
            from: None,
            commands: vec![Command::CloseNeeds { needs: open.clone(), reason }],
            undo: vec![Command::ReopenNeeds { needs: open }],
        })
    }
}

/// The commands that make one request of another.
fn differences(ticket: &Ticket, from: &Request, to: &Request) -> Vec<Command> {
    let need = (from.need != to.need).then_some(Command::CorrectNeed { ticket: ticket.id, need: to.need });
    let requires =
        (from.talk != to.talk || from.accommodations != to.accommodations).then(|| Command::CorrectRequirements {
            ticket: ticket.id,
            talk: to.talk.clone(),
            accommodations: to.accommodations.clone(),
        });
    need.into_iter().chain(requires).collect()
}
