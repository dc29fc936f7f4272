//! style/entry/*.css: each with what it imports, in one minified file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use lightningcss::bundler::{Bundler, FileProvider, ResolveResult, SourceProvider};
use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};

use super::dist::Asset;
use super::fonts;
use super::inputs::files;
use crate::error::{Doing, Error, Result};

/// The browsers that styles are translated for: phones of about 2022 and later.
const BROWSERS: Browsers = Browsers {
    android: None,
    chrome: Some(99 << 16),
    edge: Some(99 << 16),
    firefox: Some(97 << 16),
    ie: None,
    ios_saf: Some(15 << 16 | 4 << 8),
    opera: None,
    safari: Some(15 << 16 | 4 << 8),
    samsung: Some(18 << 16),
};

/// One asset per file of style/entry/; a `url("/icons/door.svg")` becomes the address of that asset.
pub fn collect(root: &Path, assets: &[Asset]) -> Result<Vec<Asset>> {
    let urls: HashMap<String, String> = assets.iter().map(|a| (format!("/{}", a.logical), a.url())).collect();
    let source = Source { files: FileProvider::new(), fonts: fonts::css(root)? };
    let mut styles = Vec::new();
    for entry in files(&root.join("style/entry"))? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        styles.push(Asset::new(name, bundle(&source, &entry, &urls)?));
    }
    Ok(styles)
}

fn bundle(source: &Source, entry: &Path, urls: &HashMap<String, String>) -> Result<String> {
    let targets = Targets::from(BROWSERS);
    let mut bundler = Bundler::new(source, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).doing(entry.display())?;
    sheet.minify(MinifyOptions { targets, ..Default::default() }).doing(entry.display())?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: true,
            targets,
            analyze_dependencies: Some(DependencyOptions::default()),
            ..Default::default()
        })
        .doing(entry.display())?;
    printed
        .dependencies
        .unwrap_or_default()
        .iter()
        .try_fold(printed.code, |code, dependency| link(&code, dependency, urls))
}

fn link(code: &str, dependency: &Dependency, urls: &HashMap<String, String>) -> Result<String> {
    let Dependency::Url(url) = dependency else {
        return Err(Error::new("an @import of another site is left in a style"));
    };
    if url.url.starts_with("data:") || url.url.starts_with('#') {
        return Ok(code.replace(&url.placeholder, &url.url));
    }
    let Some(found) = urls.get(&url.url) else {
        let place = format!("{}:{}", url.loc.file_path, url.loc.start.line);
        return Err(Error::new(format!("{place}: {} is no file of public/ (write it as \"/icons/…\")", url.url)));
    };
    Ok(code.replace(&url.placeholder, found))
}

/// Reads styles from their files, and `fonts.css` from nowhere: its rules are made here.
struct Source {
    files: FileProvider,
    fonts: String,
}

const FONTS: &str = "fonts.css";

impl SourceProvider for Source {
    type Error = std::io::Error;

    fn read<'a>(&'a self, file: &Path) -> std::io::Result<&'a str> {
        if file == Path::new(FONTS) { Ok(&self.fonts) } else { self.files.read(file) }
    }

    fn resolve(&self, specifier: &str, from: &Path) -> std::io::Result<ResolveResult> {
        if Path::new(specifier).file_name().is_some_and(|name| name == FONTS) {
            return Ok(ResolveResult::File(PathBuf::from(FONTS)));
        }
        self.files.resolve(specifier, from)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn style(css: &str) -> Result<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("part.css"), ".part { margin-inline-start: 1px }").unwrap();
        let entry = folder.path().join("entry.css");
        std::fs::write(&entry, css).unwrap();
        let source = Source {
            files: FileProvider::new(),
            fonts: "@font-face { font-family: x; src: url(\"/fonts/x.woff2\") }".into(),
        };
        let urls = HashMap::from([("/fonts/x.woff2".to_owned(), "/assets/fonts/x.0.woff2".to_owned())]);
        bundle(&source, &entry, &urls)
    }

    #[test]
    fn imports_are_taken_in_and_addresses_hashed() {
        let css = style(
            "@layer base, part; @import \"../fonts.css\"; @import \"part.css\" layer(part); a { color: #ff0000 }",
        )
        .unwrap();
        assert!(css.contains("url(\"/assets/fonts/x.0.woff2\")"), "{css}");
        assert!(css.contains(".part{margin-inline-start:1px}") && css.contains("a{color:red}"), "{css}");
    }

    #[test]
    fn an_unknown_address_is_refused_with_its_place() {
        let error = style("a { background: url(/icons/none.svg) }").unwrap_err().to_string();
        assert!(error.contains("entry.css:1") && error.contains("/icons/none.svg"), "{error}");
    }

    #[test]
    fn a_picture_in_the_text_stays() {
        let css = style("a { background: url(\"data:image/svg+xml,<svg/>\") }").unwrap();
        assert!(css.contains("data:image/svg+xml"), "{css}");
    }
}
