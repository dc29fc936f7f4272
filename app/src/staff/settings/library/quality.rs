//! What there is to put right: a tile for each thing that is looked at, and a list that leads to the entries.

use leptos::prelude::*;

use super::{
    address,
    api::{Finding, Quality as Looked, load_quality},
    asked, direction,
};
use crate::{
    staff::use_acts,
    texts::{Texts, library as texts, use_texts},
};

#[component]
pub(super) fn Quality() -> impl IntoView {
    let t = use_texts();
    let centre = use_acts().centre();
    let language = StoredValue::new(t.language().clone());
    let of = asked("of");
    let quality = Resource::new(
        move || of.get(),
        move |of| load_quality(centre, language.get_value(), (!of.is_empty()).then_some(of)),
    );
    let body = move || {
        let t = StoredValue::new(use_texts());
        Suspend::new(async move {
            match quality.await {
                Ok(looked) => both(&t.get_value(), looked, &of.get()),
                Err(trouble) => view! { <p class="soft">{trouble.sentence(&t.get_value())}</p> }.into_any(),
            }
        })
    };
    view! {
        <p class="lead">{texts::quality_lead(&t)}</p>
        <Transition>{body}</Transition>
    }
    .into_any()
}

fn both(t: &Texts, looked: Looked, of: &str) -> AnyView {
    let Looked { groups, rows } = looked;
    let chosen = groups.iter().find(|g| g.code == of).map(|g| (g.title.clone(), g.count));
    let tiles = groups.into_iter().map(|g| {
        view! {
            <li>
                <a class="quality-tile" class:well=g.count == 0 href=address("quality", &[("of", &g.code)]) aria-current=(g.code == of).then_some("true")>
                    <b class="quality-count">{g.count}</b>
                    <span class="quality-title">{g.title}</span>
                    <span class="soft">{g.hint}</span>
                </a>
            </li>
        }
        .into_any()
    });
    let list = chosen.map(|(title, count)| {
        let well = rows.is_empty().then(|| view! { <p class="soft">{texts::all_well(t)}</p> });
        let more = (rows.len() < count).then(|| view! { <p class="soft">{texts::first_shown(t, rows.len())}</p> });
        view! {
            <section class="card" aria-live="polite">
                <h2>{title}</h2>
                {well}
                <ul class="career-rows">{rows.into_iter().map(row).collect_view()}</ul>
                {more}
            </section>
        }
    });
    view! { <ul class="quality-tiles">{tiles.collect_view()}</ul> {list} }.into_any()
}

fn row(finding: Finding) -> AnyView {
    let Finding { id, title, language, note } = finding;
    let href = match id {
        Some(id) => address("entry", &[("id", &id.to_string())]),
        None => address("import", &[]),
    };
    let dir = language.as_ref().map_or("auto", direction);
    view! {
        <li>
            <a class="career-row" href=href>
                <b lang=language.map(|l| l.code().to_owned()) dir=dir>{title}</b>
                <span class="soft" dir="auto">{note}</span>
            </a>
        </li>
    }
    .into_any()
}
