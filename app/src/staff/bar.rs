//! The bar on top: where one is, whether the page is live, the language, the way out.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_location;

use super::{LiveState, Page, account::SignOut, frame::current_page, use_start};
use crate::texts::{common, screen_languages, staff, use_texts};

/// The bar.
#[component]
pub(super) fn Bar() -> impl IntoView {
    let t = use_texts();
    let start = use_start();
    let language = t.language().clone();
    let (name, person, pages, demo) = start
        .with_value(|s| (s.centre.name.get(&language).to_owned(), s.staff.name.clone(), Page::of(&s.staff), s.demo));
    let links = (pages.len() > 1).then(|| view! { <Pages pages /> }.into_any());
    view! {
        <a class="skip button main" href="#work">{staff::skip(&t)}</a>
        <header class="bar">
            <span class="bar-centre">{name}</span>
            {demo.then(|| view! { <span class="bar-demo">{staff::demo(&t)}</span> }.into_any())}
            {links}
            <span class="bar-space"></span>
            <CentreSwitch />
            <LiveMark />
            <LanguageSwitch />
            <Account person />
        </header>
    }
    .into_any()
}

#[component]
fn Pages(pages: Vec<Page>) -> impl IntoView {
    let t = use_texts();
    let here = current_page();
    let links = pages
        .into_iter()
        .map(|page| {
            let current = move || (here.get() == Some(page)).then_some("page");
            view! { <a href=page.address(t.language().code()) aria-current=current>{page.title(&t)}</a> }.into_any()
        })
        .collect_view();
    view! { <nav class="bar-pages" aria-label=staff::pages(&t)>{links}</nav> }.into_any()
}

/// For those who work in no single centre.
#[component]
fn CentreSwitch() -> impl IntoView {
    let t = use_texts();
    let start = use_start();
    let (centres, slug) = start.with_value(|s| (s.centres.clone(), s.centre.slug.clone()));
    if centres.len() < 2 {
        return ().into_any();
    }
    let links = centres
        .into_iter()
        .map(|(other, name)| {
            let current = (other == slug).then_some("true");
            let name = name.get(t.language()).to_owned();
            view! { <a href=format!("?centre={other}") rel="external" aria-current=current>{name}</a> }.into_any()
        })
        .collect_view();
    view! { <nav class="bar-languages" aria-label=staff::centres(&t)>{links}</nav> }.into_any()
}

/// Whether the page hears the server, in words and in shape.
#[component]
fn LiveMark() -> impl IntoView {
    let t = use_texts();
    let state = expect_context::<RwSignal<LiveState>>();
    let time = use_start().with_value(|s| s.time);
    let class = move || match state.get() {
        LiveState::None => "live none",
        LiveState::Live => "live on",
        LiveState::Connecting | LiveState::Stale(_) => "live again",
        LiveState::Offline => "live off",
    };
    let words = move || match state.get() {
        LiveState::None => String::new(),
        LiveState::Live => staff::live(&t),
        LiveState::Connecting => staff::reconnecting(&t),
        LiveState::Stale(since) => staff::stale(&t, time.time(&t, since)),
        LiveState::Offline => staff::offline(&t),
    };
    view! { <span class=class role="status">{words}</span> }.into_any()
}

/// The same page in the other languages: links, so that it works without script.
#[component]
pub(super) fn LanguageSwitch() -> impl IntoView {
    let t = use_texts();
    let here = t.language().clone();
    let location = use_location();
    let names = [common::in_french(&t), common::in_english(&t), common::in_arabic(&t)];
    let links = screen_languages()
        .into_iter()
        .zip(names)
        .map(|(language, name)| {
            let code = language.code().to_owned();
            let address = {
                let code = code.clone();
                move || {
                    let path = location.pathname.get();
                    let rest = path.trim_start_matches('/').split_once('/').map_or("desk", |(_, rest)| rest).to_owned();
                    let search = location.search.get();
                    let mark = if search.is_empty() || search.starts_with('?') { "" } else { "?" };
                    format!("/{code}/{rest}{mark}{search}")
                }
            };
            let current = (language == here).then_some("true");
            view! {
                <a href=address rel="external" lang=code.clone() hreflang=code aria-current=current>{name}</a>
            }
            .into_any()
        })
        .collect_view();
    view! { <nav class="bar-languages" aria-label=common::language_switch(&t)>{links}</nav> }.into_any()
}

/// Who is signed in, and the ways out: opens without script too.
#[component]
fn Account(person: String) -> impl IntoView {
    let t = use_texts();
    let language = t.language().code().to_owned();
    view! {
        <details class="bar-account">
            <summary class="pill">{person}</summary>
            <div class="bar-menu">
                <a href=Page::Password.address(&language)>{staff::new_password(&t)}</a>
                <a href=Page::Sessions.address(&language)>{staff::sessions(&t)}</a>
                <form method="post" action=SignOut::PATH>
                    <input type="hidden" name="language" value=language.clone() />
                    <button type="submit">{staff::sign_out(&t)}</button>
                    <button type="submit" name="everywhere" value="yes">{staff::sign_out_everywhere(&t)}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}
