//! public/: scripts written by hand are minified, everything else is taken as it is.

use std::path::Path;
use std::process::Command;

use super::dist::Asset;
use super::inputs::files;
use crate::error::{Result, output, read};

/// The files of public/. `public/js/phone.js` becomes `phone.js`, other files keep their path.
pub fn collect(root: &Path) -> Result<Vec<Asset>> {
    let public = root.join("public");
    let mut assets = Vec::new();
    for file in files(&public)? {
        let path = file.strip_prefix(&public).unwrap_or(&file);
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        let Ok(script) = path.strip_prefix("js") else {
            assets.push(Asset::new(path.to_string_lossy(), read(&file)?));
            continue;
        };
        // A file in a folder of js/ is a part that scripts import.
        if script.components().count() == 1 {
            let code = esbuild(root, &["--bundle", "--format=iife", "--target=es2018"], &file)?;
            assets.push(Asset::new(script.to_string_lossy(), code));
        }
    }
    Ok(assets)
}

/// Minifies a script together with what it imports.
pub fn esbuild(root: &Path, options: &[&str], file: &Path) -> Result<String> {
    let mut command = Command::new("node");
    command
        .current_dir(root)
        .arg("node_modules/esbuild/bin/esbuild")
        .arg(file)
        .args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"])
        .args(options);
    output(&mut command)
}
