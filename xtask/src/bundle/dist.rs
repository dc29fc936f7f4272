//! dist/: one file per asset with its hash in the name, compressed copies beside it, and a manifest.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Profile;
use crate::error::{Doing, Error, Result};

/// Where the server serves assets.
pub const URL: &str = "/assets/";

/// Something that the bundle holds.
pub struct Asset {
    /// The name that pages know it by, such as `kiosk.css` or `icons/door.svg`.
    pub logical: String,
    /// Its content, uncompressed.
    pub bytes: Vec<u8>,
    /// Whether browsers may load it; what is printed with is for the server alone.
    pub served: bool,
}

impl Asset {
    /// An asset that browsers load.
    pub fn new(logical: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { logical: logical.into(), bytes: bytes.into(), served: true }
    }

    /// An asset that only the server reads.
    pub fn kept(logical: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { served: false, ..Self::new(logical, bytes) }
    }

    /// Its path in dist/: `icons/door.svg` becomes `icons/door.0123456789abcdef.svg`.
    pub fn path(&self) -> String {
        let hash = hex(&Sha256::digest(&self.bytes));
        let hash = &hash[..16];
        let name = self.logical.rfind('/').map_or(0, |slash| slash + 1);
        match self.logical[name..].rfind('.') {
            Some(dot) => {
                let (stem, extension) = self.logical.split_at(name + dot);
                format!("{stem}.{hash}{extension}")
            }
            None => format!("{}.{hash}", self.logical),
        }
    }

    /// The address that pages load it from.
    pub fn url(&self) -> String {
        format!("{URL}{}", self.path())
    }

    fn is_text(&self) -> bool {
        let extension = Path::new(&self.logical).extension().and_then(|e| e.to_str());
        matches!(
            extension,
            Some("css" | "js" | "mjs" | "json" | "svg" | "txt" | "wasm" | "webmanifest" | "html" | "ico")
        )
    }
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    inputs: String,
    assets: BTreeMap<String, Entry>,
}

/// Sizes in bytes; `br` and `gz` are there when a compressed copy is.
#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    served: bool,
    size: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    br: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gz: Option<usize>,
}

fn folder(root: &Path) -> PathBuf {
    root.join("dist")
}

/// The hash of the inputs that dist/ was built from, when there is a complete one.
pub fn built_from(root: &Path) -> Option<String> {
    let text = fs::read(folder(root).join("manifest.json")).ok()?;
    let manifest: Manifest = serde_json::from_slice(&text).ok()?;
    Some(manifest.inputs)
}

/// Empties dist/ and fills it with the assets, the manifest last.
pub fn write(root: &Path, profile: Profile, inputs: &str, assets: &[Asset]) -> Result {
    let folder = folder(root);
    if folder.exists() {
        fs::remove_dir_all(&folder).doing("emptying dist/")?;
    }
    let mut manifest = Manifest { inputs: inputs.to_owned(), assets: BTreeMap::new() };
    for asset in assets {
        let entry = write_asset(&folder, profile, asset)?;
        if manifest.assets.insert(asset.logical.clone(), entry).is_some() {
            return Err(Error::new(format!("two files of the bundle are called {}", asset.logical)));
        }
    }
    let text = serde_json::to_vec_pretty(&manifest).doing("writing the manifest")?;
    write_file(&folder.join("manifest.json"), &text)?;
    report(&manifest);
    Ok(())
}

fn write_asset(folder: &Path, profile: Profile, asset: &Asset) -> Result<Entry> {
    let path = asset.path();
    let file = folder.join(&path);
    write_file(&file, &asset.bytes)?;
    let mut entry = Entry { path, served: asset.served, size: asset.bytes.len(), br: None, gz: None };
    if asset.served && asset.is_text() {
        entry.br = beside(&file, "br", &brotli(&asset.bytes, profile)?, entry.size)?;
        entry.gz = beside(&file, "gz", &gzip(&asset.bytes)?, entry.size)?;
    }
    Ok(entry)
}

/// Writes a compressed copy, unless it is no smaller than what it was made from.
fn beside(file: &Path, extension: &str, compressed: &[u8], size: usize) -> Result<Option<usize>> {
    if compressed.len() >= size {
        return Ok(None);
    }
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    write_file(Path::new(&name), compressed)?;
    Ok(Some(compressed.len()))
}

fn brotli(bytes: &[u8], profile: Profile) -> Result<Vec<u8>> {
    let quality = match profile {
        Profile::Small => 11,
        Profile::Fast => 5,
    };
    let params = brotli::enc::BrotliEncoderParams { quality, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &params).doing("compressing with brotli")?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).doing("compressing with gzip")
}

fn write_file(path: &Path, bytes: &[u8]) -> Result {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, bytes))
        .doing(format_args!("writing {}", path.display()))
}

fn report(manifest: &Manifest) {
    for (logical, entry) in &manifest.assets {
        if let Some(br) = entry.br {
            eprintln!("    {logical:<28} {:>9} bytes, {br:>8} with brotli", entry.size);
        }
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_hash_stands_before_the_extension() {
        let asset = Asset::new("icons/door.open.svg", "<svg/>");
        let path = asset.path();
        assert!(path.starts_with("icons/door.open."), "{path}");
        assert_eq!(Path::new(&path).extension().unwrap(), "svg");
        assert_eq!(path.len(), "icons/door.open.svg".len() + 17);
        assert_ne!(path, Asset::new("icons/door.open.svg", "<svg />").path());
    }

    #[test]
    fn a_name_without_extension_keeps_its_folder() {
        assert!(Asset::new("a.b/name", "x").path().starts_with("a.b/name."));
    }

    #[test]
    fn an_old_dist_is_emptied_and_the_manifest_names_all() {
        let root = tempfile::tempdir().unwrap();
        let stale = root.path().join("dist/stale.js.br");
        write_file(&stale, b"old").unwrap();
        let text = "body { color: red }".repeat(100);
        let assets = [Asset::new("kiosk.css", text.clone()), Asset::kept("print-fonts/a.ttf", "font")];
        write(root.path(), Profile::Fast, "inputs", &assets).unwrap();

        assert!(!stale.exists());
        assert_eq!(built_from(root.path()).as_deref(), Some("inputs"));
        let css = root.path().join("dist").join(assets[0].path());
        assert_eq!(fs::read(&css).unwrap(), text.as_bytes());
        let mut unpacked = Vec::new();
        let packed = fs::read(format!("{}.br", css.display())).unwrap();
        brotli::BrotliDecompress(&mut &packed[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        assert!(css.with_extension("css.gz").exists());
    }

    #[test]
    fn two_assets_of_one_name_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let twice = [Asset::new("a.css", "a"), Asset::new("a.css", "b")];
        assert!(write(root.path(), Profile::Fast, "", &twice).is_err());
        assert_eq!(built_from(root.path()), None);
    }
}
