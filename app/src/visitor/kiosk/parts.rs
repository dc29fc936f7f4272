//! Small parts of several pages.

use domain::{Language, day::Reason};
use leptos::prelude::*;

use super::{Question, Visit};
use crate::{
    components::Sign,
    texts::{Texts, kiosk},
};

/// `ltr` or `rtl`.
pub(super) fn direction(language: &Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}

/// A name with a capital, as it stands on a button.
pub(super) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    // Georgian has capitals for whole words only.
    let up = |first: char| {
        if matches!(first, '\u{10d0}'..='\u{10ff}') { first.into() } else { first.to_uppercase().to_string() }
    };
    letters.next().map_or_else(String::new, |first| up(first) + letters.as_str())
}

/// How it stands with a space or a need.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    /// At most how many numbers are before.
    pub ahead: u32,
    pub on_duty: bool,
    pub closed: bool,
}

/// How it stands, in a few words, kept up to date by the script.
pub(super) fn chip(t: &Texts, id: String, standing: Standing) -> AnyView {
    let (state, words) = match standing {
        Standing { closed: true, .. } => ("closed", kiosk::no_more_tickets(t)),
        Standing { on_duty: false, .. } => ("absent", kiosk::no_talks_now(t)),
        Standing { ahead: 0, .. } => ("free", kiosk::at_most(t, 0_u32)),
        Standing { ahead, .. } => ("waiting", kiosk::at_most(t, ahead)),
    };
    view! { <span class=format!("chip {state}") id=id data-fresh>{words}</span> }.into_any()
}

/// A big choice: a sentence, a few words below it, and how it stands.
pub(super) struct Choice {
    pub address: String,
    pub sentence: String,
    pub hint: Option<String>,
    pub chip: Option<AnyView>,
    /// The sign before it, with its letter.
    pub sign: Option<(u8, char)>,
}

impl Choice {
    /// As an item of a list.
    pub(super) fn item(self) -> AnyView {
        let colours = self.sign.map(|(sign, _)| format!(" space-{sign}")).unwrap_or_default();
        view! {
            <li>
                <a class=format!("choice{colours}") href=self.address>
                    {self.sign.map(|(sign, letter)| view! { <Sign sign=sign letter=Some(letter) /> })}
                    <span class="words">
                        <strong>{self.sentence}</strong>
                        {self.hint.map(|hint| view! { <small>{hint}</small> })}
                    </span>
                    {self.chip}
                </a>
            </li>
        }
        .into_any()
    }
}

/// A heading with a few words below it.
pub(in crate::visitor) fn heading(title: String, hint: Option<String>) -> AnyView {
    view! { <h1 tabindex="-1">{title}</h1> {hint.map(|hint| view! { <p class="hint">{hint}</p> })} }.into_any()
}

/// The space above a question, so that one sees where one is.
pub(super) fn eyebrow(visit: &Visit, question: Question) -> Option<AnyView> {
    match question {
        Question::About(_, space) => Some(space_eyebrow(visit, space)),
        Question::Welcome => None,
    }
}

/// What somebody asks about, as a line above a heading that is not the question itself.
pub(super) fn asked(visit: &Visit, question: Question) -> AnyView {
    let (sign, sentence) = match question {
        Question::About(need, space) => (
            Some(view! { <Sign sign=space.sign letter=Some(space.letter.get()) /> }),
            need.question.get(visit.language()).to_owned(),
        ),
        Question::Welcome => (None, kiosk::at_the_welcome(&visit.texts)),
    };
    view! { <p class="eyebrow">{sign} {sentence}</p> }.into_any()
}

/// The space as a line above a heading.
pub(super) fn space_eyebrow(visit: &Visit, space: &domain::centre::Space) -> AnyView {
    let sentence = space.question.get(visit.language()).to_owned();
    view! { <p class="eyebrow"><Sign sign=space.sign letter=Some(space.letter.get()) /> {sentence}</p> }.into_any()
}

/// "Back".
pub(in crate::visitor) fn back(t: &Texts, address: String) -> AnyView {
    link(address, "button plain back", kiosk::back(t))
}

/// A link that looks like a button.
pub(super) fn link(address: String, class: &'static str, words: String) -> AnyView {
    view! { <a class=class href=address>{words}</a> }.into_any()
}

/// Hidden fields of a form.
pub(in crate::visitor) fn hidden(pairs: Vec<(&'static str, String)>) -> AnyView {
    pairs
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view()
        .into_any()
}

/// Why there are no more tickets, as a sentence.
pub(super) fn reason(t: &Texts, reason: Reason) -> String {
    match reason {
        Reason::Full => kiosk::closed_full(t),
        Reason::NobodyToday => kiosk::closed_nobody(t),
        Reason::Event => kiosk::closed_event(t),
        Reason::SoonClosing => kiosk::closed_soon(t),
    }
}
