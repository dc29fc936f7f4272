//! A screen that nobody has connected yet shows the code that staff type in.

use domain::centre::Centre;
use leptos::prelude::*;

use super::super::{Head, document};
use crate::texts::{Texts, kiosk};

/// The page of a kiosk that is not enrolled, in the centre's own language.
pub fn enrolment(centre: &Centre, code: &str, head: Head) -> String {
    let texts = Texts::of(&centre.language());
    let t = &texts;
    let title = kiosk::enrol_title(t);
    let head = Head { title: title.clone(), refresh: Some(5), class: "normal".into(), ..head };
    let name = centre.name.get(t.language()).to_owned();
    let code = code.to_owned();
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
                        <div class="answers">
                            <p class="code" dir="ltr">{code}</p>
                            <p class="go">{kiosk::enrol_hint(t)}</p>
                            <p class="go soft">{kiosk::enrol_by_itself(t)}</p>
                        </div>
                    </main>
                </div>
            </body>
        }
        .into_any()
    })
}
