//! The staff's app: sign-in, desk, welcome, centre, settings. Made on the server, then alive in the browser.

mod account;
mod acts;
pub mod api;
mod bar;
mod causes;
pub mod centre;
#[cfg(feature = "ssr")]
mod context;
pub mod desk;
mod device;
mod frame;
mod halt;
mod hold;
mod keys;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod line;
mod live;
mod machine;
mod page;
pub mod parts;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod renewal;
mod sessions;
pub mod settings;
mod sign_in;
mod tab;
pub mod welcome;
#[cfg(feature = "ssr")]
mod zone;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

pub use acts::{Acts, Press, new_key, use_acts};
pub use api::Start;
#[cfg(feature = "ssr")]
pub use context::{CookiesOf, StaffContext, WhenceOf};
pub use frame::use_start;
pub use keys::{Keys, use_key};
pub use live::{Live, LiveState, Now, use_live, use_now, use_pulse};
pub use page::Page;

use crate::texts::Texts;

/// The document around the staff's app. The server provides a [`StaffContext`] around it.
#[cfg(feature = "ssr")]
pub fn shell() -> impl IntoView {
    use crate::texts;

    let t = page_texts();
    let (stylesheet, script, build) = match use_context::<StaffContext>() {
        Some(context) => {
            context.allow_own_scripts();
            (context.stylesheet, context.script, context.build)
        }
        None => Default::default(),
    };
    let embedded = t.to_json(&[
        texts::common::SECTION,
        texts::languages::SECTION,
        texts::refusals::SECTION,
        texts::staff::SECTION,
        texts::alarm::SECTION,
        texts::desk::SECTION,
        texts::welcome::SECTION,
        texts::centre::SECTION,
        texts::causes::SECTION,
        texts::settings::SECTION,
        texts::library::SECTION,
    ]);
    view! {
        <!DOCTYPE html>
        <html lang=t.language().code().to_owned() dir=t.direction() data-build=build>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex" />
                <link rel="icon" href="data:," />
                <link rel="stylesheet" href=stylesheet />
                <script type="application/json" id="texts" inner_html=embedded></script>
                <script type="module" src=script></script>
                <leptos_meta::MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The texts of the language in the address: embedded in the page for the browser.
#[cfg(feature = "ssr")]
fn page_texts() -> Texts {
    let parts = use_context::<axum::http::request::Parts>();
    let code = parts.as_ref().and_then(|p| p.uri.path().split('/').nth(1)).and_then(|code| code.parse().ok());
    Texts::of(&code.unwrap_or_else(domain::Language::french))
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn page_texts() -> Texts {
    Texts::of_page().unwrap_or_else(Texts::none)
}

#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
fn page_texts() -> Texts {
    Texts::none()
}

/// The staff's app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    page_texts().provide();
    view! {
        <Router>
            <Routes fallback=|| frame::NotFound().into_any()>
                <Route path=path!("/:lang/sign-in") view=|| sign_in::SignIn().into_any() ssr=SsrMode::Async />
                <ParentRoute path=path!("/:lang") view=|| frame::Frame().into_any() ssr=SsrMode::Async>
                    <Route path=path!("/password") view=|| sign_in::NewPassword().into_any() />
                    <Route path=path!("/sessions") view=|| sessions::Sessions().into_any() />
                    <Route path=path!("/desk") view=|| desk::Desk().into_any() />
                    <Route path=path!("/welcome") view=|| welcome::Welcome().into_any() />
                    <Route path=path!("/centre") view=|| centre::Centre().into_any() />
                    <Route path=path!("/settings") view=|| settings::Settings().into_any() />
                </ParentRoute>
            </Routes>
        </Router>
    }
    .into_any()
}

/// Takes over the page in the browser. A page whose texts this program cannot read stays as the server made it.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub fn hydrate() {
    // A page that stopped says why in the browser's console.
    std::panic::set_hook(Box::new(|info| leptos::logging::error!("{info}")));
    match Texts::of_page() {
        Some(_) => leptos::mount::hydrate_body(App),
        None => renewal::once(),
    }
}
