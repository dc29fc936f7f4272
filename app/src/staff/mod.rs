//! The staff's app: sign-in, desk, welcome, centre, settings.

pub mod centre;
pub mod settings;
pub mod welcome;

/// Takes over the page in the browser.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub fn hydrate() {}
