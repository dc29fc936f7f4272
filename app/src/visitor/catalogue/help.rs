//! From what one reads to somebody who can help with it now: the centre's needs, and the next workshop.

use domain::{
    Instant,
    catalogue::{Kind, Relation},
    centre::{Need, Space},
    view::{Band, Board, DayState, PublicBoard},
};
use leptos::prelude::*;
use services::catalogue::{Entry, Filter, Library};

use super::{Door, parts::rows};
use crate::{
    components::{Sign, sign_class},
    texts::{kiosk, look},
    visitor::kiosk::{Step, Visit},
};

/// What a page knows of the day.
#[derive(Clone, Copy, Debug)]
pub enum Known<'a> {
    /// At the centre's own kiosk.
    Exactly(&'a Board),
    /// By the open door.
    Roughly(&'a PublicBoard),
    /// The database does not answer.
    Nothing,
}

/// How it stands with a question.
struct Standing {
    before: Before,
    on_duty: bool,
    closed: bool,
}

/// How many are before somebody who comes now, as far as the page knows.
enum Before {
    Numbers(u32),
    /// So many wait in its space, counted at that time.
    About(Band, Instant),
}

impl Known<'_> {
    /// None while the day is not open.
    fn standing(self, need: &Need) -> Option<Standing> {
        match self {
            Self::Exactly(board) if board.state == DayState::Open => {
                let state = board.needs.iter().find(|n| n.id == need.id)?;
                let before = Before::Numbers(state.ahead);
                Some(Standing { before, on_duty: state.on_duty, closed: state.closed.is_some() })
            }
            Self::Roughly(board) if board.state == DayState::Open => {
                let space = board.spaces.iter().find(|s| s.id == need.space)?;
                let state = board.needs.iter().find(|n| n.id == need.id)?;
                let before = Before::About(space.waiting, board.at);
                Some(Standing { before, on_duty: state.on_duty, closed: state.closed.is_some() })
            }
            Self::Exactly(_) | Self::Roughly(_) | Self::Nothing => None,
        }
    }
}

/// Questions that are shown at most.
const MOST: usize = 3;

/// The questions that counsellors help with here, how it stands with each, and at the kiosk the way to its ticket.
pub(super) fn help_now(visit: &Visit, known: Known, kind: Kind) -> Option<AnyView> {
    let needs = visit.centre.needs_about(kind).take(MOST);
    let questions: Vec<_> =
        needs.filter_map(|need| Some(question(visit, known, need, visit.centre.space(need.space)?))).collect();
    let title = look::help_now(&visit.texts);
    (!questions.is_empty()).then(|| {
        view! { <section class="help"><h2>{title}</h2> <ul class="helps">{questions}</ul></section> }.into_any()
    })
}

fn question(visit: &Visit, known: Known, need: &Need, space: &Space) -> AnyView {
    let standing = standing(visit, known.standing(need), need);
    view! {
        <li class=sign_class(space.sign)>
            <Sign sign=space.sign letter=Some(space.letter.get()) />
            <strong>{need.question.get(visit.language()).to_owned()}</strong>
            <div class="standing" id=format!("help-{}", need.code) data-fresh>{standing}</div>
        </li>
    }
    .into_any()
}

/// How it stands now, as on the question's tile; by the open door as far as anybody may know.
fn standing(visit: &Visit, standing: Option<Standing>, need: &Need) -> AnyView {
    let t = &visit.texts;
    let Some(standing) = standing else { return view! { <p>{look::help_when_open(t)}</p> }.into_any() };
    if standing.closed {
        return view! { <p>{look::help_closed(t)}</p> }.into_any();
    }
    // Before whom nobody is called, no number is before.
    let before = standing.on_duty.then(|| match standing.before {
        Before::Numbers(ahead) => kiosk::at_most(t, ahead),
        Before::About(Band { from: 0, to }, at) => look::help_few(t, to, visit.time.time(t, at)),
        Before::About(Band { from, to }, at) => look::help_about(t, from, to, visit.time.time(t, at)),
    });
    let before = before.map(|said| view! { <p>{said}</p> });
    let duty = if standing.on_duty { kiosk::on_duty(t) } else { kiosk::nobody_answers(t) };
    let ticket = (visit.door() == Door::Kiosk).then(|| {
        let to = visit.with(&Step::Talk(Some(need.code.clone())), &visit.choices.before_the_question());
        view! { <a class="button solid small" href=to>{look::ask_this(t)}</a> }
    });
    view! { {before} <p>{duty}</p> {ticket} }.into_any()
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
