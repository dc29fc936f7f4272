//! What staff change of career information, and what was searched in vain.

use std::{path::PathBuf, sync::Arc, time::Duration};

use chrono::NaiveDate;
use domain::{
    Language,
    catalogue::{Edit, EntryId, Kind, LocalWords, Record, edit::Field},
};
use services::{
    Actor, Parvis, Problem,
    catalogue::{
        Filter, Import, Mark, Only, Query, Wanted,
        import::{ImportError, Input, Progress, Report},
    },
    import::FirstPasswords,
};

use crate::world::{World, centre_file, on_each, on_sqlite, operator};

async fn import(parvis: &Parvis, input: Input) -> Result<Report, ImportError> {
    let report = parvis.import_catalogue(input, Arc::new(Progress::default())).await?;
    parvis.reload_catalogue().await.unwrap();
    Ok(report)
}

/// A file of own entries with these rows.
fn file(folder: &tempfile::TempDir, rows: &[&str]) -> PathBuf {
    let path = folder.path().join("own.csv");
    std::fs::write(&path, format!("kind,code,lang,title,summary\n{}\n", rows.join("\n"))).unwrap();
    path
}

const BAKER: &str = "occupation,baker,fr,Boulanger,Vous faites du pain.";
const COOK: &str = "occupation,cook,fr,Cuisinier,Vous cuisinez.";

fn id(address: &str) -> EntryId {
    address.parse().unwrap()
}

fn titled(title: &str) -> LocalWords {
    LocalWords { title: Some(title.into()), ..LocalWords::default() }
}

fn saying(words: LocalWords) -> Edit {
    Edit { words: [(Language::french(), words)].into(), ..Edit::default() }
}

fn made(kind: Kind, title: &str) -> Edit {
    Edit { own: Some(Record::new(kind, "")), ..saying(titled(title)) }
}

fn title_of(parvis: &Parvis, address: &str) -> Option<String> {
    let library = parvis.catalogue();
    library.entry(&id(address)).map(|e| e.record.words[&Language::french()].title.clone())
}

fn found(parvis: &Parvis, text: &str) -> Vec<String> {
    let query = Query { text: text.into(), language: Language::french(), filter: Filter::default(), most: 5 };
    parvis.catalogue().search(&query).entries.iter().map(|e| e.id.to_string()).collect()
}

async fn stocked(w: &World, folder: &tempfile::TempDir) {
    import(&w.parvis, Input::Own(file(folder, &[BAKER, COOK]))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_stays_whatever_is_imported_and_another_node_sees_it() {
    on_each(async |w| {
        let (folder, coordinator, here) = (tempfile::tempdir().unwrap(), operator(), w.here.id);
        stocked(&w, &folder).await;
        let other = w.second_node().await;
        other.reload_catalogue().await.unwrap();
        let words = LocalWords { names: vec!["fournil".into()], ..titled(" Boulangère, boulanger ") };
        let edit = Edit { featured: true, ..saying(words) };
        w.parvis.save_edit(&coordinator, here, &id("own:baker"), edit.clone()).await.unwrap();
        assert_eq!(title_of(&w.parvis, "own:baker").as_deref(), Some("Boulangère, boulanger"));
        assert_eq!(found(&w.parvis, "fournil"), ["own:baker"], "own words are searched");
        let library = w.parvis.catalogue();
        let own = library.edited(&id("own:baker")).unwrap().edit.own_parts(&Language::french());
        assert_eq!(own, [Field::Title, Field::Names]);
        let filter = Filter { kind: Some(Kind::Occupation), ..Filter::default() };
        let first = library.browse(&filter, &Language::french())[0].id.clone();
        assert_eq!(first, id("own:baker"), "what was picked comes first");

        other.reload_catalogue().await.unwrap();
        assert_eq!(title_of(&other, "own:baker").as_deref(), Some("Boulangère, boulanger"));
        other.stop().await;

        let newer = BAKER.replace("du pain", "du très bon pain");
        import(&w.parvis, Input::Own(file(&folder, &[&newer, COOK]))).await.unwrap();
        let library = w.parvis.catalogue();
        let words = &library.entry(&id("own:baker")).unwrap().record.words[&Language::french()];
        assert_eq!(words.title, "Boulangère, boulanger");
        assert_eq!(
            words.summary.as_deref(),
            Some("Vous faites du très bon pain."),
            "what was not changed is the source's"
        );

        import(&w.parvis, Input::Own(file(&folder, &[COOK]))).await.unwrap();
        assert_eq!(title_of(&w.parvis, "own:baker"), None);
        let quality = w.parvis.catalogue_quality(&coordinator, here).await.unwrap();
        assert_eq!(quality.orphans, [id("own:baker")]);
        let lost = w.parvis.entry_to_edit(&coordinator, here, &id("own:baker")).unwrap();
        assert!(lost.imported.is_none() && lost.edit.featured);
        import(&w.parvis, Input::Own(file(&folder, &[BAKER, COOK]))).await.unwrap();
        assert_eq!(title_of(&w.parvis, "own:baker").as_deref(), Some("Boulangère, boulanger"), "it comes back");

        w.parvis.forget_edit(&coordinator, here, &id("own:baker")).await.unwrap();
        assert_eq!(title_of(&w.parvis, "own:baker").as_deref(), Some("Boulanger"));
        assert!(w.parvis.catalogue().featured(&Language::french(), NaiveDate::default()).is_empty());
        w
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_entry_is_nowhere_but_in_the_list_of_those_who_edit() {
    on_sqlite(async |w| {
        let (folder, coordinator, here) = (tempfile::tempdir().unwrap(), operator(), w.here.id);
        stocked(&w, &folder).await;
        let hidden = Edit { hidden: true, ..Edit::default() };
        w.parvis.save_edit(&coordinator, here, &id("own:cook"), hidden).await.unwrap();
        let library = w.parvis.catalogue();
        assert!(library.entry(&id("own:cook")).is_none());
        assert_eq!(found(&w.parvis, "cuisinier"), [""; 0]);
        assert_eq!(library.browse(&Filter::default(), &Language::french()).len(), 1);

        let wanted = |text: &str, only| Wanted { text: text.into(), kind: None, only, language: Language::french() };
        let listed = async |wanted| w.parvis.entries_to_edit(&coordinator, here, wanted).await.unwrap();
        let (total, all) = listed(wanted("", None)).await;
        assert_eq!((total, all.len()), (2, 2));
        let (_, only_hidden) = listed(wanted("", Some(Only::Hidden))).await;
        assert_eq!((only_hidden[0].id.clone(), only_hidden[0].marks.clone()), (id("own:cook"), vec![Mark::Hidden]));
        assert_eq!(listed(wanted("CUISINÍER", None)).await.1[0].id, id("own:cook"), "by any spelling of its name");
        assert_eq!(listed(wanted("own:cook", None)).await.1[0].id, id("own:cook"), "by its address");
        assert_eq!(listed(wanted("pilote", None)).await, (0, vec![]));
        w.parvis.save_edit(&coordinator, here, &id("own:cook"), Edit::default()).await.unwrap();
        assert_eq!(found(&w.parvis, "cuisinier"), ["own:cook"]);
        assert_eq!(w.test.count("catalogue_edit").await, 0, "nothing is left of it");
        w
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_here_has_an_address_of_its_own_and_stays() {
    on_each(async |w| {
        let (folder, coordinator, here) = (tempfile::tempdir().unwrap(), operator(), w.here.id);
        stocked(&w, &folder).await;
        let make = async |edit: Edit| w.parvis.make_entry(&coordinator, here, edit).await;
        let first = make(made(Kind::Workshop, "Écrire son CV !")).await.unwrap();
        assert_eq!(first, id("own:ecrire-son-cv"));
        assert_eq!(make(made(Kind::Workshop, "Écrire son CV")).await.unwrap(), id("own:ecrire-son-cv-2"));
        assert_eq!(make(made(Kind::Service, "Baker")).await.unwrap(), id("own:baker-2"), "no entry's address is taken");
        assert_eq!(make(made(Kind::Service, "خدمة")).await.unwrap(), id("own:service"));
        assert_eq!(found(&w.parvis, "ecrire cv").len(), 2);
        import(&w.parvis, Input::Own(file(&folder, &[COOK]))).await.unwrap();
        assert_eq!(
            title_of(&w.parvis, "own:ecrire-son-cv").as_deref(),
            Some("Écrire son CV !"),
            "no import removes it"
        );

        let mut known = w.parvis.entry_to_edit(&coordinator, here, &first).unwrap();
        assert!(known.imported.is_none() && known.release.is_none());
        known.edit.own.as_mut().unwrap().expires = NaiveDate::from_ymd_opt(2026, 6, 30);
        w.parvis.save_edit(&coordinator, here, &first, known.edit).await.unwrap();
        let library = w.parvis.catalogue();
        assert!(library.entry(&first).unwrap().record.expires.is_some());
        w.parvis.forget_edit(&coordinator, here, &first).await.unwrap();
        assert_eq!(title_of(&w.parvis, "own:ecrire-son-cv"), None);
        w
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_kept_is_told_by_its_field() {
    on_sqlite(async |w| {
        let (folder, coordinator, here) = (tempfile::tempdir().unwrap(), operator(), w.here.id);
        stocked(&w, &folder).await;
        let invalid = |field, code| Err(Problem::Invalid { field, code });
        let save = async |address: &str, edit| w.parvis.save_edit(&coordinator, here, &id(address), edit).await;
        let arabic = Edit {
            words: [(Language::arabic(), LocalWords { summary: Some("خبز".into()), ..LocalWords::default() })].into(),
            ..Edit::default()
        };
        assert_eq!(save("own:baker", arabic).await, invalid("title", "needed"));
        assert_eq!(save("own:baker", saying(titled(&"x".repeat(161)))).await, invalid("title", "too_long"));
        assert_eq!(save("own:baker", made(Kind::Link, "X")).await, invalid("own", "not_made_here"));
        assert_eq!(save("own:nobody", Edit::default()).await, Err(Problem::Unknown(services::What::Entry)));
        let make = async |edit| w.parvis.make_entry(&coordinator, here, edit).await.map(drop);
        assert_eq!(make(made(Kind::Link, "X")).await, invalid("url", "needed"));
        let mut link = made(Kind::Link, "X");
        link.own.as_mut().unwrap().url = Some("javascript:alert(1)".into());
        assert_eq!(make(link).await, invalid("url", "not_an_address"));
        assert_eq!(make(made(Kind::Offer, "X")).await, invalid("expires", "needed"));
        assert_eq!(make(made(Kind::Service, " ")).await, invalid("title", "needed"));
        assert_eq!(make(saying(titled("X"))).await, invalid("own", "needed"));
        assert_eq!(w.test.count("catalogue_edit").await, 0);
        w
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_runs_the_centre_edits_and_imports() {
    on_sqlite(async |w| {
        let (folder, here) = (tempfile::tempdir().unwrap(), w.here.id);
        stocked(&w, &folder).await;
        let baker = id("own:baker");
        for login in ["host", "c1", "manager", "far.coordinator"] {
            let actor = w.actor(login);
            let wanted = Wanted { text: String::new(), kind: None, only: None, language: Language::french() };
            let answers = [
                w.parvis.entries_to_edit(&actor, here, wanted).await.map(drop),
                w.parvis.entry_to_edit(&actor, here, &baker).map(drop),
                w.parvis.save_edit(&actor, here, &baker, Edit::default()).await,
                w.parvis.make_entry(&actor, here, made(Kind::Service, "X")).await.map(drop),
                w.parvis.forget_edit(&actor, here, &baker).await,
                w.parvis.catalogue_quality(&actor, here).await.map(drop),
                w.parvis.fruitless_searches(&actor, here).await.map(drop),
                w.parvis.import_turn(&actor, here).map(drop),
                w.parvis.import_now(&actor, here).map(drop),
            ];
            assert!(answers.iter().all(|a| *a == Err(Problem::NotAllowed)), "{login}: {answers:?}");
        }
        w
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn among_several_networks_only_the_whole_installations_administrator_edits() {
    on_each(async |w| {
        let (folder, here) = (tempfile::tempdir().unwrap(), w.here.id);
        stocked(&w, &folder).await;
        let baker = id("own:baker");
        let edit = async |actor: &Actor| {
            [
                w.parvis.save_edit(actor, here, &baker, Edit { hidden: true, ..Edit::default() }).await,
                w.parvis.make_entry(actor, here, made(Kind::Service, "X")).await.map(drop),
                w.parvis.forget_edit(actor, here, &baker).await,
                w.parvis.import_turn(actor, here).map(drop),
            ]
        };
        for login in ["coordinator", "admin", "near.admin"] {
            let actor = w.actor(login);
            assert!(edit(&actor).await.iter().all(|a| *a == Err(Problem::OfInstallation)), "{login}");
            assert!(w.parvis.entry_to_edit(&actor, here, &baker).is_ok(), "{login} sees it");
            assert!(w.parvis.catalogue_quality(&actor, here).await.is_ok(), "{login} sees what is wrong with it");
        }
        assert!(found(&w.parvis, "boulanger").contains(&baker.to_string()), "nobody hid it in the other's centre");
        assert!(edit(&operator()).await.iter().all(Result::is_ok));

        // In one network everybody who runs a centre does.
        let all = FirstPasswords::All("x".into());
        w.parvis.import_centre(&centre_file("far", "one"), all).await.unwrap();
        assert!(edit(&w.actor("coordinator")).await.iter().all(Result::is_ok));
        w
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_import_at_a_time_and_its_report_stays_to_be_read() {
    on_sqlite(async |w| {
        let (folder, coordinator, here) = (tempfile::tempdir().unwrap(), operator(), w.here.id);
        let now = || w.parvis.import_now(&coordinator, here).unwrap();
        let turn = || w.parvis.import_turn(&coordinator, here).unwrap();
        let ended = async || {
            while matches!(now(), Import::Arriving | Import::Running(_)) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            now()
        };
        assert!(matches!(now(), Import::None));
        let first = turn().unwrap();
        assert!(turn().is_none() && matches!(now(), Import::Arriving));
        drop(first);
        assert!(matches!(now(), Import::None), "nothing came of it");

        let kept = tempfile::tempdir().unwrap();
        let place = kept.path().to_owned();
        turn().unwrap().begin(Input::Own(file(&folder, &[BAKER, "occupation,x,français,X,"])), kept);
        let Import::Done(report) = ended().await else { panic!("{:?}", now()) };
        assert_eq!((report.new, report.refused.len(), report.refused[0].row), (1, 1, 3));
        assert!(!place.exists(), "the files are gone");
        assert!(w.parvis.catalogue().entry(&id("own:baker")).is_some(), "it is in use at once");

        let kept = tempfile::tempdir().unwrap();
        let place = kept.path().to_owned();
        turn().unwrap().begin(Input::Own(place.join("nothing.csv")), kept);
        let Import::Failed(error) = ended().await else { panic!("{:?}", now()) };
        assert!(matches!(*error, ImportError::Unreadable { .. }), "{error}");
        assert!(!place.exists());
        assert!(w.parvis.catalogue().entry(&id("own:baker")).is_some(), "the old release stays");
        w
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_whose_writer_fails_in_the_middle_leaves_the_old_release() {
    on_each(async |w| {
        let folder = tempfile::tempdir().unwrap();
        stocked(&w, &folder).await;
        let many: Vec<_> = (0..400).map(|n| format!("occupation,x{n},fr,Métier {n},")).collect();
        let rows: Vec<&str> = many.iter().map(String::as_str).collect();
        let newer = file(&folder, &rows);
        // A row that only one of the batches in the middle has cannot be stored.
        let (trigger, back) = if w.test.database.is_shared() {
            (
                "ALTER TABLE catalogue_record ADD CONSTRAINT broken CHECK (code <> 'x250')",
                "ALTER TABLE catalogue_record DROP CONSTRAINT broken",
            )
        } else {
            (
                "CREATE TRIGGER broken BEFORE INSERT ON catalogue_record WHEN NEW.code = 'x250'
                    BEGIN SELECT RAISE(ABORT, 'broken'); END",
                "DROP TRIGGER broken",
            )
        };
        w.test.run(trigger).await.unwrap();
        let failed = import(&w.parvis, Input::Own(newer.clone())).await.unwrap_err();
        assert!(matches!(failed, ImportError::Problem(Problem::Storage(_))), "{failed}");
        w.parvis.reload_catalogue().await.unwrap();
        assert_eq!(title_of(&w.parvis, "own:baker").as_deref(), Some("Boulanger"));
        assert_eq!((w.test.count("catalogue_release").await, w.test.count("catalogue_record").await), (1, 2));
        w.test.run(back).await.unwrap();

        // One that is ended without a word leaves its rest to the next.
        let task = {
            let (parvis, input) = (w.parvis.clone(), Input::Own(newer.clone()));
            tokio::spawn(async move { parvis.import_catalogue(input, Arc::default()).await })
        };
        while w.test.count("catalogue_record").await < 100 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        task.abort();
        task.await.unwrap_err();
        assert_eq!(w.test.count("catalogue_release").await, 2);
        w.parvis.reload_catalogue().await.unwrap();
        assert_eq!(title_of(&w.parvis, "own:baker").as_deref(), Some("Boulanger"));
        w.clock.pass(Duration::from_mins(3));
        let report = import(&w.parvis, Input::Own(newer)).await.unwrap();
        assert_eq!((report.new, report.gone), (400, 2));
        assert_eq!((w.test.count("catalogue_release").await, w.test.count("catalogue_record").await), (2, 402));
        assert_eq!(title_of(&w.parvis, "own:x250").as_deref(), Some("Métier 250"));
        w
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_searched_in_vain_is_seen_only_in_steps_of_the_threshold() {
    on_each(async |w| {
        let (folder, coordinator, here) = (tempfile::tempdir().unwrap(), w.actor("coordinator"), w.here.clone());
        stocked(&w, &folder).await;
        let french = Language::french();
        let threshold = here.policies.anonymity_threshold;
        let search = async |text: &str, times: u32| {
            for _ in 0..times {
                w.parvis.searched(&here, &french, text).await;
                w.clock.pass(Duration::from_mins(15));
            }
        };
        let seen = async || {
            let all = w.parvis.fruitless_searches(&coordinator, here.id).await.unwrap();
            all.into_iter().map(|f| (f.words, f.count)).collect::<Vec<_>>()
        };
        for _ in 0..3 * threshold {
            w.parvis.searched(&here, &french, "one person").await;
        }
        search("Zzyzx", threshold - 1).await;
        search("boulanger", 3 * threshold).await;
        search("0612345678", 3 * threshold).await;
        search("zoe@example.org", 3 * threshold).await;
        assert_eq!(seen().await, []);
        assert_eq!(w.test.count("catalogue_fruitless").await, 0, "nothing below the threshold is kept");
        search(" ZZYZX ", 1).await;
        assert_eq!(seen().await, [("zzyzx".to_owned(), threshold)]);
        search("zzyzx", threshold - 1).await;
        assert_eq!(seen().await, [("zzyzx".to_owned(), threshold)], "a single search is never told by a difference");
        w.clock.pass(Duration::from_hours(24 * 31));
        search("zzyzx", 1).await;
        assert_eq!(seen().await, [("zzyzx".to_owned(), threshold)], "a month that is over is forgotten");
        let w = w.restart().await;
        w.parvis.reload_catalogue().await.unwrap();
        w.parvis.searched(&here, &french, "zzyzx").await;
        assert_eq!(w.test.count("catalogue_fruitless").await, 1, "and so is what was before a stop");
        w
    })
    .await;
}
