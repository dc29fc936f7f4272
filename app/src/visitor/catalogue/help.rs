//! From what one reads to somebody who can help with it now: the centre's needs, and the next workshop.

use domain::{
    catalogue::{Kind, Relation},
    centre::{Need, Space},
    view::{Board, DayState},
};
use leptos::prelude::*;
use services::catalogue::{Entry, Filter, Library};

use super::{Door, parts::rows};
use crate::{
    components::{Sign, sign_class},
    texts::{kiosk, look},
    visitor::kiosk::{Step, Visit},
};

/// Questions that are shown at most.
const MOST: usize = 3;

/// The questions that counsellors help with here, how it stands with each, and at the kiosk the way to its ticket.
/// `board` is none where nothing is known of the day.
pub(super) fn help_now(visit: &Visit, board: Option<&Board>, kind: Kind) -> Option<AnyView> {
    let open = board.filter(|b| b.state == DayState::Open);
    let needs = visit.centre.needs_about(kind).take(MOST);
    let questions: Vec<_> =
        needs.filter_map(|need| Some(question(visit, open, need, visit.centre.space(need.space)?))).collect();
    let title = look::help_now(&visit.texts);
    (!questions.is_empty()).then(|| {
        view! { <section class="help"><h2>{title}</h2> <ul class="helps">{questions}</ul></section> }.into_any()
    })
}

fn question(visit: &Visit, board: Option<&Board>, need: &Need, space: &Space) -> AnyView {
    view! {
        <li class=sign_class(space.sign)>
            <Sign sign=space.sign letter=Some(space.letter.get()) />
            <strong>{need.question.get(visit.language()).to_owned()}</strong>
            <div class="standing" id=format!("help-{}", need.code) data-fresh>{standing(visit, board, need)}</div>
        </li>
    }
    .into_any()
}

/// How it stands now, as on the question's tile.
fn standing(visit: &Visit, board: Option<&Board>, need: &Need) -> AnyView {
    let t = &visit.texts;
    let Some(board) = board else { return view! { <p>{look::help_when_open(t)}</p> }.into_any() };
    let state = board.needs.iter().find(|n| n.id == need.id);
    if state.is_some_and(|n| n.closed.is_some()) {
        return view! { <p>{look::help_closed(t)}</p> }.into_any();
    }
    let on_duty = state.is_some_and(|n| n.on_duty);
    // Before whom nobody is called, no number is before.
    let ahead = state.filter(|n| n.on_duty).map(|n| view! { <p>{kiosk::at_most(t, n.ahead)}</p> });
    let duty = if on_duty { kiosk::on_duty(t) } else { kiosk::nobody_answers(t) };
    let ticket = (visit.door() == Door::Kiosk).then(|| {
        let to = visit.with(&Step::Talk(Some(need.code.clone())), &visit.choices.before_the_question());
        view! { <a class="button solid small" href=to>{look::ask_this(t)}</a> }
    });
    view! { {ahead} <p>{duty}</p> {ticket} }.into_any()
}

/// The workshop that takes place soonest: one about this, else one about its sector.
pub(super) fn next_workshop(visit: &Visit, library: &Library, entry: &Entry) -> Option<AnyView> {
    let about = library.linked(&entry.id, Relation::Related).into_iter();
    let mut workshops: Vec<_> =
        about.filter(|e| e.record.kind == Kind::Workshop && !e.record.is_over(visit.today())).collect();
    if let Some(sector) = entry.record.sector.filter(|_| workshops.is_empty()) {
        let filter = Filter { kind: Some(Kind::Workshop), sector: Some(sector), ..visit.current() };
        workshops = library.browse(&filter, visit.language());
    }
    // What never ends is no date to keep: it comes last.
    let next = workshops.into_iter().min_by_key(|e| (e.record.expires.is_none(), e.record.expires))?;
    let title = look::next_workshop(&visit.texts);
    Some(view! { <section class="workshop"><h2>{title}</h2> {rows(visit, &[next])}</section> }.into_any())
}
