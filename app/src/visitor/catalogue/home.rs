//! Ways to look around.

use domain::catalogue::explorer::Replies;
use leptos::prelude::*;
use services::catalogue::Library;

use super::{
    Door, Liked, Look,
    parts::{picture, rows, talk_instead},
    search::field,
};
use crate::{
    texts::look,
    visitor::kiosk::{Page, Visit, back, heading, page},
};

/// Picked entries that are shown at most.
const PICKED: usize = 6;

/// "What would you like to discover?"
pub fn home(visit: &Visit, library: &Library) -> String {
    let t = &visit.texts;
    let title = look::look_title(t);
    let ways = [
        (Look::Sectors, "sector-building", look::by_sector(t), look::by_sector_hint(t)),
        (Look::Places, "home", look::by_place(t), look::by_place_hint(t)),
        (Look::Explorer(Replies::default()), "compass", look::explorer(t), look::explorer_hint(t)),
        (Look::Likes(Liked::default()), "heart", look::by_likes(t), look::by_likes_hint(t)),
        (Look::Interests, "interest-a", look::by_interest(t), look::by_interest_hint(t)),
        (Look::Job(String::new()), "do-30", look::by_job(t), look::by_job_hint(t)),
        (Look::Documents, "book", look::documents(t), look::documents_hint(t)),
    ];
    let ways = ways.map(|(to, icon, words, hint)| picture(visit.look(to), icon, words, Some(hint)));
    let out = match visit.door() {
        Door::Kiosk => back(t, visit.start()),
        Door::Open => ().into_any(),
    };
    page(
        visit,
        Page {
            name: "look",
            title: title.clone(),
            sign: 0,
            ask: view! { {heading(title, Some(look::look_around_hint(t)))} {field(visit, &Look::Search(String::new(), Vec::new()), "")} }.into_any(),
            answers: view! { <div id="found" aria-live="polite"></div> <ul class="pictures ways">{ways.into_iter().collect_view()}</ul> {picked(visit, library)} }
                .into_any(),
            onward: view! { {out} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}

/// What the centre picked.
fn picked(visit: &Visit, library: &Library) -> Option<AnyView> {
    let mut all = library.featured(visit.language(), visit.today());
    all.truncate(PICKED);
    (!all.is_empty()).then(|| {
        view! { <section class="picked"><h2>{look::picked_by_centre(&visit.texts)}</h2> {rows(visit, &all)}</section> }
            .into_any()
    })
}
