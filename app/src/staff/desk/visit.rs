//! The middle: the visitor who is called or here, with the actions of that moment; or what comes next.

use domain::{
    day::{Activity, Channel, Command, Stage},
    view::{LineItem, Visit},
};
use leptos::prelude::*;

use super::{
    DeskState,
    opening::Signs,
    panels::Panels,
    state::{Moment, Open},
    undo::Undo,
    words,
};
use crate::{
    components::{Number, Sign, sign_class, spaced},
    staff::parts::{Action, Weight},
    texts::{desk, duration, use_texts},
};

#[component]
pub(super) fn Here() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let moment = state.moment;
    let top = move || match moment.get() {
        Some(Moment::Called(_) | Moment::Talk(_)) => view! { <Visitor /> }.into_any(),
        Some(Moment::Free) => view! { <Free /> }.into_any(),
        Some(Moment::Joining(place)) => {
            let title = desk::joining(&state.t(), state.place_with_space(place));
            view! { <Calm title lead=desk::joining_lead(&state.t()) /> }.into_any()
        }
        Some(Moment::Away) => view! { <Calm title=away_title(state) lead=String::new() /> }.into_any(),
        None => ().into_any(),
    };
    let bottom = move || match moment.get() {
        Some(Moment::Called(_)) => view! { <CalledActions /> }.into_any(),
        Some(Moment::Talk(_)) => view! { <TalkActions /> }.into_any(),
        Some(Moment::Free) => view! { <FreeActions /> }.into_any(),
        Some(Moment::Joining(_)) => {
            let leave = state.at_place(|place| Command::LeaveTalk { place });
            let t = state.t();
            view! { <Action label=desk::leave_talk(&t) act=leave key=Some("Q") weight=Weight::Main /> }.into_any()
        }
        Some(Moment::Away) => {
            let back = state.at_place(|place| Command::BackFromPause { place });
            let t = state.t();
            view! { <Action label=desk::back(&t) act=back key=Some("R") weight=Weight::Main /> }.into_any()
        }
        None => ().into_any(),
    };
    view! {
        <div class="here-top">{top}</div>
        <div class="here-middle"><Panels /></div>
        <Undo />
        <div class="acts">{bottom}</div>
        <Said />
    }
    .into_any()
}

fn away_title(state: DeskState) -> String {
    let until = state.mine.with(|m| match m.as_ref().map(|m| m.activity) {
        Some(Activity::Away { until }) => until,
        _ => None,
    });
    let t = state.t();
    until.map_or_else(|| desk::away(&t), |until| desk::away_until(&t, state.time(until)))
}

/// One sentence in a quiet middle.
#[component]
fn Calm(title: String, lead: String) -> impl IntoView {
    view! {
        <div class="calm">
            <Signs />
            <h2>{title}</h2>
            <p>{lead}</p>
        </div>
    }
    .into_any()
}

/// What is said to those who cannot see: every change of the moment.
#[component]
fn Said() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let number = move || state.visit.with(|v| v.as_ref().map(|v| spaced(v.line.number))).unwrap_or_default();
    let said = move || {
        let t = state.t();
        match state.moment.get() {
            Some(Moment::Called(_)) => desk::said_number_called(&t, number()),
            Some(Moment::Talk(_)) => desk::said_number_here(&t, number()),
            Some(Moment::Free) if !state.is_day_open() => desk::nobody_is_called(&t),
            Some(Moment::Free) => desk::said_free(&t),
            _ => String::new(),
        }
    };
    view! { <p class="unseen" role="status" aria-live="assertive">{said}</p> }.into_any()
}

// --- nobody here ---

#[component]
fn Free() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let next = Memo::new(move |_| state.view.with(|v| v.for_me.first().cloned()));
    let others = Memo::new(move |_| state.view.with(|v| !v.for_others.is_empty()));
    let open = Memo::new(move |_| state.is_day_open());
    move || {
        if !open.get() {
            let t = state.t();
            return view! { <Calm title=desk::nobody_is_called(&t) lead=desk::nobody_is_called_lead(&t) /> }.into_any();
        }
        if let Some(line) = next.get() {
            return view! { <Next line /> }.into_any();
        }
        let t = state.t();
        let lead = if others.get() { desk::nobody_lead_others(&t) } else { desk::nobody_lead(&t) };
        view! { <Calm title=desk::nobody(&t) lead /> }.into_any()
    }
}

/// Who will be called.
#[component]
fn Next(line: LineItem) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let since = line.since;
    let waited = Memo::new(move |_| state.now.seconds_since(since) / 60);
    let facts = facts(&words::facts(&t, &line));
    view! {
        <div class=format!("who next {}", sign_class(line.sign))>
            <Sign sign=line.sign letter=Some(line.number.letter.get()) />
            <div class="who-words">
                <p class="who-over">{desk::next_hint(&t)}</p>
                <h2 class="who-number" id="visitor" tabindex="-1"><Number of=line.number /></h2>
                <p>{need_words(state, &line)}</p>
            </div>
            <p class="who-clock">
                <b>{desk::free(&t)}</b>
                <span>{move || desk::waited(&state.t(), duration(&state.t(), waited.get() * 60))}</span>
            </p>
        </div>
        {facts}
    }
    .into_any()
}

#[component]
fn FreeActions() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let first = Memo::new(move |_| state.view.with(|v| v.for_me.first().map(|l| l.number)));
    move || {
        first.get().filter(|_| state.is_day_open()).map(|number| {
            let call = state.at_place(|place| Command::CallNext { place });
            let label = desk::next(&state.t(), spaced(number));
            view! { <Action label=label act=call key=Some("N") weight=Weight::Main /> }.into_any()
        })
    }
}

// --- somebody here ---

/// Space and need of a line: `Je cherche du travail · CV, candidature`.
fn need_words(state: DeskState, line: &LineItem) -> String {
    let need = state.need(line.need);
    state.space_of(line.need).map_or(need.clone(), |space| format!("{space} · {need}"))
}

fn facts(words: &[String]) -> AnyView {
    let chips = words.iter().map(|w| view! { <li class="chip">{w.clone()}</li> }.into_any()).collect_view();
    view! { <ul class="facts">{chips}</ul> }.into_any()
}

#[component]
fn Visitor() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let heading = NodeRef::<leptos::html::H2>::new();
    keep_focus(state, heading);
    let line = Memo::new(move |_| state.visit.with(|v| v.as_ref().map(|v| v.line.clone())));
    let who = move || {
        line.get().map(|line| {
            view! {
                <Sign sign=line.sign letter=Some(line.number.letter.get()) />
                <div class="who-words">
                    <h2 class="who-number" tabindex="-1" node_ref=heading><Number of=line.number /></h2>
                    <p>{need_words(state, &line)}</p>
                </div>
            }
            .into_any()
        })
    };
    let class = move || format!("who {}", sign_class(line.with(|l| l.as_ref().map_or(0, |l| l.sign))));
    let more = move || state.visit.get().map(|visit| view! { <Facts visit /> }.into_any());
    view! {
        <div class=class>
            {who}
            <Clock />
        </div>
        {more}
    }
    .into_any()
}

/// When the buttons of one moment give way to those of the next, the focus goes to the visitor's number,
/// so that a second press of the same key does nothing.
fn keep_focus(state: DeskState, heading: NodeRef<leptos::html::H2>) {
    Effect::new(move |before: Option<Option<Moment>>| {
        let now = state.moment.get();
        if let Some(heading) = heading.get()
            && before.is_none_or(|b| b != now)
        {
            // A heading that is there can be focused; if it just went, nothing is lost.
            let _ = heading.focus();
        }
        now
    });
}

/// How long this has been going on.
#[component]
fn Clock() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let stage = Memo::new(move |_| state.visit.with(|v| v.as_ref().map(|v| (v.line.stage.clone(), v.waited_seconds))));
    move || {
        stage.get().map(|(stage, waited)| {
            let t = state.t();
            let had_waited = desk::had_waited(&t, duration(&t, waited));
            match stage {
                Stage::Called { since, recalls, .. } => {
                    let watch =
                        move || desk::called_since(&state.t(), words::stopwatch(state.now.seconds_since(since)));
                    let again = (recalls > 0).then(|| desk::recalls(&t, recalls));
                    view! {
                        <p class="who-clock">
                            <b>{desk::called(&t)}</b>
                            <span role="timer">{watch}</span>
                            <span>{again.unwrap_or(had_waited)}</span>
                        </p>
                    }
                    .into_any()
                }
                Stage::InTalk { since, .. } => {
                    let minutes = Memo::new(move |_| state.now.seconds_since(since) / 60);
                    let watch = move || duration(&state.t(), minutes.get() * 60);
                    view! {
                        <p class="who-clock">
                            <b>{desk::in_talk(&t)}" · "<span role="timer">{watch}</span></b>
                            <span>{desk::in_talk_since(&t, state.time(since))}</span>
                            <span>{had_waited}</span>
                        </p>
                    }
                    .into_any()
                }
                _ => ().into_any(),
            }
        })
    }
}

/// Everything that helps to receive this visitor well.
#[component]
fn Facts(visit: Visit) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let mut chips = words::facts(&t, &visit.line);
    if let Some(reason) = visit.line.priority {
        chips.push(words::priority(&t, reason));
    }
    if let Some((place, need)) = visit.from {
        let from = state.place_capital(place);
        chips.push(match need {
            Some(need) => desk::comes_from_need(&t, from, state.need(Some(need))),
            None => desk::comes_from(&t, from),
        });
    }
    if visit.returns {
        chips.push(desk::goes_back(&t));
    }
    if let Some(reason) = visit.refused {
        chips.push(desk::refused_because(&t, words::refusal(&t, reason)));
    }
    let silent = (visit.line.channel != Channel::Here)
        .then(|| view! { <p class="banner note">{desk::not_called_aloud(&t)}</p> }.into_any());
    view! { {silent}{facts(&chips)} }.into_any()
}

#[component]
fn CalledActions() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let recall = state.about_visitor(|ticket| Command::Recall { ticket });
    let put_back = state.about_visitor(|ticket| Command::PutBack { ticket });
    let no_show = state.about_visitor(|ticket| Command::NoShow { ticket });
    let arrived = state.about_visitor(|ticket| Command::Arrive { ticket });
    let ready = Signal::derive(move || state.is_day_open());
    view! {
        <Action label=desk::recall(&t) act=recall key=Some("R") ready />
        <Action label=desk::hold(&t) act=state.toggle(Open::Hold) key=Some("M") ready />
        <Action label=desk::put_back(&t) act=put_back key=Some("B") ready />
        <Action label=desk::no_show(&t) act=no_show key=Some("X") weight=Weight::Stop ready />
        <Action label=desk::arrived(&t) act=arrived key=Some("A") weight=Weight::Main ready />
    }
    .into_any()
}

#[component]
fn TalkActions() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let pressed = move |what: Open| Signal::derive(move || state.panel.get() == Some(what));
    let need = Callback::new(move |()| {
        if let Some(ticket) = state.ticket() {
            state.toggle(Open::Need(ticket)).run(());
        }
    });
    let need_open = Signal::derive(move || matches!(state.panel.get(), Some(Open::Need(_))));
    // A talk may end while everything stands still; nobody is sent anywhere.
    let ready = Signal::derive(move || state.is_day_open());
    view! {
        <Action label=desk::hold(&t) act=state.toggle(Open::Hold) key=Some("M") pressed=pressed(Open::Hold) ready />
        <Action label=desk::hand_over(&t) act=state.toggle(Open::HandOver) key=Some("P") pressed=pressed(Open::HandOver) ready />
        <Action label=desk::advice(&t) act=state.toggle(Open::Advice) key=Some("C") pressed=pressed(Open::Advice) />
        <Action label=desk::correct_need(&t) act=need key=Some("K") pressed=need_open ready />
        <Action label=desk::finish(&t) act=state.toggle(Open::Finish) key=Some("T") weight=Weight::Main />
    }
    .into_any()
}
