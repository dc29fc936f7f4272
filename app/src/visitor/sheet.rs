//! A visitor's sheet on paper, whatever its width: the notebook, and after a talk the own dossier.

use leptos::prelude::*;
use services::catalogue::{Sheet, SheetTitles};

use super::{
    Head, document,
    receipt::{paper, qr},
};
use crate::texts::{Texts, date, notebook, use_texts, words};

/// The headings of a sheet in words alone.
pub fn titles(t: &Texts) -> SheetTitles {
    SheetTitles {
        title: notebook::title(t),
        kept: notebook::what(t),
        steps: notebook::steps(t),
        recommended: notebook::recommended(t),
    }
}

/// The page of a sheet. It prints itself `on_load`, and then goes `back` if there is a way. `address` carries the content
/// behind its `#`.
pub fn page(sheet: &Sheet, address: &str, on_load: bool, back: Option<&str>, head: Head) -> String {
    let t = Texts::of(&sheet.language);
    let title = if is_dossier(sheet) { notebook::dossier(&t) } else { notebook::title(&t) };
    let head = Head { title: title.clone(), ..head };
    document(&t, head, || paper("sheet", on_load, back, content(sheet, title, address)))
}

/// After a talk there is advice on it.
fn is_dossier(sheet: &Sheet) -> bool {
    !sheet.steps.is_empty() || !sheet.recommended.is_empty()
}

fn content(sheet: &Sheet, title: String, address: &str) -> AnyView {
    let t = use_texts();
    let list = |title: String, items: Vec<String>| {
        let lines = items.iter().map(|item| view! { <li>{item.clone()}</li> }).collect_view();
        (!items.is_empty()).then(|| view! { <section><h2>{title}</h2> <ul>{lines}</ul></section> })
    };
    let kept = sheet.kept.iter().map(|(_, name)| name.clone()).collect();
    let recommended = sheet.recommended.iter().map(|(_, name)| name.clone()).collect();
    let steps = sheet.steps.iter().map(|(_, words)| words.clone()).collect();
    let strongest = sheet.profile.map(|profile| profile.order()[..3].iter().map(|i| words::interest(&t, *i)).collect());
    let code = |text: &str, title: String, hint: String| {
        qr(text).map(|code| view! { <figure>{code} <figcaption><strong>{title}</strong> <span>{hint}</span></figcaption></figure> })
    };
    view! {
        <main>
            <p class="made">{notebook::made_on(&t, sheet.centre.clone(), date(&t, sheet.day))}</p>
            <h1>{title}</h1>
            {is_dossier(sheet).then(|| view! { <p>{notebook::dossier_hint(&t)}</p> })}
            {list(notebook::steps(&t), steps)}
            {list(notebook::recommended(&t), recommended)}
            {list(notebook::what(&t), kept)}
            {list(notebook::profile(&t), strongest.unwrap_or_default())}
            <div class="codes">
                {code(address, notebook::as_link(&t), notebook::as_link_hint(&t))}
                {code(&sheet.in_words(&titles(&t)), notebook::as_words(&t), notebook::as_words_hint(&t))}
            </div>
            <p class="no-name">{notebook::no_name(&t)}</p>
        </main>
    }
    .into_any()
}
