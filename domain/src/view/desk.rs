//! What a counsellor's desk shows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{DayState, Halt, LineItem};
use crate::{
    Instant, NeedId, OrganisationId, PlaceId, TicketId,
    catalogue::{Entries, Notebook},
    centre::Centre,
    day::{Activity, Advice, Afterwards, Day, Message, OpenPlace, RefusalReason, Stage, Step, Ticket, later, policy},
    staff::Abilities,
};

/// The whole desk screen at one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// The day's version.
    pub version: u64,
    /// When it was made.
    pub now: Instant,
    /// Whether the day is open.
    pub day: DayState,
    /// While everything stands still: why, and who is inside.
    pub halt: Option<Halt>,
    /// The own place, if one is open.
    pub mine: Option<MyPlace>,
    /// Who waits for this place, in the order in which they will be called.
    pub for_me: Vec<LineItem>,
    /// Who waits for others.
    pub for_others: Vec<LineItem>,
    /// Visitors set aside whom this place can serve.
    pub parked: Vec<LineItem>,
    /// The other open places. No durations: nobody is watched.
    pub colleagues: Vec<Colleague>,
    /// What is said to everybody who waits.
    pub message: Option<Message>,
}

/// The own place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyPlace {
    /// The place.
    pub place: PlaceId,
    /// For whom the counsellor works.
    pub organisation: OrganisationId,
    /// What the counsellor can do today.
    pub abilities: Abilities,
    /// What happens there.
    pub activity: Activity,
    /// What happens after this visitor.
    pub then: Option<Afterwards>,
    /// Whether it asks for help.
    pub asks_help: bool,
    /// The visitor who is called or sits there.
    pub visit: Option<Visit>,
    /// What can be undone, and until when.
    pub undo: Option<(Step, Instant)>,
}

/// The visitor who is called or sits at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The ticket.
    pub line: LineItem,
    /// Seconds waited in this visit before the call: talks and suspended time left out.
    pub waited_seconds: i64,
    /// Advice given so far, here and before.
    pub advice: BTreeSet<Advice>,
    /// What the visitor kept while looking around, and passed on.
    pub notebook: Notebook,
    /// What was recommended so far, here and before.
    pub recommended: Entries,
    /// The place that handed over, and the need there.
    pub from: Option<(PlaceId, Option<NeedId>)>,
    /// Whether the visitor goes back to the one who handed over.
    pub returns: bool,
    /// Why a hand-over came back.
    pub refused: Option<RefusalReason>,
}

/// Another open place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// The place.
    pub place: PlaceId,
    /// For whom.
    pub organisation: OrganisationId,
    /// What happens there.
    pub state: ColleagueState,
    /// Whether it asks for help.
    pub asks_help: bool,
    /// The visitor in a talk there, whom one can join.
    pub talk: Option<TicketId>,
}

/// What a colleague does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColleagueState {
    /// Free.
    Free,
    /// Receives a visitor.
    Busy,
    /// In somebody's talk.
    Joining,
    /// Away, back at a time if it was said.
    Away(Option<Instant>),
}

impl DeskView {
    /// What the desk of `place` shows; with none, what a counsellor sees before opening one.
    pub fn of(day: &Day, centre: &Centre, place: Option<PlaceId>, version: u64, now: Instant) -> Self {
        let open = place.and_then(|id| Some((id, day.places.get(&id)?)));
        let able = |t: &Ticket| open.is_some_and(|(id, p)| policy::can_serve(centre, id, p, t));
        let mut waiting: Vec<&Ticket> = day.waiting().collect();
        waiting.sort_unstable_by_key(|t| policy::order_for(open.map(|(id, _)| id), t));
        let (mine, others): (Vec<&Ticket>, Vec<&Ticket>) = waiting.into_iter().partition(|t| able(t));
        let lines = |tickets: Vec<&Ticket>| tickets.into_iter().map(|t| LineItem::of(t, centre)).collect();
        let mut parked: Vec<&Ticket> =
            day.open_tickets().filter(|t| matches!(t.stage, Stage::Parked { .. }) && able(t)).collect();
        parked.sort_unstable_by_key(|t| t.rank);
        Self {
            version,
            now,
            day: day.phase.into(),
            halt: Halt::of(day, centre),
            mine: open.map(|(id, p)| my_place(day, centre, id, p)),
            for_me: lines(mine),
            for_others: lines(others),
            parked: lines(parked),
            colleagues: day
                .places
                .iter()
                .filter(|(id, _)| Some(**id) != place)
                .map(|(id, p)| colleague(day, *id, p))
                .collect(),
            message: day.message.clone(),
        }
    }
}

fn my_place(day: &Day, centre: &Centre, id: PlaceId, place: &OpenPlace) -> MyPlace {
    let visit = match place.activity {
        Activity::Receiving(ticket) => day.tickets.get(&ticket).map(|t| visit(t, centre)),
        _ => None,
    };
    let undo_for = chrono::Duration::seconds(i64::from(centre.policies.undo_seconds));
    MyPlace {
        place: id,
        organisation: place.organisation,
        abilities: place.abilities.clone(),
        activity: place.activity,
        then: place.then,
        asks_help: place.asks_help,
        visit,
        undo: place.last.as_ref().map(|l| (l.step, later(l.at, undo_for))),
    }
}

fn visit(ticket: &Ticket, centre: &Centre) -> Visit {
    Visit {
        line: LineItem::of(ticket, centre),
        waited_seconds: ticket.waited_before + ticket.waited_seconds.unwrap_or(0),
        advice: ticket.advice.clone(),
        notebook: ticket.request.notebook.clone(),
        recommended: ticket.recommended.clone(),
        from: ticket.hand_over.as_ref().map(|h| (h.from, h.need)),
        returns: ticket.hand_over.as_ref().is_some_and(|h| h.returns),
        refused: ticket.refused,
    }
}

pub(super) fn colleague(day: &Day, id: PlaceId, place: &OpenPlace) -> Colleague {
    let talk = match place.activity {
        Activity::Receiving(t) => day.tickets.get(&t).filter(|t| matches!(t.stage, Stage::InTalk { .. })).map(|t| t.id),
        _ => None,
    };
    Colleague {
        place: id,
        organisation: place.organisation,
        state: match place.activity {
            Activity::Available => ColleagueState::Free,
            Activity::Receiving(_) => ColleagueState::Busy,
            Activity::Joining { .. } => ColleagueState::Joining,
            Activity::Away { until } => ColleagueState::Away(until),
        },
        asks_help: place.asks_help,
        talk,
    }
}
