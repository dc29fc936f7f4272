//! The last page before the ticket: how it really stands is its title. What was assumed can be changed by one touch.

use domain::{
    Language,
    day::{Missing, Outlook, Prospect, Remedy, WayOut},
    view::Board,
};
use leptos::prelude::*;

use super::{
    super::outlook,
    Choices, Detail, How, Question, Step, Visit,
    frame::{Page, page},
    hours::{break_soon, opening_after_today},
    parts::{asked, back, heading, hidden, link},
};
use crate::texts::{Texts, kiosk, language_name, notebook};

/// What is known of a question when a ticket is offered for it.
#[derive(Clone, Copy)]
pub struct Ready<'a> {
    /// The day.
    pub board: &'a Board,
    /// Whether somebody can receive what is asked for, and what helps if not.
    pub outlook: &'a Outlook,
    /// What is asked about.
    pub question: Question<'a>,
    /// Makes a second touch harmless.
    pub key: &'a str,
}

/// How it stands, what was assumed, and the ticket: at once where somebody can receive, else as one way among others.
pub fn ready(visit: &Visit, ready: &Ready) -> String {
    if ready.outlook.prospect == Prospect::Now { possible(visit, ready) } else { otherwise(visit, ready) }
}

fn possible(visit: &Visit, ready: &Ready) -> String {
    let t = &visit.texts;
    let question = ready.question;
    let welcome = question.need().map(|_| link(visit.to(&Step::Ready(None)), "quiet", kiosk::rather_the_welcome(t)));
    page(
        visit,
        Page {
            name: "ready",
            title: kiosk::take_number(t),
            sign: question.sign(),
            ask: truth(visit, ready, None),
            answers: view! {
                <div class="facts" id="facts" data-fresh>
                    {line(visit, ready.outlook.ahead)} {talk(visit, question)} {closing(visit, ready.board)}
                </div>
                {assumed(visit, question)}
                {show_notebook(visit)}
            }
            .into_any(),
            onward: view! {
                {back(t, before(visit, question))}
                {take_form(visit, question.code(), ready.key, kiosk::take_number(t))}
                {welcome}
                <p class="privacy">{kiosk::no_name_kept(t)}</p>
            }
            .into_any(),
        },
    )
}

/// Nobody can, or not yet: what was asked for is one way among others, and none is chosen already.
fn otherwise(visit: &Visit, ready: &Ready) -> String {
    let t = &visit.texts;
    let question = ready.question;
    let other_language = matches!(
        ready.outlook.prospect,
        Prospect::Nobody { missing: Missing::Language { .. } | Missing::Together { .. } }
    )
    .then(|| link(before(visit, question), "button plain", kiosk::other_language(t)));
    let hint = match &ready.outlook.prospect {
        Prospect::Nobody { missing: Missing::Language { .. } } => Some(kiosk::nobody_speaks_hint(t)),
        Prospect::Nobody { .. } => Some(kiosk::nobody_hint(t)),
        Prospect::Now | Prospect::From { .. } => None,
    };
    page(
        visit,
        Page {
            name: "otherwise",
            title: kiosk::what_do_you_prefer(t),
            sign: question.sign(),
            ask: truth(visit, ready, hint),
            answers: view! {
                <h2>{kiosk::what_do_you_prefer(t)}</h2>
                <ul class="choices ways-out" id="ways-out" data-fresh>{ready.outlook.ways_out.iter().map(|way| remedy(visit, question, way)).collect_view()}</ul>
                <ul class="choices ways-out">{take_anyway(visit, ready)} {other_question(visit, question)}</ul>
                <div class="facts late" id="closing" data-fresh>{closing(visit, ready.board)}</div>
                {assumed(visit, question)}
                {show_notebook(visit)}
            }
            .into_any(),
            onward: view! {
                {back(t, before(visit, question))}
                {other_language}
                <p class="privacy">{kiosk::no_name_kept(t)}</p>
            }
            .into_any(),
        },
    )
}

/// What was asked, and above all how it stands.
fn truth(visit: &Visit, ready: &Ready, hint: Option<String>) -> AnyView {
    let title = stands(visit, ready.question, ready.outlook);
    view! { {asked(visit, ready.question)} <div id="truth" data-fresh>{heading(title, hint)}</div> }.into_any()
}

/// How it stands, in one sentence.
fn stands(visit: &Visit, question: Question, standing: &Outlook) -> String {
    let t = &visit.texts;
    match &standing.prospect {
        Prospect::Now => kiosk::before_you(t, standing.ahead),
        Prospect::From { at } => kiosk::possible_from(t, visit.time.time(t, *at)),
        Prospect::Nobody { missing } => outlook::nobody(t, question.need().is_some(), missing),
    }
}

/// The most numbers that are drawn.
const DRAWN: u32 = 10;

/// The numbers that are before, and you at the end of the line.
fn line(visit: &Visit, ahead: u32) -> AnyView {
    let numbers = (0..ahead.min(DRAWN)).map(|_| view! { <i></i> }).collect_view();
    let more = ahead.saturating_sub(DRAWN);
    let more = (more > 0).then(|| view! { <b dir="ltr">{format!("+\u{2009}{more}")}</b> });
    view! {
        <div class="fact line">
            <div class="queue" aria-hidden="true" dir=visit.texts.direction()>{more} {numbers} <span class="you"><i></i> <b>{kiosk::you(&visit.texts)}</b></span></div>
        </div>
    }
    .into_any()
}

/// Who receives, and in which language.
fn talk(visit: &Visit, question: Question) -> AnyView {
    let t = &visit.texts;
    let here = match question {
        Question::About(..) => kiosk::on_duty(t),
        Question::Welcome => kiosk::welcome_on_duty(t),
    };
    let spoken = visit.choices.talk.as_ref().map(|language| view! { <p>{spoken(t, visit.choices.how, language)}</p> });
    view! { <div class="fact here"><p class="duty">{here}</p> {spoken}</div> }.into_any()
}

fn spoken(t: &Texts, how: How, language: &Language) -> String {
    let name = language_name(t, language);
    match how {
        How::Speaks => kiosk::we_speak(t, name),
        How::Accompanied => kiosk::translated(t, name),
        How::Interpreter => kiosk::interpreted(t, name),
    }
}

/// Near a break, when it is; near closing hour, that a talk is no longer likely.
fn closing(visit: &Visit, board: &Board) -> Option<AnyView> {
    if let Some(said) = break_soon(visit, board) {
        return Some(said);
    }
    let closes = board.closes?;
    let last = chrono::Duration::minutes(i64::from(visit.centre.policies.last_talk_minutes));
    if visit.now + last < closes {
        return None;
    }
    let t = &visit.texts;
    let hint = opening_after_today(visit).map(|when| view! { <p>{kiosk::talk_unlikely_hint(t, when)}</p> });
    let time = visit.time.time(t, closes);
    let sentence = if visit.now < closes { kiosk::talk_unlikely(t, time) } else { kiosk::talk_unlikely_after(t, time) };
    Some(view! { <div class="fact late"><p class="duty">{sentence}</p> {hint}</div> }.into_any())
}

/// What was assumed or said: each changes by one touch.
fn assumed(visit: &Visit, question: Question) -> AnyView {
    let t = &visit.texts;
    let one = |detail: Detail| {
        let address = visit.to(&Step::Details(question.code(), detail));
        let said = detail.said(t, &visit.choices);
        view! { <li><a class="assumed" href=address><strong>{said}</strong> <small>{kiosk::change(t)}</small></a></li> }
    };
    view! {
        <section class="understood">
            <h2>{kiosk::understood(t)}</h2>
            <ul>{Detail::ALL.map(one).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// A sentence that one can say, and how it then stands.
fn way(drawing: &'static str, sentence: String, hint: String) -> AnyView {
    view! { <i class=format!("drawing {drawing}") aria-hidden="true"></i> <span class="words"><strong>{sentence}</strong><small>{hint}</small></span> }
        .into_any()
}

fn remedy(visit: &Visit, question: Question, way_out: &WayOut) -> AnyView {
    let t = &visit.texts;
    let drawing = match way_out.remedy {
        Remedy::Accompanied => "accompanied",
        Remedy::Interpreter => "interpreter",
        Remedy::WithoutAccommodations => "without",
        Remedy::Welcome => "welcome",
    };
    let step = match way_out.remedy {
        Remedy::Welcome => Step::Ready(None),
        Remedy::Accompanied | Remedy::Interpreter | Remedy::WithoutAccommodations => Step::Ready(question.code()),
    };
    let address = visit.with(&step, &visit.choices.remedied(way_out.remedy));
    let sentence = outlook::remedy(t, way_out.remedy);
    let brings = outlook::brings(t, visit.time, way_out);
    view! { <li><a class="choice way" href=address>{way(drawing, sentence, brings)}</a></li> }.into_any()
}

/// The number all the same: for later today, or for the welcome to find a way.
fn take_anyway(visit: &Visit, ready: &Ready) -> AnyView {
    let t = &visit.texts;
    let (drawing, sentence, hint) = match &ready.outlook.prospect {
        Prospect::From { at } => (
            "later",
            kiosk::back_at(t, visit.time.time(t, *at)),
            kiosk::back_at_hint(t, kiosk::at_most(t, ready.outlook.ahead)),
        ),
        Prospect::Now | Prospect::Nobody { .. } => {
            ("number", kiosk::take_number_anyway(t), kiosk::take_number_anyway_hint(t))
        }
    };
    let fields = take_fields(visit, ready.question.code(), ready.key);
    view! {
        <li>
            <form method="post" action=visit.action("/take") id="take">
                {fields}
                <button class="choice way">{way(drawing, sentence, hint)}</button>
            </form>
        </li>
    }
    .into_any()
}

fn other_question(visit: &Visit, question: Question) -> Option<AnyView> {
    let Question::About(_, space) = question else { return None };
    let address = visit.with(&Step::Space(space.letter), &visit.choices.before_the_question());
    let sentence = kiosk::other_question(&visit.texts);
    Some(
        view! { <li><a class="choice way" href=address><i class="drawing other" aria-hidden="true"></i> <span class="words"><strong>{sentence}</strong></span></a></li> }
            .into_any(),
    )
}

/// The language is asked again on the way back.
fn before(visit: &Visit, question: Question) -> String {
    let choices = Choices { talk: None, how: How::Speaks, ..visit.choices.clone() };
    visit.with(&Step::Talk(question.code()), &choices)
}

/// What a form sends that takes the ticket: the same key again gives the same ticket.
fn take_fields(visit: &Visit, need: Option<String>, key: &str) -> AnyView {
    let choices = Choices { shows_notebook: false, ..visit.choices.clone() };
    let fields = need.map(|code| ("need", code)).into_iter().chain([("key", key.to_owned())]).chain(choices.pairs());
    hidden(fields.collect())
}

/// The form that takes the ticket.
pub(super) fn take_form(visit: &Visit, need: Option<String>, key: &str, words: String) -> AnyView {
    view! {
        <form method="post" action=visit.action("/take") class="take" id="take">
            {take_fields(visit, need, key)}
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
