//! "I like …, I'd rather not …"

use domain::catalogue::{Feature, Kind};
use leptos::prelude::*;
use services::catalogue::{Filter, Library};

use super::{
    Liked, Look,
    lists::count,
    names,
    parts::{rows, talk_instead},
};
use crate::{
    texts::look,
    visitor::kiosk::{Page, Visit, back, heading, hidden, page},
};

/// What people like.
const LIKES: [Feature; 20] = [
    Feature::Helping,
    Feature::Children,
    Feature::Elderly,
    Feature::Animals,
    Feature::Plants,
    Feature::Outdoors,
    Feature::Hands,
    Feature::Machines,
    Feature::Driving,
    Feature::Cooking,
    Feature::Selling,
    Feature::Explaining,
    Feature::Organising,
    Feature::Numbers,
    Feature::Writing,
    Feature::Drawing,
    Feature::Computer,
    Feature::Languages,
    Feature::Team,
    Feature::Calm,
];
/// What people would rather not have.
const DISLIKES: [Feature; 14] = [
    Feature::Night,
    Feature::Weekend,
    Feature::Standing,
    Feature::Heavy,
    Feature::Noise,
    Feature::Heights,
    Feature::Cold,
    Feature::Dirt,
    Feature::Screen,
    Feature::Selling,
    Feature::Crisis,
    Feature::Blood,
    Feature::Alone,
    Feature::Travel,
];
/// Occupations that are shown at most.
const MOST: usize = 60;

/// Two lists to touch, and the occupations that remain.
pub fn likes(visit: &Visit, library: &Library, liked: &Liked) -> String {
    let t = &visit.texts;
    let title = look::by_likes(t);
    let filter = Filter {
        kind: Some(Kind::Occupation),
        likes: liked.likes.clone(),
        dislikes: liked.dislikes.clone(),
        ..visit.current()
    };
    let chosen = *liked != Liked::default();
    // Only what says something of its features can be chosen by them.
    let mut found = library.browse(&filter, visit.language());
    found.retain(|entry| !entry.record.features.is_empty());
    let shown = &found[..found.len().min(MOST)];
    let results = chosen.then(|| {
        view! { <section id="found" aria-live="polite"><h2>{count(t, found.len())}</h2> {rows(visit, shown)}</section> }
    });
    page(
        visit,
        Page {
            name: "likes",
            title: title.clone(),
            sign: 0,
            ask: heading(title, Some(look::by_likes_hint(t))),
            answers: view! { {form(visit, liked)} {results} }.into_any(),
            onward: view! { {back(t, visit.look(Look::Home))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}

fn form(visit: &Visit, liked: &Liked) -> AnyView {
    let t = &visit.texts;
    let boxes = |name: &'static str, all: &[Feature], chosen: &[Feature]| {
        let boxes = all.iter().map(|feature| {
            let checked = chosen.contains(feature);
            view! {
                <label class="tick">
                    <input type="checkbox" name=name value=feature.code() checked=checked />
                    <span>{names::feature(t, *feature)}</span>
                </label>
            }
        });
        boxes.collect_view()
    };
    view! {
        <form class="likes" method="get" action=visit.form_action(&Look::Likes(Liked::default())) data-find-choices>
            {hidden(visit.choices.before_the_question().pairs())}
            <fieldset>
                <legend>{look::choose_likes(t)}</legend>
                <div class="ticks">{boxes("like", &LIKES, &liked.likes)}</div>
            </fieldset>
            <fieldset>
                <legend>{look::choose_dislikes(t)}</legend>
                <div class="ticks">{boxes("dislike", &DISLIKES, &liked.dislikes)}</div>
            </fieldset>
            <button class="button solid">{look::search_button(t)}</button>
        </form>
    }
    .into_any()
}
