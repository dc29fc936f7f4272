//! "I only want a document."

use std::collections::BTreeMap;

use domain::catalogue::Kind;
use leptos::prelude::*;
use services::catalogue::{Entry, Filter, Library};

use super::{
    Look,
    parts::{rows, talk_instead},
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
        let shelf = entry.record.shelf.as_deref().and_then(|mark| mark.split('-').next()).unwrap_or_default();
        shelves.entry((shelf.is_empty(), shelf)).or_default().push(entry);
    }
    let shelves = shelves.into_iter().map(|((_, shelf), entries)| {
        let name = (!shelf.is_empty()).then(|| view! { <h2>{look::shelf(t, shelf)}</h2> });
        view! { <section>{name} {rows(visit, &entries)}</section> }
    });
    let title = look::documents(t);
    page(
        visit,
        Page {
            name: "list",
            title: title.clone(),
            sign: 0,
            ask: heading(title, Some(look::documents_hint(t))),
            answers: shelves.collect_view().into_any(),
            onward: view! { {back(t, visit.look(Look::Home))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}
