//! A screen that nobody has connected yet shows the code that staff type in.

use domain::centre::Centre;
use leptos::prelude::*;

use super::{
    Files,
    document::Document,
};
use crate::texts::{Texts, kiosk};

/// The page of a kiosk that is not enrolled, in the centre's own language.
pub fn enrolment(centre: &Centre, code: &str, files: &Files, nonce: &str) -> String {
    let texts = Texts::of(&centre.language());
    let t = &texts;
    let title = kiosk::enrol_title(t);
    let document = Document {
        texts: t,
        title: title.clone(),
        files,
        nonce,
        head: Some(view! { <noscript><meta http-equiv="refresh" content="5" /></noscript> }.into_any()),
        class: "normal".into(),
    };
    let name = centre.name.get(t.language()).to_owned();
    let code = code.to_owned();
    document.render(|| {
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
