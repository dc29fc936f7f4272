//! What the bundle is made from, as one hash: the same hash, the same bundle.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Profile;
use super::dist::hex;
use super::wasm::Toolchain;
use crate::error::{Doing, Result, read};

const INPUTS: [&str; 10] = [
    ".cargo/config.toml",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "xtask",
    "app",
    "domain",
    "style",
    "public",
    "scripts/web-toolchain.sh",
];

/// The hash of every input's name and content, of the profile and of the compiler.
pub fn hash(root: &Path, profile: Profile, web: &Toolchain) -> Result<String> {
    let mut hasher = Sha256::new();
    hasher.update(format!("{profile:?} {}", web.version()?));
    for input in INPUTS {
        for file in files(&root.join(input))? {
            let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
            let bytes = read(&file)?;
            hasher.update(format!("\0{name}\0{}\0", bytes.len()));
            hasher.update(&bytes);
        }
    }
    Ok(hex(&hasher.finalize()))
}

/// The files under a path, or the path itself when it is a file, in a stable order; none when it does not exist.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .doing(format_args!("listing {}", path.display()))?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry)?);
    }
    Ok(found)
}
