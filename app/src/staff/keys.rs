//! Keys of the staff's screens: each is written on its button, and works while that button is there.

use leptos::{ev::KeyboardEvent, prelude::*};

/// The keys that work now.
#[derive(Clone, Copy)]
pub struct Keys {
    /// Whether single letters and digits work.
    pub letters: RwSignal<bool>,
    bound: StoredValue<Vec<Bound>>,
}

#[derive(Clone)]
struct Bound {
    id: u64,
    key: &'static str,
    act: Callback<()>,
}

impl Keys {
    /// No key yet; listens to the whole page.
    pub fn new(letters: bool) -> Self {
        let keys = Self { letters: RwSignal::new(letters), bound: StoredValue::new(Vec::new()) };
        Effect::new(move |_| {
            let handle = window_event_listener(leptos::ev::keydown, move |event| keys.pressed(&event));
            on_cleanup(move || handle.remove());
        });
        keys
    }

    fn pressed(self, event: &KeyboardEvent) {
        if event.repeat() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(key) = meant(event) else { return };
        if key.len() == 1 && (!self.letters.get_untracked() || is_typing(event)) {
            return;
        }
        let bound = self.bound.with_value(|b| b.iter().rev().find(|b| b.key == key).cloned());
        if let Some(bound) = bound {
            event.prevent_default();
            bound.act.run(());
        }
    }
}

/// Does `act` when the key is pressed, as long as the calling component is there. Letters are written as capitals.
pub fn use_key(key: &'static str, act: Callback<()>) {
    let Some(keys) = use_context::<Keys>() else { return };
    let id = keys.bound.try_update_value(|bound| {
        let id = bound.last().map_or(0, |b| b.id + 1);
        bound.push(Bound { id, key, act });
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
