//! What surrounds every page of somebody who is signed in.

use domain::CentreId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_query_map},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    Acts, Keys, LiveState, Page, Start, api,
    bar::{Bar, LanguageSwitch},
    sign_in::SignInForm,
    use_acts,
};
use crate::{
    texts::{staff, use_texts},
    trouble::Trouble,
};

/// Who is signed in and where; for every component inside the frame.
pub fn use_start() -> StoredValue<Start> {
    expect_context::<StoredValue<Start>>()
}

/// Asks who is signed in, and shows the page inside, or the form to sign in.
#[component]
pub(super) fn Frame() -> impl IntoView {
    let query = use_query_map();
    let centre = query.with_untracked(|q| q.get("centre"));
    let start = Resource::new_blocking(|| (), move |()| api::load_start(centre.clone()));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match start.await {
                    Ok(start) => view! { <Inside start /> }.into_any(),
                    Err(Trouble::SignInNeeded) => view! { <SignInForm ended=false /> }.into_any(),
                    Err(trouble) => view! { <Failure trouble /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Inside(start: Start) -> impl IntoView {
    let acts = Acts::new(start.centre.id);
    provide_context(acts);
    provide_context(Keys::new(start.staff.letter_keys));
    provide_context(RwSignal::new(LiveState::None));
    let forced = start.staff.must_change_password;
    provide_context(StoredValue::new(start));
    if forced {
        return super::sign_in::NewPassword().into_any();
    }
    view! {
        <Bar />
        <Outlet />
    }
    .into_any()
}

/// A screen with its title. What it begins with is loaded once, on the server; or it is said why it cannot be shown.
pub(super) fn screen<T, L>(title: String, load: fn(CentreId) -> L, show: fn(T) -> AnyView) -> AnyView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    L: Future<Output = Result<T, Trouble>> + Send + 'static,
{
    let centre = use_acts().centre();
    let first = Resource::new_blocking(|| (), move |()| load(centre));
    view! {
        <Title text=title />
        <Suspense>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(first) => show(first),
                    Err(trouble) => view! { <Failure trouble /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// Why a page could not be shown.
#[component]
fn Failure(trouble: Trouble) -> impl IntoView {
    let t = use_texts();
    let why = {
        let t = t.clone();
        move || trouble.sentence(&t)
    };
    view! {
        <main class="alone">
            <div class="alone-card">
                <h1>{staff::failed(&t)}</h1>
                <p>{why}</p>
                <a class="button main" href="" rel="external">{staff::try_again(&t)}</a>
            </div>
        </main>
    }
    .into_any()
}

/// There is no such page.
#[component]
pub(super) fn NotFound() -> impl IntoView {
    let t = use_texts();
    let home = Page::Desk.address(t.language().code());
    view! {
        <Title text=staff::not_found(&t) />
        <main class="alone">
            <LanguageSwitch />
            <div class="alone-card">
                <h1>{staff::not_found(&t)}</h1>
                <a class="button main" href=home rel="external">{staff::go_home(&t)}</a>
            </div>
        </main>
    }
    .into_any()
}

/// The page that the address names.
pub(super) fn current_page() -> Memo<Option<Page>> {
    let location = use_location();
    Memo::new(move |_| location.pathname.with(|p| p.rsplit('/').find(|part| !part.is_empty()).and_then(Page::named)))
}
