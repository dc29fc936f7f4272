//! A screen that nobody has connected yet shows the code that staff type in.

use domain::{Language, centre::Centre};
use leptos::prelude::*;

use super::{
    super::{Head, document, home::Screen},
    parts::hidden,
};
use crate::texts::{Texts, kiosk};

/// The page of a kiosk or a display that is not enrolled, in the language of whoever sets it up: with the code that staff
/// type in, or with the button that asks for one. `here` is the page's own address; `demo` the screen of the
/// demonstration that the browser may become, where it runs.
pub fn enrolment(
    centre: &Centre,
    language: &Language,
    here: &str,
    code: Option<&str>,
    demo: Option<Screen>,
    head: Head,
) -> String {
    let texts = Texts::of(language);
    let t = &texts;
    let title = kiosk::enrol_title(t);
    let refresh = code.map(|_| 5);
    let head = Head { title: title.clone(), refresh, class: "normal".into(), ..head };
    let name = centre.name.get(t.language()).to_owned();
    let answers = code.map_or_else(|| ask_for_code(here, t), |code| show_code(t, code));
    document(t, head, || {
        view! {
            <body class="kiosk enrolment" data-page="enrolment">
                <div class="page">
                    <header class="top"><p class="place">{name}</p></header>
                    <main>
                        <div class="ask">
                            <h1 tabindex="-1">{title}</h1>
                            <p class="hint">{kiosk::enrol_visitors(t)}</p>
                        </div>
                        <div class="answers">{answers}{demo.map(|screen| use_for_demo(screen, centre, t))}</div>
                    </main>
                </div>
            </body>
        }
        .into_any()
    })
}

fn show_code(t: &Texts, code: &str) -> AnyView {
    view! {
        <p class="code" dir="ltr">{code.to_owned()}</p>
        <p class="go">{kiosk::enrol_hint(t)}</p>
        <p class="go soft">{kiosk::enrol_by_itself(t)}</p>
    }
    .into_any()
}

fn ask_for_code(here: &str, t: &Texts) -> AnyView {
    view! {
        <form method="post" action="/enrolment">
            {hidden(vec![("to", here.to_owned())])}
            <button class="button solid big">{kiosk::enrol_ask(t)}</button>
        </form>
    }
    .into_any()
}

fn use_for_demo(screen: Screen, centre: &Centre, t: &Texts) -> AnyView {
    let (code, lang) = (screen.code().to_owned(), t.language().to_string());
    let fields = vec![("centre", centre.slug.clone()), ("screen", code), ("lang", lang)];
    let words = if screen == Screen::Display { kiosk::enrol_demo_display(t) } else { kiosk::enrol_demo(t) };
    view! {
        <form method="post" action="/demo/enter">
            {hidden(fields)}
            <button class="button plain">{words}</button>
        </form>
    }
    .into_any()
}
