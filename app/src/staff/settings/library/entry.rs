//! Editing one entry: what its source says beside the own words, whether visitors see it, and, where it was made here,
//! its facts.

use domain::{
    Language,
    catalogue::{
        Edit, EntryId, LocalWords, Record, Section, Words,
        edit::{Fault, Field, LINE, SUMMARY, TITLE, Why},
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    address,
    api::{ToEdit, forget_entry, load_entry, load_new, save_entry},
    day, direction,
    facts::Facts,
};
use crate::{
    staff::{use_acts, use_start},
    texts::{Texts, language_name, library as texts, settings, use_texts},
    trouble::{Missing, Trouble},
};

/// What is edited, and what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub edited: RwSignal<Edit>,
    pub fault: RwSignal<Option<Fault>>,
    /// Whether something was changed since it was saved.
    pub dirty: RwSignal<bool>,
}

impl Form {
    /// Changes the facts of an entry that was made here.
    pub(super) fn own(self, change: impl FnOnce(&mut Record)) {
        self.edited.update(|edit| {
            if let Some(own) = &mut edit.own {
                change(own);
            }
        });
        self.dirty.set(true);
    }

    /// What is wrong with a field, in words.
    pub(super) fn wrong(self, t: &Texts, field: Field, language: Option<&Language>) -> Option<String> {
        let fault = self.fault.get().filter(|f| f.field == field && f.language.as_ref() == language)?;
        Some(why(t, fault.why))
    }
}

fn why(t: &Texts, why: Why) -> String {
    match why {
        Why::Needed => texts::fault_needed(t),
        Why::TooLong(most) => texts::fault_too_long(t, most),
        Why::TooMany(most) => texts::fault_too_many(t, most),
        Why::NotAnAddress => texts::fault_not_an_address(t),
    }
}

/// A field's name.
pub(super) fn field_word(t: &Texts, field: Field) -> String {
    match field {
        Field::Title => texts::field_title(t),
        Field::Names => texts::field_names(t),
        Field::Summary => texts::field_summary(t),
        Field::Section(Section::Day) => texts::field_day(t),
        Field::Section(Section::Skills) => texts::field_skills(t),
        Field::Section(Section::WaysIn) => texts::field_ways_in(t),
        Field::Section(Section::LeadsTo) => texts::field_leads_to(t),
        Field::Section(Section::Definition) => texts::field_definition(t),
        Field::Url => texts::field_url(t),
        Field::Shelf => texts::field_shelf(t),
        Field::Expires => texts::field_expires(t),
    }
}

#[component]
pub(super) fn Entry(id: Option<String>) -> impl IntoView {
    let t = use_texts();
    let centre = use_acts().centre();
    let language = t.language().clone();
    let page = Resource::new(
        || (),
        move |()| {
            let (id, language) = (id.clone(), language.clone());
            async move {
                match id.map(|id| id.parse::<EntryId>()) {
                    None => load_new(centre, language).await,
                    Some(Ok(id)) => load_entry(centre, language, id).await,
                    Some(Err(_)) => Err(Trouble::Unknown(Missing::Entry)),
                }
            }
        },
    );
    let body = move || {
        let t = StoredValue::new(use_texts());
        Suspend::new(async move {
            match page.await {
                Ok(read) => view! { <Page page=read reload=Callback::new(move |()| page.refetch()) /> }.into_any(),
                Err(trouble) => view! { <p class="soft">{trouble.sentence(&t.get_value())}</p> }.into_any(),
            }
        })
    };
    view! {
        <p><a class="quiet" href=address("entries", &[])>{texts::back_to_entries(&t)}</a></p>
        <Transition>{body}</Transition>
    }
    .into_any()
}

#[component]
fn Page(page: ToEdit, reload: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let ToEdit { id, kind, source, version, imported, edit, changed_on, linked, lists } = page;
    let form = Form { edited: RwSignal::new(edit), fault: RwSignal::new(None), dirty: RwSignal::new(false) };
    let is_own = form.edited.with_untracked(|e| e.own.is_some());
    let imported = StoredValue::new(imported);
    let languages = languages(&form.edited.get_untracked());
    let shown = RwSignal::new(first_of(&languages, t.language()));
    let title = {
        let language = t.language().clone();
        let theirs = imported.with_value(|r| r.as_ref().and_then(|r| r.words(&language).map(|(_, w)| w.title.clone())));
        let local = |edit: &Edit| {
            let of = |l: &Language| edit.words.get(l).and_then(|w| w.title.clone());
            of(&language).or_else(|| theirs.clone()).or_else(|| edit.words.keys().find_map(of))
        };
        form.edited.with_untracked(local).unwrap_or_else(|| texts::new_entry(&t))
    };
    let cited = match version {
        Some(version) => texts::from_source_version(&t, source, version),
        None => texts::from_source(&t, source),
    };
    let cited = if kind.is_empty() { cited } else { format!("{kind} · {cited}") };
    let gone = (id.is_some() && !is_own && imported.with_value(Option::is_none))
        .then(|| view! { <div class="banner note"><p>{texts::no_source_any_more(&t)}</p></div> });
    let see = id.as_ref().map(|id| {
        let slug = use_start().with_value(|s| s.centre.slug.clone());
        let href = format!("/i/{slug}/{}/look/entry/{id}", t.language().code());
        view! { <a class="pill" href=href target="_blank" rel="external noopener">{texts::see_as_visitor(&t)}</a> }
    });
    let changed = changed_on.map(|on| view! { <span class="soft">{texts::changed_on(&t, day(on))}</span> });
    let facts = is_own.then(|| view! { <Facts form lists linked /> }.into_any());
    let back = id.clone().filter(|_| changed_on.is_some()).map(|id| view! { <TakeBack id is_own reload /> }.into_any());
    let words_lead = if is_own { texts::words_lead_own(&t) } else { texts::words_lead(&t) };
    let now = move || shown.get();
    view! {
        <header class="entry-head">
            <h2 dir="auto">{title}</h2>
            <p class="soft">{cited}</p>
            <p class="entry-head-more">{id.clone().map(|id| view! { <bdi class="soft" dir="ltr">{id.to_string()}</bdi> })} {changed} {see}</p>
        </header>
        {gone}
        <EntryForm id form imported shown>
            <fieldset class="card entry-flags">
                <legend>{texts::what_visitors_see(&t)}</legend>
                {flag(form, texts::feature(&t), texts::feature_hint(&t), |e| e.featured, |e, on| e.featured = on)}
                {flag(form, texts::hide(&t), texts::hide_hint(&t), |e| e.hidden, |e, on| e.hidden = on)}
            </fieldset>
            {facts}
            <section class="card">
                <h3>{texts::words(&t)}</h3>
                <p class="soft">{words_lead}</p>
                <Languages languages shown form imported />
                {move || view! { <WordsIn language=now() form imported is_own /> }.into_any()}
            </section>
        </EntryForm>
        {back}
    }
    .into_any()
}

/// The language of the screen, if it is among them.
fn first_of(languages: &[Language], screen: &Language) -> Language {
    let own = languages.iter().find(|l| *l == screen).or_else(|| languages.first());
    own.cloned().unwrap_or_else(Language::french)
}

/// The centre's languages, and those that have own words already.
fn languages(edit: &Edit) -> Vec<Language> {
    let mut all = use_start().with_value(|s| s.centre.languages.clone());
    let more: Vec<_> = edit.words.keys().filter(|l| !all.contains(l)).cloned().collect();
    all.extend(more);
    all
}

fn flag(form: Form, label: String, hint: String, get: fn(&Edit) -> bool, set: fn(&mut Edit, bool)) -> AnyView {
    let change = move |_| {
        form.edited.update(|e| {
            let on = !get(e);
            set(e, on);
        });
        form.dirty.set(true);
    };
    view! {
        <label class="flag">
            <input type="checkbox" prop:checked=move || form.edited.with(get) checked=form.edited.with_untracked(get) on:change=change />
            <span><b>{label}</b> <span class="soft">{hint}</span></span>
        </label>
    }
    .into_any()
}

/// The form around everything, with its button and what keeps it from being saved.
#[component]
fn EntryForm(
    id: Option<EntryId>,
    form: Form,
    imported: StoredValue<Option<Record>>,
    shown: RwSignal<Language>,
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let acts = use_acts();
    let navigate = StoredValue::new(use_navigate());
    let saved = RwSignal::new(false);
    let stored = StoredValue::new(t.clone());
    let home = StoredValue::new(String::new());
    home.set_value(address("entry", &[]));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let edit = form.edited.get_untracked().tidied();
        let checked = imported.with_value(|record| edit.check(record.as_ref()));
        form.fault.set(checked.clone().err());
        if let Err(fault) = checked {
            if let Some(language) = fault.language {
                shown.set(language);
            }
            return;
        }
        let (centre, known) = (acts.centre(), id.clone());
        let is_new = known.is_none();
        acts.ask_then(
            move || save_entry(centre, known.clone(), edit.clone()),
            move |id| {
                form.dirty.try_set(false);
                saved.try_set(true);
                if is_new {
                    let address = format!("{}&id={id}", home.get_value());
                    navigate.with_value(|go| go(&address, NavigateOptions::default()));
                }
            },
        );
    };
    let wrong = move || {
        let t = stored.get_value();
        form.fault.get().map(|Fault { language, field, why: reason }| {
            let (field, reason) = (field_word(&t, field), why(&t, reason));
            let sentence = match language {
                Some(language) => texts::fault_in(&t, field, language_name(&t, &language), reason),
                None => texts::fault_at(&t, field, reason),
            };
            view! { <p class="wrong" role="alert">{sentence}</p> }.into_any()
        })
    };
    let state = move || {
        let t = stored.get_value();
        match (form.dirty.get(), saved.get()) {
            (true, _) => texts::not_saved_yet(&t),
            (false, true) => settings::saved(&t),
            (false, false) => String::new(),
        }
    };
    view! {
        <form class="form entry-page" novalidate on:submit=save>
            {children()}
            <footer class="save-bar">
                <button type="submit" class="action main">{settings::save(&t)}</button>
                {wrong}
                <span class="saved" class:dirty=move || form.dirty.get() role="status">{state}</span>
            </footer>
        </form>
    }
    .into_any()
}

/// The languages to choose from; a mark says where there are words.
#[component]
fn Languages(
    languages: Vec<Language>,
    shown: RwSignal<Language>,
    form: Form,
    imported: StoredValue<Option<Record>>,
) -> impl IntoView {
    let t = use_texts();
    let pills = languages.into_iter().map(|language| {
        let name = language_name(&t, &language);
        let language = StoredValue::new(language);
        let is_shown = move || language.with_value(|l| shown.with(|s| s == l));
        let has = move || {
            let here = language.with_value(|l| form.edited.with(|e| e.words.contains_key(l)));
            here || language.with_value(|l| imported.with_value(|r| r.as_ref().is_some_and(|r| r.words.contains_key(l))))
        };
        let said = texts::has_words(&t);
        let mark = move || has().then(|| view! { <span class="has-words"><span class="unseen">{said.clone()}</span></span> });
        view! {
            <button type="button" class="pill" aria-pressed=move || is_shown().to_string() on:click=move |_| shown.set(language.get_value())>
                {name} {mark}
            </button>
        }
        .into_any()
    });
    view! { <div class="languages-row" role="group" aria-label=texts::words(&t)>{pills.collect_view()}</div> }
        .into_any()
}

/// The fields of a language, the source's words beside them.
#[component]
fn WordsIn(language: Language, form: Form, imported: StoredValue<Option<Record>>, is_own: bool) -> impl IntoView {
    const FIELDS: [Field; 8] = [
        Field::Title,
        Field::Summary,
        Field::Names,
        Field::Section(Section::Day),
        Field::Section(Section::Skills),
        Field::Section(Section::WaysIn),
        Field::Section(Section::LeadsTo),
        Field::Section(Section::Definition),
    ];
    let t = use_texts();
    let theirs = imported.with_value(|r| r.as_ref().and_then(|r| r.words.get(&language).cloned()));
    let fields = FIELDS.map(|field| {
        let said = theirs.as_ref().map(|words| said(words, field)).unwrap_or_default();
        view! { <WordField field language=language.clone() form said is_own /> }.into_any()
    });
    let heads = (!is_own).then(|| {
        view! {
            <div class="local-heads" aria-hidden="true"><span>{texts::the_source(&t)}</span><span>{texts::your_words(&t)}</span></div>
        }
    });
    view! { <div class="local-words" class:own=is_own>{heads}{fields.into_iter().collect_view()}</div> }.into_any()
}

/// What the source says, a line each.
fn said(words: &Words, field: Field) -> Vec<String> {
    match field {
        Field::Title => vec![words.title.clone()],
        Field::Summary => words.summary.iter().cloned().collect(),
        // Many short ones: one beside the other.
        Field::Names if words.names.is_empty() => Vec::new(),
        Field::Names => vec![words.names.join(" · ")],
        Field::Section(section) => words.sections.get(&section).cloned().unwrap_or_default(),
        Field::Url | Field::Shelf | Field::Expires => Vec::new(),
    }
}

fn typed(words: &LocalWords, field: Field) -> String {
    match field {
        Field::Title => words.title.clone().unwrap_or_default(),
        Field::Summary => words.summary.clone().unwrap_or_default(),
        Field::Names => words.names.join("\n"),
        Field::Section(section) => words.sections.get(&section).map(|lines| lines.join("\n")).unwrap_or_default(),
        Field::Url | Field::Shelf | Field::Expires => String::new(),
    }
}

fn write(words: &mut LocalWords, field: Field, text: String) {
    let lines = || text.split('\n').map(str::to_owned).collect();
    match field {
        Field::Names => words.names = lines(),
        Field::Section(section) => drop(words.sections.insert(section, lines())),
        Field::Title => words.title = Some(text),
        Field::Summary => words.summary = Some(text),
        Field::Url | Field::Shelf | Field::Expires => {}
    }
}

#[component]
fn WordField(field: Field, language: Language, form: Form, said: Vec<String>, is_own: bool) -> impl IntoView {
    let t = use_texts();
    let now = form.edited.with_untracked(|e| e.words.get(&language).map(|w| typed(w, field)).unwrap_or_default());
    let (code, dir) = (language.code().to_owned(), direction(&language));
    let stored = StoredValue::new(language);
    let change = move |e: leptos::ev::Event| {
        let text = event_target_value(&e);
        form.edited.update(|edit| write(edit.words.entry(stored.get_value()).or_default(), field, text));
        form.dirty.set(true);
    };
    let words = StoredValue::new(t.clone());
    let wrong = move || stored.with_value(|l| form.wrong(&words.get_value(), field, Some(l)));
    let label = field_word(&t, field);
    let (lines, most) = match field {
        Field::Title => (1, TITLE),
        Field::Summary => (2, SUMMARY),
        _ => (4, 60 * LINE),
    };
    let id = format!("wrong-{}", field.name());
    let described = {
        let id = id.clone();
        move || wrong().map(|_| id.clone())
    };
    let input = if lines == 1 {
        view! {
            <input lang=code.clone() dir=dir maxlength=most value=now aria-invalid=move || wrong().map(|_| "true") aria-describedby=described on:input=change />
        }
        .into_any()
    } else {
        view! {
            <textarea lang=code.clone() dir=dir rows=lines maxlength=most prop:value=now.clone() aria-invalid=move || wrong().map(|_| "true") aria-describedby=described on:input=change>
                {now.clone()}
            </textarea>
        }
        .into_any()
    };
    let theirs = (!is_own).then(|| {
        let lines = if said.is_empty() {
            view! { <p class="soft" lang=t.language().code().to_owned() dir=t.direction()>{texts::source_says_nothing(&t)}</p> }
                .into_any()
        } else {
            said.into_iter().map(|line| view! { <p>{line}</p> }).collect_view().into_any()
        };
        view! { <div class="imported" lang=code dir=dir>{lines}</div> }
    });
    view! {
        <div class="local-field">
            {theirs}
            <label class="field">
                {label}
                {input}
                {move || wrong().map(|word| view! { <span class="wrong" id=id.clone()>{word}</span> })}
            </label>
        </div>
    }
    .into_any()
}

/// Taking everything back, or deleting what was made here: behind a fold, so that nobody does it in passing.
#[component]
fn TakeBack(id: EntryId, is_own: bool, reload: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let acts = use_acts();
    let navigate = StoredValue::new(use_navigate());
    let home = StoredValue::new(address("entries", &[]));
    let (title, lead, now) = if is_own {
        (texts::delete(&t), texts::delete_lead(&t), texts::delete_now(&t))
    } else {
        (texts::take_back(&t), texts::take_back_lead(&t), texts::take_back_now(&t))
    };
    let forget = move |_| {
        let (centre, id) = (acts.centre(), id.clone());
        acts.ask_then(
            move || forget_entry(centre, id.clone()),
            move |()| {
                if is_own {
                    navigate.with_value(|go| go(&home.get_value(), NavigateOptions::default()));
                } else {
                    reload.try_run(());
                }
            },
        );
    };
    view! {
        <details class="card more take-back">
            <summary>{title}</summary>
            <p class="soft">{lead}</p>
            <button type="button" class="pill stop" on:click=forget>{now}</button>
        </details>
    }
    .into_any()
}
