//! What every part of the welcome screen shares.

use domain::{
    CountId, DeviceId, Language, NeedId, PlaceId, TicketId,
    centre::Centre,
    day::Command,
    staff::Role,
    view::{DayState, WelcomeView},
};
use leptos::prelude::*;

use super::{
    super::{Acts, Now, Start, api, causes, new_key, use_acts, use_live, use_start},
    api::Given,
    counted::Counted,
};
use crate::texts::{Texts, desk, use_texts, words};

/// What is open above the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// A ticket for a visitor.
    Take,
    /// Words for everybody who waits.
    Message,
    /// Needs that give tickets, or no more.
    Needs,
    /// Why everything stands still.
    Suspending,
    /// The end of the day.
    Closing,
}

/// The welcome screen.
#[derive(Clone, Copy)]
pub(super) struct WelcomeState {
    /// The newest view.
    pub view: RwSignal<WelcomeView>,
    /// The time.
    pub now: Now,
    /// What is open above the lines.
    pub panel: RwSignal<Option<Open>>,
    /// What this page counted, newest last: what "undo" takes back.
    pub counted: Counted,
    /// The ticket that was just taken, to be read out.
    pub given: RwSignal<Option<Given>>,
    /// Where commands go.
    pub acts: Acts,
    texts: StoredValue<Texts>,
    start: StoredValue<Start>,
}

impl WelcomeState {
    pub(super) fn new(first: WelcomeView) -> Self {
        let start = use_start();
        let slug = start.with_value(|s| s.centre.slug.clone());
        let live = use_live(move || format!("welcome?centre={slug}"), first);
        Self {
            view: live.view,
            now: live.now,
            panel: RwSignal::new(None),
            counted: Counted::new(start.with_value(|s| s.staff.id)),
            given: RwSignal::new(None),
            acts: use_acts(),
            texts: StoredValue::new(use_texts()),
            start,
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
    /// Whether who is signed in may end the day for people who were not seen.
    pub(super) fn may_close_by_force(self) -> bool {
        let runs_the_centre = |role: &Role| matches!(role, Role::Coordinator | Role::Administrator);
        self.start.with_value(|s| s.staff.roles.iter().any(runs_the_centre))
    }
    /// Whether the day can be worked in.
    pub(super) fn is_day_open(self) -> bool {
        self.view.with(|v| v.day == DayState::Open)
    }
    /// Whether the day is over, or has not begun.
    pub(super) fn is_day_closed(self) -> bool {
        self.view.with(|v| v.day == DayState::Closed)
    }
    /// The centre's clock.
    pub(super) fn centre_time(self) -> crate::texts::CentreTime {
        self.start.with_value(|s| s.time)
    }
    /// An instant on the centre's clock.
    pub(super) fn time(self, at: domain::Instant) -> String {
        self.start.with_value(|s| s.time).time(&self.t(), at)
    }
    /// Two or three words for a need.
    pub(super) fn need(self, need: Option<NeedId>) -> String {
        let language = self.language();
        let label = need.and_then(|n| self.centre(|c| c.need(n).map(|n| n.label.get(&language).to_owned())));
        label.unwrap_or_else(|| desk::welcome_need(&self.t()))
    }
    /// What a device is called.
    pub(super) fn device(self, id: DeviceId) -> Option<String> {
        self.start.with_value(|s| s.devices.get(&id).cloned())
    }
    /// What a number waits for in vain, or too long, in a few words.
    pub(super) fn lack(self, ticket: TicketId) -> Option<String> {
        let lack = self.view.with(|v| v.lacks.get(&ticket).cloned())?;
        Some(causes::short(&self.t(), self.start, &lack))
    }
    /// `Bureau 4`.
    pub(super) fn place(self, place: PlaceId) -> String {
        words::desk_capital(&self.t(), &self.centre(|c| c.place_name(place)))
    }
    /// Opens something above the lines, or closes it.
    pub(super) fn toggle(self, what: Open) -> Callback<()> {
        Callback::new(move |()| self.panel.update(|p| *p = if *p == Some(what) { None } else { Some(what) }))
    }
    /// Closes what is open above the lines.
    pub(super) fn close_panel(self) -> Callback<()> {
        Callback::new(move |()| self.panel.set(None))
    }
    /// Gives a command to the day, then shows what came of it without waiting for the stream.
    pub(super) fn send(self, command: Command) {
        let centre = self.acts.centre();
        self.acts.run_then(move |key| api::act(centre, command.clone(), key), move |_| self.reload());
    }
    /// Shows the newest state.
    pub(super) fn reload(self) {
        let centre = self.acts.centre();
        leptos::task::spawn_local(async move {
            if let Ok(newest) = api::load_welcome(centre).await {
                self.view.try_update(|shown| {
                    if newest.version >= shown.version {
                        *shown = newest;
                    }
                });
            }
        });
    }
}

/// A new id for something that this page counts: none where the browser has no randomness.
pub(super) fn new_count() -> Option<CountId> {
    new_key()?.parse().ok()
}
