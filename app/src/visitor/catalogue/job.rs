//! "What do you do, or did you do?": from an occupation that somebody knows to those where it can lead.

use std::collections::BTreeSet;

use domain::catalogue::{EntryId, Kind, Relation};
use leptos::prelude::*;
use services::catalogue::{Entry, Filter, Library, Query};

use super::{
    Look, names,
    parts::{picture, row, talk_instead},
    search::field,
};
use crate::{
    texts::look,
    visitor::kiosk::{Page, Visit, back, heading, page},
};

/// Occupations that are shown to choose from, and those where one can go.
const MOST: usize = 20;
/// Things in common that are named.
const COMMON: usize = 3;

/// The question, and the occupations that its words mean.
pub fn job(visit: &Visit, library: &Library, text: &str) -> String {
    let t = &visit.texts;
    let title = look::job_question(t);
    page(
        visit,
        Page {
            name: "find",
            title: title.clone(),
            sign: 0,
            ask: view! { {heading(title, Some(look::job_hint(t)))} {field(visit, &Look::Job(String::new()), text)} }
                .into_any(),
            answers: view! { <div id="found" aria-live="polite">{found(visit, library, text)}</div> }.into_any(),
            onward: view! { {back(t, visit.look(Look::Home))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}

fn found(visit: &Visit, library: &Library, text: &str) -> AnyView {
    let t = &visit.texts;
    if text.trim().is_empty() {
        return ().into_any();
    }
    let filter = Filter { kind: Some(Kind::Occupation), ..visit.current() };
    let query = Query { text: text.to_owned(), language: visit.language().clone(), filter, most: MOST };
    let tiles: Vec<_> = library
        .search(&query)
        .entries
        .into_iter()
        .filter_map(|entry| {
            let (_, words) = entry.record.words(visit.language())?;
            let to = visit.look(Look::From(entry.id.clone(), text.to_owned()));
            Some(picture(to, &names::icon(&entry.record), words.title.clone(), None))
        })
        .collect();
    if tiles.is_empty() {
        let likes = visit.look(Look::Likes(super::Liked::default()));
        return view! {
            <h2>{look::no_result(t, text)}</h2>
            <p class="hint">{look::job_other_words(t)}</p>
            <p><a class="quiet" href=likes>{look::by_likes(t)}</a></p>
        }
        .into_any();
    }
    view! { <h2>{look::job_which(t)}</h2> <ul class="pictures">{tiles}</ul> }.into_any()
}

/// Where an occupation can lead, with the reason for each.
pub fn from_job(visit: &Visit, library: &Library, job: &Entry, text: &str) -> String {
    let t = &visit.texts;
    let name = job.record.words(visit.language()).map(|(_, words)| words.title.clone()).unwrap_or_default();
    let ways = ways(library, job);
    let rows: Vec<_> = ways
        .iter()
        .filter_map(|way| {
            let row = row(visit, way.to)?;
            let why = why(visit, library, job, way).map(|why| view! { <li class="why">{why}</li> });
            Some(view! { {row} {why} })
        })
        .collect();
    let answers = if rows.is_empty() {
        let near = job.record.sector.map(|sector| {
            let to = visit.look(Look::Sector(sector, Vec::new()));
            view! { <p><a class="quiet" href=to>{names::sector(t, sector)}</a></p> }
        });
        view! { <p class="note">{look::job_leads_nowhere_yet(t)}</p> {near} }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    page(
        visit,
        Page {
            name: "list",
            title: look::job_leads(t, &name),
            sign: 0,
            ask: heading(look::job_leads(t, &name), Some(look::job_leads_hint(t))),
            answers,
            onward: view! {
                {back(t, visit.look(Look::Job(text.to_owned())))}
                {talk_instead(visit, look::talk_about_it(t))}
            }
            .into_any(),
        },
    )
}

/// An occupation where another can lead.
struct Way<'l> {
    to: &'l Entry,
    relation: Relation,
    /// Who says so.
    said_by: &'l EntryId,
}

/// First where people with this occupation go, then what is close to it: each once.
fn ways<'l>(library: &'l Library, job: &'l Entry) -> Vec<Way<'l>> {
    let all: Vec<_> = std::iter::once(job).chain(library.same_as(&job.id)).collect();
    let mut seen: BTreeSet<&EntryId> = all.iter().map(|e| &e.id).collect();
    let mut ways = Vec::new();
    for relation in [Relation::Mobility, Relation::Related] {
        for from in &all {
            for to in library.linked(&from.id, relation) {
                let is_new = to.record.kind == Kind::Occupation && seen.insert(&to.id);
                if is_new {
                    seen.extend(library.same_as(&to.id).into_iter().map(|same| &same.id));
                    ways.push(Way { to, relation, said_by: &from.id });
                }
            }
        }
    }
    ways.truncate(MOST);
    ways
}

/// Why one can lead to the other: who says so, and what both have in common.
fn why(visit: &Visit, library: &Library, job: &Entry, way: &Way) -> Option<String> {
    let t = &visit.texts;
    let said = (way.relation == Relation::Mobility).then(|| look::why_mobility(t, names::source(way.said_by.source)));
    let skills = shared_skills(library, &job.id, &way.to.id);
    let skills = (skills > 0).then(|| look::why_skills(t, skills));
    let common = job.record.features.iter().filter(|f| way.to.record.features.contains(f)).take(COMMON);
    let common: Vec<_> = common.map(|feature| names::feature(t, *feature)).collect();
    let common = (!common.is_empty()).then(|| look::why_common(t, common.join(" · ")));
    let sector = job.record.sector.filter(|s| way.to.record.sector == Some(*s));
    let sector = sector.map(|sector| look::why_sector(t, names::sector(t, sector)));
    let why: Vec<_> = said.into_iter().chain(skills).chain(sector).chain(common).collect();
    (!why.is_empty()).then(|| why.join(" "))
}

/// How many skills both ask for, as far as a source says what they ask for.
fn shared_skills(library: &Library, one: &EntryId, other: &EntryId) -> u32 {
    let skills = |of: &EntryId| -> BTreeSet<&EntryId> {
        let same = library.same_as(of).into_iter().map(|e| &e.id);
        let all = library.entry(of).map(|e| &e.id).into_iter().chain(same);
        all.flat_map(|id| library.linked(id, Relation::Skill)).map(|skill| &skill.id).collect()
    };
    u32::try_from(skills(one).intersection(&skills(other)).count()).unwrap_or(u32::MAX)
}
