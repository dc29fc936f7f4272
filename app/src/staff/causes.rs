//! Why people wait in vain or too long: one card a cause, with buttons that do what helps, and a way to take it back.

use domain::{
    PlaceId, SpaceId,
    day::{Command, ReadyMessage},
    staff::Role,
    view::{Cause, Crowd, Help, Lack, Way},
};
use leptos::{html, prelude::*};

use super::{Acts, Now, Start, api, use_acts, use_now, use_start};
use crate::{
    components::{Sign, sign_class},
    texts::{Texts, causes as texts, common, crowd, duration, language_name, list, minutes, use_texts, words},
};

/// What the cards share.
#[derive(Clone, Copy)]
struct Shared {
    causes: Memo<Vec<Cause>>,
    /// Whether the day goes on, so that something can be done.
    open: Signal<bool>,
    /// The card that was chosen last; before any was, the first is in front.
    chosen: RwSignal<Option<Lack>>,
    /// What was done last, and the commands that take it back.
    done: RwSignal<Option<(String, Vec<Command>)>>,
    acts: Acts,
    now: Now,
    start: StoredValue<Start>,
    texts: StoredValue<Texts>,
}

impl Shared {
    fn t(self) -> Texts {
        self.texts.get_value()
    }
    fn cause(self, lack: &Lack) -> Option<Cause> {
        self.causes.with(|all| all.iter().find(|c| c.lack == *lack).cloned())
    }
    fn is_in_front(self, lack: &Lack) -> bool {
        let chosen = self.chosen.get();
        self.causes.with(|all| {
            let chosen = chosen.filter(|c| all.iter().any(|cause| cause.lack == *c));
            chosen.as_ref().or(all.first().map(|c| &c.lack)) == Some(lack)
        })
    }
    fn space(self, space: Option<SpaceId>) -> (u8, String) {
        let t = self.t();
        self.start.with_value(|s| match space.and_then(|id| s.centre.space(id)) {
            Some(s) => (s.sign, s.name.get(t.language()).to_owned()),
            None => (0, common::welcome_capital(&t)),
        })
    }
    fn desk(self, place: PlaceId) -> String {
        self.start.with_value(|s| words::desk(&self.t(), &s.centre.place_name(place)))
    }
    /// Only whoever runs the centre changes what a colleague does.
    fn may(self, help: Help) -> bool {
        let runs_the_centre = |role: &Role| matches!(role, Role::Coordinator | Role::Administrator);
        !matches!(help, Help::TakeOn { .. }) || self.start.with_value(|s| s.staff.roles.iter().any(runs_the_centre))
    }
    /// Gives all commands to the day, then says what was done.
    fn act(self, commands: Vec<Command>, said: String, undo: Vec<Command>) {
        let (acts, done) = (self.acts, self.done);
        let centre = acts.centre();
        done.set(None);
        acts.run_then(
            move |key| api::act_all(centre, commands.clone(), key),
            move |()| drop(done.try_set(Some((said, undo)))),
        );
    }
    /// Whether something can be done just now.
    fn can(self) -> bool {
        self.open.get() && !self.acts.is_busy()
    }
}

/// The cards.
#[component]
pub(super) fn Causes(
    /// Every cause.
    causes: Memo<Vec<Cause>>,
    /// Whether the day goes on.
    #[prop(into)]
    open: Signal<bool>,
    /// Whether nothing is said where there is nothing to decide.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let shared = Shared {
        causes,
        open,
        chosen: RwSignal::new(None),
        done: RwSignal::new(None),
        acts: use_acts(),
        now: use_now(),
        start: use_start(),
        texts: StoredValue::new(use_texts()),
    };
    provide_context(shared);
    let t = shared.t();
    let lacks = move || causes.with(|all| all.iter().map(|c| c.lack.clone()).collect::<Vec<_>>());
    let many = Memo::new(move |_| causes.with(|all| all.len() > 1));
    let none = Memo::new(move |_| causes.with(Vec::is_empty));
    let sum = move || {
        let (count, all) = causes.with(|all| (all.len(), all.iter().map(|c| c.crowd).sum::<Crowd>()));
        (count > 0).then(|| list([texts::summary(&shared.t(), count), crowd(&shared.t(), all)]))
    };
    let keys = {
        let t = t.clone();
        move || {
            many.get().then(|| {
                view! { <span class="causes-keys"><kbd>"↑"</kbd><kbd>"↓"</kbd>{texts::keys(&t)}</span> }.into_any()
            })
        }
    };
    let nothing = {
        let t = t.clone();
        move || (none.get() && !quiet).then(|| view! { <p class="causes-none">{texts::none(&t)}</p> }.into_any())
    };
    let silent = move || quiet && none.get();
    let step = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        let next = causes.with_untracked(|all| {
            let chosen = shared.chosen.get_untracked();
            let at = all.iter().position(|c| Some(&c.lack) == chosen.as_ref()).unwrap_or(0);
            at.checked_add_signed(by).and_then(|next| all.get(next)).map(|c| c.lack.clone())
        });
        if next.is_some() {
            shared.chosen.set(next);
        }
    };
    view! {
        <section class="causes" aria-label=texts::title(&t) on:keydown=step>
            <header class="causes-head" hidden=silent>
                <h2>{texts::title(&t)}</h2>
                <span class="soft">{sum}</span>
                {keys}
            </header>
            <Done />
            {nothing}
            <ul class="causes-all" aria-live="polite">
                <For each=lacks key=Clone::clone children=move |lack| view! { <Card lack /> } />
            </ul>
        </section>
    }
    .into_any()
}

/// What was just done, as long as nothing else was.
#[component]
fn Done() -> impl IntoView {
    let shared = expect_context::<Shared>();
    move || {
        shared.done.get().map(|(said, undo)| {
            let t = shared.t();
            let back = texts::taken_back(&t);
            let can = (!undo.is_empty()).then(|| {
                let undo = undo.clone();
                let take_back = move |_| shared.act(undo.clone(), back.clone(), Vec::new());
                view! { <button type="button" class="pill" on:click=take_back>{texts::undo(&t)}</button> }.into_any()
            });
            view! { <p class="causes-done" role="status"><span>{said}</span>{can}</p> }.into_any()
        })
    }
}

#[component]
fn Card(lack: Lack) -> impl IntoView {
    let shared = expect_context::<Shared>();
    let lack = StoredValue::new(lack);
    let cause = Memo::new(move |_| lack.with_value(|l| shared.cause(l)));
    let front = Memo::new(move |_| lack.with_value(|l| shared.is_in_front(l)));
    let choose = move || shared.chosen.set(Some(lack.get_value()));
    let card = NodeRef::<html::Li>::new();
    // By the arrows the focus goes along; a touch is where it is already.
    Effect::new(move |before: Option<bool>| {
        let now = shared.chosen.with(|c| c.as_ref().is_some_and(|c| lack.with_value(|l| l == c)));
        if let Some(card) = card.get_untracked()
            && now
            && before == Some(false)
            && !card.matches(":focus-within").unwrap_or(false)
        {
            // A card that is there can be focused; if it just went, nothing is lost.
            let _ = card.focus();
        }
        now
    });
    let words = move || cause.get().map(|cause| view! { <Told cause /> }.into_any());
    let ways = move || {
        let all = cause.with(|c| c.as_ref().map(|c| c.ways.clone())).unwrap_or_default();
        all.into_iter().map(|w| w.help).collect::<Vec<_>>()
    };
    let unanswered = lack.with_value(Lack::is_unanswered);
    view! {
        <li
            class="cause" class:front=front class:late=!unanswered tabindex="-1" node_ref=card
            on:pointerdown=move |_| choose() on:focusin=move |_| choose()
        >
            {words}
            <div class="ways">
                <For each=ways key=|help| *help children=move |help| view! { <Remedy help cause front /> } />
            </div>
        </li>
    }
    .into_any()
}

/// What it is, where, and since when.
#[component]
fn Told(cause: Cause) -> impl IntoView {
    let shared = expect_context::<Shared>();
    let t = shared.t();
    let since = cause.longest_since;
    let longest = Memo::new(move |_| minutes(shared.now.seconds_since(since)));
    let title = title(shared, &t, &cause);
    let places = matches!(cause.lack, Lack::Late { .. }).then(|| texts::places(&t, cause.places));
    let where_ = (cause.spaces.len() > 1).then(|| {
        cause
            .spaces
            .iter()
            .map(|(space, here)| {
                let (sign, name) = shared.space(*space);
                let count = here.people.to_string();
                let words =
                    if space.is_some() { texts::at_space(&t, count, name) } else { texts::at_welcome(&t, count) };
                view! { <span class=sign_class(sign)><Sign sign letter=None />{words}</span> }.into_any()
            })
            .collect_view()
    });
    let numbers = (cause.crowd.people != cause.crowd.numbers).then(|| common::numbers(&t, cause.crowd.numbers));
    let wait = move || texts::longest(&shared.t(), duration(&shared.t(), longest.get() * 60));
    let item = |words: String| view! { <span>{words}</span> }.into_any();
    view! {
        <div class="cause-words">
            <Mark unanswered=cause.lack.is_unanswered() />
            <div>
                <h3>{title}</h3>
                <p class="cause-where">{numbers.map(item)}{where_}{places.map(item)}<span>{wait}</span></p>
            </div>
        </div>
    }
    .into_any()
}

/// Nobody, or late: a shape each, besides the colour.
#[component]
fn Mark(unanswered: bool) -> impl IntoView {
    let shape = if unanswered {
        view! { <circle cx="12" cy="7.4" r="3.6"></circle><path d="M4.5 21c.6-5 3.5-7.400 7.500-7.400s6.900 2.400 7.500 7.400M3 3l18 18"></path> }
            .into_any()
    } else {
        view! { <circle cx="12" cy="12" r="9.2"></circle><path d="M12 6.5V12l3.8 2.6"></path> }.into_any()
    };
    view! { <svg class="cause-mark" viewBox="0 0 24 24" aria-hidden="true">{shape}</svg> }.into_any()
}

/// A button that does what helps.
#[component]
fn Remedy(help: Help, cause: Memo<Option<Cause>>, front: Memo<bool>) -> impl IntoView {
    let shared = expect_context::<Shared>();
    let way =
        Memo::new(move |_| cause.with(|c| c.as_ref().and_then(|c| c.ways.iter().find(|w| w.help == help).cloned())));
    let first =
        Memo::new(move |_| cause.with(|c| c.as_ref().and_then(|c| c.ways.first()).map(|w| w.help)) == Some(help));
    let label = label(shared, help);
    if !shared.may(help) {
        return view! { <span class="way told">{label}</span> }.into_any();
    }
    let can = move || shared.can();
    let said = label.clone();
    let act = move |_| {
        if let Some(way) = way.get_untracked().filter(|_| untrack(can)) {
            shared.act(way.commands, texts::done(&shared.t(), said.clone()), way.undo);
        }
    };
    let hint = move || way.get().map(|way| hint(shared, &way)).filter(|h| !h.is_empty());
    let solid = move || if front.get() && first.get() && can() { "action main way" } else { "action way" };
    view! {
        <button type="button" class=solid aria-disabled=move || (!can()).then_some("true") on:click=act>
            <span class="action-label">{label}</span>
            <span class="action-hint">{hint}</span>
        </button>
    }
    .into_any()
}

fn accommodations(t: &Texts, which: &std::collections::BTreeSet<domain::centre::Accommodation>) -> String {
    list(which.iter().map(|a| words::accommodation(t, *a)))
}

fn title(shared: Shared, t: &Texts, cause: &Cause) -> String {
    let people = cause.crowd.people;
    match &cause.lack {
        Lack::Answer { space: None } => texts::answer_welcome(t, people),
        Lack::Answer { space } => texts::answer(t, people, shared.space(*space).1),
        Lack::Organisation { organisation } => {
            let name = shared.start.with_value(|s| s.centre.organisation(*organisation).map(|o| o.name.clone()));
            texts::organisation(t, people, name.unwrap_or_default())
        }
        Lack::Language { language } => texts::language(t, people, language_name(t, language)),
        Lack::Accommodations { which } => texts::accommodations(t, people, accommodations(t, which)),
        Lack::Together { language, which } => {
            texts::together(t, people, language_name(t, language), accommodations(t, which))
        }
        Lack::Keeper { place } => texts::keeper(t, people, shared.desk(*place)),
        Lack::Late { space: None } => texts::late_welcome(t, people),
        Lack::Late { space } => texts::late(t, people, shared.space(*space).1),
    }
}

/// The same in a few words, beside one number.
pub(super) fn short(t: &Texts, start: StoredValue<Start>, lack: &Lack) -> String {
    match lack {
        Lack::Answer { .. } => texts::short_answer(t),
        Lack::Organisation { organisation } => {
            let name = start.with_value(|s| s.centre.organisation(*organisation).map(|o| o.name.clone()));
            texts::short_organisation(t, name.unwrap_or_default())
        }
        Lack::Language { language } => texts::short_language(t, language_name(t, language)),
        Lack::Accommodations { which } => texts::short_accommodations(t, accommodations(t, which)),
        Lack::Together { language, which } => {
            texts::short_together(t, language_name(t, language), accommodations(t, which))
        }
        Lack::Keeper { place } => {
            texts::short_keeper(t, start.with_value(|s| words::desk(t, &s.centre.place_name(*place))))
        }
        Lack::Late { .. } => texts::short_late(t),
    }
}

fn label(shared: Shared, help: Help) -> String {
    let t = shared.t();
    match help {
        Help::Interpreter => texts::interpreter(&t),
        Help::WithoutAccommodations => texts::without(&t),
        Help::AnyOrganisation => texts::any_organisation(&t),
        Help::Welcome => texts::welcome(&t),
        Help::TakeOn { place } => texts::take_on(&t, shared.desk(place)),
        Help::Release { place } => texts::release(&t, shared.desk(place)),
        Help::Tell => texts::tell(&t),
        Help::CloseNeeds => texts::close_needs(&t),
    }
}

/// What a way brings, or what it does where it brings nobody nearer.
fn hint(shared: Shared, way: &Way) -> String {
    let t = shared.t();
    let brings = texts::brings(&t, way.brings.people);
    let brings = match way.from {
        Some(at) => texts::brings_from(&t, brings, shared.start.with_value(|s| s.time).time(&t, at)),
        None => brings,
    };
    match way.help {
        Help::WithoutAccommodations => list([brings, texts::without_hint(&t)]),
        Help::Tell => texts::tell_hint(&t, words::ready_message(&t, ReadyMessage::LongerThanUsual)),
        Help::CloseNeeds => texts::close_needs_hint(&t),
        Help::Interpreter | Help::AnyOrganisation | Help::Welcome | Help::TakeOn { .. } | Help::Release { .. } => {
            brings
        }
    }
}
