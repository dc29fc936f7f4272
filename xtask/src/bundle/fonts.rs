//! IBM Plex Sans, cut by script for browsers and whole for printing; Noto Sans for the scripts that it lacks, because every
//! language is offered by its own name.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::dist::Asset;
use crate::error::{Doing, Result, read};

/// A family with the scripts that it is asked for. Several packages may add to one family.
struct Family {
    name: &'static str,
    package: &'static str,
    scripts: &'static [&'static str],
}

const FAMILIES: [Family; 9] = [
    Family {
        name: "IBM Plex Sans",
        package: "ibm-plex-sans",
        scripts: &["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese"],
    },
    Family { name: "IBM Plex Sans Arabic", package: "ibm-plex-sans-arabic", scripts: &["arabic"] },
    Family { name: "Noto Sans", package: "noto-sans-armenian", scripts: &["armenian"] },
    Family { name: "Noto Sans", package: "noto-sans-bengali", scripts: &["bengali"] },
    Family { name: "Noto Sans", package: "noto-sans-devanagari", scripts: &["devanagari"] },
    Family { name: "Noto Sans", package: "noto-sans-ethiopic", scripts: &["ethiopic"] },
    Family { name: "Noto Sans", package: "noto-sans-georgian", scripts: &["georgian"] },
    Family { name: "Noto Sans", package: "noto-sans-tamil", scripts: &["tamil"] },
    // Chinese is cut by how frequent a letter is: these hold 文 and 中.
    Family { name: "Noto Sans", package: "noto-sans-sc", scripts: &["118", "119"] },
];

/// The two weights that are served, each with the range of CSS weights that it stands for.
const WEIGHTS: [(u16, &str); 2] = [(400, "1 500"), (600, "501 1000")];

/// Fonts for printing, by their name in the bundle.
const PRINT: [(&str, &str); 6] = [
    ("print-fonts/plex-sans-regular.ttf", "ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf"),
    ("print-fonts/plex-sans-bold.ttf", "ibm-plex-sans/700Bold/IBMPlexSans_700Bold.ttf"),
    ("print-fonts/plex-sans-arabic-regular.ttf", "ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf"),
    ("print-fonts/plex-sans-arabic-bold.ttf", "ibm-plex-sans-arabic/700Bold/IBMPlexSansArabic_700Bold.ttf"),
    ("print-fonts/plex-sans-hebrew-regular.ttf", "ibm-plex-sans-hebrew/400Regular/IBMPlexSansHebrew_400Regular.ttf"),
    ("print-fonts/plex-sans-hebrew-bold.ttf", "ibm-plex-sans-hebrew/700Bold/IBMPlexSansHebrew_700Bold.ttf"),
];

/// The font files for browsers and for printing.
pub fn collect(root: &Path) -> Result<Vec<Asset>> {
    let mut assets = Vec::new();
    for family in &FAMILIES {
        for script in family.scripts {
            for (weight, _) in WEIGHTS {
                let file = format!("{}-{script}-{weight}", family.package);
                let path = root.join(format!("node_modules/@fontsource/{}/files/{file}-normal.woff2", family.package));
                assets.push(Asset::new(logical(family, script, weight), read(&path)?));
            }
        }
    }
    for (logical, path) in PRINT {
        assets.push(Asset::kept(logical, read(&root.join("node_modules/@expo-google-fonts").join(path))?));
    }
    Ok(assets)
}

fn logical(family: &Family, script: &str, weight: u16) -> String {
    format!("fonts/{}-{script}-{weight}.woff2", family.package)
}

/// The `@font-face` rules: a browser loads only the scripts that a page holds, and shows text before they are there.
pub fn css(root: &Path) -> Result<String> {
    let mut css = String::new();
    for family in &FAMILIES {
        let ranges = ranges(root, family)?;
        for script in family.scripts {
            let range = ranges.get(*script).map(String::as_str).unwrap_or_default();
            for (weight, stands_for) in WEIGHTS {
                let _ = writeln!(
                    css,
                    "@font-face {{ font-family: \"{}\"; font-weight: {stands_for}; font-display: swap; \
                     src: url(\"/{}\") format(\"woff2\"); unicode-range: {range} }}",
                    family.name,
                    logical(family, script, weight),
                );
            }
        }
    }
    Ok(css)
}

fn ranges(root: &Path, family: &Family) -> Result<BTreeMap<String, String>> {
    let path = root.join(format!("node_modules/@fontsource/{}/unicode.json", family.package));
    let ranges: BTreeMap<String, String> =
        serde_json::from_slice(&read(&path)?).doing(format_args!("reading {}", path.display()))?;
    // A part that is only numbered is written "[118]".
    Ok(ranges.into_iter().map(|(script, range)| (script.trim_matches(['[', ']']).to_owned(), range)).collect())
}
