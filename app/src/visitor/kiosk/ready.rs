//! The page that says honestly how it stands, and offers the ticket.

use domain::{
    day::{ForWhom, PartySize},
    view::Board,
};
use leptos::prelude::*;

use super::{
    Choices, Question, Step, Visit,
    frame::{Page, page},
    hours::opening_after_today,
    parts::{Choice, back, capitalised, direction, eyebrow, heading, hidden, link},
    question::{accommodation_name, for_whom_name},
};
use crate::texts::{common, kiosk, notebook, own_name};

/// How many wait, whether somebody can help, and the ticket. `key` makes a second touch harmless.
pub fn ready(visit: &Visit, board: &Board, question: Question, key: &str) -> String {
    let t = &visit.texts;
    let title = match question {
        Question::About(need, _) => need.question.get(visit.language()).to_owned(),
        Question::Welcome => kiosk::at_the_welcome(t),
    };
    let facts = Facts::of(board, question);
    page(
        visit,
        Page {
            name: "ready",
            title: title.clone(),
            sign: question.sign(),
            ask: view! { {eyebrow(visit, question)} {heading(title, None)} }.into_any(),
            answers: view! {
                <div class="facts" id="facts" data-fresh>
                    {queue(visit, facts.waiting)} {duty(visit, question, facts.on_duty)} {closing(visit, board)}
                </div>
                {summary(visit, question)}
                {show_notebook(visit)}
                {alternatives(visit, question, facts.on_duty)}
            }
            .into_any(),
            onward: view! {
                {back(t, before(visit, question))}
                {take(visit, question, key, facts.on_duty)}
                <p class="privacy">{kiosk::no_name_kept(t)}</p>
            }
            .into_any(),
        },
    )
}

struct Facts {
    waiting: u32,
    on_duty: bool,
}

impl Facts {
    fn of(board: &Board, question: Question) -> Self {
        match question {
            // One stands in the line of the space, for whichever of its needs.
            Question::About(need, space) => Self {
                waiting: board.spaces.iter().find(|s| s.id == space.id).map_or(0, |s| s.waiting),
                on_duty: board.needs.iter().any(|n| n.id == need.id && n.on_duty),
            },
            Question::Welcome => Self { waiting: board.welcome_waiting, on_duty: board.welcome_on_duty },
        }
    }
}

/// The most people that are drawn.
const DRAWN: u32 = 12;

fn queue(visit: &Visit, waiting: u32) -> AnyView {
    let people = (0..waiting.min(DRAWN)).map(|_| view! { <i></i> }).collect_view();
    let more = waiting.saturating_sub(DRAWN);
    let more = (more > 0).then(|| view! { <b>{format!("+\u{2009}{more}")}</b> });
    view! {
        <div class="fact">
            <div class="queue" aria-hidden="true" dir=visit.texts.direction()>{more} {people} <i class="you"></i></div>
            <p class="ahead">{kiosk::ahead(&visit.texts, waiting)}</p>
        </div>
    }
    .into_any()
}

fn duty(visit: &Visit, question: Question, on_duty: bool) -> AnyView {
    let t = &visit.texts;
    let sentence = match (question, on_duty) {
        (Question::About(..), true) => kiosk::on_duty(t),
        (Question::About(..), false) => kiosk::not_on_duty(t),
        (Question::Welcome, true) => kiosk::welcome_on_duty(t),
        (Question::Welcome, false) => kiosk::welcome_not_on_duty(t),
    };
    let more = (!on_duty && question.need().is_some()).then(|| view! { <p>{kiosk::not_on_duty_ticket(t)}</p> });
    let state = if on_duty { "fact here" } else { "fact absent" };
    view! { <div class=state><p class="duty">{sentence}</p> {more}</div> }.into_any()
}

/// Near closing hour, that a talk is no longer likely.
fn closing(visit: &Visit, board: &Board) -> Option<AnyView> {
    let closes = board.closes?;
    let last = chrono::Duration::minutes(i64::from(visit.centre.policies.last_talk_minutes));
    if visit.now + last < closes {
        return None;
    }
    let t = &visit.texts;
    let hint = opening_after_today(visit).map(|when| view! { <p>{kiosk::talk_unlikely_hint(t, when)}</p> });
    let sentence = kiosk::talk_unlikely(t, visit.time.time(t, closes));
    Some(view! { <div class="fact late"><p class="duty">{sentence}</p> {hint}</div> }.into_any())
}

/// What was answered, with the way to change it.
fn summary(visit: &Visit, question: Question) -> AnyView {
    let t = &visit.texts;
    let Choices { party, for_whom, accommodations, .. } = &visit.choices;
    let people = (*party != PartySize::default()).then(|| common::people(t, u8::from(*party)));
    let whom = (*for_whom != ForWhom::Me).then(|| for_whom_name(t, *for_whom));
    let needs = accommodations.iter().map(|a| accommodation_name(t, *a));
    let items = people.into_iter().chain(whom).chain(needs).map(|words| view! { <li>{words}</li> }).collect_view();
    view! {
        <div class="summary">
            <ul>{spoken(visit)} {items}</ul>
            {link(visit.to(&Step::Details(question.code())), "button plain small", kiosk::change(t))}
        </div>
    }
    .into_any()
}

fn spoken(visit: &Visit) -> Option<AnyView> {
    let language = visit.choices.talk.as_ref()?;
    let name = capitalised(own_name(language));
    // The name stands in its own language, so that it is read aloud in it.
    let sentence = kiosk::we_speak(&visit.texts, "\u{0}");
    let bare = sentence.replace(['\u{2068}', '\u{2069}'], "");
    let (before, after) = bare.split_once('\u{0}')?;
    let (before, after) = (before.to_owned(), after.to_owned());
    let code = language.code().to_owned();
    Some(view! { <li>{before}<bdi lang=code dir=direction(language)>{name}</bdi>{after}</li> }.into_any())
}

fn alternatives(visit: &Visit, question: Question, on_duty: bool) -> Option<AnyView> {
    let Question::About(_, space) = question else { return None };
    if on_duty {
        return None;
    }
    let t = &visit.texts;
    let welcome = Choice {
        address: visit.to(&Step::Ready(None)),
        sentence: kiosk::ask_welcome(t),
        hint: Some(kiosk::ask_welcome_hint(t)),
        chip: None,
        sign: None,
    };
    let other = Choice {
        address: visit.with(&Step::Space(space.letter), &visit.choices.before_the_question()),
        sentence: kiosk::other_question(t),
        hint: None,
        chip: None,
        sign: None,
    };
    Some(view! { <h2>{kiosk::what_you_can_do(t)}</h2> <ul class="choices ways-out">{welcome.item()} {other.item()}</ul> }.into_any())
}

fn before(visit: &Visit, question: Question) -> String {
    match question {
        Question::About(..) => visit.to(&Step::Details(question.code())),
        Question::Welcome => visit.with(&Step::Talk(None), &Choices { talk: None, ..visit.choices.clone() }),
    }
}

fn take(visit: &Visit, question: Question, key: &str, on_duty: bool) -> AnyView {
    let t = &visit.texts;
    let words = if on_duty || question.need().is_none() { kiosk::take_ticket(t) } else { kiosk::take_ticket_anyway(t) };
    take_form(visit, question.code(), key, words)
}

/// The form that takes the ticket: the same key again gives the same ticket.
pub(super) fn take_form(visit: &Visit, need: Option<String>, key: &str, words: String) -> AnyView {
    let choices = Choices { shows_notebook: false, ..visit.choices.clone() };
    let fields = need.map(|code| ("need", code)).into_iter().chain([("key", key.to_owned())]).chain(choices.pairs());
    view! {
        <form method="post" action=visit.action("/take") class="take" id="take">
            {hidden(fields.collect())}
            <button class="button solid big">{words}</button>
        </form>
    }
    .into_any()
}

/// Only with a yes, which goes with the form that takes the ticket, does the counsellor see what was kept.
pub(super) fn show_notebook(visit: &Visit) -> Option<AnyView> {
    let t = &visit.texts;
    let yes = visit.choices.shows_notebook;
    (!visit.choices.notebook.is_empty()).then(|| {
        view! {
            <label class="tick show-notebook">
                <input type="checkbox" form="take" name="notebook" value="show" checked=yes />
                <span>
                    <strong>{notebook::show_to_counsellor(t)}</strong> <small>{notebook::show_to_counsellor_hint(t)}</small>
                </span>
            </label>
        }
        .into_any()
    })
}
