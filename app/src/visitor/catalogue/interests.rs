//! Browsing by what one likes to do: the six interests, and the finer themes of the sources.

use domain::catalogue::{Interest, Kind, Relation};
use leptos::prelude::*;
use services::catalogue::{Filter, Library};

use super::{
    Look, names,
    parts::{picture, rows, talk_instead},
};
use crate::{
    texts::{look, words},
    visitor::kiosk::{Page, Visit, back, heading, page},
};

/// Every interest with a picture, and the themes that have occupations.
pub fn interests(visit: &Visit, library: &Library) -> String {
    let t = &visit.texts;
    let tiles = Interest::ALL.map(|interest| {
        let icon = format!("interest-{}", interest.letter().to_ascii_lowercase());
        let about = Some(names::interest_about(t, interest));
        picture(visit.look(Look::Interest(interest, Vec::new())), &icon, words::interest(t, interest), about)
    });
    let filter = Filter { kind: Some(Kind::Theme), ..visit.current() };
    let mut themes = library.browse(&filter, visit.language());
    themes.retain(|theme| !library.members(&theme.id, Relation::Theme).is_empty());
    let themes = (!themes.is_empty())
        .then(|| view! { <section><h2>{look::finer_themes(t)}</h2> {rows(visit, &themes)}</section> });
    let title = look::choose_interest(t);
    page(
        visit,
        Page {
            name: "interests",
            title: title.clone(),
            sign: 0,
            ask: heading(title, None),
            answers: view! { <ul class="pictures ways">{tiles.into_iter().collect_view()}</ul> {themes} }.into_any(),
            onward: view! { {back(t, visit.look(Look::Home))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}
