//! Looking for words.

use std::collections::BTreeMap;

use domain::catalogue::Kind;
use leptos::prelude::*;
use services::catalogue::{Entry, Facet, Library, Query};

use super::{
    Door, Look, names,
    narrow::narrow,
    parts::{other_ways, rows, talk_instead},
};
use crate::{
    texts::look,
    visitor::kiosk::{Page, Visit, back, heading, hidden, page},
};

/// Occupations that are shown, entries of each other kind, and entries where one kind is wanted.
const OCCUPATIONS: usize = 12;
const OTHERS: usize = 4;
const OF_ONE_KIND: usize = 150;
/// What is found and counted.
const FOUND: usize = 2000;
/// Letters of a query at most.
const LONGEST: u16 = 80;

/// The field with what was found: occupations first, everything else below them.
pub fn search(visit: &Visit, library: &Library, text: &str, facets: &[Facet]) -> String {
    let page_of = Look::Search(text.to_owned(), facets.to_vec());
    let t = &visit.texts;
    let title = if text.is_empty() { look::search_label(t) } else { look::results_for(t, text) };
    page(
        visit,
        Page {
            name: "find",
            title: title.clone(),
            sign: 0,
            ask: view! { {heading(look::search_label(t), None)} {field(visit, &page_of, text)} }.into_any(),
            answers: view! { <div id="found" aria-live="polite">{found(visit, library, &page_of, text)}</div> }
                .into_any(),
            onward: view! { {back(t, visit.look(Look::Home))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}

/// The field in which one writes: what is found is the page, narrowed as it is.
pub(super) fn field(visit: &Visit, page: &Look, text: &str) -> AnyView {
    let t = &visit.texts;
    let keys = match visit.door() {
        Door::Kiosk => keyboard(visit),
        Door::Open => ().into_any(),
    };
    view! {
        <form class="find" role="search" method="get" action=visit.form_action(page) data-find>
            {hidden(page.facets().iter().map(|f| (f.name(), f.code())).collect())}
            {hidden(visit.choices.before_the_question().pairs())}
            <label for="find">{look::search_label(t)}</label>
            <div class="line">
                <input
                    id="find"
                    name="q"
                    type="search"
                    value=text.to_owned()
                    placeholder=look::search_example(t)
                    maxlength=LONGEST.to_string()
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="search"
                    dir="auto"
                />
                // The script that follows the typing does not send the button: so the server knows a sent search from it.
                <button class="button solid small" name="sent" value="1">{look::search_button(t)}</button>
            </div>
            {keys}
        </form>
    }
    .into_any()
}

/// Keys in the script of the screen's language: a kiosk has no keyboard.
fn keyboard(visit: &Visit) -> AnyView {
    let rows: &[&str] = match visit.language().code() {
        "ar" => &["ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ", "ذأإآ"],
        "fr" => &["azertyuiop", "qsdfghjklm", "wxcvbnéèçà'"],
        _ => &["qwertyuiop", "asdfghjkl'", "zxcvbnm"],
    };
    let rows = rows.iter().map(|row| {
        let keys = row
            .chars()
            .map(|key| view! { <button type="button" class="key" data-key=key.to_string()>{key.to_string()}</button> });
        view! { <div class="key-row">{keys.collect_view()}</div> }
    });
    let t = &visit.texts;
    view! {
        <div class="keyboard" data-keys hidden=true>
            {rows.collect_view()}
            <div class="key-row">
                <button type="button" class="key space" data-key=" " aria-label=look::key_space(t)>"␣"</button>
                <button type="button" class="key wide" data-key="">{look::key_back(t)}</button>
            </div>
        </div>
    }
    .into_any()
}

fn found(visit: &Visit, library: &Library, page: &Look, text: &str) -> AnyView {
    let t = &visit.texts;
    if text.trim().is_empty() {
        return ().into_any();
    }
    let filter = page.facets().iter().fold(visit.current(), |filter, facet| filter.and(*facet));
    let query = Query { text: text.to_owned(), language: visit.language().clone(), filter, most: FOUND };
    let result = library.search(&query);
    let narrow = narrow(visit, page, &query.filter, &result.entries);
    if result.total == 0 {
        return view! { {narrow} {nothing(visit, library, text)} }.into_any();
    }
    let mut by_kind: BTreeMap<Kind, Vec<&Entry>> = BTreeMap::new();
    for entry in &result.entries {
        by_kind.entry(entry.record.kind).or_default().push(entry);
    }
    let groups = by_kind.into_iter().map(|(kind, entries)| {
        let most = match query.filter.kind {
            Some(_) => OF_ONE_KIND,
            None if kind == Kind::Occupation => OCCUPATIONS,
            None => OTHERS,
        };
        let shown = &entries[..entries.len().min(most)];
        let all =
            (entries.len() > most && query.filter.kind.is_none()).then(|| see_all(visit, page, kind, entries.len()));
        view! { <section><h2>{names::kind(t, kind)}</h2> {rows(visit, shown)} {all}</section> }
    });
    view! { {nearest(visit, library, text)} {narrow} {groups.collect_view()} }.into_any()
}

/// The way to all results of a kind.
fn see_all(visit: &Visit, page: &Look, kind: Kind, n: usize) -> AnyView {
    let facets = page.facets().iter().copied().chain([Facet::Kind(kind)]).collect();
    let words = look::see_all(&visit.texts, n.to_string());
    view! { <p><a class="quiet" href=visit.look(page.narrowed(facets))>{words}</a></p> }.into_any()
}

fn nearest(visit: &Visit, library: &Library, text: &str) -> Option<AnyView> {
    let other = library.nearest(text)?;
    let address = visit.look(Look::Search(other.clone(), Vec::new()));
    let words = look::did_you_mean(&visit.texts, other);
    Some(view! { <p><a class="quiet nearest" href=address>{words}</a></p> }.into_any())
}

/// There is always a way on.
fn nothing(visit: &Visit, library: &Library, text: &str) -> AnyView {
    let t = &visit.texts;
    view! {
        <h2>{look::no_result(t, text)}</h2>
        {nearest(visit, library, text)}
        {other_ways(visit)}
    }
    .into_any()
}
