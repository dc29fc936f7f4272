//! Career information in the words of the staff's screens: made on the server.

use domain::{
    Language,
    catalogue::{Company, EntryId, Feature, Interest, Kind, Lending, Level, Record, Sector, Source, Workplace},
};
use services::catalogue::{
    Import, Library, Listed, Mark, Only, Quality as Looked,
    import::{ImportError, Reason, RefusedRow},
};

use super::{
    api::{Finding, Group, ImportState, Lists, Quality, Refused, Report, Row},
    day,
};
use crate::{
    texts::{Texts, language_name, library as texts, words},
    trouble::Trouble,
    visitor::catalogue::names,
};

/// Refused rows, and findings, of one page at most.
const MOST: usize = 200;

/// What an address's word asks for.
pub(super) fn only(word: &str) -> Option<Only> {
    Some(match word {
        "hidden" => Only::Hidden,
        "featured" => Only::Featured,
        "edited" => Only::Edited,
        "own" => Only::Own,
        _ => return None,
    })
}

pub(super) fn lists(t: &Texts) -> Lists {
    Lists {
        kinds: Kind::ALL.iter().map(|k| (k.code().into(), names::one_of_kind(t, *k))).collect(),
        sectors: Sector::ALL.iter().map(|s| (s.code().into(), names::sector(t, *s))).collect(),
        levels: Level::ALL.iter().map(|l| (l.code().into(), names::level(t, *l))).collect(),
        lendings: Lending::ALL.iter().map(|l| (l.code().into(), names::lending(t, *l))).collect(),
        with: Company::ALL.iter().map(|c| (c.code().into(), names::company(t, *c))).collect(),
        places: Workplace::ALL.iter().map(|p| (p.code().into(), names::place(t, *p))).collect(),
        features: Feature::ALL.iter().map(|f| (f.code().into(), names::feature(t, *f))).collect(),
        interests: Interest::ALL.iter().map(|i| (i.letter().into(), words::interest(t, *i))).collect(),
    }
}

/// A source's name.
pub(super) fn source_name(t: &Texts, source: Source) -> String {
    match source {
        Source::Own => texts::source_own(t),
        Source::Starter => "Parvis".into(),
        Source::Rome => "ROME".into(),
        Source::Esco => "ESCO".into(),
        Source::Onet => "O*NET".into(),
        Source::Crosswalk => texts::import_crosswalk(t),
    }
}

/// Where an entry comes from.
pub(super) fn source(t: &Texts, library: &Library, id: &EntryId) -> String {
    let made_here = library.edited(id).is_some_and(|edited| edited.edit.own.is_some());
    if made_here { texts::source_here(t) } else { source_name(t, id.source) }
}

fn mark(t: &Texts, mark: Mark) -> (String, String) {
    let (class, word) = match mark {
        Mark::Featured => ("go", texts::is_featured(t)),
        Mark::Reworded => ("own", texts::is_reworded(t)),
        Mark::Hidden => ("stop", texts::is_hidden(t)),
        Mark::Over => ("wait", texts::is_over(t)),
    };
    (class.into(), word)
}

pub(super) fn row(t: &Texts, library: &Library, listed: Listed) -> Row {
    let Listed { id, kind, title, language, marks } = listed;
    let off = marks.iter().any(|m| matches!(m, Mark::Hidden | Mark::Over));
    let marks = marks.into_iter().map(|m| mark(t, m)).collect();
    Row { kind: names::one_of_kind(t, kind), source: source(t, library, &id), id, title, language, marks, off }
}

/// The entries that a record made here is linked to, by name.
pub(super) fn linked(library: &Library, own: Option<&Record>, language: &Language) -> Vec<(EntryId, String)> {
    let all = own.into_iter().flat_map(|record| record.links.values().flatten());
    all.map(|id| (id.clone(), title(library, id, language).0)).collect()
}

fn title(library: &Library, id: &EntryId, language: &Language) -> (String, Option<Language>) {
    let words = library.any(id).and_then(|entry| entry.record.words(language));
    let of_edit = || {
        let local = library.edited(id)?.edit.words.iter().find_map(|(l, w)| Some((w.title.clone()?, Some(l.clone()))));
        local.or_else(|| Some((id.to_string(), None)))
    };
    let known = words.map(|(language, words)| (words.title.clone(), Some(language.clone())));
    known.or_else(of_edit).unwrap_or_else(|| (id.to_string(), None))
}

pub(super) fn import(t: &Texts, import: &Import) -> ImportState {
    use std::sync::atomic::Ordering::Relaxed;
    match import {
        Import::None => ImportState::None,
        Import::Arriving => ImportState::Arriving,
        Import::Running(progress) => ImportState::Running {
            read: progress.read.load(Relaxed),
            written: progress.written.load(Relaxed),
            all: progress.of.load(Relaxed),
        },
        Import::Done(report) => ImportState::Done(Report {
            source: source_name(t, report.release.source),
            version: report.release.version.clone(),
            unchanged: report.is_unchanged(),
            rows: report.rows,
            records: report.records,
            new: report.new,
            changed: report.changed,
            gone: report.gone,
            refused: refused(t, &report.refused),
            refused_all: report.refused.len(),
        }),
        Import::Failed(error) => {
            let rows = if let ImportError::Nothing(rows) = error.as_ref() { refused(t, rows) } else { Vec::new() };
            ImportState::Failed { why: why(t, error), refused: rows }
        }
    }
}

fn refused(t: &Texts, rows: &[RefusedRow]) -> Vec<Refused> {
    let row = |r: &RefusedRow| Refused {
        file: r.file.clone(),
        row: r.row,
        column: r.column.clone(),
        reason: reason(t, &r.reason),
    };
    rows.iter().take(MOST).map(row).collect()
}

fn reason(t: &Texts, reason: &Reason) -> String {
    match reason {
        Reason::Empty => texts::reason_empty(t),
        Reason::Columns { has, header } => texts::reason_columns(t, has, header),
        Reason::NotACode(said) => texts::reason_not_a_code(t, said),
        Reason::NotInList { word, list } => texts::reason_not_in_list(t, word, list),
        Reason::NotALanguage => texts::reason_not_a_language(t),
        Reason::NotADate => texts::reason_not_a_date(t),
        Reason::NotANumber => texts::reason_not_a_number(t),
        Reason::NotAnAddress(said) => texts::reason_not_an_address(t, said),
        Reason::Twice => texts::reason_twice(t),
        Reason::LanguageTwice => texts::reason_language_twice(t),
        Reason::Contradicts => texts::reason_contradicts(t),
        Reason::Undefined(said) => texts::reason_undefined(t, said),
    }
}

/// Why nothing was imported, and what to do.
fn why(t: &Texts, error: &ImportError) -> String {
    match error {
        ImportError::UnknownRelease { source_name, expected, .. } => texts::no_such_release(t, source_name, expected),
        ImportError::Mixed { one, other, .. } => texts::mixed_releases(t, one, other),
        ImportError::Unreadable { file, .. } => {
            texts::file_unreadable(t, file.file_name().unwrap_or_default().to_string_lossy())
        }
        ImportError::Encoding { file, line } => texts::file_encoding(t, file, line),
        ImportError::Empty { file } => texts::file_empty(t, file),
        ImportError::Column { file, column, has } => texts::file_column(t, file, column, has.join(", ")),
        ImportError::Broken { file, .. } => texts::file_broken(t, file),
        ImportError::Nothing(_) => texts::no_row(t),
        ImportError::Interrupted => texts::import_interrupted(t),
        ImportError::Running => texts::import_running(t),
        ImportError::Problem(problem) => Trouble::from(problem.clone()).sentence(t),
    }
}

/// The groups with their counts, and what was found of the chosen one.
pub(super) fn quality(t: &Texts, library: &Library, looked: &Looked, of: Option<&str>) -> Quality {
    let language = t.language();
    let entry = |id: &EntryId, note: String| {
        let (title, language) = title(library, id, language);
        Finding { id: Some(id.clone()), title, language, note }
    };
    let plain = |ids: &[EntryId]| -> Vec<Finding> {
        ids.iter().take(MOST).map(|id| entry(id, source(t, library, id))).collect()
    };
    let mut quality = Quality { groups: Vec::new(), rows: Vec::new() };
    let mut group = |code: &str, title: String, hint: String, count: usize, rows: &dyn Fn() -> Vec<Finding>| {
        quality.groups.push(Group { code: code.into(), title, hint, count });
        if of == Some(code) {
            quality.rows = rows();
        }
    };
    for (missing, ids) in &looked.untranslated {
        let title = texts::missing_in(t, language_name(t, missing));
        group(&format!("missing-{missing}"), title, texts::missing_hint(t), ids.len(), &|| plain(ids));
    }
    let urls = || {
        let url = |id: &EntryId| library.any(id).and_then(|e| e.record.url.clone()).unwrap_or_default();
        looked.malformed.iter().take(MOST).map(|id| entry(id, url(id))).collect()
    };
    group("malformed", texts::malformed(t), texts::malformed_hint(t), looked.malformed.len(), &urls);
    let releases = || {
        let finding = |r: &domain::catalogue::Release| Finding {
            id: None,
            title: format!("{} {}", source_name(t, r.source), r.version),
            language: None,
            note: texts::import_on(t, day(r.imported_at.date_naive())),
        };
        looked.old_releases.iter().map(finding).collect()
    };
    group("old-releases", texts::old_releases(t), texts::old_releases_hint(t), looked.old_releases.len(), &releases);
    let edits = || {
        let note = |at: &domain::Instant| texts::changed_on(t, day(at.date_naive()));
        looked.old_edits.iter().take(MOST).map(|(id, at)| entry(id, note(at))).collect()
    };
    group("old-edits", texts::old_edits(t), texts::old_edits_hint(t), looked.old_edits.len(), &edits);
    let over = || looked.over.iter().take(MOST).map(|(id, last)| entry(id, day(*last))).collect();
    group("offers-over", texts::offers_over(t), texts::offers_over_hint(t), looked.over.len(), &over);
    group("orphans", texts::orphans(t), texts::orphans_hint(t), looked.orphans.len(), &|| plain(&looked.orphans));
    let dangling = || looked.dangling.iter().take(MOST).map(|(id, to)| entry(id, texts::points_to(t, to))).collect();
    group("dangling", texts::dangling(t), texts::dangling_hint(t), looked.dangling.len(), &dangling);
    group("shelfless", texts::shelfless(t), texts::shelfless_hint(t), looked.shelfless.len(), &|| {
        plain(&looked.shelfless)
    });
    group("unplaced", texts::unplaced(t), texts::unplaced_hint(t), looked.unplaced.len(), &|| plain(&looked.unplaced));
    quality
}
