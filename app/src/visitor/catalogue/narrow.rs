//! Narrowing what was found: each chip is an address with one thing more, or without it.

use domain::catalogue::Level;
use leptos::prelude::*;
use services::catalogue::{Entry, Facet, Filter};

use super::{Look, names};
use crate::{
    texts::{Texts, look, words},
    visitor::kiosk::Visit,
};

/// Whether a facet belongs to a group.
type Takes = fn(Facet) -> bool;

/// What is wanted besides, and what would leave some of the entries and not all: the first for everybody, more on demand.
pub(super) fn narrow(visit: &Visit, page: &Look, filter: &Filter, entries: &[&Entry]) -> Option<AnyView> {
    let t = &visit.texts;
    let further = filter.further(entries);
    if page.facets().is_empty() && further.is_empty() {
        return None;
    }
    let wanted = page.facets().iter().map(|facet| wanted(visit, page, *facet)).collect_view();
    let clear = (page.facets().len() > 1).then(|| {
        view! { <a class="facet clear" href=visit.look(page.narrowed(Vec::new()))>{look::narrow_clear(t)}</a> }
    });
    let first = chips(visit, page, &further, is_first);
    let groups: [(Takes, String); 4] = [
        (|f| matches!(f, Facet::Kind(_)), look::narrow_kind(t)),
        (|f| matches!(f, Facet::Level(level) if level != Level::None), look::narrow_level(t)),
        (|f| matches!(f, Facet::Sector(_)), look::narrow_sector(t)),
        (|f| matches!(f, Facet::Interest(_)), look::narrow_interest(t)),
    ];
    let groups: Vec<_> = groups
        .into_iter()
        .filter(|(takes, _)| further.iter().any(|(facet, _)| takes(*facet)))
        .map(
            |(takes, title)| view! { <h3>{title}</h3> <div class="facets">{chips(visit, page, &further, takes)}</div> },
        )
        .collect();
    let more = (!groups.is_empty()).then(|| {
        view! { <details class="more"><summary class="facet">{look::narrow_more(t)}</summary> {groups}</details> }
    });
    Some(
        view! { <nav class="narrow" aria-label=look::narrow(t)><div class="facets">{wanted} {clear} {first}</div> {more}</nav> }
            .into_any(),
    )
}

/// What most people want to say first.
fn is_first(facet: Facet) -> bool {
    matches!(facet, Facet::Level(Level::None) | Facet::With(_) | Facet::Outdoors(_))
}

fn wanted(visit: &Visit, page: &Look, facet: Facet) -> AnyView {
    let t = &visit.texts;
    let without = page.facets().iter().copied().filter(|f| *f != facet).collect();
    let words = name(t, facet);
    let label = look::narrow_without(t, &words);
    view! { <a class="facet on" href=visit.look(page.narrowed(without)) aria-label=label>{words}</a> }.into_any()
}

fn chips(visit: &Visit, page: &Look, further: &[(Facet, usize)], takes: Takes) -> AnyView {
    let chips = further.iter().filter(|(facet, _)| takes(*facet)).map(|(facet, left)| {
        let more = page.facets().iter().copied().chain([*facet]).collect();
        view! {
            <a class="facet" href=visit.look(page.narrowed(more))>
                {name(&visit.texts, *facet)} <small>{left.to_string()}</small>
            </a>
        }
    });
    chips.collect_view().into_any()
}

fn name(t: &Texts, facet: Facet) -> String {
    match facet {
        Facet::Kind(kind) => names::kind(t, kind),
        Facet::Level(Level::None) => names::level(t, Level::None),
        Facet::Level(level) => look::level_at_most(t, names::level(t, level)),
        Facet::With(with) => names::company(t, with),
        Facet::Outdoors(true) => look::outdoors(t),
        Facet::Outdoors(false) => look::indoors(t),
        Facet::Sector(sector) => names::sector(t, sector),
        Facet::Interest(interest) => words::interest(t, interest),
    }
}
