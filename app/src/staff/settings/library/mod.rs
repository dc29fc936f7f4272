//! Career information: entries and what is changed of them, imports, what there is to put right, and what was searched in
//! vain. Each view has its own address.

pub mod api;
mod entries;
mod entry;
mod facts;
mod import;
mod links;
mod quality;
mod searches;
#[cfg(feature = "ssr")]
mod words;

use chrono::{Datelike, NaiveDate};
use domain::Language;
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use crate::{
    staff::use_start,
    texts::{Texts, library as texts, use_texts},
};

/// A view in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Entries,
    Import,
    Quality,
    Searches,
}

impl View {
    const ALL: [Self; 4] = [Self::Entries, Self::Import, Self::Quality, Self::Searches];

    fn name(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Import => "import",
            Self::Quality => "quality",
            Self::Searches => "searches",
        }
    }

    fn title(self, t: &Texts) -> String {
        match self {
            Self::Entries => texts::entries(t),
            Self::Import => texts::import(t),
            Self::Quality => texts::quality(t),
            Self::Searches => texts::searches(t),
        }
    }
}

/// What the address shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    View(View),
    Entry(String),
    New,
}

/// The address of a view, with what else it is about.
fn address(view: &str, more: &[(&str, &str)]) -> String {
    let mut query = ParamsMap::new();
    query.insert("section", "library".to_owned());
    query.insert("view", view.to_owned());
    for (name, value) in more.iter().filter(|(_, value)| !value.is_empty()) {
        query.insert((*name).to_owned(), (*value).to_owned());
    }
    // Somebody who works in no single centre keeps the one that was chosen.
    if let Some(centre) = use_start().with_value(|s| s.staff.centre.is_none().then(|| s.centre.slug.clone())) {
        query.insert("centre", centre);
    }
    query.to_query_string()
}

/// A part of the address, as it changes.
fn asked(name: &'static str) -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|q| q.get(name)).unwrap_or_default())
}

/// A day with its year: much here is old.
fn day(date: NaiveDate) -> String {
    // Kept left to right inside any text.
    format!("\u{2066}{:02}/{:02}/{}\u{2069}", date.day(), date.month(), date.year())
}

/// The direction in which a language is written.
fn direction(language: &Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}

#[component]
pub(super) fn Library() -> impl IntoView {
    let t = use_texts();
    let (view, id) = (asked("view"), asked("id"));
    let shown = Memo::new(move |_| match view.get().as_str() {
        "entry" => Shown::Entry(id.get()),
        "new" => Shown::New,
        name => Shown::View(View::ALL.into_iter().find(|v| v.name() == name).unwrap_or(View::Entries)),
    });
    let links = View::ALL.map(|view| {
        let current = move || match shown.get() {
            Shown::View(now) => now == view,
            Shown::Entry(_) | Shown::New => view == View::Entries,
        };
        let current = move || current().then_some("page");
        view! { <a class="tab" href=address(view.name(), &[]) aria-current=current>{view.title(&t)}</a> }.into_any()
    });
    let body = move || match shown.get() {
        Shown::Entry(id) => view! { <entry::Entry id=Some(id) /> }.into_any(),
        Shown::New => view! { <entry::Entry id=None /> }.into_any(),
        Shown::View(View::Entries) => view! { <entries::Entries /> }.into_any(),
        Shown::View(View::Import) => view! { <import::Import /> }.into_any(),
        Shown::View(View::Quality) => view! { <quality::Quality /> }.into_any(),
        Shown::View(View::Searches) => view! { <searches::Searches /> }.into_any(),
    };
    view! {
        <nav class="tabs" aria-label=texts::title(&t)>{links.into_iter().collect_view()}</nav>
        <div class="career">{body}</div>
    }
    .into_any()
}
