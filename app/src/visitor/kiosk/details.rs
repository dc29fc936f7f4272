//! What was assumed of a visitor, one question each: how many, for whom, what is needed. Each goes back to the last page.

use domain::{
    centre::Accommodation,
    day::{ForWhom, PartySize},
};
use leptos::prelude::*;

use super::{
    Choices, Question, Step, Visit,
    frame::{Page, page},
    parts::{Choice, back, eyebrow, heading, hidden},
};
use crate::texts::{Texts, common, kiosk, list};

/// What is assumed of a visitor until they say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// One person.
    Party,
    /// For themselves.
    ForWhom,
    /// Nothing in particular is needed.
    Needs,
}

impl Detail {
    /// Every one, as they stand on the last page.
    pub const ALL: [Self; 3] = [Self::Party, Self::ForWhom, Self::Needs];

    /// Its stable code in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::ForWhom => "for",
            Self::Needs => "access",
        }
    }

    /// What is assumed or was said, in a few words.
    pub(super) fn said(self, t: &Texts, choices: &Choices) -> String {
        match self {
            Self::Party => common::people(t, u8::from(choices.party)),
            Self::ForWhom => for_whom_name(t, choices.for_whom),
            Self::Needs if choices.accommodations.is_empty() => kiosk::nothing_special(t),
            Self::Needs => list(choices.accommodations.iter().map(|a| accommodation_name(t, *a))),
        }
    }

    /// The one with this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }

    fn question(self, t: &Texts) -> String {
        match self {
            Self::Party => kiosk::how_many(t),
            Self::ForWhom => kiosk::for_whom(t),
            Self::Needs => kiosk::what_helps(t),
        }
    }
}

/// One of them as a question. An answer leads back to the last page at once; several needs are sent together.
pub fn details(visit: &Visit, question: Question, detail: Detail) -> String {
    let t = &visit.texts;
    let title = detail.question(t);
    let ready = Step::Ready(question.code());
    let answers = match detail {
        Detail::Party => {
            view! { <ul class="options">{(1..=9).map(|n| party(visit, &ready, n)).collect_view()}</ul> }.into_any()
        }
        Detail::ForWhom => {
            let all = [ForWhom::Me, ForWhom::MyChild, ForWhom::SomeoneIHelp];
            view! { <ul class="choices few">{all.map(|who| for_whom(visit, &ready, who))}</ul> }.into_any()
        }
        Detail::Needs => needs(visit, &ready),
    };
    let send = (detail == Detail::Needs)
        .then(|| view! { <button class="button solid" form="details">{kiosk::r#continue(t)}</button> });
    page(
        visit,
        Page {
            name: "details",
            title: title.clone(),
            sign: question.sign(),
            ask: view! { {eyebrow(visit, question)} {heading(title, None)} }.into_any(),
            answers,
            onward: view! { {back(t, visit.to(&ready))} {send} }.into_any(),
        },
    )
}

fn party(visit: &Visit, ready: &Step, n: u8) -> Option<AnyView> {
    let party = PartySize::try_from(n).ok()?;
    let now = (party == visit.choices.party).then_some("true");
    let address = visit.with(ready, &Choices { party, ..visit.choices.clone() });
    Some(view! { <li><a class="option digit" href=address aria-current=now>{n.to_string()}</a></li> }.into_any())
}

fn for_whom(visit: &Visit, ready: &Step, for_whom: ForWhom) -> AnyView {
    let address = visit.with(ready, &Choices { for_whom, ..visit.choices.clone() });
    let sentence = for_whom_name(&visit.texts, for_whom);
    Choice { address, sentence, hint: None, chip: None, sign: None }.item()
}

fn needs(visit: &Visit, ready: &Step) -> AnyView {
    let others = Choices { accommodations: std::collections::BTreeSet::new(), ..visit.choices.clone() };
    view! {
        <form id="details" method="get" action=visit.action(&ready.path())>
            {hidden(others.pairs())}
            <div class="options even">{Accommodation::ALL.map(|what| accommodation(visit, what))}</div>
        </form>
    }
    .into_any()
}

fn accommodation(visit: &Visit, what: Accommodation) -> AnyView {
    let checked = visit.choices.accommodations.contains(&what);
    view! {
        <label class="option">
            <input type="checkbox" name="access" value=what.code() checked=checked />
            <span>{accommodation_name(&visit.texts, what)}</span>
        </label>
    }
    .into_any()
}

/// For whom, in a visitor's words.
fn for_whom_name(t: &Texts, who: ForWhom) -> String {
    match who {
        ForWhom::Me => kiosk::for_me(t),
        ForWhom::MyChild => kiosk::for_my_child(t),
        ForWhom::SomeoneIHelp => kiosk::for_someone(t),
    }
}

/// What is needed, in a visitor's words.
pub(in crate::visitor) fn accommodation_name(t: &Texts, what: Accommodation) -> String {
    match what {
        Accommodation::Wheelchair => kiosk::need_wheelchair(t),
        Accommodation::HearingLoop => kiosk::need_hearing_loop(t),
        Accommodation::Quiet => kiosk::need_quiet(t),
        Accommodation::SignLanguage => kiosk::need_sign_language(t),
    }
}
