//! Loads the page again once another build of the server answers: what this page runs may not understand it.
//!
//! Never while somebody is at it: not before it was left alone for a while, with nothing open and nothing typed.

use std::{
    cell::Cell,
    rc::Rc,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use leptos::prelude::{document, set_interval, window, window_event_listener_untyped};
use wasm_bindgen::JsCast;

/// How long nobody may have touched the page.
const STILL: f64 = 15_000.0;
/// What holds something that is not done yet.
const OPEN: &str = ".panel, dialog[open]";
/// Fields that are empty until somebody types.
const FIELDS: &str = "textarea, input:not([type=radio], [type=checkbox], [type=hidden], [type=number])";
static DUE: AtomicBool = AtomicBool::new(false);

/// Which build answers. `hears` = whether the server is there to load a page from.
pub(super) fn heard(build: &str, hears: impl Fn() -> bool + 'static) {
    let own = document().document_element().and_then(|root| root.get_attribute("data-build"));
    if own.as_deref() != Some(build) && !DUE.swap(true, Ordering::Relaxed) {
        when_still(hears);
    }
}

/// Loads the page again, unless that was tried: its program and its texts are of two builds.
pub(super) fn once() {
    let again = window().performance().and_then(|p| p.get_entries_by_type("navigation").get(0).dyn_into().ok());
    if again.is_some_and(|n: web_sys::PerformanceNavigationTiming| n.type_() != web_sys::NavigationType::Reload) {
        reload();
    }
}

fn when_still(hears: impl Fn() -> bool + 'static) {
    let touched = Rc::new(Cell::new(js_sys::Date::now()));
    for sign in ["pointerdown", "keydown", "input"] {
        let touched = touched.clone();
        // For as long as the page lives.
        let _ = window_event_listener_untyped(sign, move |_| touched.set(js_sys::Date::now()));
    }
    let look = move || {
        if js_sys::Date::now() - touched.get() >= STILL && hears() && !is_at_work() {
            reload();
        }
    };
    set_interval(look, Duration::from_secs(1));
}

fn reload() {
    // A page that may not be loaded again goes on as it is.
    let _ = window().location().reload();
}

fn is_at_work() -> bool {
    let is_open = document().query_selector(OPEN).is_ok_and(|found| found.is_some());
    is_open
        || document()
            .query_selector_all(FIELDS)
            .is_ok_and(|fields| (0..fields.length()).any(|i| is_filled(fields.get(i))))
}

fn is_filled(field: Option<web_sys::Node>) -> bool {
    let value = field.and_then(|f| js_sys::Reflect::get(&f, &"value".into()).ok());
    value.and_then(|v| v.as_string()).is_some_and(|v| !v.is_empty())
}
