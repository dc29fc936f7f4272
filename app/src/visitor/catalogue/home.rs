//! Ways to look around.

use domain::catalogue::explorer::Replies;
use leptos::prelude::*;

use super::{
    Door, Liked, Look,
    parts::{picture, talk_instead},
    search::field,
};
use crate::{
    texts::look,
    visitor::kiosk::{Page, Visit, back, heading, page},
};

/// "What would you like to discover?"
pub fn home(visit: &Visit) -> String {
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
            answers: view! { <div id="found" aria-live="polite"></div> <ul class="pictures ways">{ways.into_iter().collect_view()}</ul> }
                .into_any(),
            onward: view! { {out} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}
