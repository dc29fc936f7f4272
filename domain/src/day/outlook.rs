//! Whether somebody can receive what is asked for: the one judge, before a ticket is taken and as long as it waits.
//!
//! What a ticket requires is held against what each place can do and against its plan for the day. Kiosk, phone, board,
//! alerts, timer and the order of the line ask here, so that no two of them can say different things.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Activity, Afterwards, Channel, Claim, Day, Lines, OpenPlace, Request, Stage, TalkLanguage, Ticket};
use crate::{
    Instant, Language, NeedId, OrganisationId, PlaceId, SpaceId,
    centre::{Accommodation, Centre},
};

/// What somebody asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// A need.
    Need(NeedId),
    /// Any need of a space, after a hand-over to it.
    AnyOf(SpaceId),
    /// No need: the welcome.
    Welcome,
}

impl Question {
    /// The need that is asked about; none for the welcome, or where any of a space will do.
    pub fn need(self) -> Option<NeedId> {
        match self {
            Self::Need(need) => Some(need),
            Self::AnyOf(_) | Self::Welcome => None,
        }
    }
}

/// What a ticket requires of whoever receives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Requirement<'a> {
    /// What it is about.
    pub question: Question,
    /// The organisation that it was handed over to.
    pub organisation: Option<OrganisationId>,
    /// The language that the counsellor must speak.
    pub language: Option<&'a Language>,
    /// What the place or the counsellor must offer.
    pub accommodations: &'a BTreeSet<Accommodation>,
    /// How the talk happens.
    pub channel: Channel,
}

/// What nobody present or expected today has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Missing {
    /// Nobody answers this question.
    Answer,
    /// Nobody of the organisation that it was handed over to answers it.
    Organisation {
        /// Which.
        organisation: OrganisationId,
    },
    /// It is answered, but not in this language.
    Language {
        /// Which.
        language: Language,
    },
    /// It is answered in the language, but not with all of this.
    Accommodations {
        /// What the place or the counsellor must offer.
        accommodations: BTreeSet<Accommodation>,
    },
    /// Each can be had, but nobody has both.
    Together {
        /// The language.
        language: Language,
        /// What the place or the counsellor must offer.
        accommodations: BTreeSet<Accommodation>,
    },
    /// It is kept for a place whose counsellor did not say when they come back.
    Keeper {
        /// Which.
        place: PlaceId,
    },
}

/// Whether somebody can receive what is asked for today, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "when")]
pub enum Prospect {
    /// Somebody who can is here.
    Now,
    /// Whoever can is away and comes back then.
    From {
        /// When.
        #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
        at: Instant,
    },
    /// Nobody can today.
    Nobody {
        /// What nobody has.
        missing: Missing,
    },
}

/// What a visitor can change so that somebody can receive them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Somebody who came along translates.
    Accompanied,
    /// An interpreter, whom the team looks for.
    Interpreter,
    /// The talk happens without what nobody can offer: the welcome looks for another way.
    WithoutAccommodations,
    /// The welcome listens first.
    Welcome,
}

/// A remedy and what it brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WayOut {
    /// What can be changed.
    pub remedy: Remedy,
    /// How it then stands: never [`Prospect::Nobody`].
    pub prospect: Prospect,
    /// Numbers that then are before.
    pub ahead: u32,
}

/// How it stands for somebody who asks now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Outlook {
    /// Whether somebody can receive them.
    pub prospect: Prospect,
    /// Numbers before: those that somebody who can receive this one may call earlier.
    pub ahead: u32,
    /// What helps, if it is not possible now.
    pub ways_out: Vec<WayOut>,
}

const NOTHING: &BTreeSet<Accommodation> = &BTreeSet::new();

impl<'a> Requirement<'a> {
    /// What a request requires before it is a ticket.
    pub fn of_request(request: &'a Request) -> Self {
        Self {
            question: request.need.map_or(Question::Welcome, Question::Need),
            organisation: None,
            language: request.talk.required(),
            accommodations: &request.accommodations,
            channel: request.channel,
        }
    }

    /// Only an answer, in whatever language.
    pub fn only(question: Question) -> Self {
        Self { question, organisation: None, language: None, accommodations: NOTHING, channel: Channel::Here }
    }

    /// What a ticket requires, whoever it is kept for.
    pub fn of(ticket: &'a Ticket) -> Self {
        let asked = Self::of_request(&ticket.request);
        Self {
            question: ticket.any_need_of.map_or(asked.question, Question::AnyOf),
            organisation: ticket.organisation,
            ..asked
        }
    }

    /// Whether a place has all of it.
    pub fn is_met_by(&self, centre: &Centre, id: PlaceId, place: &OpenPlace) -> bool {
        self.is_answered_by(centre, place)
            && self.organisation.is_none_or(|o| o == place.organisation)
            && self.is_spoken_by(place)
            && self.is_accommodated_by(centre, id, place)
    }

    fn is_answered_by(&self, centre: &Centre, place: &OpenPlace) -> bool {
        match self.question {
            Question::Need(need) => place.abilities.needs.contains(&need),
            Question::AnyOf(space) => centre.needs_of(space).any(|n| place.abilities.needs.contains(&n.id)),
            Question::Welcome => place.abilities.welcome,
        }
    }

    fn is_spoken_by(&self, place: &OpenPlace) -> bool {
        self.language.is_none_or(|l| place.abilities.languages.contains(l))
    }

    fn is_accommodated_by(&self, centre: &Centre, id: PlaceId, place: &OpenPlace) -> bool {
        let offers = |a: &Accommodation| {
            place.abilities.accommodations.contains(a)
                || centre.place(id).is_some_and(|(_, p)| p.accommodations.contains(a))
        };
        self.accommodations.iter().all(|a| match (self.channel, a) {
            (Channel::Here, _) | (Channel::Video, Accommodation::SignLanguage) => offers(a),
            // Nobody signs into a telephone.
            (Channel::Phone, Accommodation::SignLanguage) => false,
            // Whoever does not come needs no room that suits them.
            (Channel::Phone | Channel::Video, _) => true,
        })
    }
}

/// From when a place receives visitors; sooner is less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Receives {
    Now,
    From(Instant),
}

impl OpenPlace {
    /// From when it receives visitors, as far as it was said; none if it does not any more.
    fn expected(&self) -> Option<Receives> {
        match (self.activity, self.then) {
            (Activity::Away { until }, _) | (_, Some(Afterwards::Pause { until })) => until.map(Receives::From),
            (_, Some(Afterwards::Close)) => None,
            (Activity::Available | Activity::Receiving(_) | Activity::Joining { .. }, None) => Some(Receives::Now),
        }
    }

    /// Whether it receives visitors now, or said when it will again.
    pub fn is_expected(&self) -> bool {
        self.expected().is_some()
    }
}

impl Day {
    /// Whether somebody can receive what is required, now or later today. Nobody is promised who did not say when they
    /// come back, or only after the doors close.
    pub fn prospect(&self, centre: &Centre, required: &Requirement<'_>, at: Instant) -> Prospect {
        let able = self.places.iter().filter(|(id, place)| required.is_met_by(centre, **id, place));
        self.soonest(able.map(|(_, place)| place), at)
            .unwrap_or_else(|| Prospect::Nobody { missing: self.missing(centre, required, at) })
    }

    /// The same for a ticket that may be kept for a place.
    pub fn prospect_of(&self, centre: &Centre, ticket: &Ticket, at: Instant) -> Prospect {
        match ticket.stage {
            Stage::Waiting { claim: Claim::KeptFor(place), .. }
            | Stage::Parked { claim: Claim::KeptFor(place), .. } => {
                let kept = self.soonest(self.places.get(&place).into_iter(), at);
                kept.unwrap_or(Prospect::Nobody { missing: Missing::Keeper { place } })
            }
            _ => self.prospect(centre, &Requirement::of(ticket), at),
        }
    }

    fn soonest<'d>(&self, places: impl Iterator<Item = &'d OpenPlace>, at: Instant) -> Option<Prospect> {
        let in_time = |receives: &Receives| match receives {
            Receives::Now => true,
            Receives::From(from) => self.closes.is_none_or(|closes| *from < closes),
        };
        Some(match places.filter_map(OpenPlace::expected).filter(in_time).min()? {
            Receives::From(from) if from > at => Prospect::From { at: from },
            // Whoever should be back is as good as here.
            Receives::Now | Receives::From(_) => Prospect::Now,
        })
    }

    /// What nobody has, the most fundamental first.
    fn missing(&self, centre: &Centre, required: &Requirement<'_>, at: Instant) -> Missing {
        let possible = |required: Requirement<'_>| {
            let able = self.places.iter().filter(|(id, place)| required.is_met_by(centre, **id, place));
            self.soonest(able.map(|(_, place)| place), at).is_some()
        };
        let bare = Requirement { language: None, accommodations: NOTHING, ..*required };
        if !possible(bare) {
            let elsewhere = possible(Requirement { organisation: None, ..bare });
            let organisation = required.organisation.filter(|_| elsewhere);
            return organisation.map_or(Missing::Answer, |organisation| Missing::Organisation { organisation });
        }
        let Some(language) = required.language else {
            return Missing::Accommodations { accommodations: required.accommodations.clone() };
        };
        if !possible(Requirement { accommodations: NOTHING, ..*required }) {
            Missing::Language { language: language.clone() }
        } else if possible(Requirement { language: None, ..*required }) {
            Missing::Together { language: language.clone(), accommodations: required.accommodations.clone() }
        } else {
            Missing::Accommodations { accommodations: required.accommodations.clone() }
        }
    }

    /// How it stands for somebody who asks for this now, and what helps if it is not possible.
    pub fn outlook(&self, centre: &Centre, request: &Request, at: Instant) -> Outlook {
        let required = Requirement::of_request(request);
        let prospect = self.prospect(centre, &required, at);
        let mut lines = Lines::default();
        for waiting in self.waiting() {
            lines.step_in(self, centre, waiting);
        }
        let ahead = lines.before_newcomer(self, centre, &required);
        let ways_out = self.ways_out(centre, request, &prospect, at, &mut lines);
        Outlook { prospect, ahead, ways_out }
    }

    /// The same for a ticket that waits already: what its holder can change.
    pub fn outlook_of(&self, centre: &Centre, ticket: &Ticket, at: Instant) -> Outlook {
        let prospect = self.prospect_of(centre, ticket, at);
        let mut lines = Lines::default();
        for before in self.waiting().take_while(|t| t.rank < ticket.rank) {
            lines.step_in(self, centre, before);
        }
        let ways_out = self.ways_out(centre, &ticket.request, &prospect, at, &mut lines);
        let ahead = if ticket.is_waiting() { lines.step_in(self, centre, ticket) } else { 0 };
        Outlook { prospect, ahead, ways_out }
    }

    fn ways_out(
        &self,
        centre: &Centre,
        request: &Request,
        now: &Prospect,
        at: Instant,
        lines: &mut Lines,
    ) -> Vec<WayOut> {
        if *now == Prospect::Now {
            return Vec::new();
        }
        let tried = |remedy: Remedy| {
            let changed = remedy.applied_to(request)?;
            let required = Requirement::of_request(&changed);
            let prospect = self.prospect(centre, &required, at);
            let helps = !matches!(prospect, Prospect::Nobody { .. }) && prospect != *now;
            helps.then(|| WayOut { remedy, prospect, ahead: lines.before_newcomer(self, centre, &required) })
        };
        Remedy::ALL.into_iter().filter_map(tried).collect()
    }
}

impl Remedy {
    /// Every remedy, in the order in which they are offered: the nearest to what was asked first.
    pub const ALL: [Self; 4] = [Self::Accompanied, Self::Interpreter, Self::WithoutAccommodations, Self::Welcome];

    /// The request as this remedy changes it; none where there is nothing to change.
    #[must_use]
    pub fn applied_to(self, request: &Request) -> Option<Request> {
        let spoken = || request.talk.required().cloned();
        Some(match self {
            Self::Accompanied => Request { talk: TalkLanguage::Accompanied(spoken()?), ..request.clone() },
            Self::Interpreter => Request { talk: TalkLanguage::NeedsInterpreter(spoken()?), ..request.clone() },
            Self::WithoutAccommodations if !request.accommodations.is_empty() => {
                Request { accommodations: BTreeSet::new(), ..request.clone() }
            }
            // The welcome finds a way to understand whoever comes.
            Self::Welcome if request.need.is_some() => Request {
                need: None,
                talk: spoken().map_or_else(|| request.talk.clone(), TalkLanguage::NeedsInterpreter),
                accommodations: BTreeSet::new(),
                ..request.clone()
            },
            Self::WithoutAccommodations | Self::Welcome => return None,
        })
    }
}
