//! "Which language would you like to speak?" Asked, never taken from the screen.

use domain::Language;
use leptos::prelude::*;

use super::{
    Choices, How, Question, Step, Visit,
    frame::{Page, page},
    parts::{back, capitalised, direction, eyebrow, heading, link},
};
use crate::texts::{kiosk, language_name, offered_languages, own_name};

/// The languages that can be spoken, each by its own name.
pub fn talk(visit: &Visit, question: Question) -> String {
    let t = &visit.texts;
    let (title, hint) = match visit.choices.how {
        How::Speaks => (kiosk::which_language(t), kiosk::which_language_hint(t)),
        How::Accompanied => (kiosk::your_language(t), kiosk::accompanied_hint(t)),
        How::Interpreter => (kiosk::your_language(t), kiosk::interpreter_hint(t)),
    };
    let languages = languages(visit);
    let (many, crowd) = (languages.len() > 8, languages.len() > 24);
    let choices = languages.iter().map(|language| item(visit, question, language)).collect_view();
    page(
        visit,
        Page {
            name: "talk",
            title: title.clone(),
            sign: question.sign(),
            ask: view! { {eyebrow(visit, question)} {heading(title, Some(hint))} }.into_any(),
            answers: view! { <ul class="talks" class:many=many class:crowd=crowd>{choices}</ul> {other_ways(visit, question)} }
                .into_any(),
            onward: back(t, before(visit, question)),
        },
    )
}

/// Those of the centre's counsellors; whoever brings or needs an interpreter can name any other.
fn languages(visit: &Visit) -> Vec<Language> {
    let mut languages = visit.centre.talk_languages.clone();
    // The language of the screen is the likeliest answer, and no more than that.
    languages.sort_by_key(|l| l != visit.language());
    if visit.choices.how != How::Speaks {
        let others = offered_languages().filter(|l| !visit.centre.talk_languages.contains(l));
        languages.extend(others.collect::<Vec<_>>());
    }
    languages
}

fn item(visit: &Visit, question: Question, language: &Language) -> AnyView {
    let choices = Choices { talk: Some(language.clone()), ..visit.choices.clone() };
    let address = visit.with(&Step::Ready(question.code()), &choices);
    // Named twice: not every screen has letters for every script, and somebody may be helping to choose.
    let own = own_name(language);
    let name = language_name(&visit.texts, language);
    let here = (name != own).then(|| view! { <small>{name}</small> });
    view! {
        <li>
            <a class="talk" href=address>
                <bdi lang=language.code().to_owned() dir=direction(language)>{capitalised(own)}</bdi>
                {here}
            </a>
        </li>
    }
    .into_any()
}

fn other_ways(visit: &Visit, question: Question) -> AnyView {
    let t = &visit.texts;
    let way = |how| {
        let choices = Choices { how, talk: None, ..visit.choices.clone() };
        visit.with(&Step::Talk(question.code()), &choices)
    };
    match visit.choices.how {
        How::Speaks => view! {
            <div class="ways">
                {link(way(How::Accompanied), "button plain", kiosk::accompanied(t))}
                {link(way(How::Interpreter), "button plain", kiosk::interpreter(t))}
            </div>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

fn before(visit: &Visit, question: Question) -> String {
    if visit.choices.how != How::Speaks {
        let choices = Choices { how: How::Speaks, talk: None, ..visit.choices.clone() };
        return visit.with(&Step::Talk(question.code()), &choices);
    }
    let step = match question {
        Question::About(_, space) => Step::Space(space.letter),
        Question::Welcome => Step::Start,
    };
    visit.with(&step, &visit.choices.before_the_question())
}
