//! What the pages of phones, displays, receipts and the first page have around their bodies.

use leptos::prelude::*;

use crate::texts::Texts;

/// A page's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// What the tab says.
    pub title: String,
    /// Address of the style sheet.
    pub style: String,
    /// Address of the script, if the page has one.
    pub script: Option<String>,
    /// The nonce of the content security policy.
    pub nonce: String,
    /// Seconds after which a browser without script fetches the page again.
    pub refresh: Option<u32>,
    /// What it then fetches instead of this page.
    pub refresh_to: Option<String>,
    /// Names the build of the server: scripts load the page again once another one answers.
    pub build: String,
    /// Classes of the document, for the style sheet.
    pub class: String,
}

/// A whole document in one language around what `body` makes.
pub fn document(t: &Texts, head: Head, body: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| {
        t.clone().provide();
        let Head { title, style, script, nonce, refresh, refresh_to, build, class } = head;
        let refresh = refresh.map(|seconds| {
            let content = refresh_to.map_or_else(|| seconds.to_string(), |to| format!("{seconds};url={to}"));
            view! { <noscript><meta http-equiv="refresh" content=content /></noscript> }
        });
        let script = script.map(|src| view! { <script src=src nonce=nonce defer=true></script> });
        view! {
            <!DOCTYPE html>
            <html
                lang=t.language().code().to_owned()
                dir=t.direction()
                class=(!class.is_empty()).then_some(class)
                data-build=build
            >
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                    // Addresses hold tokens. (That no other site learns them is said by a header.)
                    <meta name="robots" content="noindex, nofollow" />
                    <meta name="format-detection" content="telephone=no" />
                    <title>{title}</title>
                    // None: browsers would ask for one at an address of their own.
                    <link rel="icon" href="data:," />
                    <link rel="stylesheet" href=style />
                    {refresh}
                    {script}
                </head>
                {body()}
            </html>
        }
        .to_html()
        // Marks for an app that goes on in the browser, which these pages are not; a title would show them.
        .replace("<!>", "")
    })
}

/// The forms of a counted text for a page's script, as JSON from plural category to a text with `{n}` inside.
///
/// `zero` stands for exactly none in every language; a category that is left out reads as `other`.
pub fn forms(say: impl Fn(u32) -> String) -> String {
    // One number of each category in every language of the screens: Arabic has all six.
    const SAMPLES: [(&str, u32); 6] = [("zero", 0), ("one", 1), ("two", 2), ("few", 3), ("many", 11), ("other", 100)];
    let form = |n: u32| say(n).replace(&n.to_string(), "{n}");
    let other = form(100);
    let forms: serde_json::Map<String, serde_json::Value> = SAMPLES
        .into_iter()
        .map(|(category, n)| (category, form(n)))
        .filter(|(category, text)| *category == "other" || *text != other)
        .map(|(category, text)| (category.to_owned(), text.into()))
        .collect();
    serde_json::Value::Object(forms).to_string()
}

/// How far a desk's name has to shrink on a screen; none = not at all: scripts measure in the same way.
pub fn long(name: &str) -> Option<&'static str> {
    match name.chars().count() {
        0..=6 => None,
        7..=14 => Some("1"),
        15..=24 => Some("2"),
        _ => Some("3"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use domain::Language;

    use super::*;
    use crate::texts::common;

    fn people(language: &Language) -> serde_json::Value {
        let t = Texts::of(language);
        serde_json::from_str(&forms(|n| common::people(&t, n))).unwrap()
    }

    #[test]
    fn a_script_gets_only_the_forms_that_differ() {
        let english = serde_json::json!({ "zero": "nobody", "one": "{n} person", "other": "{n} people" });
        assert_eq!(people(&Language::english()), english);
    }

    #[test]
    fn arabic_keeps_its_six_forms() {
        let arabic = people(&Language::arabic());
        assert_eq!(arabic["two"], "شخصان");
        assert_eq!(arabic["few"], "{n} أشخاص");
        assert_eq!(arabic.as_object().unwrap().len(), 6);
    }

    #[test]
    fn what_a_page_is_given_is_escaped() {
        let head = Head { title: "<b>".into(), ..Head::default() };
        let html = document(&Texts::of(&Language::arabic()), head, || view! { <body>{"<script>"}</body> }.into_any());
        assert!(html.to_lowercase().starts_with("<!doctype html><html lang=\"ar\" dir=\"rtl\""), "{html}");
        assert!(html.contains("<title>&lt;b&gt;</title>") && html.contains("&lt;script&gt;"), "{html}");
    }
}
