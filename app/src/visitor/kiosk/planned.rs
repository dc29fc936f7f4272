//! "I have an appointment or a workshop": the host is told who to expect where.

use domain::{
    centre::{Letter, Space},
    day::Expected,
};
use leptos::prelude::*;

use super::{
    Step, Visit, expected_code,
    frame::{Page, page},
    parts::{Choice, back, capitalised, heading, hidden, link},
};
use crate::{components::Sign, texts::kiosk};

/// An appointment or a workshop?
pub fn planned(visit: &Visit) -> String {
    let t = &visit.texts;
    let title = kiosk::what_is_planned(t);
    let choice = |kind, sentence| {
        let address = visit.to(&Step::PlannedWhere(kind));
        Choice { address, sentence, hint: None, chip: None, sign: None }.item()
    };
    page(
        visit,
        Page {
            name: "planned",
            title: title.clone(),
            sign: 0,
            ask: heading(title, None),
            answers: view! {
                <ul class="choices few">
                    {choice(Expected::Appointment, kiosk::have_appointment(t))}
                    {choice(Expected::Workshop, kiosk::have_workshop(t))}
                </ul>
            }
            .into_any(),
            onward: back(t, visit.start()),
        },
    )
}

/// In which space? Each answer tells the host; `key` makes a second touch harmless.
pub fn where_planned(visit: &Visit, kind: Expected, key: &str) -> String {
    let t = &visit.texts;
    let title = kiosk::where_is_it(t);
    let spaces = visit.centre.spaces.iter().map(|space| button(visit, space)).collect_view();
    let fields = std::iter::once(("key", key.to_owned())).chain(visit.choices.without_ticket().pairs()).collect();
    page(
        visit,
        Page {
            name: "where-planned",
            title: title.clone(),
            sign: 0,
            ask: heading(title, Some(kiosk::where_is_it_hint(t))),
            answers: view! {
                <form method="post" action=visit.action(&format!("/planned/{}", expected_code(kind)))>
                    {hidden(fields)}
                    <ul class="choices spaces">
                        {spaces}
                        <li><button class="choice" name="space" value=""><span class="words"><strong>{kiosk::dont_know(t)}</strong></span></button></li>
                    </ul>
                </form>
            }
            .into_any(),
            onward: back(t, visit.to(&Step::Planned)),
        },
    )
}

fn button(visit: &Visit, space: &Space) -> AnyView {
    let letter = space.letter;
    view! {
        <li>
            <button class=format!("choice space-{}", space.sign) name="space" value=letter.to_string()>
                <Sign sign=space.sign letter=Some(letter.get()) />
                <span class="words"><strong>{space.question.get(visit.language()).to_owned()}</strong></span>
            </button>
        </li>
    }
    .into_any()
}

/// The host knows: where to go.
pub fn told(visit: &Visit, space: Option<Letter>) -> String {
    let t = &visit.texts;
    let title = kiosk::welcome_knows(t);
    let space = space.and_then(|letter| visit.centre.spaces.iter().find(|s| s.letter == letter));
    let directions = space.map(|space| {
        view! {
            <section class="where">
                <Sign sign=space.sign letter=Some(space.letter.get()) />
                <div>
                    <h2>{kiosk::wait_in_space(t)}</h2>
                    <p>{capitalised(space.directions.get(visit.language()))}</p>
                </div>
            </section>
        }
        .into_any()
    });
    let directions = directions.unwrap_or_else(|| view! { <p class="go">{kiosk::go_to_welcome(t)}</p> }.into_any());
    page(
        visit,
        Page {
            name: "told",
            title: title.clone(),
            sign: space.map_or(0, |s| s.sign),
            ask: heading(title, None),
            answers: view! { {directions} <p class="go soft">{kiosk::no_ticket_needed(t)}</p> }.into_any(),
            onward: link(visit.fresh_start(), "button solid big", kiosk::done(t)),
        },
    )
}
