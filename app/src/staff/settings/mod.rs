//! Settings: devices, rules, opening hours, accounts, career information. Each section has its own address.

mod accounts;
pub mod api;
mod devices;
mod form;
mod hours;
mod library;
mod rules;

use domain::view::{CentreView, Halt};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    api::load_centre,
    halt::{Alarm, HaltBanner, is_alarm},
    parts::TroubleBanner,
    use_acts, use_live, use_pulse, use_start,
};
use crate::texts::{self, Texts, settings, use_texts};

/// A section of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Devices,
    Rules,
    Hours,
    Accounts,
    Library,
}

impl Section {
    const ALL: [Self; 5] = [Self::Devices, Self::Rules, Self::Hours, Self::Accounts, Self::Library];

    fn name(self) -> &'static str {
        match self {
            Self::Devices => "devices",
            Self::Rules => "rules",
            Self::Hours => "hours",
            Self::Accounts => "accounts",
            Self::Library => "library",
        }
    }

    fn title(self, t: &Texts) -> String {
        match self {
            Self::Devices => settings::devices(t),
            Self::Rules => settings::rules(t),
            Self::Hours => settings::hours(t),
            Self::Accounts => settings::accounts(t),
            Self::Library => texts::library::title(t),
        }
    }
}

/// The settings screen.
#[component]
pub fn Settings() -> impl IntoView {
    let t = StoredValue::new(use_texts());
    let query = use_query_map();
    let shown = Memo::new(move |_| {
        let asked = query.with(|q| q.get("section"));
        Section::ALL.into_iter().find(|s| asked.as_deref() == Some(s.name())).unwrap_or(Section::Devices)
    });
    let slug = use_start().with_value(|s| s.centre.slug.clone());
    use_pulse(move || format!("settings?centre={slug}"));
    // Somebody who works in no single centre keeps the one that was chosen.
    let centre = use_start().with_value(|s| s.staff.centre.is_none().then(|| s.centre.slug.clone()));
    let link = move |section: Section| {
        let centre = centre.as_ref().map(|c| format!("&centre={c}")).unwrap_or_default();
        let current = move || (shown.get() == section).then_some("page");
        view! {
            <a class="pill" href=format!("?section={}{centre}", section.name()) aria-current=current>
                {section.title(&t.get_value())}
            </a>
        }
        .into_any()
    };
    let body = move || match shown.get() {
        Section::Devices => view! { <devices::Devices /> }.into_any(),
        Section::Rules => view! { <rules::Rules /> }.into_any(),
        Section::Hours => view! { <hours::Hours /> }.into_any(),
        Section::Accounts => view! { <accounts::Accounts /> }.into_any(),
        Section::Library => view! { <library::Library /> }.into_any(),
    };
    let halt = RwSignal::new(None);
    view! {
        <Title text=settings::title(&t.get_value()) />
        <Watch halt />
        <main class="settings" id="work" hidden=move || halt.with(|h| is_alarm(h.as_ref()))>
            <h1>{settings::title(&t.get_value())}</h1>
            <nav class="sections" aria-label=settings::title(&t.get_value())>{Section::ALL.map(link).into_iter().collect_view()}</nav>
            <div role="alert"><HaltBanner halt /></div>
            <TroubleBanner />
            {body}
        </main>
    }
    .into_any()
}

/// Follows the day, so that an alarm is seen here too.
#[component]
fn Watch(halt: RwSignal<Option<Halt>>) -> impl IntoView {
    let centre = use_acts().centre();
    let first = Resource::new_blocking(|| (), move |()| load_centre(centre));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                // Whoever may not see the day is told by everybody else.
                first.await.ok().map(|first| view! { <Watching first halt /> }.into_any())
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Watching(first: CentreView, halt: RwSignal<Option<Halt>>) -> impl IntoView {
    let slug = use_start().with_value(|s| s.centre.slug.clone());
    let live = use_live(move || format!("centre?centre={slug}"), first);
    let now = Memo::new(move |_| live.view.with(|v| v.halt.clone()));
    Effect::new(move |_| drop(halt.try_set(now.get())));
    view! { <Alarm halt=now /> }.into_any()
}

/// Says for a moment that something was saved.
#[component]
fn Saved(saved: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let word = move || if saved.get() { settings::saved(&t) } else { String::new() };
    view! { <span class="saved" role="status">{word}</span> }.into_any()
}
