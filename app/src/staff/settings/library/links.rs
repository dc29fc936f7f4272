//! What an entry made here is linked to: a training to the jobs it leads to, anything to what is close to it.

use domain::catalogue::{EntryId, Kind};
use leptos::{prelude::*, task::spawn_local};

use super::{
    api::{load_entries, relation},
    entry::Form,
};
use crate::{
    staff::use_acts,
    texts::{library as texts, use_texts},
};

/// Entries that are offered at most.
const OFFERED: usize = 8;

#[component]
pub(super) fn Links(form: Form, kind: Memo<Option<Kind>>, linked: Vec<(EntryId, String)>) -> impl IntoView {
    let t = StoredValue::new(use_texts());
    let centre = use_acts().centre();
    let linked = RwSignal::new(linked);
    let offered = RwSignal::new(Vec::<(EntryId, String)>::new());
    let text = RwSignal::new(String::new());
    let look = move || {
        let (language, text) = (t.with_value(|t| t.language().clone()), text.get_untracked());
        spawn_local(async move {
            let found = load_entries(centre, language, text, None, None).await;
            let rows = found.map(|f| f.rows).unwrap_or_default();
            offered.try_set(rows.into_iter().take(OFFERED).map(|row| (row.id, row.title)).collect());
        });
    };
    // Enter looks, and does not send the form around it.
    let on_enter = move |e: leptos::ev::KeyboardEvent| {
        if e.key() == "Enter" {
            e.prevent_default();
            look();
        }
    };
    let remove = move |id: EntryId| {
        linked.update(|all| all.retain(|(one, _)| *one != id));
        form.own(|own| {
            own.links.values_mut().for_each(|all| all.retain(|one| *one != id));
            own.links.retain(|_, all| !all.is_empty());
        });
    };
    let add = move |id: EntryId, title: String| {
        let how = relation(kind.get_untracked().unwrap_or(Kind::Service));
        form.own(|own| own.link(how, id.clone()));
        linked.update(|all| {
            if !all.iter().any(|(one, _)| *one == id) {
                all.push((id, title));
            }
        });
    };
    let chips = move || {
        linked.get().into_iter().map(|(id, title)| {
            let word = t.with_value(|t| texts::link_remove(t, &title));
            view! {
                <li class="chip linked">
                    <span dir="auto">{title}</span>
                    <button type="button" class="unlink" aria-label=word on:click=move |_| remove(id.clone())>"×"</button>
                </li>
            }
            .into_any()
        }).collect_view()
    };
    let offers = move || {
        offered
            .get()
            .into_iter()
            .map(|(id, title)| {
                let (word, name) = (t.with_value(texts::link_add), title.clone());
                view! {
                    <li>
                        <button type="button" class="pill" on:click=move |_| add(id.clone(), title.clone())>
                            {word}" "<bdi>{name}</bdi>
                        </button>
                    </li>
                }
                .into_any()
            })
            .collect_view()
    };
    t.with_value(|t| {
        view! {
            <div class="entry-links">
                <p><b>{texts::field_links(t)}</b> <span class="soft">{texts::links_lead(t)}</span></p>
                <ul class="chips">{chips}</ul>
                <div class="career-find">
                    <label class="field">
                        {texts::search_label(t)}
                        <input type="search" dir="auto" maxlength="120" autocomplete="off" prop:value=text on:input=move |e| text.set(event_target_value(&e)) on:keydown=on_enter />
                    </label>
                    <button type="button" class="action" on:click=move |_| look()>{texts::search_button(t)}</button>
                </div>
                <ul class="chips" aria-live="polite">{offers}</ul>
            </div>
        }
        .into_any()
    })
}
