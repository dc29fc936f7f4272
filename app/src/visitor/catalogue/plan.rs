//! Where documents stand: a small plan, and the same in words.

use domain::centre::{Shelf, Whereabouts};
use leptos::prelude::*;

use crate::{
    texts::{Texts, look},
    visitor::kiosk::Visit,
};

/// Squares around the shelves, to the walls.
const MARGIN: u8 = 2;

/// The plan of the centre's shelves with one of them marked, or without; nothing where nobody drew one. It stands as the
/// room does, whatever way the language is written.
pub(super) fn plan(visit: &Visit, here: Option<&Shelf>) -> Option<AnyView> {
    let shelves = &visit.centre.shelves;
    if shelves.is_empty() {
        return None;
    }
    let (width, depth) = size(shelves);
    let (right, bottom) = (u16::from(width + 2 * MARGIN), u16::from(depth + 2 * MARGIN));
    let (door, half) = (right / 2, right / 8);
    let walls = format!("M{} {bottom}H0V0H{right}V{bottom}H{}", door - half, door + half);
    let drawn = shelves.iter().map(|shelf| {
        let class = if here.is_some_and(|h| h.mark == shelf.mark) { "shelf here" } else { "shelf" };
        let (x, y) = (shelf.x + MARGIN, shelf.y + MARGIN);
        let middle = |at: u8, size: u8| f32::from(at) + f32::from(size) / 2.0;
        view! {
            <g class=class>
                <rect x=x.to_string() y=y.to_string() width=shelf.w.to_string() height=shelf.h.to_string() rx="0.5"></rect>
                <text x=middle(x, shelf.w).to_string() y=middle(y, shelf.h).to_string()>{shelf.mark.clone()}</text>
            </g>
        }
    });
    let view_box = format!("-0.5 -0.5 {} {}", right + 1, bottom + 3);
    let caption = here.map(|shelf| {
        view! { <figcaption><strong>{name(visit, shelf)}</strong> <span>{place(visit, shelf)}</span></figcaption> }
    });
    Some(
        view! {
            <figure class="plan">
                <svg viewBox=view_box aria-hidden="true" direction="ltr">
                    <path class="walls" d=walls></path>
                    {drawn.collect_view()}
                    <text class="door" x=door.to_string() y=(bottom + 1).to_string()>{look::plan_entrance(&visit.texts)}</text>
                </svg>
                {caption}
            </figure>
        }
        .into_any(),
    )
}

/// How wide and how deep the room is, as far as shelves stand in it.
fn size(shelves: &[Shelf]) -> (u8, u8) {
    let most = |end: fn(&Shelf) -> u8| shelves.iter().map(end).max().unwrap_or_default();
    (most(|s| s.x.saturating_add(s.w)), most(|s| s.y.saturating_add(s.h)))
}

/// What a shelf is called: "Shelf A, Training and learning".
pub(super) fn name(visit: &Visit, shelf: &Shelf) -> String {
    let t = &visit.texts;
    match shelf.name.get(visit.language()) {
        "" => look::shelf(t, &shelf.mark),
        name => look::shelf_named(t, &shelf.mark, name),
    }
}

/// Where a shelf is, for somebody who comes in.
pub(super) fn place(visit: &Visit, shelf: &Shelf) -> String {
    let (width, depth) = size(&visit.centre.shelves);
    let say: fn(&Texts) -> String = match shelf.whereabouts(width, depth) {
        Whereabouts { deep: 0, across: 0 } => look::front_left,
        Whereabouts { deep: 0, across: 1 } => look::front_middle,
        Whereabouts { deep: 0, .. } => look::front_right,
        Whereabouts { deep: 1, across: 0 } => look::half_left,
        Whereabouts { deep: 1, across: 1 } => look::half_middle,
        Whereabouts { deep: 1, .. } => look::half_right,
        Whereabouts { across: 0, .. } => look::back_left,
        Whereabouts { across: 1, .. } => look::back_middle,
        Whereabouts { .. } => look::back_right,
    };
    say(&visit.texts)
}
