//! Browsing without typing: sectors, places of work, and the occupations in them.

use domain::catalogue::{Kind, Sector, Workplace};
use leptos::prelude::*;
use services::catalogue::{Filter, Library};

use super::{
    Look, names,
    narrow::narrow,
    parts::{picture, rows, talk_instead},
};
use crate::{
    texts::{Texts, look, words},
    visitor::kiosk::{Page, Visit, back, heading, page},
};

/// Entries of a list at most.
const MOST: usize = 150;

/// Every sector, with a picture.
pub fn sectors(visit: &Visit) -> String {
    let t = &visit.texts;
    let tiles = Sector::ALL.iter().map(|sector| {
        let icon = format!("sector-{}", sector.code());
        picture(visit.look(Look::Sector(*sector, Vec::new())), &icon, names::sector(t, *sector), None)
    });
    pictures(visit, "sectors", look::choose_sector(t), tiles.collect())
}

/// Every place of work, with a picture.
pub fn places(visit: &Visit) -> String {
    let t = &visit.texts;
    let tiles = Workplace::ALL
        .iter()
        .map(|place| picture(visit.look(Look::Place(*place, Vec::new())), place.code(), names::place(t, *place), None));
    pictures(visit, "places", look::choose_place(t), tiles.collect())
}

fn pictures(visit: &Visit, name: &'static str, title: String, tiles: Vec<AnyView>) -> String {
    let t = &visit.texts;
    page(
        visit,
        Page {
            name,
            title: title.clone(),
            sign: 0,
            ask: heading(title, None),
            answers: view! { <ul class="pictures">{tiles}</ul> }.into_any(),
            onward: view! { {back(t, visit.look(Look::Home))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}

/// The occupations of a list, by name, narrowed as it is.
pub fn list(visit: &Visit, library: &Library, of: &Look) -> String {
    let t = &visit.texts;
    let occupations = Filter { kind: Some(Kind::Occupation), ..visit.current() };
    let (title, filter, up) = match of {
        Look::Sector(sector, _) => {
            (names::sector(t, *sector), Filter { sector: Some(*sector), ..occupations }, Look::Sectors)
        }
        Look::Place(place, _) => (names::place(t, *place), Filter { place: Some(*place), ..occupations }, Look::Places),
        Look::Interest(interest, _) => {
            (words::interest(t, *interest), Filter { interest: Some(*interest), ..occupations }, Look::Interests)
        }
        _ => (names::kind(t, Kind::Occupation), occupations, Look::Home),
    };
    let filter = of.facets().iter().fold(filter, |filter, facet| filter.and(*facet));
    let all = library.browse(&filter, visit.language());
    let shown = &all[..all.len().min(MOST)];
    page(
        visit,
        Page {
            name: "list",
            title: title.clone(),
            sign: 0,
            ask: heading(title, Some(count(t, all.len()))),
            answers: view! { {narrow(visit, of, &filter, &all)} {rows(visit, shown)} }.into_any(),
            onward: view! { {back(t, visit.look(up))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}

pub(super) fn count(t: &Texts, n: usize) -> String {
    look::results(t, u32::try_from(n).unwrap_or(u32::MAX))
}
