//! An entry in short, on a narrow paper, and the page that says whether it comes out.

use domain::{Language, catalogue::Section};
use leptos::prelude::*;
use services::catalogue::{Entry, Library};

use super::{
    Look,
    entry::{own_parts, said, source},
    names,
    parts::talk_instead,
    plan,
};
use crate::{
    texts::{date, look},
    visitor::{
        kiosk::{Page, Printing, Visit, back, heading, page},
        receipt::qr,
    },
};

/// What of an entry goes on a narrow paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryInShort {
    /// The language of the screen.
    pub language: Language,
    /// The centre.
    pub centre: String,
    /// What kind of entry it is.
    pub kind: String,
    /// Its name.
    pub title: String,
    /// Its one sentence.
    pub sentence: Option<String>,
    /// What is asked to begin, what may be done with it, until when it holds.
    pub facts: Vec<String>,
    /// Where to begin: a heading and a text.
    pub begin: Option<(String, String)>,
    /// Its shelf mark, and where that is.
    pub shelf: Option<(String, String)>,
    /// What the code is for.
    pub read_on: String,
    /// Where all of it is to be read.
    pub address: String,
    /// Where it comes from.
    pub source: String,
}

impl EntryInShort {
    /// An entry in the language of the screen.
    pub fn of(visit: &Visit, library: &Library, entry: &Entry, address: &str) -> Option<Self> {
        let (t, record) = (&visit.texts, &entry.record);
        let (language, words) = record.words(visit.language())?;
        let level = record.level.map(|level| names::level(t, level));
        let lending = record.lending.map(|lending| names::lending(t, lending));
        let until = record.expires.map(|last| look::valid_until(t, date(t, last)));
        let shelf = record.shelf.as_ref().map(|mark| {
            let drawn = visit.centre.shelf_of(mark);
            (look::shelf(t, mark), drawn.map(|shelf| plan::place(visit, shelf)).unwrap_or_default())
        });
        Some(Self {
            language: visit.language().clone(),
            centre: visit.centre.name.get(visit.language()).to_owned(),
            kind: names::one_of_kind(t, record.kind),
            title: words.title.clone(),
            sentence: words.summary.clone(),
            facts: level.into_iter().chain(lending).chain(until).collect(),
            begin: begin(library, entry, visit.language()).map(|text| (look::ways_in(t), text)),
            shelf,
            read_on: look::read_on(t),
            address: address.to_owned(),
            source: cited(visit, library, entry, language),
        })
    }
}

/// Where it comes from: in part it can be the centre's own words.
fn cited(visit: &Visit, library: &Library, entry: &Entry, language: &Language) -> String {
    let source = source(visit, library, entry);
    let is_own = !own_parts(library, entry, language).is_empty();
    if is_own { format!("{} · {source}", look::own_words(&visit.texts)) } else { source }
}

/// How one gets there: its own words, else those of what is the same.
fn begin(library: &Library, entry: &Entry, language: &Language) -> Option<String> {
    let mut all = std::iter::once(entry).chain(library.same_as(&entry.id));
    let (_, lines) = all.find_map(|e| said(e, Section::WaysIn, language))?;
    lines.first().cloned()
}

/// Whether the paper comes out; and, if it does not, how to take the entry along.
pub fn printed(visit: &Visit, entry: &Entry, address: &str, printing: Printing) -> String {
    let t = &visit.texts;
    let name = entry.record.words(visit.language()).map(|(_, words)| words.title.clone()).unwrap_or_default();
    let (class, sentence, code) = match printing {
        Printing::OnItsWay => ("paper printing", look::print_on_its_way(t), None),
        Printing::Trouble | Printing::NoPrinter => ("paper trouble", look::print_trouble(t), qr(address)),
    };
    let up = Look::Entry(entry.id.clone(), None);
    page(
        visit,
        Page {
            name: "printed",
            title: name.clone(),
            sign: 0,
            ask: heading(name, None),
            answers: view! {
                <div id="paper" data-fresh>
                    <p class=class>{sentence}</p>
                    {code.map(|code| view! { <figure class="on-phone">{code}</figure> })}
                </div>
            }
            .into_any(),
            onward: view! { {back(t, visit.look(up))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}
