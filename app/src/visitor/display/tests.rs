#![allow(clippy::unwrap_used)]
use super::*;
use crate::visitor::sample::{self, call};

fn rendered(board: &Board, language: &str, change: impl FnOnce(&mut DisplayData)) -> String {
    let language: Language = language.parse().unwrap();
    let centre = sample::centre();
    let mut data = DisplayData {
        centre: &centre,
        board,
        language: &language,
        in_turn: true,
        arrow: Arrow::Right,
        time: CentreTime::new(3600),
        now: sample::now(),
    };
    change(&mut data);
    page(&data, Head::default())
}

fn two_calls() -> Board {
    sample::board(vec![call("C042", 3, "4", 3), call("A017", 1, "2", 40), call("W003", 0, "", 90)])
}

#[test]
fn the_newest_call_is_large_and_the_others_follow() {
    let html = rendered(&two_calls(), "fr", |_| {});
    let now = &html[html.find("data-now").unwrap()..html.find("data-idle").unwrap()];
    assert!(now.contains("C\u{a0}042") && now.contains("Bureau 4") && now.contains("space-3"), "{now}");
    let recent = &html[html.find("<ol").unwrap()..html.find("</ol>").unwrap()];
    assert!(recent.contains("A\u{a0}017") && recent.contains("Accueil") && !recent.contains("C\u{a0}042"), "{recent}");
}

#[test]
fn a_desk_whose_name_is_a_word_is_called_by_it() {
    let html =
        rendered(&sample::board(vec![call("C042", 3, "Box 2", 3), call("A017", 1, "Accueil", 40)]), "fr", |_| {});
    assert!(html.contains(">Box 2<") && html.contains(">Accueil<"), "{html}");
    assert!(!html.contains("Bureau Box") && !html.contains("Bureau Accueil"), "{html}");
}

#[test]
fn no_need_is_ever_in_words() {
    let board = two_calls();
    for language in ["fr", "en", "ar"] {
        let html = rendered(&board, language, |_| {});
        let centre = sample::centre();
        let own: Language = language.parse().unwrap();
        let words =
            centre.needs.iter().map(|n| n.question.get(&own)).chain(centre.spaces.iter().map(|s| s.question.get(&own)));
        for question in words {
            assert!(!html.contains(question), "{question}");
        }
    }
}

#[test]
fn the_arrow_is_the_rooms_in_every_language() {
    for language in ["fr", "ar"] {
        let html = rendered(&two_calls(), language, |d| d.arrow = Arrow::Left);
        assert!(html.contains("data-arrow=\"left\"") && html.contains("M22 12H3"), "{language}");
    }
    assert!(!rendered(&two_calls(), "fr", |d| d.arrow = Arrow::None).contains("<svg class=\"arrow\""));
}

#[test]
fn before_the_first_call_it_says_what_will_be_here() {
    let html = rendered(&sample::board(Vec::new()), "en", |_| {});
    let idle = html.find("data-idle").unwrap();
    assert!(!html[idle..idle + 40].contains("hidden"));
    assert!(html.contains("Your number will show here"));
}

#[test]
fn suspended_and_closed_are_told_in_all_languages() {
    let mut board = two_calls();
    board.state = DayState::Suspended { reason: SuspendReason::FireAlarm };
    let html = rendered(&board, "fr", |_| {});
    assert!(html.contains("data-state=\"fire_alarm\""));
    for words in ["Alarme incendie", "Fire alarm", "إنذار حريق"] {
        assert!(html.contains(words), "{words}");
    }
    board.state = DayState::Closed;
    assert!(rendered(&board, "fr", |_| {}).contains("data-state=\"closed\""));
}

#[test]
fn messages_are_in_one_language_or_in_each() {
    let mut board = two_calls();
    board.message = Some(Message::Ready(ReadyMessage::Quieter));
    let shown = |in_turn| {
        let html = rendered(&board, "fr", |d| d.in_turn = in_turn);
        html.matches("data-say=\"quieter\"").count()
    };
    assert_eq!((shown(true), shown(false)), (3, 1));
}

#[test]
fn a_long_desk_shrinks_as_the_script_shrinks_it() {
    let board = sample::board(vec![call("C042", 3, "Arbeitsplatzvermittlung 12", 3)]);
    assert!(rendered(&board, "fr", |_| {}).contains("data-long=\"3\""));
}

#[test]
fn every_sign_has_a_row_for_the_script() {
    let html = rendered(&two_calls(), "fr", |_| {});
    for sign in 0..=5 {
        assert!(html.contains(&format!("<template id=\"row-{sign}\">")), "{sign}");
    }
}
