#![allow(clippy::unwrap_used)]

use chrono::{NaiveDate, TimeZone, Utc};
use domain::Language;

use super::{CentreTime, Texts, common, date, duration, kiosk, language_name, own_name, receipt, words};

fn texts(code: &str) -> Texts {
    Texts::of(&code.parse::<Language>().unwrap())
}

#[test]
fn arabic_has_six_forms() {
    let t = texts("ar");
    let said: Vec<String> = [0, 1, 2, 3, 10, 11, 99, 100, 103].map(|n| common::people(&t, n)).into();
    assert_eq!(
        said,
        ["لا أحد", "شخص واحد", "شخصان", "3 أشخاص", "10 أشخاص", "11 شخصًا", "99 شخصًا", "100 شخص", "103 أشخاص"]
    );
}

#[test]
fn nothing_is_singular_in_french_and_plural_in_english() {
    assert_eq!(common::minutes(&texts("fr"), 0), "0\u{a0}min");
    assert_eq!(common::places(&texts("fr"), 0), "0 place");
    assert_eq!(common::places(&texts("fr"), 1), "1 place");
    assert_eq!(common::places(&texts("fr"), 2), "2 places");
    assert_eq!(common::places(&texts("en"), 0), "0 places");
    assert_eq!(common::places(&texts("en"), 1), "1 place");
}

#[test]
fn a_form_for_none_comes_before_the_rules() {
    assert_eq!(common::people(&texts("fr"), 0), "personne");
    assert_eq!(common::people(&texts("en"), 0), "nobody");
}

#[test]
fn values_keep_their_direction_in_arabic_only() {
    let arabic = texts("ar");
    assert!(common::desk(&arabic, "Box 2").contains("\u{2068}Box 2\u{2069}"));
    // A date is made of values, each on its own: none of its letters would tell a browser how it runs.
    let date = date(&arabic, NaiveDate::from_ymd_opt(2026, 11, 30).unwrap());
    assert!(receipt::taken(&arabic, date.clone()).contains(&format!("\u{2067}{date}\u{2069}")), "{date}");
    let number = common::desk(&arabic, common::desk(&arabic, "2"));
    assert!(number.contains("\u{2068}المكتب"), "{number}");
    assert_eq!(common::desk(&texts("fr"), 4), "bureau 4");
}

#[test]
fn a_desk_whose_name_is_a_word_stands_alone() {
    let said = |language: &str, name: &str| {
        let t = texts(language);
        let plain = |s: String| s.replace(['\u{2068}', '\u{2069}'], "");
        (plain(words::desk_capital(&t, name)), plain(words::desk(&t, name)))
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(said("fr", "4"), pair("Bureau 4", "bureau 4"));
    assert_eq!(said("en", "9 A"), pair("Desk 9 A", "desk 9 A"));
    assert_eq!(said("ar", "4"), pair("المكتب 4", "المكتب 4"));
    for language in ["fr", "en", "ar"] {
        assert_eq!(said(language, "Box 2"), pair("Box 2", "Box 2"));
    }
    assert_eq!(said("fr", ""), pair("Accueil", "accueil"));
}

#[test]
fn a_language_without_screens_falls_back_to_french() {
    assert_eq!(texts("tr").language(), &Language::french());
}

#[test]
fn times_are_written_as_each_language_does() {
    let at = Utc.with_ymd_and_hms(2026, 3, 2, 10, 42, 0).single().unwrap();
    let paris = CentreTime::new(3600);
    assert_eq!(paris.time(&texts("fr"), at), "11\u{a0}h\u{a0}42");
    assert_eq!(paris.time(&texts("en"), at), "11:42");
    assert_eq!(paris.time(&texts("ar"), at), "11:42");
    assert_eq!(paris.time(&texts("fr"), paris.at(at, 14, 0).unwrap()), "14\u{a0}h");
    assert_eq!(date(&texts("fr"), NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()), "lundi 2 mars");
    assert_eq!(duration(&texts("fr"), 3900), "1\u{a0}h\u{a0}05");
    assert_eq!(duration(&texts("en"), -5), "0\u{a0}min");
}

#[test]
fn languages_have_a_name_for_the_reader_and_for_their_speakers() {
    let dari = "prs".parse::<Language>().unwrap();
    assert_eq!(language_name(&texts("fr"), &dari), "dari");
    assert_eq!(own_name(&dari), "دری");
    assert_eq!(language_name(&texts("fr"), &"tlh".parse().unwrap()), "tlh");
}

#[test]
fn a_page_carries_only_the_sections_that_it_asked_for_and_no_markup() {
    let t = texts("fr");
    let json: serde_json::Value = serde_json::from_str(&t.to_json(&[common::SECTION])).unwrap();
    assert_eq!(json["language"], "fr");
    assert!(!json["sections"][common::SECTION.0].as_array().unwrap().is_empty());
    assert!(json["sections"][kiosk::SECTION.0].as_array().unwrap().is_empty());
    assert!(!t.to_json(&[common::SECTION]).contains('<'));
}
