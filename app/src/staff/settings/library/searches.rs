//! What people searched in vain: never one search, only what several share.

use chrono::Datelike;
use leptos::prelude::*;

use super::{
    address,
    api::{Searched, load_searches},
};
use crate::{
    staff::{use_acts, use_start},
    texts::{Texts, library as texts, use_texts},
};

#[component]
pub(super) fn Searches() -> impl IntoView {
    let t = use_texts();
    let centre = use_acts().centre();
    let threshold = use_start().with_value(|s| s.centre.policies.anonymity_threshold);
    let searches = Resource::new(|| (), move |()| load_searches(centre));
    let list = move || {
        let t = StoredValue::new(use_texts());
        Suspend::new(async move {
            match searches.await {
                Ok(all) => table(&t.get_value(), all),
                Err(trouble) => view! { <p class="soft">{trouble.sentence(&t.get_value())}</p> }.into_any(),
            }
        })
    };
    view! {
        <section class="card">
            <h2>{texts::searches(&t)}</h2>
            <p class="lead">{texts::searches_lead(&t, threshold)}</p>
            <Transition>{list}</Transition>
        </section>
    }
    .into_any()
}

fn table(t: &Texts, all: Vec<Searched>) -> AnyView {
    if all.is_empty() {
        return view! {
            <div class="nothing"><b>{texts::searches_none(t)}</b><p class="soft">{texts::searches_none_hint(t)}</p></div>
        }
        .into_any();
    }
    let row = |s: Searched| {
        let href = address("entries", &[("q", &s.words)]);
        view! {
            <tr>
                <th scope="row" dir="auto">{s.words}</th>
                <td>{texts::times(t, s.count)}</td>
                <td><bdi dir="ltr">{format!("{:02}/{}", s.month.month(), s.month.year())}</bdi></td>
                <td><a class="pill" href=href>{texts::look_in_entries(t)}</a></td>
            </tr>
        }
        .into_any()
    };
    view! {
        <table class="listing">
            <thead>
                <tr>
                    <th scope="col">{texts::searched_words(t)}</th>
                    <th scope="col">{texts::searched_times(t)}</th>
                    <th scope="col">{texts::month(t)}</th>
                    <td></td>
                </tr>
            </thead>
            <tbody>{all.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
