//! One calm screen that can be skipped: how many, for whom, what is needed.

use domain::{
    centre::Accommodation,
    day::{ForWhom, PartySize},
};
use leptos::prelude::*;

use super::{
    Question, Step, Visit,
    choices::for_whom_code,
    frame::{Page, page},
    parts::{back, eyebrow, heading, hidden, link},
};
use crate::texts::{Texts, kiosk};

/// How many come, for whom, and what would help.
pub fn details(visit: &Visit, question: Question) -> String {
    let t = &visit.texts;
    let title = kiosk::receive_you_well(t);
    let next = Step::Ready(question.code());
    page(
        visit,
        Page {
            name: "details",
            title: title.clone(),
            sign: question.sign(),
            ask: view! { {eyebrow(visit, question)} {heading(title, Some(kiosk::receive_you_well_hint(t)))} }
                .into_any(),
            answers: form(visit, &next),
            onward: view! {
                {back(t, visit.with(&Step::Talk(question.code()), &before(visit)))}
                {link(visit.with(&next, &visit.choices.without_details()), "button plain pass", kiosk::skip(t))}
                <button class="button solid" form="details">{kiosk::r#continue(t)}</button>
            }
            .into_any(),
        },
    )
}

/// The language is asked again on the way back.
fn before(visit: &Visit) -> super::Choices {
    super::Choices { talk: None, ..visit.choices.clone() }
}

fn form(visit: &Visit, next: &Step) -> AnyView {
    let t = &visit.texts;
    view! {
        <form id="details" method="get" action=visit.action(&next.path())>
            {hidden(visit.choices.without_details().pairs())}
            <fieldset class="party">
                <legend>{kiosk::how_many(t)}</legend>
                <div class="options">{(1..=9).map(|n| party(visit, n)).collect_view()}</div>
            </fieldset>
            <fieldset>
                <legend>{kiosk::for_whom(t)}</legend>
                <div class="options even">
                    {[ForWhom::Me, ForWhom::MyChild, ForWhom::SomeoneIHelp].map(|who| for_whom(visit, who))}
                </div>
            </fieldset>
            <fieldset>
                <legend>{kiosk::what_helps(t)}</legend>
                <div class="options even">{Accommodation::ALL.map(|what| accommodation(visit, what))}</div>
            </fieldset>
        </form>
    }
    .into_any()
}

fn party(visit: &Visit, n: u8) -> AnyView {
    let checked = PartySize::try_from(n).is_ok_and(|n| n == visit.choices.party);
    view! {
        <label class="option digit">
            <input type="radio" name="party" value=n.to_string() checked=checked />
            <span>{n.to_string()}</span>
        </label>
    }
    .into_any()
}

fn for_whom(visit: &Visit, who: ForWhom) -> AnyView {
    let checked = who == visit.choices.for_whom;
    view! {
        <label class="option">
            <input type="radio" name="for" value=for_whom_code(who).unwrap_or("me") checked=checked />
            <span>{for_whom_name(&visit.texts, who)}</span>
        </label>
    }
    .into_any()
}

fn accommodation(visit: &Visit, what: Accommodation) -> AnyView {
    let checked = visit.choices.accommodations.contains(&what);
    view! {
        <label class="option">
            <input type="checkbox" name="access" value=what.code() checked=checked />
            <span>{accommodation_name(&visit.texts, what)}</span>
        </label>
    }
    .into_any()
}

/// For whom, in a visitor's words.
pub(super) fn for_whom_name(t: &Texts, who: ForWhom) -> String {
    match who {
        ForWhom::Me => kiosk::for_me(t),
        ForWhom::MyChild => kiosk::for_my_child(t),
        ForWhom::SomeoneIHelp => kiosk::for_someone(t),
    }
}

/// What is needed, in a visitor's words.
pub(super) fn accommodation_name(t: &Texts, what: Accommodation) -> String {
    match what {
        Accommodation::Wheelchair => kiosk::need_wheelchair(t),
        Accommodation::HearingLoop => kiosk::need_hearing_loop(t),
        Accommodation::Quiet => kiosk::need_quiet(t),
        Accommodation::SignLanguage => kiosk::need_sign_language(t),
    }
}
