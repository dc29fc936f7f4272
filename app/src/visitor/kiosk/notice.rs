//! Pages for what is not possible: why, and what to do instead.

use domain::{
    Instant, Language,
    day::{Reason, SuspendReason},
};
use leptos::prelude::*;

use super::{
    super::{Head, document},
    Question, Step, Visit,
    frame::{Page, page},
    hours::{is_within_hours, next_opening, opening_after_today, week},
    parts::{Choice, eyebrow, heading, link, reason},
    ready::{show_notebook, take_form},
};
use crate::{
    components::Exit,
    texts::{Texts, kiosk, words},
};

/// Something that is not possible.
#[derive(Clone, Copy, Debug)]
pub enum Notice<'a> {
    /// A need gives no more tickets.
    NeedClosed(Question<'a>, Reason),
    /// The day is not open.
    Closed,
    /// The doors are shut between two periods of the day, until then.
    Break(Instant),
    /// Everything stands still.
    Suspended(SuspendReason),
    /// The last number was given.
    NumbersExhausted,
    /// The request for a ticket could not be kept; it can be sent again with the same key.
    NotSaved(Question<'a>, &'a str),
    /// This kiosk gives no more numbers until the host has looked.
    Stopped,
    /// What was asked could not be kept.
    Failed,
    /// Too many requests at once.
    TooMany,
    /// The ticket cannot be taken back any more.
    AlreadyCalled,
    /// There is no such page.
    NoSuchPage,
}

/// The page of a notice.
pub fn notice(visit: &Visit, notice: Notice) -> String {
    match notice {
        Notice::NeedClosed(question, why) => need_closed(visit, question, why),
        Notice::Closed => closed(visit),
        Notice::Break(until) => on_break(visit, until),
        Notice::Suspended(why) => suspended(visit, why),
        Notice::NotSaved(question, key) => not_saved(visit, question, key),
        Notice::NumbersExhausted
        | Notice::Stopped
        | Notice::Failed
        | Notice::TooMany
        | Notice::AlreadyCalled
        | Notice::NoSuchPage => plain(visit, notice),
    }
}

fn need_closed(visit: &Visit, question: Question, why: Reason) -> String {
    let t = &visit.texts;
    let title = kiosk::need_closed(t);
    let other = match question {
        Question::About(_, space) => Step::Space(space.letter),
        Question::Welcome => Step::Start,
    };
    page(
        visit,
        Page {
            name: "need-closed",
            title: title.clone(),
            sign: question.sign(),
            ask: view! {
                {eyebrow(visit, question)}
                {heading(title, None)}
                {question.need().map(|need| view! { <p class="asked">{need.question.get(visit.language()).to_owned()}</p> })}
                <p class="hint">{reason(t, why)}</p>
            }
            .into_any(),
            answers: view! {
                <h2>{kiosk::what_you_can_do(t)}</h2>
                <ul class="choices ways-out">{ask_welcome(visit, question)} {other_question(visit, &other)} {come_back(visit)}</ul>
            }
            .into_any(),
            onward: link(visit.start(), "button plain", kiosk::back_to_start(t)),
        },
    )
}

fn ask_welcome(visit: &Visit, question: Question) -> Option<AnyView> {
    question.need()?;
    let choice = Choice {
        address: visit.with(&Step::Talk(None), &visit.choices.before_the_question()),
        sentence: kiosk::ask_welcome(&visit.texts),
        hint: Some(kiosk::ask_welcome_hint(&visit.texts)),
        chip: None,
        sign: None,
    };
    Some(choice.item())
}

fn other_question(visit: &Visit, step: &Step) -> AnyView {
    Choice {
        address: visit.with(step, &visit.choices.before_the_question()),
        sentence: kiosk::other_question(&visit.texts),
        hint: None,
        chip: None,
        sign: None,
    }
    .item()
}

fn come_back(visit: &Visit) -> Option<AnyView> {
    let t = &visit.texts;
    let when = opening_after_today(visit)?;
    let (sentence, hint) = (kiosk::come_back(t, when), kiosk::come_back_hint(t));
    Some(
        view! { <li class="choice still"><span class="words"><strong>{sentence}</strong><small>{hint}</small></span></li> }
            .into_any(),
    )
}

fn closed(visit: &Visit) -> String {
    let t = &visit.texts;
    // The day is to be opened, or was closed early: the page does not promise either.
    let now = is_within_hours(visit);
    let title = if now { kiosk::not_open_now(t) } else { kiosk::centre_closed(t) };
    let hint =
        if now { Some(kiosk::not_open_now_hint(t)) } else { next_opening(visit).map(|when| kiosk::opens(t, when)) };
    with_hours(visit, "closed", title, hint)
}

fn on_break(visit: &Visit, until: Instant) -> String {
    let t = &visit.texts;
    let time = || visit.time.time(t, until);
    with_hours(visit, "break", kiosk::on_break(t, time()), Some(kiosk::on_break_hint(t, time())))
}

/// A page that says why nobody is received now, with the hours of the next days.
fn with_hours(visit: &Visit, name: &'static str, title: String, hint: Option<String>) -> String {
    let t = &visit.texts;
    let days = week(visit).into_iter().enumerate().map(|(i, (day, periods))| {
        let hours = if periods.is_empty() { kiosk::closed_all_day(t) } else { periods.join(" · ") };
        view! { <tr class:today={i == 0}><th scope="row">{day}</th><td>{hours}</td></tr> }
    });
    page(
        visit,
        Page {
            name,
            title: title.clone(),
            sign: 0,
            ask: heading(title, hint),
            answers: view! {
                <table class="hours"><caption>{kiosk::opening_hours(t)}</caption><tbody>{days.collect_view()}</tbody></table>
            }
            .into_any(),
            onward: ().into_any(),
        },
    )
}

/// In every language at once: nobody has time to choose one.
fn suspended(visit: &Visit, why: SuspendReason) -> String {
    let title = suspension_title(&visit.texts, why);
    let others = visit.centre.languages.iter().filter(|l| *l != visit.language());
    let others = others.map(|language| said(language, why)).collect_view();
    let name = if why == SuspendReason::FireAlarm { "alarm" } else { "suspended" };
    page(
        visit,
        Page {
            name,
            title: title.clone(),
            sign: 0,
            ask: view! {
                {(why == SuspendReason::FireAlarm).then(|| view! { <Exit /> })}
                <div role="alert">{heading(title, Some(words::suspension(&visit.texts, why)))}</div>
            }
            .into_any(),
            answers: others.into_any(),
            onward: ().into_any(),
        },
    )
}

fn said(language: &Language, why: SuspendReason) -> AnyView {
    let t = Texts::of(language);
    view! {
        <div class="said" lang=t.language().code().to_owned() dir=t.direction()>
            <h2>{suspension_title(&t, why)}</h2>
            <p>{words::suspension(&t, why)}</p>
        </div>
    }
    .into_any()
}

fn suspension_title(t: &Texts, why: SuspendReason) -> String {
    match why {
        SuspendReason::FireAlarm => kiosk::fire_alarm(t),
        SuspendReason::Interruption => kiosk::interruption(t),
        SuspendReason::PowerCut | SuspendReason::Other => kiosk::pause(t),
    }
}

fn not_saved(visit: &Visit, question: Question, key: &str) -> String {
    let t = &visit.texts;
    let title = kiosk::not_saved(t);
    page(
        visit,
        Page {
            name: "not-saved",
            title: title.clone(),
            sign: 0,
            ask: heading(title, Some(kiosk::not_saved_hint(t))),
            answers: show_notebook(visit).into_any(),
            onward: view! {
                {link(visit.start(), "button plain", kiosk::back_to_start(t))}
                {take_form(visit, question.code(), key, kiosk::try_again(t))}
            }
            .into_any(),
        },
    )
}

fn plain(visit: &Visit, notice: Notice) -> String {
    let t = &visit.texts;
    let (title, hint) = match notice {
        Notice::NumbersExhausted => (kiosk::numbers_exhausted(t), kiosk::numbers_exhausted_hint(t)),
        Notice::Stopped => (kiosk::stopped(t), kiosk::stopped_hint(t)),
        Notice::TooMany => (kiosk::too_many(t), kiosk::too_many_hint(t)),
        Notice::AlreadyCalled => (kiosk::already_called(t), kiosk::already_called_hint(t)),
        Notice::NoSuchPage => (kiosk::no_such_page(t), kiosk::no_such_page_hint(t)),
        _ => (kiosk::not_saved(t), kiosk::not_saved_hint(t)),
    };
    page(
        visit,
        Page {
            name: "notice",
            title: title.clone(),
            sign: 0,
            ask: heading(title, Some(hint)),
            answers: ().into_any(),
            onward: link(visit.start(), "button solid big", kiosk::back_to_start(t)),
        },
    )
}

/// Where no centre is known: a wrong address, or a database that never answered.
pub fn without_centre(language: &Language, known: bool, head: Head) -> String {
    let texts = Texts::of(language);
    let t = &texts;
    let title = if known { kiosk::interruption(t) } else { kiosk::no_such_centre(t) };
    let hint = known.then(|| words::suspension(t, SuspendReason::Interruption));
    let head = Head { title: title.clone(), refresh: Some(15), class: "normal".into(), ..head };
    document(t, head, || {
        view! {
            <body class="kiosk lost" data-page="lost">
                <div class="page"><main><div class="ask">{heading(title, hint)}</div></main></div>
            </body>
        }
        .into_any()
    })
}
