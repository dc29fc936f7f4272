//! "What brings you?"

use domain::{centre::Space, view::Board};
use leptos::prelude::*;

use super::{
    Door, Look, Step, Visit,
    frame::{Page, page},
    parts::{Choice, Standing, chip, heading},
};
use crate::texts::{kiosk, look as say, words};

/// The first page: a tile for each space.
pub fn start(visit: &Visit, board: &Board) -> String {
    let t = &visit.texts;
    let title = kiosk::what_brings_you(t);
    let tiles = visit.centre.spaces.iter().map(|space| tile(visit, board, space)).collect_view();
    page(
        visit,
        Page {
            name: "start",
            title: title.clone(),
            sign: 0,
            ask: view! { {heading(title, Some(kiosk::touch_closest(t)))} {banner(visit, board)} }.into_any(),
            answers: view! { <ul class="choices spaces">{tiles}</ul> }.into_any(),
            onward: other_ways(visit),
        },
    )
}

fn tile(visit: &Visit, board: &Board, space: &Space) -> AnyView {
    let line = board.spaces.iter().find(|s| s.id == space.id);
    let standing = line.map(|s| Standing { ahead: s.ahead, on_duty: s.on_duty, closed: s.closed.is_some() });
    let language = visit.language();
    Choice {
        address: visit.with(&Step::Space(space.letter), &visit.choices.before_the_question()),
        sentence: space.question.get(language).to_owned(),
        hint: Some(space.hint.get(language).to_owned()),
        chip: standing.map(|s| chip(&visit.texts, format!("space-{}", space.letter), s)),
        sign: Some((space.sign, space.letter.get())),
    }
    .item()
}

/// What is said to everybody, and that a slip is noted.
fn banner(visit: &Visit, board: &Board) -> AnyView {
    let t = &visit.texts;
    let noted = visit.choices.slip.as_ref().map(|_| view! { <p class="note good">{kiosk::slip_noted(t)}</p> });
    // The centre's own words may be in any language.
    let message = board.message.as_ref().map(|m| view! { <p class="note" dir="auto">{words::message(t, m)}</p> });
    view! { {noted} <div id="message" data-fresh>{message}</div> }.into_any()
}

fn other_ways(visit: &Visit) -> AnyView {
    let t = &visit.texts;
    let welcome = visit.with(&Step::Talk(None), &visit.choices.before_the_question());
    let look = visit.with(&Step::Look(Door::Kiosk, Look::Home), &visit.choices.before_the_question());
    let planned = visit.with(&Step::Planned, &visit.choices.without_ticket());
    let slip = visit.with(&Step::Slip, &visit.choices.without_ticket());
    let slip = visit.choices.slip.is_none().then(|| view! { <a class="quiet" href=slip>{kiosk::have_slip(t)}</a> });
    view! {
        <a class="button solid two-lines" href=welcome>
            <span>{kiosk::rather_be_helped(t)}</span>
            <small>{kiosk::rather_be_helped_hint(t)}</small>
        </a>
        <a class="button plain two-lines" href=look>
            <span>{say::look_around(t)}</span>
            <small>{say::look_around_hint(t)}</small>
        </a>
        <a class="button plain two-lines" href=planned>
            <span>{kiosk::appointment_or_workshop(t)}</span>
            <small>{kiosk::appointment_or_workshop_hint(t)}</small>
        </a>
        {slip}
    }
    .into_any()
}
