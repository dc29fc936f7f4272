//! One entry, for a person in front of a screen: what it is, a day, what one needs, ways in, and what is near.

use domain::{
    Language,
    catalogue::{Kind, Relation, Section, Source, edit::Field},
    view::DayState,
};
use leptos::prelude::*;
use services::catalogue::{Entry, Library};

use super::{
    Door, Look,
    help::{Known, help_now, next_workshop},
    names,
    notebook::keep,
    parts::{only_in, rows, spoken, talk_instead, valid_until},
    plan::plan,
};
use crate::{
    texts::look,
    visitor::{
        kiosk::{Page, Visit, back, heading, hidden, page},
        receipt::qr,
    },
};

/// Names, entries and skills of one list at most.
const NAMES: usize = 8;
const NEAR: usize = 6;
const SKILLS: usize = 12;

/// An entry that is shown, with what is known around it.
pub struct Shown<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Its public address.
    pub address: String,
    /// What is known of the day: how it stands with the counsellors who can help.
    pub known: Known<'a>,
    /// What it can be printed on from here.
    pub paper: Option<OnPaper>,
    /// Makes a second touch harmless.
    pub key: &'a str,
}

/// What an entry can be printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnPaper {
    /// In short, on the kiosk's receipt printer.
    Receipt,
    /// Whole, on what the browser prints with.
    Sheet,
}

/// The page of an entry.
pub fn entry(visit: &Visit, library: &Library, shown: &Shown) -> String {
    let Shown { entry, address, known, .. } = shown;
    let t = &visit.texts;
    let Some((language, words)) = entry.record.words(visit.language()) else { return String::new() };
    let (lang, dir) = spoken(visit, language);
    let up = visit.origin().map_or(Look::Home, |page| *page);
    let talk = if entry.record.kind == Kind::Occupation { look::talk_about_it(t) } else { look::talk_instead(t) };
    page(
        visit,
        Page {
            name: "entry",
            title: words.title.clone(),
            sign: 0,
            ask: view! {
                <p class="eyebrow">
                    <span class=format!("icon icon-{}", names::icon(&entry.record)) aria-hidden="true"></span>
                    {names::kind(t, entry.record.kind)}
                </p>
                <div lang=lang dir=dir>{heading(words.title.clone(), words.summary.clone())}</div>
                {only_in(visit, language)}
                {named_here(visit, library, entry, language)}
                {facts(visit, entry)}
                {keep(visit, &entry.id)}
                {take_along(visit, address)}
            }
            .into_any(),
            answers: view! {
                {sections(visit, library, entry)}
                {help_now(visit, *known, entry.record.kind)}
                {next_workshop(visit, library, entry)}
                {near(visit, library, entry)}
                {sources(visit, library, entry)}
                {structured(entry, address, language)}
            }
            .into_any(),
            onward: view! { {back(t, visit.look(up))} {take(visit, shown)} {print(visit, shown)} {talk_instead(visit, talk)} }.into_any(),
        },
    )
}

/// What can be said in two words, and where it lies.
fn facts(visit: &Visit, entry: &Entry) -> AnyView {
    let t = &visit.texts;
    let record = &entry.record;
    let level = record.level.map(|level| names::level(t, level));
    let with = record.with.iter().map(|with| names::company(t, *with));
    let places = record.places.iter().map(|place| names::place(t, *place));
    let lending = record.lending.map(|lending| names::lending(t, lending));
    let facts = level.into_iter().chain(with).chain(places).chain(lending);
    let facts = facts.map(|fact| view! { <li>{fact}</li> }).collect_view();
    let shelf = record.shelf.as_ref().map(|mark| {
        let plan = visit.centre.shelf_of(mark).and_then(|shelf| plan(visit, Some(shelf)));
        view! { <p class="shelf">{look::shelf(t, mark)}</p> {plan} }
    });
    let link = record.url.as_ref().filter(|_| visit.door() == Door::Open).map(|url| {
        view! { <p><a class="quiet" href=url.clone() rel="noreferrer noopener">{url.clone()}</a></p> }
    });
    view! { <ul class="traits">{facts}</ul> {valid_until(visit, entry)} {shelf} {link} }.into_any()
}

/// "I took it", at the kiosk beside the shelves, while somebody counts.
fn take(visit: &Visit, shown: &Shown) -> Option<AnyView> {
    let open = matches!(shown.known, Known::Exactly(board) if board.state == DayState::Open);
    let offered = open && visit.door() == Door::Kiosk && shown.entry.record.kind == Kind::Document;
    offered.then(|| post(visit, &Look::Taken.path(), shown.key, look::took_it(&visit.texts)))
}

/// "Print": on the kiosk's printer, or by the browser as soon as its script is there.
fn print(visit: &Visit, shown: &Shown) -> Option<AnyView> {
    let words = look::print(&visit.texts);
    Some(match shown.paper? {
        OnPaper::Receipt => post(visit, &format!("/look/entry/{}/print", shown.entry.id), shown.key, words),
        OnPaper::Sheet => {
            view! { <button type="button" class="button plain" data-print hidden=true>{words}</button> }.into_any()
        }
    })
}

/// A button that posts a form of the kiosk with what was chosen.
pub(super) fn post(visit: &Visit, path: &str, key: &str, words: String) -> AnyView {
    let fields = std::iter::once(("key", key.to_owned())).chain(visit.choices.before_the_question().pairs());
    view! {
        <form method="post" action=visit.action(path)>
            {hidden(fields.collect())}
            <button class="button plain">{words}</button>
        </form>
    }
    .into_any()
}

/// The page again on the visitor's phone: from the kiosk's screen, and from every paper.
fn take_along(visit: &Visit, address: &str) -> AnyView {
    let t = &visit.texts;
    let class = if visit.door() == Door::Kiosk { "on-phone" } else { "on-phone on-paper" };
    view! {
        <figure class=class>
            {qr(address)}
            <figcaption>
                <strong>{look::open_on_phone(t)}</strong>
                <span>{look::scan_with_phone(t)}</span>
                <span class="address on-paper" dir="ltr">{address.to_owned()}</span>
            </figcaption>
        </figure>
    }
    .into_any()
}

/// What is said of it: its own words first, else what is the same in another source.
fn sections(visit: &Visit, library: &Library, entry: &Entry) -> AnyView {
    const ORDER: [Section; 5] = [Section::Day, Section::Skills, Section::WaysIn, Section::LeadsTo, Section::Definition];
    let same = library.same_as(&entry.id);
    // Said once where it changes, not above every part.
    let mut before = entry.record.words(visit.language()).map(|(language, _)| language);
    let told = ORDER.into_iter().filter_map(|section| {
        let mut all = std::iter::once(entry).chain(same.iter().copied());
        let (language, lines, of) = all.find_map(|e| said(e, section, visit.language()).map(|(l, s)| (l, s, e)))?;
        let (lang, dir) = spoken(visit, language);
        let note = (before.replace(language) != Some(language)).then(|| only_in(visit, language)).flatten();
        let lines = match section {
            Section::Skills | Section::Definition if lines.len() > 1 => {
                view! { <ul>{lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}</ul> }
                    .into_any()
            }
            _ => lines.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view().into_any(),
        };
        let source = if own_parts(library, of, language).contains(&Field::Section(section)) {
            Some(own_words(visit))
        } else {
            (of.id.source != entry.id.source)
                .then(|| view! { <p class="source">{source(visit, library, of)}</p> }.into_any())
        };
        Some(view! {
            <section class=section.code()>
                <h2>{title(visit, section, entry.record.kind)}</h2>
                {note}
                <div lang=lang dir=dir>{lines}</div>
                {source}
            </section>
        })
    });
    told.collect_view().into_any()
}

fn title(visit: &Visit, section: Section, kind: Kind) -> String {
    let t = &visit.texts;
    match section {
        Section::Day if kind == Kind::Occupation => look::a_day(t),
        Section::Day | Section::Definition => look::definition(t),
        Section::Skills => look::what_you_need(t),
        Section::WaysIn => look::ways_in(t),
        Section::LeadsTo if kind == Kind::Occupation => look::where_to(t),
        Section::LeadsTo => look::leads_to(t),
    }
}

/// A section in the screen's language, else in French, English or any.
pub(super) fn said<'e>(
    entry: &'e Entry,
    section: Section,
    language: &Language,
) -> Option<(&'e Language, &'e [String])> {
    let in_language = |(language, words): (&'e Language, &'e domain::catalogue::Words)| {
        words.sections.get(&section).map(|lines| (language, lines.as_slice()))
    };
    let wanted = [language.clone(), Language::french(), Language::english()];
    let first = wanted.iter().find_map(|l| entry.record.words.get_key_value(l).and_then(in_language));
    first.or_else(|| entry.record.words.iter().find_map(in_language))
}

/// What is near: other names, trainings, close occupations, skills.
fn near(visit: &Visit, library: &Library, entry: &Entry) -> AnyView {
    let t = &visit.texts;
    let all: Vec<_> = std::iter::once(entry).chain(library.same_as(&entry.id)).collect();
    let names: Vec<_> = all
        .iter()
        .filter_map(|e| e.record.words.get(visit.language()))
        .flat_map(|words| words.names.iter().take(NAMES).cloned())
        .take(NAMES)
        .collect();
    let names = (!names.is_empty() && entry.record.kind == Kind::Occupation)
        .then(|| view! { <section><h2>{look::other_names(t)}</h2><p class="names">{names.join(" · ")}</p></section> });
    let list = |title: String, relation: Relation, takes: fn(Kind) -> bool| {
        let found = all.iter().flat_map(|e| library.linked(&e.id, relation));
        let found = found.filter(|e| takes(e.record.kind) && !e.record.is_over(visit.today()));
        let found: Vec<_> = found.take(NEAR).collect();
        (!found.is_empty()).then(|| view! { <section><h2>{title}</h2> {rows(visit, &found)}</section> })
    };
    let is_occupation = |kind| kind == Kind::Occupation;
    let trainings = list(look::trainings(t), Relation::Training, |_| true);
    let related = list(look::close_occupations(t), Relation::Related, is_occupation);
    let mobility = list(look::can_lead_to(t), Relation::Mobility, is_occupation);
    // The next workshop has a place of its own.
    let others = list(look::see_also(t), Relation::Related, |kind| !matches!(kind, Kind::Occupation | Kind::Workshop));
    let skills: Vec<_> = all
        .iter()
        .flat_map(|e| library.linked(&e.id, Relation::Skill))
        .filter_map(|skill| skill.record.words(visit.language()).map(|(_, words)| words.title.clone()))
        .take(SKILLS)
        .collect();
    let skills = (!skills.is_empty()).then(|| {
        let skills = skills.into_iter().map(|skill| view! { <li>{skill}</li> }).collect_view();
        view! { <section><h2>{look::skills_asked(t)}</h2> <ul class="chips">{skills}</ul></section> }
    });
    let members: Vec<_> = [Relation::Broader, Relation::Theme]
        .into_iter()
        .flat_map(|relation| library.members(&entry.id, relation))
        .filter(|member| member.record.kind == Kind::Occupation)
        .take(4 * NEAR)
        .collect();
    let members = (!members.is_empty())
        .then(|| view! { <section><h2>{names::kind(t, Kind::Occupation)}</h2> {rows(visit, &members)}</section> });
    view! { {names} {trainings} {mobility} {related} {members} {others} {skills} }.into_any()
}

/// Where every fact of the page comes from.
fn sources(visit: &Visit, library: &Library, entry: &Entry) -> AnyView {
    let same = library.same_as(&entry.id);
    let others = (!same.is_empty()).then(|| {
        view! { <section><h2>{look::also_in_sources(&visit.texts)}</h2> {rows(visit, &same)}</section> }
    });
    view! { {others} <footer class="cited"><p class="source">{source(visit, library, entry)}</p></footer> }.into_any()
}

/// Which parts are the centre's own, of an entry that another source has.
pub(super) fn own_parts(library: &Library, entry: &Entry, language: &Language) -> Vec<Field> {
    let edited = library.edited(&entry.id).filter(|_| entry.id.source != Source::Own);
    edited.map(|edited| edited.edit.own_parts(language)).unwrap_or_default()
}

/// That the name or the sentence is the centre's.
fn named_here(visit: &Visit, library: &Library, entry: &Entry, language: &Language) -> Option<AnyView> {
    let is_own = own_parts(library, entry, language).iter().any(|part| !matches!(part, Field::Section(_)));
    is_own.then(|| own_words(visit))
}

fn own_words(visit: &Visit) -> AnyView {
    view! { <p class="source">{look::own_words(&visit.texts)}</p> }.into_any()
}

/// The source of an entry's facts, in words.
pub(super) fn source(visit: &Visit, library: &Library, entry: &Entry) -> String {
    let t = &visit.texts;
    match (entry.id.source, library.release_of(&entry.id)) {
        (Source::Starter, _) => look::starter_words(t),
        (Source::Own, _) | (_, None) => look::own_words(t),
        (source, Some(release)) => {
            let name = names::source(source);
            match &release.licence {
                Some(licence) => look::source_with_licence(t, name, &release.version, licence),
                None => look::source(t, name, &release.version),
            }
        }
    }
}

/// The occupation as schema.org describes one, for whoever reads pages by machine.
fn structured(entry: &Entry, address: &str, language: &Language) -> Option<AnyView> {
    let words = (entry.record.kind == Kind::Occupation).then(|| entry.record.words.get(language)).flatten()?;
    let mut data = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Occupation",
        "@id": address,
        "name": words.title,
        "inLanguage": language.code(),
    });
    if let Some(summary) = &words.summary {
        data["description"] = summary.clone().into();
    }
    if let Some(skills) = words.sections.get(&Section::Skills) {
        data["skills"] = skills.join(", ").into();
    }
    if let Some(ways) = words.sections.get(&Section::WaysIn) {
        data["educationRequirements"] = ways.join(" ").into();
    }
    if let Some(isco) = &entry.record.isco {
        data["occupationalCategory"] =
            serde_json::json!({ "@type": "CategoryCode", "codeValue": isco, "inCodeSet": "ISCO-08" });
    }
    // Nothing in it can end the element.
    let text = data.to_string().replace('<', "\\u003c");
    Some(view! { <script type="application/ld+json" inner_html=text></script> }.into_any())
}
