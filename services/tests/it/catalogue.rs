//! Career information: imports, and what people find.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::{
    Language,
    catalogue::{EntryId, Kind, Level, Relation, Section, Source},
};
use services::{
    Options, Parvis,
    catalogue::{
        Facet, Filter, Query,
        import::{ImportError, Input, Progress, Report},
    },
};
use storage::testing::{self, TestDatabase};

async fn started(test: &TestDatabase) -> Parvis {
    Parvis::start(test.database.clone(), Options { timer: false, ..Options::default() }).await.unwrap()
}

async fn import(parvis: &Parvis, input: Input) -> Result<Report, ImportError> {
    let report = parvis.import_catalogue(input, Arc::new(Progress::default())).await?;
    parvis.reload_catalogue().await.unwrap();
    Ok(report)
}

fn found(parvis: &Parvis, text: &str, language: &str, kind: Option<Kind>) -> Vec<String> {
    let filter = Filter { kind, ..Filter::default() };
    let query = Query { text: text.into(), language: language.parse().unwrap(), filter, most: 5 };
    parvis.catalogue().search(&query).entries.iter().map(|e| e.id.to_string()).collect()
}

/// The official releases, where they lie beside the project.
fn open_data(source: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(source);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no {}", folder.display());
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn people_find_what_they_mean_among_the_first_five() {
    let test = testing::sqlite().await;
    let parvis = started(&test).await;
    let report = import(&parvis, Input::Starter).await.unwrap();
    assert!(report.refused.is_empty(), "{:?}", report.refused);
    let mut queries = csv::Reader::from_reader(include_str!("queries.csv").as_bytes());
    let queries: Vec<(String, String, String)> = queries.deserialize().collect::<Result<_, _>>().unwrap();
    assert!(queries.len() >= 150);
    let (mut halves, mut missed) = ([(0, 0); 2], Vec::new());
    for (n, (lang, text, accepted)) in queries.iter().enumerate() {
        let language = if lang == "en" {
            "en"
        } else if text.chars().any(|c| c > '\u{600}') {
            "ar"
        } else {
            "fr"
        };
        // The screen shows occupations first, and everything else below them.
        let results = found(&parvis, text, language, Some(Kind::Occupation));
        let right = accepted.split(" | ").any(|code| results.contains(&format!("starter:{code}")));
        let (all, good) = &mut halves[n % 2];
        *all += 1;
        *good += usize::from(right);
        // Only one half is looked at when the search is made better; of the other only the share is told.
        if !right && n % 2 == 0 {
            missed.push(format!("{lang} “{text}” → {results:?}"));
        }
    }
    for (all, good) in halves {
        assert!(good * 100 >= all * 95, "{good} of {all}; of the half that may be looked at:\n{}", missed.join("\n"));
    }
    parvis.stop().await;
    test.finish().await;
}

/// A CSV file with these lines.
fn csv(folder: &tempfile::TempDir, name: &str, lines: &[&str]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, lines.join("\r\n")).unwrap();
    path
}

const HEADER: &str = "\u{feff}lang,kind,code,extra,title,names,summary,interests,sector,rome,url";

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_again_changes_nothing_and_a_changed_one_says_what_changed() {
    for test in testing::databases().await {
        let parvis = started(&test).await;
        let folder = tempfile::tempdir().unwrap();
        let pastry = "fr,occupation,pastry,,Pâtissier,\"gâteaux | tartes\",\"Vous faites\ndes gâteaux, et des tartes.\",RA,food,D1104,";
        let english = "en,occupation,pastry,,Pastry cook,cakes,,,,,";
        let baker = "fr,occupation,baker,,Boulanger,pain,,,food,,";
        let first = csv(&folder, "one.csv", &[HEADER, pastry, english, baker]);
        let report = import(&parvis, Input::Own(first.clone())).await.unwrap();
        assert_eq!((report.rows, report.records, report.new, report.refused.len()), (3, 2, 2, 0));
        let library = parvis.catalogue();
        let entry = library.entry(&"own:pastry".parse().unwrap()).unwrap();
        assert_eq!(entry.record.words[&Language::english()].title, "Pastry cook");
        assert_eq!(entry.record.words[&Language::french()].names, ["gâteaux", "tartes"]);
        assert_eq!(entry.record.linked(Relation::Same), ["rome:D1104".parse::<EntryId>().unwrap()]);

        let again = import(&parvis, Input::Own(first)).await.unwrap();
        assert!(again.is_unchanged() && again.release.version == report.release.version, "{again:?}");
        let semicolons = |line: &str| line.replace(',', ";").replace("gâteaux; et", "gâteaux, et");
        let lines = [HEADER, pastry, english, baker].map(semicolons);
        let spreadsheet = csv(&folder, "one-saved-again.csv", &lines.each_ref().map(String::as_str));
        let again = import(&parvis, Input::Own(spreadsheet)).await.unwrap();
        assert!(again.is_unchanged() && again.refused.is_empty(), "a spreadsheet's own separator: {again:?}");
        assert_eq!(test.count("catalogue_release").await, 1);

        let cook = "fr,occupation,cook,,Cuisinier,,,,,,";
        let second = csv(&folder, "two.csv", &[HEADER, &pastry.replace("Pâtissier", "Pâtissière"), cook]);
        let report = import(&parvis, Input::Own(second)).await.unwrap();
        assert_eq!((report.new, report.changed, report.gone), (1, 1, 1));
        assert_ne!(again.release.version, report.release.version);
        assert_eq!(found(&parvis, "patissiere", "fr", None), ["own:pastry"]);
        assert_eq!(found(&parvis, "boulanger", "fr", None), [""; 0], "what is gone is not found");
        parvis.stop().await;
        test.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_row_that_cannot_be_used_is_told_with_its_place_and_the_rest_is_imported() {
    let test = testing::sqlite().await;
    let parvis = started(&test).await;
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        HEADER,
        "fr,occupation,good,,Bon,,,,,,",
        "fr,occupation,short,,Court",
        "fr,occupations,kind,,Genre,,,,,,",
        "fr,occupation,,,Sans code,,,,,,",
        "fr,occupation,no title,,,,,,,,",
        "xx1,occupation,language,,Langue,,,,,,",
        "fr,occupation,good,,Deux fois,,,,,,",
        "en,training,good,,Another kind,,,,,,",
        "fr,occupation,letters,,Lettres,,,RX,,,",
        "fr,occupation,sector,,Secteur,,,,nowhere,,",
        "fr,link,site,,Site,,,,,,javascript:alert(1)",
    ];
    let report = import(&parvis, Input::Own(csv(&folder, "own.csv", &lines))).await.unwrap();
    let told: Vec<_> = report.refused.iter().map(|r| (r.row, r.column.as_deref())).collect();
    let (kind, code, lang) = (Some("kind"), Some("code"), Some("lang"));
    assert_eq!(
        told,
        [
            (3, None),
            (4, kind),
            (5, code),
            (6, code),
            (7, lang),
            (8, lang),
            (9, kind),
            (10, Some("interests")),
            (11, Some("sector")),
            (12, Some("url"))
        ]
    );
    assert!(report.refused.iter().all(|r| r.file == "own.csv" && !r.reason.to_string().is_empty()));
    assert_eq!(report.refused[1].to_string().lines().count(), 1);
    assert_eq!((report.rows, report.records), (11, 1));
    parvis.stop().await;
    test.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_release_is_said_before_anything_is_touched() {
    let test = testing::sqlite().await;
    let parvis = started(&test).await;
    import(&parvis, Input::Starter).await.unwrap();
    let before = parvis.catalogue().len();
    let folder = tempfile::tempdir().unwrap();
    let here = || folder.path().to_owned();
    let refused = async |input| import(&parvis, input).await.unwrap_err().to_string();

    for (input, says) in [(Input::Rome(here()), "referentiel_code_rome"), (Input::Esco(here()), "occupations_xx.csv")] {
        let said = refused(input).await;
        assert!(said.contains("no release") && said.contains(says), "{said}");
    }
    assert!(refused(Input::Onet(here())).await.contains("Occupation Data.txt"));
    assert!(refused(Input::Own(here().join("nothing.csv"))).await.contains("nothing.csv"));

    std::fs::write(folder.path().join("latin.csv"), b"kind,code,lang,title\noccupation,x,fr,P\xe2tissier\n").unwrap();
    let said = refused(Input::Own(here().join("latin.csv"))).await;
    assert!(said.contains("line 2") && said.contains("UTF-8"), "{said}");

    let said = refused(Input::Own(csv(&folder, "columns.csv", &["kind,lang,title", "occupation,fr,X"]))).await;
    assert!(said.contains("“code”") && said.contains("kind, lang, title"), "{said}");
    assert!(refused(Input::Own(csv(&folder, "empty.csv", &[""]))).await.contains("empty"));
    let said = refused(Input::Own(csv(&folder, "useless.csv", &["kind,code,lang,title", "what,x,fr,X"]))).await;
    assert!(said.contains("no row") && said.contains("row 2"), "{said}");

    csv(&folder, "unix_referentiel_code_rome_v460_utf8.csv", &["code_rome,libelle_rome"]);
    csv(&folder, "unix_texte_v459_utf8.csv", &["code_rome"]);
    let said = refused(Input::Rome(here())).await;
    assert!(said.contains("mixes releases") && said.contains("v459"), "{said}");

    assert_eq!(parvis.catalogue().len(), before);
    assert_eq!(test.count("catalogue_release").await, 1);
    parvis.stop().await;
    test.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn official_releases_are_read_whole_and_joined() {
    let test = testing::sqlite().await;
    let (Some(rome), Some(esco), Some(onet)) = (open_data("rome"), open_data("esco"), open_data("onet")) else {
        return;
    };
    let parvis = started(&test).await;
    import(&parvis, Input::Starter).await.unwrap();
    for (input, version, occupations) in
        [(Input::Rome(rome), "v460", 1_584), (Input::Esco(esco), "20", 3_039), (Input::Onet(onet), "20", 1_016)]
    {
        let report = import(&parvis, input.clone()).await.unwrap();
        assert!(report.refused.is_empty(), "{}", report.refused.iter().map(ToString::to_string).collect::<String>());
        assert!(report.release.version.starts_with(version), "{}", report.release.version);
        let library = parvis.catalogue();
        let filter = Filter { kind: Some(Kind::Occupation), ..Filter::default() };
        let source = report.release.source;
        let there = library.browse(&filter, &Language::french()).iter().filter(|e| e.id.source == source).count();
        assert!(there + 140 > occupations, "{source:?}: {there}");
        assert!(import(&parvis, input).await.unwrap().is_unchanged());
    }
    let library = parvis.catalogue();
    let baker = "starter:baker".parse().unwrap();
    let same: Vec<_> = library.same_as(&baker).iter().map(|e| e.id.to_string()).collect();
    assert_eq!(same, ["rome:D1102"]);
    let rome = library.entry(&"rome:D1102".parse().unwrap()).unwrap();
    let words = &rome.record.words[&Language::french()];
    assert!(words.sections[&Section::WaysIn][0].contains("CAP"));
    assert!(words.sections[&Section::Definition].iter().all(|line| !line.contains("''")));
    assert!(!library.linked(&rome.id, Relation::Mobility).is_empty());
    assert!(!library.linked(&rome.id, Relation::Skill).is_empty());
    assert_eq!(library.release_of(&rome.id).unwrap().licence.as_deref(), Some("Licence Ouverte 2.0"));
    let chief = library.entry(&EntryId::new(Source::Onet, "11-1011.00")).unwrap();
    assert_eq!(chief.record.interests[0].letter(), 'E');
    assert_eq!(found(&parvis, "baker", "en", Some(Kind::Occupation))[0], "starter:baker", "own words come first");
    assert!(found(&parvis, "élagueur", "fr", Some(Kind::Occupation)).iter().any(|id| id.starts_with("rome:")));
    parvis.stop().await;
    test.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crosswalk_joins_what_is_the_same_and_keeps_near_what_is_not() {
    let test = testing::sqlite().await;
    let parvis = started(&test).await;
    import(&parvis, Input::Starter).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let own = ["kind,code,lang,title", "occupation,bread,fr,Pain", "occupation,cake,fr,G\u{e2}teau"];
    import(&parvis, Input::Own(csv(&folder, "own.csv", &own))).await.unwrap();
    let table =
        csv(&folder, "same.csv", &["to,how,from", "bread,exactMatch,baker", "cake,broadMatch,baker", "x,what,baker"]);
    let crosswalk = |file| Input::Crosswalk {
        file,
        from: "starter=from".parse().unwrap(),
        to: "own=to".parse().unwrap(),
        relation: Some("how".into()),
    };
    let report = import(&parvis, crosswalk(table)).await.unwrap();
    assert_eq!((report.refused.len(), report.refused[0].row), (1, 4));
    let (library, baker) = (parvis.catalogue(), "starter:baker".parse().unwrap());
    let ids = |entries: Vec<&services::catalogue::Entry>| entries.iter().map(|e| e.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(library.same_as(&baker)), ["own:bread"]);
    assert!(ids(library.linked(&baker, Relation::Related)).contains(&"own:cake".to_owned()));
    assert!(ids(library.linked(&"own:cake".parse().unwrap(), Relation::Related)).contains(&"starter:baker".to_owned()));

    let newer = csv(&folder, "newer.csv", &["from,to,how", "baker,cake,exact"]);
    import(&parvis, crosswalk(newer)).await.unwrap();
    assert_eq!(
        ids(parvis.catalogue().same_as(&baker)),
        ["own:cake"],
        "a newer table of the pair takes the older one's place"
    );
    parvis.stop().await;
    test.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_is_over_is_found_by_nobody_and_one_of_today_by_all() {
    let test = testing::sqlite().await;
    let parvis = started(&test).await;
    let folder = tempfile::tempdir().unwrap();
    let own = [
        "kind,code,lang,title,related,sector,expires",
        "occupation,bread,fr,Boulanger,,food,",
        "offer,over,fr,Boulanger à Valmont,bread,food,2026-06-14",
        "offer,open,fr,Boulangère à Valmont,bread,food,2026-06-15",
    ];
    import(&parvis, Input::Own(csv(&folder, "own.csv", &own))).await.unwrap();
    let library = parvis.catalogue();
    let on = |day: Option<u32>| {
        let day = day.map(|d| chrono::NaiveDate::from_ymd_opt(2026, 6, d).unwrap());
        let filter = Filter { day, kind: Some(Kind::Offer), ..Filter::default() };
        let french = Language::french();
        let query = Query { text: "boulanger".into(), language: french.clone(), filter: filter.clone(), most: 9 };
        let ids = |all: Vec<&services::catalogue::Entry>| {
            let mut ids: Vec<_> = all.iter().map(|e| e.id.code.clone()).collect();
            ids.sort();
            ids
        };
        let (found, listed) = (ids(library.search(&query).entries), ids(library.browse(&filter, &french)));
        assert_eq!(found, listed);
        listed
    };
    assert_eq!(on(Some(14)), ["open", "over"]);
    assert_eq!(on(Some(15)), ["open"]);
    assert_eq!(on(Some(16)), [""; 0]);
    assert_eq!(on(None), ["open", "over"], "whoever looks after the catalogue sees what is over");
    parvis.stop().await;
    test.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn results_are_narrowed_only_by_what_leaves_some_of_them() {
    let test = testing::sqlite().await;
    let parvis = started(&test).await;
    import(&parvis, Input::Starter).await.unwrap();
    let library = parvis.catalogue();
    let french = Language::french();
    let filter = Filter { kind: Some(Kind::Occupation), sector: "care".parse().ok(), ..Filter::default() };
    let all = library.browse(&filter, &french);
    let further = filter.further(&all);
    assert!(further.iter().any(|(facet, _)| *facet == Facet::Level(Level::None)), "{further:?}");
    assert!(further.iter().any(|(facet, _)| matches!(facet, Facet::Interest(_))), "{further:?}");
    for (facet, left) in further {
        assert!(!matches!(facet, Facet::Kind(_) | Facet::Sector(_)), "{facet:?} is said already");
        let narrower = library.browse(&filter.clone().and(facet), &french).len();
        assert_eq!(narrower, left, "{facet:?}");
        assert!((1..all.len()).contains(&left), "{facet:?}: {left} of {}", all.len());
    }
    let outdoors = |wanted| Filter { outdoors: Some(wanted), kind: Some(Kind::Occupation), ..Filter::default() };
    let [inside, outside] = [false, true].map(|wanted| library.browse(&outdoors(wanted), &french).len());
    assert!(inside > 60 && outside > 10, "{inside} {outside}");
    parvis.stop().await;
    test.finish().await;
}
