//! The app for browsers: `app.wasm`, and `app.js` that loads and starts it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use super::dist::{Asset, hex};
use super::public::esbuild;
use super::{Profile, say};
use crate::error::{Doing, Error, Result, output, read, succeed};

const TARGET: &str = "wasm32-unknown-unknown";

/// What the app uses of WebAssembly: every browser has it since 2022. `--all-features` would break them.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The cargo that can build for browsers; not always the one that builds the rest.
pub struct Toolchain(HashMap<String, String>);

impl Toolchain {
    /// Asks scripts/web-toolchain.sh.
    pub fn find(root: &Path) -> Result<Self> {
        let mut command = Command::new(root.join("scripts/web-toolchain.sh"));
        let Ok(found) = output(&mut command) else {
            return Err(Error::new("Rust cannot build for browsers yet: run scripts/setup-wasm.sh"));
        };
        let pairs = found.lines().filter_map(|line| line.split_once('='));
        Ok(Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()))
    }

    /// Which compiler it is.
    pub fn version(&self) -> Result<String> {
        output(Command::new(self.0.get("RUSTC").map_or("rustc", String::as_str)).arg("--version"))
    }

    fn cargo(&self) -> Command {
        let mut command = Command::new(self.0.get("CARGO").map_or("cargo", String::as_str));
        // What `cargo run` says to xtask is not meant for another cargo.
        for name in ["CARGO", "RUSTC", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_TARGET_DIR"] {
            command.env_remove(name);
        }
        if let Some(rustc) = self.0.get("RUSTC") {
            command.env("RUSTC", rustc);
        }
        if let Some(sysroot) = self.0.get("SYSROOT") {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", format!("--sysroot={sysroot}"));
        }
        command
    }
}

/// `app.wasm` and `app.js`.
pub fn collect(root: &Path, profile: Profile, web: &Toolchain) -> Result<Vec<Asset>> {
    let work = root.join("target/web/bindings");
    if work.exists() {
        fs::remove_dir_all(&work).doing("emptying target/web/bindings")?;
    }
    bind(&compile(root, profile, web)?, profile, &work)?;
    let wasm = match profile {
        Profile::Small => shrink(root, &work.join("app_bg.wasm"))?,
        Profile::Fast => read(&work.join("app_bg.wasm"))?,
    };
    let wasm = Asset::new("app.wasm", wasm);
    let js = script(root, &work, &wasm)?;
    Ok(vec![Asset::new("app.js", js), wasm])
}

fn compile(root: &Path, profile: Profile, web: &Toolchain) -> Result<PathBuf> {
    let (name, folder, duration) = match profile {
        Profile::Small => ("bundle", "bundle", " (some minutes the first time)"),
        Profile::Fast => ("dev", "debug", ""),
    };
    say(&format!("Building the app for browsers{duration}"));
    let target = root.join("target/web");
    succeed(
        web.cargo()
            .current_dir(root)
            // Asked for here and not in the manifest: a dynamic library has no hash in its name, and what `cargo build`
            // and `cargo test` compile, with other features, would be written over each other.
            .args(["rustc", "--crate-type", "cdylib"])
            .args(["--package", "app", "--lib", "--no-default-features", "--features", "hydrate"])
            .args(["--target", TARGET, "--profile", name, "--target-dir"])
            .arg(&target),
    )?;
    Ok(target.join(TARGET).join(folder).join("app.wasm"))
}

fn bind(wasm: &Path, profile: Profile, work: &Path) -> Result {
    say("Writing its bindings (wasm-bindgen)");
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name("app")
        .typescript(false)
        .remove_name_section(profile == Profile::Small)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(work))
        .map_err(|error| Error::new(format!("wasm-bindgen: {error:#}")))
}

/// The same program in fewer bytes. The result is kept, because only a change of the app's code changes it.
fn shrink(root: &Path, wasm: &Path) -> Result<Vec<u8>> {
    let kept = root.join("target/web/shrunk");
    let bytes = read(wasm)?;
    let result = kept.join(format!("{}.wasm", hex(&Sha256::digest(&bytes))));
    if !result.exists() {
        say("Making it smaller (wasm-opt)");
        if kept.exists() {
            fs::remove_dir_all(&kept).doing("emptying target/web/shrunk")?;
        }
        fs::create_dir_all(&kept).doing("making target/web/shrunk")?;
        let unfinished = kept.join("unfinished.wasm");
        let mut command = Command::new("node");
        command.current_dir(root).arg("node_modules/binaryen/bin/wasm-opt");
        succeed(command.arg(wasm).arg("-Oz").args(FEATURES).arg("-o").arg(&unfinished))?;
        fs::rename(&unfinished, &result).doing("keeping wasm-opt's result")?;
    }
    read(&result)
}

/// One script that loads the wasm from its address and hydrates the page.
fn script(root: &Path, work: &Path, wasm: &Asset) -> Result<String> {
    let start = work.join("start.js");
    let stream = root.join("public/js/shared/stream.js");
    let stream = stream.to_string_lossy();
    let code = format!(
        "import * as app from './app.js';\n\
         import {{ stream }} from {stream:?};\n\
         globalThis.stream = stream;\n\
         await app.default({{ module_or_path: {url:?} }});\n\
         app.hydrate();\n",
        url = wasm.url()
    );
    fs::write(&start, code).doing("writing start.js")?;
    esbuild(root, &["--bundle", "--format=esm", "--target=es2022"], &start)
}
