//! While everything stands still: an alarm that takes the whole screen, or a calm word for every other reason.

use std::collections::BTreeSet;

use domain::{
    Instant,
    centre::Accommodation,
    day::{Command, SuspendReason},
    staff::{Role, Staff},
    view::{Crowd, FetchFirst, Halt},
};
use leptos::prelude::*;

use super::{
    Keys, LiveState, api,
    hold::Hold,
    keys::InAlarm,
    parts::{Action, TroubleBanner, Weight},
    tab, use_acts, use_now, use_start,
};
use crate::{
    components::{Number, Sign},
    texts::{Texts, alarm as texts, common::numbers, use_texts, words},
};

/// Whether everybody leaves the building: the page then shows the alarm and nothing else.
pub(super) fn is_alarm(halt: Option<&Halt>) -> bool {
    halt.is_some_and(|h| h.reason == SuspendReason::FireAlarm)
}

/// Whether somebody leads others out, and may let the day go on; everybody else leaves.
fn leads(staff: &Staff) -> bool {
    [Role::Host, Role::Coordinator, Role::Administrator].iter().any(|role| staff.roles.contains(role))
}

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    Call,
    Told,
    EverybodyOut,
    Rooms,
    Gather,
    Report,
    WithVisitor,
    Door,
    Here,
}

impl Task {
    /// What whoever leads others out does, in order.
    const LEADING: [Self; 6] = [Self::Call, Self::Told, Self::EverybodyOut, Self::Rooms, Self::Gather, Self::Report];
    /// What everybody else does.
    const LEAVING: [Self; 5] = [Self::Told, Self::WithVisitor, Self::Door, Self::Gather, Self::Here];

    fn words(self, t: &Texts, since: String) -> (String, String) {
        match self {
            Self::Call => (texts::step_call(t), texts::step_call_hint(t)),
            Self::Told => (texts::step_told(t), texts::step_told_hint(t, since)),
            Self::EverybodyOut => (texts::step_everybody_out(t), texts::step_everybody_out_hint(t)),
            Self::Rooms => (texts::step_rooms(t), texts::step_rooms_hint(t)),
            Self::Gather => (texts::step_gather(t), texts::step_gather_hint(t)),
            Self::Report => (texts::step_report(t), texts::step_report_hint(t)),
            Self::WithVisitor => (texts::step_with_visitor(t), texts::step_with_visitor_hint(t)),
            Self::Door => (texts::step_door(t), texts::step_door_hint(t)),
            Self::Here => (texts::step_here(t), texts::step_here_hint(t)),
        }
    }
}

/// How far somebody is: tasks that a person ticked off, remembered by the tab for this alarm. What the system did by
/// itself needs no tick.
#[derive(Clone, Copy)]
struct Progress {
    tasks: &'static [Task],
    ticked: RwSignal<Vec<Task>>,
    since: Option<Instant>,
}

impl Progress {
    /// What this tab remembers of the alarm that rings since then.
    fn new(tasks: &'static [Task], since: Option<Instant>) -> Self {
        let progress = Self { tasks, ticked: RwSignal::new(Vec::new()), since };
        Effect::new(move |_| progress.ticked.set(progress.remembered()));
        progress
    }
    fn tick(self, task: Task) {
        self.ticked.update(|d| d.push(task));
        self.remember();
    }
    fn untick(self) {
        self.ticked.update(|d| d.truncate(d.len().saturating_sub(1)));
        self.remember();
    }
    /// By alarm, so that the next one begins anew.
    fn name(self) -> String {
        format!("alarm-{}", self.since.map(|at| at.timestamp_micros()).unwrap_or_default())
    }
    fn remembered(self) -> Vec<Task> {
        let words = tab::read(&self.name());
        words.split(' ').filter_map(|n| self.tasks.get(n.parse::<usize>().ok()?).copied()).collect()
    }
    fn remember(self) {
        let position = |task: &Task| self.tasks.iter().position(|t| t == task).map(|n| n.to_string());
        let words: Vec<String> = self.ticked.with_untracked(|d| d.iter().filter_map(position).collect());
        tab::write(&self.name(), &words.join(" "));
    }
    fn is_done(self, task: Task) -> bool {
        task == Task::Told || self.ticked.with(|d| d.contains(&task))
    }
    fn present(self) -> Option<Task> {
        self.tasks.iter().copied().find(|task| !self.is_done(*task))
    }
    fn last(self) -> Option<Task> {
        self.ticked.with(|d| d.last().copied())
    }
}

/// The alarm: over everything, until the day goes on.
#[component]
pub(super) fn Alarm(
    /// Why everything stands still, if it does.
    #[prop(into)]
    halt: Signal<Option<Halt>>,
) -> impl IntoView {
    let rings = Memo::new(move |_| halt.with(|h| is_alarm(h.as_ref())));
    move || rings.get().then(|| view! { <Rings halt /> }.into_any())
}

#[component]
fn Rings(halt: Signal<Option<Halt>>) -> impl IntoView {
    provide_context(InAlarm);
    if let Some(keys) = use_context::<Keys>() {
        keys.only_alarm(true);
        on_cleanup(move || keys.only_alarm(false));
    }
    let t = use_texts();
    let leads = use_start().with_value(|s| leads(&s.staff));
    let title = if leads { texts::title(&t) } else { texts::title_leave(&t) };
    let heading = NodeRef::<leptos::html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // A heading that is there can be focused; if it just went, nothing is lost.
            let _ = heading.focus();
        }
    });
    view! {
        <main class="alarm">
            <section class="alarm-band" role="alert">
                <svg class="alarm-flame" viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M12 2.5c.8 4 5.8 6.200 5.800 11.600a5.800 5.800 0 0 1-11.600 0c0-2.600 1.200-4.300 2.500-5.600.3 1.700 1 2.600 2 3.100C10.600 8.200 10.700 5 12 2.500Z" />
                </svg>
                <div>
                    <h1 tabindex="-1" node_ref=heading>{title}</h1>
                    <p>{texts::lead(&t)}</p>
                    <Stale />
                </div>
                <Watch halt />
            </section>
            <div class="alarm-two">
                <Steps halt leads />
                <aside class="alarm-side">
                    <ToFetch halt />
                    <ToCount halt />
                    <section class="alarm-card">
                        <h2>{texts::public_reads(&t)}</h2>
                        <p>{words::suspension(&t, SuspendReason::FireAlarm)}</p>
                    </section>
                </aside>
            </div>
            <Resume halt leads />
        </main>
    }
    .into_any()
}

/// Said only where the page does not hear the server any more.
#[component]
fn Stale() -> impl IntoView {
    let t = use_texts();
    let live = use_context::<RwSignal<LiveState>>();
    let start = use_start();
    move || {
        let LiveState::Stale(since) = live?.get() else { return None };
        let at = start.with_value(|s| s.time).time(&t, since);
        Some(view! { <p><b>{texts::stale(&t, at)}</b></p> }.into_any())
    }
}

/// Since when, and for how long.
#[component]
fn Watch(halt: Signal<Option<Halt>>) -> impl IntoView {
    let t = StoredValue::new(use_texts());
    let (now, start) = (use_now(), use_start());
    let since = Memo::new(move |_| halt.with(|h| h.as_ref().map(|h| h.since)));
    let watch = move || since.get().map(|since| elapsed(&t.get_value(), now.seconds_since(since)));
    let from = move || {
        since.get().map(|since| texts::since(&t.get_value(), start.with_value(|s| s.time).time(&t.get_value(), since)))
    };
    view! {
        <p class="alarm-since">
            <span>{from}</span>
            <b role="timer" aria-live="off">{watch}</b>
        </p>
    }
    .into_any()
}

/// Minutes and seconds: `2 min 10`.
fn elapsed(t: &Texts, seconds: i64) -> String {
    texts::watch(t, seconds / 60, format!("{:02}", seconds % 60)).replace(['\u{2068}', '\u{2069}'], "")
}

#[component]
fn Steps(halt: Signal<Option<Halt>>, leads: bool) -> impl IntoView {
    let t = use_texts();
    let start = use_start();
    let tasks: &'static [Task] = if leads { &Task::LEADING } else { &Task::LEAVING };
    let since = halt.with_untracked(|h| h.as_ref().map(|h| h.since));
    let progress = Progress::new(tasks, since);
    let row = |(index, task): (usize, Task)| {
        let t = t.clone();
        let at = since.map(|at| start.with_value(|s| s.time).time(&t, at)).unwrap_or_default();
        let (title, hint) = task.words(&t, at);
        let present = Memo::new(move |_| progress.present() == Some(task));
        let done = Memo::new(move |_| progress.is_done(task));
        let last = Memo::new(move |_| progress.last() == Some(task));
        let tick = Callback::new(move |()| progress.tick(task));
        let untick = Callback::new(move |()| progress.untick());
        let t = StoredValue::new(t);
        let act = move || {
            let t = t.get_value();
            if present.get() {
                view! { <Action label=texts::done(&t) act=tick key=Some("F") weight=Weight::Main /> }.into_any()
            } else if last.get() {
                view! { <Action label=texts::undo(&t) act=untick key=Some("Z") /> }.into_any()
            } else {
                ().into_any()
            }
        };
        let mark = move || if done.get() { "✓".to_owned() } else { (index + 1).to_string() };
        view! {
            <li class:done=done class:now=present aria-current=move || present.get().then_some("step")>
                <span class="alarm-mark" aria-hidden="true">{mark}</span>
                <div><strong>{title}</strong><p>{hint}</p></div>
                {act}
            </li>
        }
        .into_any()
    };
    let rows = tasks.iter().copied().enumerate().map(row).collect_view();
    view! { <section><h2>{texts::what_to_do(&t)}</h2><ol class="alarm-steps">{rows}</ol></section> }.into_any()
}

/// How many people are inside, as far as is known.
#[component]
fn ToCount(halt: Signal<Option<Halt>>) -> impl IntoView {
    let t = use_texts();
    let inside = Memo::new(move |_| halt.with(|h| h.as_ref().map(|h| h.inside.clone())));
    move || {
        inside.get().map(|inside| {
            let row = |crowd: Crowd, words: String| {
                (crowd.numbers > 0).then(|| {
                    let words = format!("{words} · {}", numbers(&t, crowd.numbers));
                    view! { <dt>{crowd.people}</dt><dd>{words}</dd> }.into_any()
                })
            };
            view! {
                <section class="alarm-card">
                    <h2>{texts::count(&t, inside.people())}</h2>
                    <dl class="alarm-count">
                        {row(inside.waiting, texts::waiting(&t))}
                        {row(inside.received, texts::received(&t))}
                        {row(inside.set_aside, texts::set_aside(&t))}
                        <dt>{inside.places}</dt><dd>{texts::staff(&t, inside.places)}</dd>
                    </dl>
                    <p class="soft">{texts::count_note(&t)}</p>
                </section>
            }
            .into_any()
        })
    }
}

/// Whoever cannot leave or hear an alarm alone.
#[component]
fn ToFetch(halt: Signal<Option<Halt>>) -> impl IntoView {
    let t = use_texts();
    let start = use_start();
    let first = Memo::new(move |_| halt.with(|h| h.as_ref().map(|h| h.inside.first.clone())).unwrap_or_default());
    move || {
        let row = |who: FetchFirst| {
            let at = match who.place {
                Some(place) => start.with_value(|s| words::desk(&t, &s.centre.place_name(place))),
                None if who.set_aside => texts::fetch_set_aside(&t),
                None => texts::fetch_waiting(&t),
            };
            let why: BTreeSet<String> = who.because.iter().filter_map(|a| because(&t, *a)).collect();
            let words = why.into_iter().chain([at]).collect::<Vec<_>>().join(" · ");
            view! { <li><Sign sign=who.sign letter=Some(who.number.letter.get()) /><b><Number of=who.number /></b>{words}</li> }
                .into_any()
        };
        let all = first.get();
        let list = if all.is_empty() {
            view! { <p>{texts::fetch_nobody(&t)}</p> }.into_any()
        } else {
            view! { <ul class="alarm-fetch">{all.into_iter().map(row).collect_view()}</ul> }.into_any()
        };
        view! {
            <section class="alarm-card">
                <h2>{texts::fetch(&t)}</h2>
                {list}
                <p class="soft">{texts::fetch_note(&t)}</p>
            </section>
        }
        .into_any()
    }
}

fn because(t: &Texts, what: Accommodation) -> Option<String> {
    match what {
        Accommodation::Wheelchair => Some(texts::fetch_wheelchair(t)),
        Accommodation::HearingLoop | Accommodation::SignLanguage => Some(texts::fetch_hearing(t)),
        Accommodation::Quiet => None,
    }
}

/// The day goes on only by a hand that means it.
#[component]
fn Resume(halt: Signal<Option<Halt>>, leads: bool) -> impl IntoView {
    let t = use_texts();
    let acts = use_acts();
    let kept = Memo::new(move |_| {
        halt.with(|h| h.as_ref().map_or(0, |h| h.inside.waiting.numbers + h.inside.set_aside.numbers))
    });
    let resume = Callback::new(move |()| acts.run(move |key| api::act(acts.centre(), Command::ResumeDay, key)));
    let button = leads.then(|| {
        view! { <Hold label=texts::resume(&t) hint=texts::resume_hint(&t) holding=texts::resume_holding(&t) act=resume /> }
            .into_any()
    });
    let lead = if leads { texts::resume_lead(&t) } else { texts::resume_by_welcome(&t) };
    let words = StoredValue::new(t);
    let kept = move || texts::resume_kept(&words.get_value(), kept.get());
    view! {
        <footer class="alarm-resume">
            <div><p><b>{lead}</b></p><p class="soft">{kept}</p><TroubleBanner /></div>
            {button}
        </footer>
    }
    .into_any()
}

/// The word for every other reason: calm, above what is there.
#[component]
pub(super) fn HaltBanner(
    /// Why everything stands still, if it does.
    #[prop(into)]
    halt: Signal<Option<Halt>>,
) -> impl IntoView {
    let t = use_texts();
    let start = use_start();
    let leads = start.with_value(|s| leads(&s.staff));
    let why = Memo::new(move |_| halt.with(|h| h.as_ref().map(|h| (h.reason, h.since))));
    move || {
        why.get().filter(|(reason, _)| *reason != SuspendReason::FireAlarm).map(|(reason, since)| {
            let since = texts::halted_since(&t, start.with_value(|s| s.time).time(&t, since));
            let by_welcome = (!leads).then(|| texts::resume_by_welcome(&t));
            view! { <div class="banner stop"><p><b>{since}</b>" "{to_staff(&t, reason)}" "{by_welcome}</p></div> }
                .into_any()
        })
    }
}

/// What staff do, for every reason but the alarm's.
fn to_staff(t: &Texts, reason: SuspendReason) -> String {
    match reason {
        SuspendReason::FireAlarm => texts::title_leave(t),
        SuspendReason::PowerCut => texts::power_cut(t),
        SuspendReason::Interruption => texts::interruption(t),
        SuspendReason::Other => texts::other(t),
    }
}
