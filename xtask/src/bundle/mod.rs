//! The bundle: everything browsers load, in dist/ under names that hold the content's hash.

mod dist;
mod fonts;
mod inputs;
mod public;
mod styles;
mod wasm;

use std::path::Path;

use crate::error::{Error, Result};
use dist::Asset;

/// What the bundle is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// For visitors: as few bytes as possible.
    Small,
    /// For the person who changes a page: as soon as possible.
    Fast,
}

/// Builds dist/, unless it was already built from the same inputs.
pub fn bundle(root: &Path, profile: Profile) -> Result {
    let web = wasm::Toolchain::find(root)?;
    if !root.join("node_modules/esbuild").exists() {
        return Err(Error::new("npm's packages are missing: run scripts/setup-node.sh"));
    }
    let inputs = inputs::hash(root, profile, &web)?;
    if dist::built_from(root).as_deref() == Some(inputs.as_str()) {
        say("The browser bundle is up to date (dist/)");
        return Ok(());
    }
    let assets = collect(root, profile, &web)?;
    say("Compressing and writing dist/");
    dist::write(root, profile, &inputs, &assets)
}

fn collect(root: &Path, profile: Profile, web: &wasm::Toolchain) -> Result<Vec<Asset>> {
    say("Fonts, pictures, sounds");
    let mut assets = fonts::collect(root)?;
    assets.extend(public::collect(root)?);
    say("Styles");
    let styles = styles::collect(root, &assets)?;
    assets.extend(styles);
    assets.extend(wasm::collect(root, profile, web)?);
    Ok(assets)
}

fn say(text: &str) {
    eprintln!("\x1b[1m==> {text}\x1b[0m");
}
