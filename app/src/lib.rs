//! What people see: pages, components, server functions, texts.
//!
//! Two worlds in one binary. Visitors' pages ([`visitor`]) are made on the server and carry no wasm; the staff's app
//! ([`staff`]) is made on the server too and then goes on in the browser.

#[cfg(not(erase_components))]
compile_error!("RUSTFLAGS replaces the flags of .cargo/config.toml: add `--cfg erase_components` to it");

pub mod components;
pub mod staff;
pub mod texts;
pub mod trouble;
#[cfg(feature = "ssr")]
pub mod visitor;

/// Takes over the staff's page in the browser.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    staff::hydrate();
}
