#![allow(clippy::unwrap_used)]
use std::sync::Arc;

use super::*;
use crate::visitor::sample;

fn rendered(language: &str, centres: usize, demo: Option<&Demo>) -> String {
    let language: Language = language.parse().unwrap();
    let centres: Vec<Arc<Centre>> = (0..centres).map(|_| Arc::new(sample::centre())).collect();
    page(&HomeData { language: &language, centres: &centres, demo }, Head::default())
}

#[test]
fn a_demo_opens_every_screen_with_one_touch_and_says_what_it_is() {
    let demo = Demo { accounts: vec![("host".into(), Role::Host), ("admin".into(), Role::Administrator)] };
    for language in ["fr", "en", "ar"] {
        let html = rendered(language, 1, Some(&demo));
        assert_eq!(html.matches("action=\"/demo/enter\"").count(), 8, "{language}");
        assert!(html.contains("name=\"screen\"") && html.contains("value=\"desk\""));
        assert!(html.contains(">host<") && html.contains(">admin<"));
    }
    assert!(rendered("en", 1, Some(&demo)).contains("This is a demonstration"));
}

#[test]
fn a_real_installation_links_its_screens_and_the_sign_in() {
    let html = rendered("fr", 2, None);
    assert_eq!(html.matches("href=\"/k/valmont/fr\"").count(), 2);
    assert_eq!(html.matches("href=\"/d/valmont/fr\"").count(), 2);
    assert_eq!(html.matches("href=\"/i/valmont/fr/look\"").count(), 2);
    assert!(html.contains("href=\"/fr/sign-in\"") && !html.contains("/demo/enter"));
}

#[test]
fn an_empty_installation_says_how_to_begin() {
    assert!(rendered("en", 0, None).contains("parvis admin import centre.toml"));
}

#[test]
fn screens_are_named_as_forms_send_them() {
    for screen in Screen::VISITORS.into_iter().chain(Screen::STAFF) {
        assert_eq!(serde_json::to_value(screen).unwrap(), screen.code());
    }
}
