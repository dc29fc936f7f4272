//! The first page of the site: which screens there are, and how to get to them.

#[cfg(test)]
mod tests;

use domain::{Language, centre::Centre, staff::Role};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    Head,
    catalogue::{Door, Look},
    document,
    kiosk::{Choices, Step},
};
use crate::{
    components::Sign,
    texts::{Texts, common, home, own_name, screen_languages, use_texts},
};

/// What the page is made from.
#[derive(Clone, Copy, Debug)]
pub struct HomeData<'a> {
    /// The language of the page.
    pub language: &'a Language,
    /// The centres of this installation.
    pub centres: &'a [std::sync::Arc<Centre>],
    /// The demo, if it runs here.
    pub demo: Option<&'a Demo>,
}

/// What everybody may know of the demo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demo {
    /// Its accounts: login and role, in the order in which they are shown.
    pub accounts: Vec<(String, Role)>,
}

/// A screen of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// Where visitors take tickets.
    Kiosk,
    /// Career information, from any browser.
    Look,
    /// Where a visitor follows one.
    Phone,
    /// Where numbers are called.
    Display,
    /// The counsellor's desk.
    Desk,
    /// The host's.
    Welcome,
    /// The coordinator's.
    Centre,
    /// Rules, accounts, devices.
    Settings,
}

impl Screen {
    const VISITORS: [Self; 4] = [Self::Kiosk, Self::Look, Self::Phone, Self::Display];
    const STAFF: [Self; 4] = [Self::Desk, Self::Welcome, Self::Centre, Self::Settings];

    fn name(self, t: &Texts) -> String {
        match self {
            Self::Kiosk => home::kiosk(t),
            Self::Look => home::look(t),
            Self::Phone => home::phone(t),
            Self::Display => home::display(t),
            Self::Desk => home::desk(t),
            Self::Welcome => home::welcome(t),
            Self::Centre => home::coordination(t),
            Self::Settings => home::settings(t),
        }
    }
    fn line(self, t: &Texts, demo: bool) -> String {
        match self {
            Self::Kiosk => home::kiosk_line(t),
            Self::Look => home::look_line(t),
            Self::Phone if demo => home::phone_demo_line(t),
            Self::Phone => home::phone_line(t),
            Self::Display => home::display_line(t),
            Self::Desk => home::desk_line(t),
            Self::Welcome => home::welcome_line(t),
            Self::Centre => home::coordination_line(t),
            Self::Settings => home::settings_line(t),
        }
    }
    /// The code that `/demo/enter` knows.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Look => "look",
            Self::Phone => "phone",
            Self::Display => "display",
            Self::Desk => "desk",
            Self::Welcome => "welcome",
            Self::Centre => "centre",
            Self::Settings => "settings",
        }
    }
    /// The demo account that opens it; none where no account is needed.
    pub fn account(self) -> Option<&'static str> {
        match self {
            Self::Kiosk | Self::Look | Self::Phone | Self::Display => None,
            // Serves what is asked most, so that the first ticket of somebody who tries the demo is for this desk.
            Self::Desk => Some("counsellor5"),
            Self::Welcome => Some("host"),
            Self::Centre | Self::Settings => Some("coordinator"),
        }
    }
    /// Its address; none for the phone page, which needs a ticket.
    pub fn path(self, centre: &Centre, language: &Language) -> Option<String> {
        Some(match self {
            Self::Kiosk => format!("/k/{}/{language}", centre.slug),
            Self::Look => Step::Look(Door::Open, Look::Home).address(centre, language, &Choices::default()),
            Self::Display => format!("/d/{}/{language}", centre.slug),
            Self::Phone => return None,
            Self::Desk | Self::Welcome | Self::Centre | Self::Settings => format!("/{language}/{}", self.code()),
        })
    }
}

/// The first page.
pub fn page(data: &HomeData, head: Head) -> String {
    let t = Texts::of(data.language);
    document(&t, Head { title: home::title(&t), ..head }, || body(data))
}

fn body(data: &HomeData) -> AnyView {
    let t = use_texts();
    view! {
        <body class="home">
            <header>
                <p class="product">{common::product(&t)}</p>
                {languages()}
            </header>
            <main>
                <div class="opening">
                    <p class="signs" aria-hidden="true">{(1..=5).map(|sign| view! { <Sign sign=sign letter=None /> }).collect_view()}</p>
                    <h1>{home::headline(&t)}</h1>
                    <p class="lead">{home::lead(&t)}</p>
                </div>
                {data.demo.map(|_| demo_note())}
                {data.centres.is_empty().then(|| view! { <p class="note">{home::no_centre(&t)}</p> })}
                {data.centres.iter().map(|centre| screens(data, centre)).collect_view()}
                {match data.demo {
                    Some(demo) => accounts(demo),
                    None => view! { {sign_in()}{enrolling()} }.into_any(),
                }}
            </main>
            <footer>
                <p>{home::free_software(&t)}</p>
                <p><a href="/api/v1/openapi.json">{home::interface(&t)}</a></p>
            </footer>
        </body>
    }
    .into_any()
}

fn languages() -> AnyView {
    let t = use_texts();
    let links = screen_languages().map(|language| {
        let current = (&language == t.language()).then_some("true");
        view! {
            <a href=format!("/?lang={language}") lang=language.code().to_owned() aria-current=current>
                {own_name(&language).to_owned()}
            </a>
        }
    });
    view! { <nav aria-label=common::language_switch(&t)>{links.collect_view()}</nav> }.into_any()
}

fn demo_note() -> AnyView {
    let t = use_texts();
    view! {
        <div class="note">
            <p><strong>{home::demo_title(&t)}</strong></p>
            <p>{home::demo_what(&t)}</p>
        </div>
    }
    .into_any()
}

fn screens(data: &HomeData, centre: &Centre) -> AnyView {
    let t = use_texts();
    let group = |title: String, screens: &[Screen], class: &'static str| {
        let cards = screens.iter().map(|screen| card(data, centre, *screen));
        view! { <section class=class><h3>{title}</h3><ul>{cards.collect_view()}</ul></section> }
    };
    // Staff screens are the same for every centre: the account says which one it is.
    let staff = data.demo.is_some().then(|| group(home::for_staff(&t), &Screen::STAFF, "staff"));
    view! {
        <section class="centre">
            <h2>{centre.name.get(t.language()).to_owned()}</h2>
            {group(home::for_visitors(&t), &Screen::VISITORS, "visitors")}
            {staff}
        </section>
    }
    .into_any()
}

fn card(data: &HomeData, centre: &Centre, screen: Screen) -> AnyView {
    let t = use_texts();
    let is_demo = data.demo.is_some();
    let path = screen.path(centre, t.language());
    let inside = view! {
        {drawing(screen)}
        <span class="name">{screen.name(&t)}</span>
        <span class="line">{screen.line(&t, is_demo)}</span>
        {screen.account().filter(|_| is_demo).map(|login| view! { <span class="account">{home::open_as(&t, login)}</span> })}
    };
    let class = format!("card {}", screen.code());
    match path {
        _ if is_demo => view! {
            <li>
                <form method="post" action="/demo/enter">
                    <input type="hidden" name="centre" value=centre.slug.clone() />
                    <input type="hidden" name="lang" value=t.language().code().to_owned() />
                    <button class=class name="screen" value=screen.code()>{inside}</button>
                </form>
            </li>
        }
        .into_any(),
        Some(path) => view! { <li><a class=class href=path>{inside}</a></li> }.into_any(),
        None => view! { <li><div class=class>{inside}</div></li> }.into_any(),
    }
}

/// A small picture of the screen's shape.
fn drawing(screen: Screen) -> AnyView {
    let path = match screen {
        Screen::Kiosk => "M7 2h10v13H7zM12 15v5M8 21h8M9.5 5.5h5M9.5 8.5h5M9.5 11.5h5",
        Screen::Look => "M12 6c-2-2-5-2.5-9-2.5v14c4 0 7 .5 9 2.5 2-2 5-2.5 9-2.5v-14c-4 0-7 .5-9 2.5zM12 6v14",
        Screen::Phone => "M7 2h10v20H7zM11 19h2M10 7h4M10 10h4",
        Screen::Display => "M2 4h20v13H2zM12 17v4M8 21h8M6 10.5h6M15 8v5",
        Screen::Desk => "M3 5h12v8H3zM2 17h20M5 17v4M19 17v4M9 13v4",
        Screen::Welcome => "M3 12h18v4H3zM5 16v5M19 16v5M12 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6M8 12a4 4 0 0 1 8 0",
        Screen::Centre => "M3 3h18v18H3zM7 17v-4M12 17V8M17 17v-6",
        Screen::Settings => "M3 7h11M18 7h3M3 17h3M10 17h11M16 4.5v5M8 14.5v5",
    };
    view! { <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=path></path></svg> }.into_any()
}

fn accounts(demo: &Demo) -> AnyView {
    let t = use_texts();
    let rows = demo.accounts.iter().map(|(login, role)| {
        view! { <tr><th scope="row"><bdi dir="ltr">{login.clone()}</bdi></th><td>{role_name(&t, *role)}</td></tr> }
    });
    view! {
        <section class="accounts">
            <h2>{home::accounts(&t)}</h2>
            <p>{home::password(&t)}</p>
            <table>
                <thead><tr><th scope="col">{home::account(&t)}</th><th scope="col">{home::role(&t)}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn sign_in() -> AnyView {
    let t = use_texts();
    view! {
        <section class="sign-in">
            <h2>{home::for_staff(&t)}</h2>
            <p>{home::sign_in_line(&t)}</p>
            <p><a class="main" href=format!("/{}/sign-in", t.language())>{home::sign_in(&t)}</a></p>
        </section>
    }
    .into_any()
}

fn enrolling() -> AnyView {
    let t = use_texts();
    let steps = [home::enrol_open(&t), home::enrol_type(&t), home::enrol_done(&t)];
    view! {
        <section class="enrol">
            <h2>{home::enrol(&t)}</h2>
            <ol>{steps.map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn role_name(t: &Texts, role: Role) -> String {
    match role {
        Role::Host => home::role_host(t),
        Role::Counsellor => home::role_counsellor(t),
        Role::Manager => home::role_manager(t),
        Role::Coordinator => home::role_coordinator(t),
        Role::Administrator => home::role_administrator(t),
    }
}
