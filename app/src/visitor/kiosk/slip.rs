//! The code of a priority slip of an earlier day.

use leptos::prelude::*;

use super::{
    Step, Visit,
    frame::{Page, page},
    parts::{back, heading, hidden},
};
use crate::texts::kiosk;

/// What codes are made of: no letter that looks like a digit.
const KEYS: &str = "1234567890ABCDEFGHJKMNPQRSTVWXYZ";

/// The field for the code; `wrong` if a code was refused.
pub fn slip(visit: &Visit, wrong: bool) -> String {
    let t = &visit.texts;
    let title = kiosk::slip_title(t);
    let wrong = wrong.then(|| view! { <p class="note bad" role="alert">{kiosk::slip_wrong(t)}</p> });
    page(
        visit,
        Page {
            name: "slip",
            title: title.clone(),
            sign: 0,
            ask: view! { {heading(title, Some(kiosk::slip_hint(t)))} {wrong} }.into_any(),
            answers: form(visit),
            onward: view! { {back(t, visit.start())} <button class="button solid" form="slip">{kiosk::r#continue(t)}</button> }
                .into_any(),
        },
    )
}

fn form(visit: &Visit) -> AnyView {
    let t = &visit.texts;
    let keys = KEYS
        .chars()
        .map(|key| view! { <button type="button" class="key" data-key=key.to_string()>{key.to_string()}</button> });
    view! {
        <form id="slip" method="get" action=visit.with(&Step::Start, &super::Choices::default())>
            {hidden(visit.choices.without_ticket().pairs())}
            <label for="slip-code">{kiosk::slip_code(t)}</label>
            <input
                id="slip-code"
                name="slip"
                dir="ltr"
                required=true
                maxlength="64"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
            />
            <div class="keys" dir="ltr" data-keys hidden=true>
                {keys.collect_view()}
                <button type="button" class="key wide" data-key="" lang=visit.language().code().to_owned()>{kiosk::slip_clear(t)}</button>
            </div>
        </form>
    }
    .into_any()
}
