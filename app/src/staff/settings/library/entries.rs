//! Finding the entry to edit.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::{
    address,
    api::{Choice, Listing, Row, load_entries},
    asked, direction,
};
use crate::{
    staff::{Page, use_acts, use_start},
    texts::{Texts, library as texts, use_texts},
};

#[component]
pub(super) fn Entries() -> impl IntoView {
    let t = use_texts();
    let centre = use_acts().centre();
    let language = StoredValue::new(t.language().clone());
    let (text, kind, only) = (asked("q"), asked("kind"), asked("only"));
    let given = |value: String| (!value.is_empty()).then_some(value);
    let listing = Resource::new(
        move || (text.get(), given(kind.get()), given(only.get())),
        move |(text, kind, only)| load_entries(centre, language.get_value(), text, kind, only),
    );
    let list = move || {
        let t = StoredValue::new(use_texts());
        Suspend::new(async move {
            match listing.await {
                Ok(listing) => found(&t.get_value(), listing, &text.get(), &kind.get(), &only.get()),
                Err(trouble) => view! { <p class="soft">{trouble.sentence(&t.get_value())}</p> }.into_any(),
            }
        })
    };
    let home = use_start().with_value(|s| s.staff.centre.is_none().then(|| s.centre.slug.clone()));
    let home = home.map(|slug| view! { <input type="hidden" name="centre" value=slug /> });
    let kept = move |name: &'static str, value: Memo<String>| {
        move || (!value.get().is_empty()).then(|| view! { <input type="hidden" name=name value=value.get() /> })
    };
    let (words, search) = (texts::search_label(&t), texts::search_button(&t));
    view! {
        <section class="card career-head">
            <Form method="GET" action=Page::Settings.address(t.language().code()) attr:class="career-find" attr:role="search">
                <input type="hidden" name="section" value="library" />
                {home}
                {kept("kind", kind)}
                {kept("only", only)}
                <label class="field">
                    {words}
                    <input type="search" name="q" dir="auto" maxlength="120" autocomplete="off" prop:value=text value=text.get_untracked() />
                </label>
                <button type="submit" class="action main">{search}</button>
                </Form>
            <a class="action" href=address("new", &[])>{texts::new_entry(&t)}</a>
            <p class="soft">{texts::everywhere(&t)}</p>
        </section>
        <section class="card" aria-live="polite"><Transition>{list}</Transition></section>
    }
    .into_any()
}

fn found(t: &Texts, listing: Listing, text: &str, kind: &str, only: &str) -> AnyView {
    let Listing { total, rows, kinds } = listing;
    let of_kind = |code: &str, label: String| {
        let href = address("entries", &[("q", text), ("kind", code), ("only", only)]);
        view! { <a class="pill" href=href aria-current=(code == kind).then_some("true")>{label}</a> }.into_any()
    };
    let of_which = |code: &str, label: String| {
        let href = address("entries", &[("q", text), ("kind", kind), ("only", code)]);
        view! { <a class="pill" href=href aria-current=(code == only).then_some("true")>{label}</a> }.into_any()
    };
    let which = [
        ("", texts::which_all(t)),
        ("edited", texts::which_edited(t)),
        ("own", texts::which_own(t)),
        ("featured", texts::which_featured(t)),
        ("hidden", texts::which_hidden(t)),
    ];
    let all_kinds = std::iter::once((String::new(), texts::every_kind(t))).chain(kinds);
    let more = (rows.len() < total).then(|| view! { <p class="soft">{texts::first_shown(t, rows.len())}</p> });
    let none = rows.is_empty().then(|| view! { <p class="soft">{texts::nothing_found(t)}</p> });
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    view! {
        <nav class="filters" aria-label=texts::kind(t)>
            <span aria-hidden="true">{texts::kind(t)}</span>
            {all_kinds.map(|(code, label)| of_kind(&code, label)).collect_view()}
        </nav>
        <nav class="filters" aria-label=texts::which(t)>
            <span aria-hidden="true">{texts::which(t)}</span>
            {which.into_iter().map(|(code, label)| of_which(code, label)).collect_view()}
        </nav>
        <h2>{texts::found(t, total)}</h2>
        {none}
        <ul class="career-rows">{rows}</ul>
        {more}
    }
    .into_any()
}

fn row(row: Row) -> AnyView {
    let id = row.id.to_string();
    let mark = |(class, word): Choice| view! { <span class=format!("mark {class}")>{word}</span> }.into_any();
    let marks = row.marks.into_iter().map(mark).collect_view();
    let dir = direction(&row.language);
    view! {
        <li class:off=row.off>
            <a class="career-row" href=address("entry", &[("id", &id)])>
                <b lang=row.language.code().to_owned() dir=dir>{row.title}</b>
                <span class="soft">{format!("{} · {}", row.kind, row.source)}</span>
                <span class="marks">{marks}</span>
            </a>
        </li>
    }
    .into_any()
}
