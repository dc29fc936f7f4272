//! The questions of a space.

use domain::{
    centre::{Need, Space},
    view::Board,
};
use leptos::prelude::*;

use super::{
    Step, Visit,
    frame::{Page, page},
    parts::{Choice, Standing, back, chip, heading, space_eyebrow},
};
use crate::texts::kiosk;

/// The needs of a space as questions, and "my question is not here".
pub fn space(visit: &Visit, board: &Board, space: &Space) -> String {
    let t = &visit.texts;
    let title = kiosk::which_question(t);
    let needs: Vec<&Need> = visit.centre.needs_of(space.id).collect();
    let many = needs.len() > 5;
    let questions = needs.into_iter().map(|need| question(visit, board, need)).collect_view();
    let other = Choice {
        address: visit.to(&Step::Talk(None)),
        sentence: kiosk::something_else(t),
        hint: Some(kiosk::something_else_hint(t)),
        chip: None,
        sign: None,
    };
    page(
        visit,
        Page {
            name: "space",
            title: title.clone(),
            sign: space.sign,
            ask: view! { {space_eyebrow(visit, space)} {heading(title, None)} }.into_any(),
            answers: view! { <ul class="choices questions" class:many=many>{questions} {other.item()}</ul> }.into_any(),
            onward: back(t, visit.to(&Step::Start)),
        },
    )
}

fn question(visit: &Visit, board: &Board, need: &Need) -> AnyView {
    let state = board.needs.iter().find(|n| n.id == need.id);
    let standing = state.map(|n| Standing { ahead: n.ahead, on_duty: n.on_duty, closed: n.closed.is_some() });
    Choice {
        address: visit.to(&Step::Talk(Some(need.code.clone()))),
        sentence: need.question.get(visit.language()).to_owned(),
        hint: None,
        chip: standing.map(|s| chip(&visit.texts, format!("need-{}", need.code), s)),
        sign: None,
    }
    .item()
}
