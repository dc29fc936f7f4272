//! The notebook (*carnet*): what was kept while looking around, and the ways to take it along.

use domain::catalogue::{EntryId, Interest, explorer::Profile};
use leptos::prelude::*;
use services::catalogue::{Library, Sheet};

use super::{
    Door, Look, OnPaper,
    entry::post,
    parts::{row, talk_instead},
};
use crate::{
    texts::{look, notebook, words},
    visitor::{
        kiosk::{Choices, Page, Printing, Visit, back, heading, hidden, page},
        receipt::qr,
        sheet::titles,
    },
};

/// What a notebook can be printed on from here, and what came of it.
pub struct Paper<'a> {
    /// What there is.
    pub on: Option<OnPaper>,
    /// How it comes out, once it was asked for.
    pub printing: Option<Printing>,
    /// Makes a second touch harmless.
    pub key: &'a str,
}

/// The page of the notebook. `address` is the public one that carries the content behind its `#`.
pub fn notebook(visit: &Visit, library: &Library, sheet: &Sheet, address: &str, paper: &Paper) -> String {
    let t = &visit.texts;
    let title = notebook::title(t);
    let is_empty = visit.choices.notebook.is_empty();
    let hint = match visit.door() {
        Door::Kiosk => notebook::lives_here(t),
        Door::Open => notebook::lives_in_address(t),
    };
    page(
        visit,
        Page {
            name: "notebook",
            title: title.clone(),
            sign: 0,
            ask: view! {
                {heading(title, (!is_empty).then_some(hint))}
                {(!is_empty).then(|| take_away(visit, sheet, address, paper))}
            }
            .into_any(),
            answers: view! {
                {(visit.door() == Door::Open).then(|| carried(visit))}
                {if is_empty { empty(visit) } else { kept(visit, library) }}
            }
            .into_any(),
            onward: view! { {back(t, visit.look(Look::Home))} {talk_instead(visit, look::talk_instead(t))} }.into_any(),
        },
    )
}

fn empty(visit: &Visit) -> AnyView {
    let t = &visit.texts;
    view! {
        <section class="nothing-kept" data-nothing>
            <span class="icon icon-heart" aria-hidden="true"></span>
            <h2>{notebook::empty(t)}</h2>
            <p>{notebook::empty_hint(t)}</p>
            <a class="button solid" href=visit.look(Look::Home)>{notebook::look_around(t)}</a>
        </section>
    }
    .into_any()
}

fn kept(visit: &Visit, library: &Library) -> AnyView {
    let t = &visit.texts;
    let rows = visit.choices.notebook.kept.iter().filter_map(|id| {
        let entry = library.entry(id).filter(|e| !e.record.is_over(visit.today()))?;
        let row = row(visit, entry)?;
        let name = entry.record.words(visit.language())?.1.title.clone();
        Some(view! {
            {row}
            <li class="drop"><a class="quiet" href=without(visit, id) aria-label=notebook::drop_named(t, name)>{notebook::drop(t)}</a></li>
        })
    });
    let rows = rows.collect_view();
    let kept = (!visit.choices.notebook.kept.is_empty())
        .then(|| view! { <section><h2>{notebook::what(t)}</h2> <ul class="rows kept">{rows}</ul></section> });
    let profile = visit.choices.notebook.profile.map(|profile| {
        let mut left = visit.choices.clone();
        left.notebook.profile = None;
        let name = notebook::profile(t);
        view! {
            <section>
                <h2>{name.clone()}</h2>
                {strengths(visit, profile)}
                <p class="drop"><a class="quiet" href=to_notebook(visit, &left) aria-label=notebook::drop_named(t, name)>{notebook::drop(t)}</a></p>
            </section>
        }
    });
    view! { {kept} {profile} }.into_any()
}

/// A profile in words, the strongest interest first.
fn strengths(visit: &Visit, profile: Profile) -> AnyView {
    let t = &visit.texts;
    let lines = profile.order().map(|interest| {
        let percent = profile.of(interest);
        view! {
            <li><span>{words::interest(t, interest)}</span> <meter min="0" max="100" value=percent.to_string()>{percent.to_string()}</meter></li>
        }
    });
    view! { <ul class="strengths">{lines.into_iter().collect_view()}</ul> }.into_any()
}

fn take_away(visit: &Visit, sheet: &Sheet, address: &str, paper: &Paper) -> AnyView {
    let t = &visit.texts;
    let code = |text: &str, title: String, hint: String| {
        qr(text).map(|code| {
            view! { <figure class="on-phone">{code} <figcaption><strong>{title}</strong> <span>{hint}</span></figcaption></figure> }
        })
    };
    // A phone does not scan itself: it goes to the address.
    let link = match visit.door() {
        Door::Kiosk => code(address, notebook::as_link(t), notebook::as_link_hint(t)).into_any(),
        Door::Open => view! { <a class="quiet" href=address.to_owned()>{notebook::to_keep(t)}</a> }.into_any(),
    };
    let words = code(&sheet.in_words(&titles(t)), notebook::as_words(t), notebook::as_words_hint(t));
    let words = (visit.door() == Door::Kiosk).then_some(words);
    let told = paper.printing.map(|printing| match printing {
        Printing::OnItsWay => notebook::printing(t),
        Printing::Trouble | Printing::NoPrinter => notebook::print_trouble(t),
    });
    let told = told.map(|sentence| view! { <p class="note" role="status">{sentence}</p> });
    view! {
        <section class="take-away" aria-label=notebook::take_away(t)>
            {print(visit, paper)}
            {told}
            {link}
            {words}
        </section>
    }
    .into_any()
}

fn print(visit: &Visit, paper: &Paper) -> Option<AnyView> {
    let words = notebook::print(&visit.texts);
    Some(match paper.on? {
        OnPaper::Receipt => post(visit, "/look/notebook/print-here", paper.key, words),
        OnPaper::Sheet => view! {
            <form method="get" action=visit.form_action(&Look::NotebookOnPaper)>
                {hidden(visit.choices.without_ticket().pairs())}
                <button class="button plain">{words}</button>
            </form>
        }
        .into_any(),
    })
}

/// Where the script shows what a scanned code carries: the words are here, the content stays in the phone. Whoever made the
/// address wrote it, so the page says first that the centre did not.
fn carried(visit: &Visit) -> AnyView {
    let t = &visit.texts;
    let interests = Interest::ALL.map(|interest| {
        view! { <li><span>{words::interest(t, interest)}</span> <meter min="0" max="100"></meter></li> }
    });
    let part = |name: &'static str, title: String, list: &'static str| {
        view! { <section data-part=name hidden=true><h2>{title}</h2> <ul class=list></ul></section> }
    };
    let entry = visit.form_action(&Look::Home) + "/entry/";
    view! {
        <noscript><p class="note">{notebook::needs_script(t)}</p></noscript>
        <div id="carried" data-entry=entry hidden=true>
            <p class="note" role="note"><strong>{notebook::carried_own(t)}</strong></p>
            <p class="made"></p>
            {part("s", notebook::steps(t), "dots")}
            {part("r", notebook::recommended(t), "rows")}
            {part("k", notebook::what(t), "rows")}
            <section data-part="p" hidden=true>
                <h2>{notebook::profile(t)}</h2>
                <ul class="strengths">{interests.into_iter().collect_view()}</ul>
            </section>
            <p class="note">{notebook::carried(t)}</p>
        </div>
        <p id="unreadable" class="note" role="alert" hidden=true>{notebook::unreadable(t)}</p>
    }
    .into_any()
}

/// The button by which an entry is kept, or taken out again.
pub(super) fn keep(visit: &Visit, id: &EntryId) -> AnyView {
    let t = &visit.texts;
    let kept = &visit.choices.notebook.kept;
    if kept.has(id) {
        let mut left = visit.choices.without_ticket();
        left.notebook.kept = left.notebook.kept.without(id);
        let address = visit.with(&visit.step, &left);
        return view! {
            <p class="keep kept">
                <span class="icon icon-heart" aria-hidden="true"></span>
                <strong>{notebook::kept(t)}</strong>
                <a class="quiet" href=address>{notebook::drop(t)}</a>
            </p>
        }
        .into_any();
    }
    if kept.is_full() {
        return view! { <p class="note">{notebook::full(t)}</p> }.into_any();
    }
    let mut with = visit.choices.before_the_question();
    with.notebook.keep(Some(id.clone()));
    let address = visit.with(&visit.step, &with);
    view! {
        <p class="keep">
            <a class="button solid" href=address><span class="icon icon-heart" aria-hidden="true"></span> {notebook::keep(t)}</a>
        </p>
    }
    .into_any()
}

/// The button by which a profile is kept.
pub(super) fn keep_profile(visit: &Visit, profile: Profile) -> AnyView {
    let t = &visit.texts;
    if visit.choices.notebook.profile == Some(profile) {
        return view! {
            <p class="keep kept"><span class="icon icon-heart" aria-hidden="true"></span> <strong>{notebook::kept(t)}</strong></p>
        }
        .into_any();
    }
    let mut with = visit.choices.before_the_question();
    with.notebook.profile = Some(profile);
    let address = visit.with(&visit.step, &with);
    view! {
        <p class="keep">
            <a class="button solid" href=address><span class="icon icon-heart" aria-hidden="true"></span> {notebook::keep_profile(t)}</a>
        </p>
    }
    .into_any()
}

fn without(visit: &Visit, id: &EntryId) -> String {
    let mut left = visit.choices.clone();
    left.notebook.kept = left.notebook.kept.without(id);
    to_notebook(visit, &left)
}

fn to_notebook(visit: &Visit, choices: &Choices) -> String {
    visit.with(&visit.look_step(Look::Notebook), &choices.before_the_question())
}
