//! "I only want a document."

use std::collections::BTreeMap;

use domain::catalogue::Kind;
use leptos::prelude::*;
use services::catalogue::{Entry, Filter, Library};

use super::{
    Look,
    parts::{rows, talk_instead},
    plan,
};
use crate::{
    texts::look,
    visitor::kiosk::{Page, Visit, back, heading, page},
};

/// What lies on the shelves, by shelf; what has none comes last.
pub fn documents(visit: &Visit, library: &Library) -> String {
    let t = &visit.texts;
    let filter = Filter { kind: Some(Kind::Document), ..visit.current() };
    let mut shelves: BTreeMap<(bool, &str), Vec<&Entry>> = BTreeMap::new();
    for entry in library.browse(&filter, visit.language()) {
        let mark = entry.record.shelf.as_deref().unwrap_or_default();
        let drawn = visit.centre.shelf_of(mark).map(|shelf| shelf.mark.as_str());
        let shelf = drawn.or_else(|| mark.split('-').next()).unwrap_or_default();
        shelves.entry((shelf.is_empty(), shelf)).or_default().push(entry);
    }
    let shelves = shelves.into_iter().map(|((_, mark), entries)| {
        let drawn = visit.centre.shelf_of(mark);
        let name = drawn.map_or_else(|| look::shelf(t, mark), |shelf| plan::name(visit, shelf));
        let name = (!mark.is_empty()).then(|| view! { <h2>{name}</h2> });
        let place = drawn.map(|shelf| view! { <p class="whereabouts">{plan::place(visit, shelf)}</p> });
        view! { <section>{name} {place} {rows(visit, &entries)}</section> }
    });
    let title = look::documents(t);
    page(
        visit,
        Page {
            name: "list",
            title: title.clone(),
            sign: 0,
            ask: view! { {heading(title, Some(look::documents_hint(t)))} {plan::plan(visit, None)} }.into_any(),
            answers: shelves.collect_view().into_any(),
            onward: view! { {back(t, visit.look(Look::Home))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}

/// After "I took it".
pub fn taken(visit: &Visit) -> String {
    let t = &visit.texts;
    let title = look::taken_title(t);
    page(
        visit,
        Page {
            name: "taken",
            title: title.clone(),
            sign: 0,
            ask: heading(title, Some(look::taken_hint(t))),
            answers: ().into_any(),
            onward: view! {
                {back(t, visit.look(Look::Documents))}
                <a class="button solid big" href=visit.start()>{look::taken_done(t)}</a>
            }
            .into_any(),
        },
    )
}
