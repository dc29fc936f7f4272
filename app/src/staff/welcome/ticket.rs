//! One ticket in the lines, and what a host can do for it.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::{
    Language, NeedId, TicketId,
    centre::Accommodation,
    day::{Command, Flag, PriorityReason, Stage, TalkLanguage},
    view::LineItem,
};
use leptos::prelude::*;

use super::{WelcomeState, waiting::Chosen};
use crate::{
    components::{Number, Sign, spaced},
    staff::desk::words,
    texts::{desk, duration, language_name, list, minutes, use_texts, welcome, words as said},
};

/// Minutes for which a visitor can be set aside with one touch.
const PARK_MINUTES: [u32; 3] = [10, 20, 45];

#[component]
pub(super) fn Row(id: TicketId) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let chosen = expect_context::<Chosen>().0;
    let item = Memo::new(move |_| state.view.with(|v| v.tickets.iter().chain(&v.missed).find(|l| l.id == id).cloned()));
    let flagged = move |flag: Flag| item.with(|i| i.as_ref().is_some_and(|i| i.flags.contains(&flag)));
    let open = Memo::new(move |_| chosen.get() == Some(id));
    let head = move || item.get().map(|line| view! { <Head line /> }.into_any());
    let more = move || {
        let line = item.get().filter(|_| open.get())?;
        Some(view! { <Details line /> }.into_any())
    };
    let lack = Memo::new(move |_| state.lack(id));
    let lacking = move || lack.get().map(|why| view! { <p class="row-lack">{why}</p> }.into_any());
    view! {
        <li class="row" class:late=move || flagged(Flag::Late) class:open=open>
            <button
                type="button" class="row-head" aria-expanded=move || open.get().to_string()
                on:click=move |_| chosen.update(|c| *c = if *c == Some(id) { None } else { Some(id) })
            >
                {head}
            </button>
            {lacking}
            {more}
        </li>
    }
    .into_any()
}

/// Sign, number, need, where it is, wait.
#[component]
fn Head(line: LineItem) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let since = line.since;
    let waited = Memo::new(move |_| minutes(state.now.seconds_since(since)));
    let place = match line.stage {
        Stage::Called { place, .. } => Some(welcome::called_to(&t, state.place(place))),
        Stage::InTalk { place, .. } => Some(welcome::in_talk_at(&t, state.place(place))),
        Stage::Parked { until, .. } => Some(desk::until(&t, state.time(until))),
        Stage::Ended { .. } => Some(welcome::not_there(&t)),
        Stage::Waiting { .. } => None,
    };
    // How many people first: of a long question the end is cut.
    let what = words::party(&t, line.party).into_iter().chain([state.need(line.need), words::talk(&t, &line.talk)]);
    let time = place.is_none().then(|| view! { {move || duration(&state.t(), waited.get() * 60)} }.into_any());
    view! {
        <Sign sign=line.sign letter=None />
        <Number of=line.number />
        <span class="row-need">{list(what)}</span>
        <span class="row-time">{place}{time}</span>
    }
    .into_any()
}

#[component]
fn Details(line: LineItem) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let mut facts = words::facts(&t, &line);
    facts.extend(line.priority.map(|p| words::priority(&t, p)));
    let facts = facts.into_iter().map(|f| view! { <span class="chip">{f}</span> }.into_any()).collect_view();
    let id = line.id;
    let open = Memo::new(move |_| state.is_day_open());
    let acts = move || match (&line.stage, open.get()) {
        (Stage::Waiting { .. }, true) => {
            let (talk, moved) = (line.clone(), line.clone());
            view! { <Talk line=talk /><Forward id /><Move line=moved /><Park id /><Away id /> }.into_any()
        }
        // While everything stands still, people may leave; nothing else moves.
        (Stage::Waiting { .. }, false) => view! { <Away id /> }.into_any(),
        (Stage::Called { .. }, true) => view! { <WhileCalled id /> }.into_any(),
        (Stage::Parked { .. }, true) => {
            view! { <One label=desk::resume(&t) command=Command::Resume { ticket: id } /> }.into_any()
        }
        (Stage::Ended { .. }, true) => {
            view! { <One label=welcome::is_here(&t) command=Command::ComeBack { ticket: id } /> }.into_any()
        }
        (Stage::InTalk { .. }, _) | (_, false) => ().into_any(),
    };
    view! {
        <div class="row-more">
            <div class="facts small">{facts}</div>
            {acts}
        </div>
    }
    .into_any()
}

/// A button for one command.
#[component]
fn One(label: String, command: Command) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let command = StoredValue::new(command);
    view! { <button type="button" class="pill" on:click=move |_| state.send(command.get_value())>{label}</button> }
        .into_any()
}

/// How the talk is held and what it requires: one touch each.
#[component]
fn Talk(line: LineItem) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let id = line.id;
    let correct = move |talk: TalkLanguage, accommodations: BTreeSet<Accommodation>| {
        state.send(Command::CorrectRequirements { ticket: id, talk, accommodations });
    };
    let spoken = line.talk.language().clone();
    let ways = [
        (welcome::speaks(&t), TalkLanguage::Speaks(spoken.clone())),
        (welcome::accompanied(&t), TalkLanguage::Accompanied(spoken.clone())),
        (welcome::interpreter(&t), TalkLanguage::NeedsInterpreter(spoken.clone())),
    ]
    .map(|(label, talk)| {
        let is_now = talk == line.talk;
        let with = line.accommodations.clone();
        let change = move |_| {
            if !is_now {
                correct(talk.clone(), with.clone());
            }
        };
        view! { <button type="button" class="pill" aria-pressed=is_now.to_string() on:click=change>{label}</button> }
            .into_any()
    });
    let needs = Accommodation::ALL.map(|what| {
        let mut with = line.accommodations.clone();
        let is_now = with.contains(&what);
        if is_now {
            with.remove(&what);
        } else {
            with.insert(what);
        }
        let talk = line.talk.clone();
        let change = move |_| correct(talk.clone(), with.clone());
        let label = said::accommodation(&t, what);
        view! { <button type="button" class="pill" aria-pressed=is_now.to_string() on:click=change>{label}</button> }
            .into_any()
    });
    let languages = {
        let mut offered: Vec<Language> = state.centre(|c| c.talk_languages.clone());
        if !offered.contains(&spoken) {
            offered.insert(0, spoken.clone());
        }
        let option = |l: Language| {
            view! { <option value=l.code().to_owned() selected=l == spoken>{language_name(&t, &l)}</option> }.into_any()
        };
        offered.into_iter().map(option).collect_view()
    };
    let other = {
        let (talk, with) = (line.talk.clone(), line.accommodations.clone());
        move |event: leptos::ev::Event| {
            if let Ok(language) = event_target_value(&event).parse::<Language>() {
                let to = match talk {
                    TalkLanguage::Speaks(_) => TalkLanguage::Speaks(language),
                    TalkLanguage::Accompanied(_) => TalkLanguage::Accompanied(language),
                    TalkLanguage::NeedsInterpreter(_) => TalkLanguage::NeedsInterpreter(language),
                };
                correct(to, with.clone());
            }
        }
    };
    view! {
        <div class="row-acts">
            <h3>{welcome::talk_language(&t)}</h3>
            <select aria-label=welcome::talk_language(&t) on:change=other>{languages}</select>
            {ways.into_iter().collect_view()}
        </div>
        <div class="row-acts">
            <h3>{welcome::accommodations(&t)}</h3>
            {needs.into_iter().collect_view()}
        </div>
    }
    .into_any()
}

/// Before others, with a reason from the list.
#[component]
fn Forward(id: TicketId) -> impl IntoView {
    let t = use_texts();
    let reasons = PriorityReason::CHOSEN.map(|reason| {
        let label = match reason {
            PriorityReason::HardToWait => welcome::forward_hard_to_wait(&t),
            PriorityReason::SmallChild => welcome::forward_small_child(&t),
            PriorityReason::OurMistake => welcome::forward_our_mistake(&t),
            PriorityReason::LeavesSoon => welcome::forward_leaves_soon(&t),
            PriorityReason::Safeguarding | PriorityReason::Slip => welcome::forward_safeguarding(&t),
        };
        view! { <One label command=Command::Prioritise { ticket: id, reason } /> }.into_any()
    });
    view! {
        <div class="row-acts">
            <h3>{welcome::forward(&t)}</h3>
            {reasons.into_iter().collect_view()}
        </div>
    }
    .into_any()
}

/// Another need: the place in the line stays.
#[component]
fn Move(line: LineItem) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let (id, number) = (line.id, spaced(line.number));
    let chosen = RwSignal::new(line.need);
    let before = line.need;
    let same = move || (chosen.get() == before).then_some("true");
    let apply = move |_| {
        let need = chosen.get_untracked();
        if need != before {
            state.send(Command::CorrectNeed { ticket: id, need });
        }
    };
    view! {
        <div class="row-acts">
            <h3>{welcome::other_need(&t)}</h3>
            <NeedChoice chosen label=desk::need_title(&t, number) />
            <button type="button" class="pill" aria-disabled=same on:click=apply>{desk::correct_need(&t)}</button>
        </div>
    }
    .into_any()
}

/// A need to choose, by space; the first entry is the welcome.
#[component]
pub(super) fn NeedChoice(chosen: RwSignal<Option<NeedId>>, label: String) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let language = state.language();
    let now = chosen.get_untracked();
    let groups = state.centre(|c| {
        c.spaces
            .iter()
            .map(|space| {
                let option = |n: &domain::centre::Need| {
                    let label = n.label.get(&language).to_owned();
                    view! { <option value=n.id.to_string() selected=now == Some(n.id)>{label}</option> }.into_any()
                };
                let options = c.needs_of(space.id).map(option).collect_view();
                let name = format!("{} · {}", space.letter, space.name.get(&language));
                view! { <optgroup label=name>{options}</optgroup> }.into_any()
            })
            .collect_view()
    });
    view! {
        <select aria-label=label on:change=move |e| chosen.set(event_target_value(&e).parse().ok())>
            <option value="">{desk::welcome_need(&state.t())}</option>
            {groups}
        </select>
    }
    .into_any()
}

/// Set aside for a while.
#[component]
fn Park(id: TicketId) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let choices = PARK_MINUTES.map(|n| {
        let park = move |_| {
            let until = state.now.get_untracked() + Duration::minutes(i64::from(n));
            state.send(Command::Park { ticket: id, until });
        };
        view! { <button type="button" class="pill" on:click=park>{desk::for_minutes(&t, n)}</button> }.into_any()
    });
    view! {
        <div class="row-acts">
            <h3>{welcome::set_aside(&t)}</h3>
            {choices.into_iter().collect_view()}
        </div>
    }
    .into_any()
}

/// The visitor leaves, or the ticket was a mistake.
#[component]
fn Away(id: TicketId) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="row-acts">
            <One label=welcome::leaves(&t) command=Command::Leave { ticket: id } />
            <One label=welcome::take_back(&t) command=Command::TakeBack { ticket: id } />
        </div>
    }
    .into_any()
}

#[component]
fn WhileCalled(id: TicketId) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="row-acts">
            <One label=desk::recall(&t) command=Command::Recall { ticket: id } />
            <One label=desk::put_back(&t) command=Command::PutBack { ticket: id } />
            <One label=desk::no_show(&t) command=Command::NoShow { ticket: id } />
        </div>
    }
    .into_any()
}
