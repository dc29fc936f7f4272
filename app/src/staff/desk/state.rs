//! What every part of the desk screen shares.

use domain::{
    Language, NeedId, OrganisationId, PlaceId, TicketId,
    centre::Centre,
    day::{Activity, Command, Stage},
    view::{DayState, DeskView, LineItem, MyPlace, Visit},
};
use leptos::prelude::*;

use super::super::{Acts, Now, Start, api, use_acts, use_live, use_start};
use crate::texts::{Texts, use_texts, words};

/// What is open in the middle, besides the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// How the talk ended.
    Finish,
    /// Until when the visitor is set aside.
    Hold,
    /// To whom the visitor goes.
    HandOver,
    /// What was advised.
    Advice,
    /// The right need of a ticket.
    Need(TicketId),
    /// Why a hand-over is refused.
    Refuse(TicketId),
    /// Until when the counsellor is away.
    Pause,
    /// What the counsellor can do today.
    Abilities,
    /// To which desk the counsellor goes.
    Move,
}

/// What happens at the own place, as the middle of the screen shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Ready for the next visitor.
    Free,
    /// A visitor was called.
    Called(TicketId),
    /// A visitor is here.
    Talk(TicketId),
    /// With a colleague's visitor.
    Joining(PlaceId),
    /// Away.
    Away,
}

/// The desk screen.
#[derive(Clone, Copy)]
pub(super) struct DeskState {
    /// The newest view.
    pub view: RwSignal<DeskView>,
    /// The time.
    pub now: Now,
    /// The own place.
    pub mine: Memo<Option<MyPlace>>,
    /// The visitor there.
    pub visit: Memo<Option<Visit>>,
    /// What happens there.
    pub moment: Memo<Option<Moment>>,
    /// What is open in the middle.
    pub panel: RwSignal<Option<Open>>,
    /// Whether the safeguarding cards are shown.
    pub cards: RwSignal<bool>,
    /// Where commands go.
    pub acts: Acts,
    start: StoredValue<Start>,
    texts: StoredValue<Texts>,
}

impl DeskState {
    pub(super) fn new(first: DeskView) -> Self {
        let acts = use_acts();
        let start = use_start();
        let centre = acts.centre();
        let live = use_live(move || format!("desk?centre={centre}"), first);
        let view = live.view;
        let mine = Memo::new(move |_| view.with(|v| v.mine.clone()));
        let visit = Memo::new(move |_| mine.with(|m| m.as_ref().and_then(|m| m.visit.clone())));
        let moment = Memo::new(move |_| mine.with(|m| m.as_ref().map(moment)));
        let panel = RwSignal::new(None);
        // What was open was about the visitor who is not here any more.
        Effect::new(move |before: Option<Option<Moment>>| {
            let now = moment.get();
            if before.is_some_and(|b| b != now) {
                panel.set(None);
            }
            now
        });
        Self {
            view,
            now: live.now,
            mine,
            visit,
            moment,
            panel,
            cards: RwSignal::new(false),
            acts,
            start,
            texts: StoredValue::new(use_texts()),
        }
    }

    /// The texts.
    pub(super) fn t(self) -> Texts {
        self.texts.get_value()
    }
    /// The language of the screen.
    pub(super) fn language(self) -> Language {
        self.texts.with_value(|t| t.language().clone())
    }
    /// Something of the centre.
    pub(super) fn centre<R>(self, of: impl FnOnce(&Centre) -> R) -> R {
        self.start.with_value(|s| of(&s.centre))
    }
    /// Something of who is signed in and where.
    pub(super) fn start<R>(self, of: impl FnOnce(&Start) -> R) -> R {
        self.start.with_value(of)
    }
    /// Whether the day can be worked in.
    pub(super) fn is_day_open(self) -> bool {
        self.view.with(|v| v.day == DayState::Open)
    }
    /// An instant on the centre's clock.
    pub(super) fn time(self, at: domain::Instant) -> String {
        self.start.with_value(|s| s.time).time(&self.t(), at)
    }
    /// Two or three words for a need.
    pub(super) fn need(self, need: Option<NeedId>) -> String {
        let language = self.language();
        let label = need.and_then(|n| self.centre(|c| c.need(n).map(|n| n.label.get(&language).to_owned())));
        label.unwrap_or_else(|| crate::texts::desk::welcome_need(&self.t()))
    }
    /// The short name of the space that serves a need.
    pub(super) fn space_of(self, need: Option<NeedId>) -> Option<String> {
        let language = self.language();
        self.centre(|c| c.space_of(need).map(|s| s.question.get(&language).to_owned()))
    }
    /// `Bureau 4`.
    pub(super) fn place_capital(self, place: PlaceId) -> String {
        words::desk_capital(&self.t(), &self.centre(|c| c.place_name(place)))
    }
    /// `Bureau 4 · Emploi`.
    pub(super) fn place_with_space(self, place: PlaceId) -> String {
        let language = self.language();
        let space = self.centre(|c| {
            c.place(place).and_then(|(desk, _)| c.space(desk.space?)).map(|s| s.name.get(&language).to_owned())
        });
        let desk = self.place_capital(place);
        space.map_or(desk.clone(), |space| format!("{desk} · {space}"))
    }
    /// An organisation's name.
    pub(super) fn organisation(self, id: OrganisationId) -> String {
        self.centre(|c| c.organisation(id).map(|o| o.name.clone()).unwrap_or_default())
    }
    /// The own place's id, without following it.
    pub(super) fn my_place(self) -> Option<PlaceId> {
        self.mine.with_untracked(|m| m.as_ref().map(|m| m.place))
    }
    /// The visitor's line, without following it.
    pub(super) fn ticket(self) -> Option<TicketId> {
        self.visit.with_untracked(|v| v.as_ref().map(|v| v.line.id))
    }
    /// Any ticket of the screen.
    pub(super) fn find(self, id: TicketId) -> Option<LineItem> {
        self.view.with(|v| {
            let visit = v.mine.iter().filter_map(|m| m.visit.as_ref()).map(|v| &v.line);
            let lines = v.for_me.iter().chain(&v.for_others).chain(&v.parked);
            visit.chain(lines).find(|l| l.id == id).cloned()
        })
    }

    /// Opens something in the middle, or closes it.
    pub(super) fn toggle(self, what: Open) -> Callback<()> {
        Callback::new(move |()| self.panel.update(|p| *p = if *p == Some(what) { None } else { Some(what) }))
    }
    /// Closes what is open in the middle.
    pub(super) fn close_panel(self) -> Callback<()> {
        Callback::new(move |()| self.panel.set(None))
    }
    /// A command about the own place.
    pub(super) fn at_place(self, command: impl Fn(PlaceId) -> Command + Send + Sync + 'static) -> Callback<()> {
        Callback::new(move |()| {
            if let Some(place) = self.my_place() {
                self.send(command(place));
            }
        })
    }
    /// A command about the visitor.
    pub(super) fn about_visitor(self, command: impl Fn(TicketId) -> Command + Send + Sync + 'static) -> Callback<()> {
        Callback::new(move |()| {
            if let Some(ticket) = self.ticket() {
                self.send(command(ticket));
            }
        })
    }
    /// Gives a command to the day, then shows what came of it without waiting for the stream.
    pub(super) fn send(self, command: Command) {
        let centre = self.acts.centre();
        self.acts.run_then(
            move |key| api::act(centre, command.clone(), key),
            move |_| {
                self.panel.try_set(None);
                self.reload();
            },
        );
    }
    /// Opens a place, then shows it.
    pub(super) fn open_place(self, place: PlaceId) {
        self.acts.run_then(move |key| api::open_place(place, key), move |()| self.reload());
    }

    fn reload(self) {
        let centre = self.acts.centre();
        leptos::task::spawn_local(async move {
            if let Ok(newest) = api::load_desk(centre).await {
                self.view.try_update(|shown| {
                    if newest.version >= shown.version {
                        *shown = newest;
                    }
                });
            }
        });
    }
}

fn moment(mine: &MyPlace) -> Moment {
    match (mine.activity, &mine.visit) {
        (Activity::Receiving(ticket), Some(v)) if matches!(v.line.stage, Stage::Called { .. }) => {
            Moment::Called(ticket)
        }
        (Activity::Receiving(ticket), _) => Moment::Talk(ticket),
        (Activity::Joining { place, .. }, _) => Moment::Joining(place),
        (Activity::Away { .. }, _) => Moment::Away,
        (Activity::Available, _) => Moment::Free,
    }
}
