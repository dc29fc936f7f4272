//! What a tab remembers while it is open, also when its page is loaded again. On the server nothing is remembered.

/// What was written under the name, or nothing.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub(super) fn read(name: &str) -> String {
    let storage = leptos::prelude::window().session_storage().ok().flatten();
    storage.and_then(|s| s.get_item(name).ok().flatten()).unwrap_or_default()
}

/// A tab that may not remember goes on without.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub(super) fn write(name: &str, text: &str) {
    if let Ok(Some(storage)) = leptos::prelude::window().session_storage() {
        let _ = storage.set_item(name, text);
    }
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
pub(super) fn read(_: &str) -> String {
    String::new()
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
pub(super) fn write(_: &str, _: &str) {}
