//! Small parts of several pages.

use chrono::NaiveDate;
use domain::Language;
use leptos::prelude::*;
use services::catalogue::{Entry, Filter};

use super::{Door, Liked, Look, names};
use crate::{
    texts::{date, language_name, look},
    visitor::kiosk::{Step, Visit},
};

impl Visit<'_> {
    /// By which door this visitor came in.
    pub(super) fn door(&self) -> Door {
        match &self.step {
            Step::Look(door, _) => *door,
            _ => Door::Kiosk,
        }
    }
    /// The date in the centre.
    pub(super) fn today(&self) -> NaiveDate {
        self.time.local(self.now).date_naive()
    }
    /// Everything that holds today.
    pub(super) fn current(&self) -> Filter {
        Filter { day: Some(self.today()), ..Filter::default() }
    }
    /// Where "back" of an entry that is shown here leads.
    pub(super) fn origin(&self) -> Option<Box<Look>> {
        match &self.step {
            Step::Look(_, Look::Entry(_, from)) => from.clone(),
            Step::Look(_, page) if *page != Look::Home => Some(Box::new(page.clone())),
            _ => None,
        }
    }
    /// The address of a page of the catalogue.
    pub(super) fn look(&self, page: Look) -> String {
        self.with(&self.look_step(page), &self.choices.before_the_question())
    }
}

/// A tile with a picture.
pub(super) fn picture(address: String, icon: &str, words: String, hint: Option<String>) -> AnyView {
    view! {
        <li>
            <a class="picture" href=address>
                <span class=format!("icon icon-{icon}") aria-hidden="true"></span>
                <strong>{words}</strong>
                {hint.map(|hint| view! { <small>{hint}</small> })}
            </a>
        </li>
    }
    .into_any()
}

/// An entry in a list: its name, its one sentence and, where it ends, until when; nothing if it is over.
pub(super) fn row(visit: &Visit, entry: &Entry) -> Option<AnyView> {
    if entry.record.is_over(visit.today()) {
        return None;
    }
    let (language, words) = entry.record.words(visit.language())?;
    let (lang, dir) = spoken(visit, language);
    let address = visit.look(Look::Entry(entry.id.clone(), visit.origin()));
    let icon = names::icon(&entry.record);
    Some(
        view! {
            <li>
                <a class="row" href=address>
                    <span class=format!("icon icon-{icon}") aria-hidden="true"></span>
                    <span class="words" lang=lang dir=dir>
                        <strong>{words.title.clone()}</strong>
                        {words.summary.clone().map(|summary| view! { <small>{summary}</small> })}
                    </span>
                    {valid_until(visit, entry)}
                </a>
            </li>
        }
        .into_any(),
    )
}

/// Until when it holds.
pub(super) fn valid_until(visit: &Visit, entry: &Entry) -> Option<AnyView> {
    let t = &visit.texts;
    let last = entry.record.expires?;
    Some(view! { <span class="until">{look::valid_until(t, date(t, last))}</span> }.into_any())
}

/// A list of entries.
pub(super) fn rows(visit: &Visit, entries: &[&Entry]) -> AnyView {
    let rows: Vec<_> = entries.iter().filter_map(|entry| row(visit, entry)).collect();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

/// The language and the direction of words that are not in the screen's language.
pub(super) fn spoken(visit: &Visit, language: &Language) -> (Option<String>, Option<&'static str>) {
    let other = language != visit.language();
    let dir = if language.is_right_to_left() { "rtl" } else { "ltr" };
    (other.then(|| language.code().to_owned()), other.then_some(dir))
}

/// That words are there in another language only.
pub(super) fn only_in(visit: &Visit, language: &Language) -> Option<AnyView> {
    let t = &visit.texts;
    let note = || view! { <p class="only-in">{look::in_other_language(t, language_name(t, language))}</p> }.into_any();
    (language != visit.language()).then(note)
}

/// The way to somebody who can help: at the kiosk.
pub(super) fn talk_instead(visit: &Visit, words: String) -> AnyView {
    match visit.door() {
        Door::Kiosk => view! { <a class="button solid" href=visit.start()>{words}</a> }.into_any(),
        Door::Open => view! { <p class="privacy">{look::public_hint(&visit.texts)}</p> }.into_any(),
    }
}

/// The way on from where a search or the explorer leads to nothing.
pub(super) fn other_ways(visit: &Visit) -> AnyView {
    let t = &visit.texts;
    let ways = [
        (Look::Sectors, look::by_sector(t)),
        (Look::Places, look::by_place(t)),
        (Look::Likes(Liked::default()), look::by_likes(t)),
    ];
    let ways = ways.map(|(to, words)| {
        view! { <li><a class="choice" href=visit.look(to)><span class="words"><strong>{words}</strong></span></a></li> }
    });
    view! { <h2>{look::nothing_found_ways(t)}</h2> <ul class="choices ways-out">{ways.into_iter().collect_view()}</ul> }
        .into_any()
}
