//! Keys of the staff's screens: each is written on its button, and works while that button is there.

use leptos::{ev::KeyboardEvent, prelude::*};

/// The keys that work now.
#[derive(Clone, Copy)]
pub struct Keys {
    /// Whether single letters and digits work.
    pub letters: RwSignal<bool>,
    bound: StoredValue<Vec<Bound>>,
    /// Whether an alarm is on: only its own keys work, whatever is still there behind it.
    alarm: StoredValue<bool>,
}

/// Around the alarm: the keys in it are its own.
#[derive(Clone, Copy)]
pub(super) struct InAlarm;

#[derive(Clone)]
struct Bound {
    id: u64,
    key: &'static str,
    act: Callback<()>,
    of_alarm: bool,
}

impl Keys {
    /// No key yet; listens to the whole page.
    pub fn new(letters: bool) -> Self {
        let keys = Self {
            letters: RwSignal::new(letters),
            bound: StoredValue::new(Vec::new()),
            alarm: StoredValue::new(false),
        };
        Effect::new(move |_| {
            let handle = window_event_listener(leptos::ev::keydown, move |event| keys.pressed(&event));
            on_cleanup(move || handle.remove());
        });
        keys
    }

    /// From now on only the alarm's own keys work, or all of them again.
    pub(super) fn only_alarm(self, on: bool) {
        self.alarm.try_update_value(|alarm| *alarm = on);
    }

    fn pressed(self, event: &KeyboardEvent) {
        if event.repeat() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(key) = meant(event) else { return };
        if key.len() == 1 && (!self.letters.get_untracked() || is_typing(event)) {
            return;
        }
        let alarm = self.alarm.get_value();
        let works = |b: &&Bound| b.key == key && (b.of_alarm || !alarm);
        let bound = self.bound.with_value(|b| b.iter().rev().find(works).cloned());
        if let Some(bound) = bound {
            event.prevent_default();
            bound.act.run(());
        }
    }
}

/// Does `act` when the key is pressed, as long as the calling component is there. Letters are written as capitals.
pub fn use_key(key: &'static str, act: Callback<()>) {
    let Some(keys) = use_context::<Keys>() else { return };
    let of_alarm = use_context::<InAlarm>().is_some();
    let id = keys.bound.try_update_value(|bound| {
        let id = bound.last().map_or(0, |b| b.id + 1);
        bound.push(Bound { id, key, act, of_alarm });
        id
    });
    on_cleanup(move || {
        keys.bound.try_update_value(|bound| bound.retain(|b| Some(b.id) != id));
    });
}

/// The key that was meant: its letter, or on a keyboard of another script the letter printed at the same spot.
fn meant(event: &KeyboardEvent) -> Option<String> {
    let key = event.key();
    if key.len() > 1 && key.is_ascii() {
        return Some(key);
    }
    if key.len() == 1 && key.is_ascii() {
        return Some(key.to_ascii_uppercase());
    }
    let code = event.code();
    code.strip_prefix("Key").or_else(|| code.strip_prefix("Digit")).map(str::to_owned)
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn is_typing(event: &KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let Some(element) = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) else { return false };
    element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=button])").unwrap_or(false)
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn is_typing(_: &KeyboardEvent) -> bool {
    false
}
