//! Importing what was uploaded: the form, how far it is, and the report.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    address,
    api::{ImportState, Importing, Refused, Report, load_import},
    asked,
};
use crate::{
    staff::{Page, use_acts, use_start},
    texts::{Texts, date, library as texts, use_texts},
};

/// How often a running import is looked at.
const PACE: Duration = Duration::from_secs(1);

#[component]
pub(super) fn Import() -> impl IntoView {
    let t = use_texts();
    let centre = use_acts().centre();
    let language = StoredValue::new(t.language().clone());
    let now = Resource::new(|| (), move |()| load_import(centre, language.get_value()));
    follow(now);
    let told = asked("told");
    let told = move || {
        let t = use_texts();
        word_of(&t, &told.get())
            .map(|word| view! { <div class="banner stop" role="alert"><p>{word}</p></div> }.into_any())
    };
    let state = move || {
        let t = StoredValue::new(use_texts());
        Suspend::new(async move {
            match now.await {
                Ok(Importing { sources, state }) => {
                    let t = t.get_value();
                    view! { {shown(&t, state)} {in_use(&t, sources)} }.into_any()
                }
                Err(trouble) => view! { <p class="soft">{trouble.sentence(&t.get_value())}</p> }.into_any(),
            }
        })
    };
    view! {
        {told}
        <div class="import-both">
            <section class="card"><ImportForm /></section>
            <div class="import-state" aria-live="polite"><Transition>{state}</Transition></div>
        </div>
    }
    .into_any()
}

/// Looks again while something is under way. Without script the page has a link for that.
fn follow(now: Resource<Result<Importing, crate::trouble::Trouble>>) {
    Effect::new(move |_| {
        let under_way = now.with(|n| matches!(n, Some(Ok(importing)) if importing.state.is_under_way()));
        if under_way && let Ok(timer) = set_timeout_with_handle(move || now.refetch(), PACE) {
            on_cleanup(move || timer.clear());
        }
    });
}

/// What a word in the address says of an upload that was not taken.
fn word_of(t: &Texts, told: &str) -> Option<String> {
    Some(match told {
        "zip" => texts::told_zip(t),
        "nothing" => texts::told_nothing(t),
        "one_file" => texts::told_one_file(t),
        "columns" => texts::told_columns(t),
        "broken" => texts::told_broken(t),
        "too_large" => texts::told_too_large(t),
        "full" => texts::told_full(t),
        "running" => texts::import_running(t),
        _ => return None,
    })
}

/// What can be imported: its name in the form, in words, and what to choose.
fn kinds(t: &Texts) -> [(&'static str, String, String); 5] {
    [
        ("catalogue", texts::import_own(t), texts::import_own_hint(t)),
        ("rome", "ROME".into(), texts::import_rome_hint(t)),
        ("esco", "ESCO".into(), texts::import_esco_hint(t)),
        ("onet", "O*NET".into(), texts::import_onet_hint(t)),
        ("crosswalk", texts::import_crosswalk(t), texts::import_crosswalk_hint(t)),
    ]
}

#[component]
fn ImportForm() -> impl IntoView {
    let t = use_texts();
    let slug = use_start().with_value(|s| s.centre.slug.clone());
    let action = format!("{}/import?centre={slug}", Page::Settings.address(t.language().code()));
    let kinds = kinds(&t).map(|(code, title, hint)| {
        view! {
            <label class="import-kind">
                <input type="radio" name="what" value=code checked=code == "catalogue" />
                <b>{title}</b>
                <span class="soft">{hint}</span>
            </label>
        }
        .into_any()
    });
    let sources = |name: &'static str, label: String, chosen: &'static str| {
        let option =
            |code: &'static str, word: String| view! { <option value=code selected=code == chosen>{word}</option> };
        view! {
            <label class="field">
                {label}
                <select name=name>
                    {option("rome", "ROME".into())} {option("esco", "ESCO".into())} {option("onet", "O*NET".into())}
                    {option("starter", "Parvis".into())} {option("own", texts::import_own(&t))}
                </select>
            </label>
        }
        .into_any()
    };
    let column = |name: &'static str, label: String| {
        view! { <label class="field">{label}<input name=name dir="ltr" maxlength="120" autocomplete="off" /></label> }
            .into_any()
    };
    view! {
        <form class="form import-form" method="post" enctype="multipart/form-data" action=action>
            <h2>{texts::import_what(&t)}</h2>
            <fieldset class="import-kinds">
                <legend class="unseen">{texts::import_what(&t)}</legend>
                {kinds.into_iter().collect_view()}
            </fieldset>
            <div class="fields crosswalk">
                {sources("from", texts::crosswalk_from(&t), "esco")}
                {column("from_column", texts::crosswalk_column(&t))}
                {sources("to", texts::crosswalk_to(&t), "rome")}
                {column("to_column", texts::crosswalk_column(&t))}
                {column("relation", texts::crosswalk_relation(&t))}
            </div>
            <label class="field">
                {texts::import_files(&t)}
                <input type="file" name="files" multiple required accept=".csv,.txt,.tsv,text/csv,text/plain" />
            </label>
            <p class="soft">{texts::import_files_hint(&t)}</p>
            <p class="soft">{texts::import_lead(&t)}</p>
            <footer class="save-bar"><button type="submit" class="action main">{texts::import_begin(&t)}</button></footer>
        </form>
    }
    .into_any()
}

fn in_use(t: &Texts, sources: Vec<(String, String, chrono::NaiveDate)>) -> AnyView {
    let none = sources.is_empty().then(|| view! { <p class="soft">{texts::import_none(t)}</p> });
    let rows = sources.into_iter().map(|(source, version, on)| {
        view! {
            <li class="in-use">
                <b>{source}</b> <bdi dir="ltr">{version}</bdi>
                <span class="soft">{texts::import_on(t, date(t, on))}</span>
            </li>
        }
        .into_any()
    });
    view! { <section class="card"><h2>{texts::import_sources(t)}</h2> {none} <ul>{rows.collect_view()}</ul></section> }
        .into_any()
}

fn shown(t: &Texts, state: ImportState) -> AnyView {
    match state {
        ImportState::None => ().into_any(),
        ImportState::Arriving => under_way(t, texts::import_arriving(t), None),
        ImportState::Running { read, all: 0, .. } => under_way(t, texts::import_reading(t, read), None),
        ImportState::Running { written, all, .. } => {
            under_way(t, texts::import_writing(t, written, all), Some((written, all)))
        }
        ImportState::Done(report) => done(t, report),
        ImportState::Failed { why, refused } => {
            let rows = (!refused.is_empty()).then(|| table(t, refused));
            view! {
                <section class="card import-failed">
                    <h2>{texts::import_failed(t)}</h2>
                    <p><b>{why}</b></p>
                    {rows}
                    <p class="soft">{texts::import_failed_lead(t)}</p>
                </section>
            }
            .into_any()
        }
    }
}

fn under_way(t: &Texts, word: String, share: Option<(u64, u64)>) -> AnyView {
    let (value, max) = share.map_or((None, None), |(value, max)| (Some(value.to_string()), Some(max.to_string())));
    view! {
        <section class="card import-running">
            <h2>{word.clone()}</h2>
            <progress value=value max=max aria-label=word></progress>
            <p><a class="pill" href=address("import", &[])>{texts::import_reload(t)}</a></p>
        </section>
    }
    .into_any()
}

fn done(t: &Texts, report: Report) -> AnyView {
    let Report { source, version, unchanged, rows, records, new, changed, gone, refused, refused_all } = report;
    let counts = [
        (rows, texts::report_rows(t)),
        (records, texts::report_records(t)),
        (new, texts::report_new(t)),
        (changed, texts::report_changed(t)),
        (gone, texts::report_gone(t)),
        (refused_all as u64, texts::report_refused(t)),
    ];
    let counts = counts.into_iter().map(|(n, word)| view! { <li><b>{n}</b> {word}</li> }.into_any()).collect_view();
    let same = unchanged.then(|| view! { <p>{texts::import_unchanged(t)}</p> });
    let more = refused_all.saturating_sub(refused.len());
    let more = (more > 0).then(|| view! { <p class="soft">{texts::report_more(t, more)}</p> });
    let refused = if refused.is_empty() {
        view! { <p class="soft">{texts::report_nothing_refused(t)}</p> }.into_any()
    } else {
        view! { <p>{texts::report_refused_lead(t)}</p> {table(t, refused)} {more} }.into_any()
    };
    view! {
        <section class="card import-done">
            <h2>{texts::import_done(t)}</h2>
            <p class="lead">{source}" "<bdi dir="ltr">{version}</bdi></p>
            <ul class="report-counts">{counts}</ul>
            {same}
            {refused}
        </section>
    }
    .into_any()
}

fn table(t: &Texts, refused: Vec<Refused>) -> AnyView {
    let row = |r: Refused| {
        view! {
            <tr>
                <td><bdi dir="ltr">{r.file}</bdi></td>
                <td>{r.row}</td>
                <td><bdi dir="ltr">{r.column.unwrap_or_else(|| "–".into())}</bdi></td>
                <td>{r.reason}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <div class="listing-scroll" tabindex="0" role="group" aria-label=texts::report_refused(t)>
            <table class="listing">
                <thead>
                    <tr>
                        <th scope="col">{texts::report_file(t)}</th>
                        <th scope="col">{texts::report_row(t)}</th>
                        <th scope="col">{texts::report_column(t)}</th>
                        <th scope="col">{texts::report_reason(t)}</th>
                    </tr>
                </thead>
                <tbody>{refused.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
