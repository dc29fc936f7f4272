//! Turns `texts/{language}/{section}.toml` into one function per text, and refuses what is missing or superfluous.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Languages of the screens; every text exists in each of them. The first one names the parameters' order.
const LANGUAGES: [&str; 3] = ["fr", "en", "ar"];
/// CLDR's categories, in the order in which a text's forms are kept.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
/// The parameter that chooses the plural form.
const COUNT: &str = "n";

/// The categories that a language needs for whole numbers below a million.
fn needed(language: &str) -> &'static [&'static str] {
    match language {
        "ar" => &CATEGORIES,
        _ => &["one", "other"],
    }
}

/// One text in one language: a single form, or one per plural category.
struct Entry {
    forms: BTreeMap<String, String>,
}

impl Entry {
    fn is_plural(&self) -> bool {
        !self.forms.contains_key("")
    }
    fn parameters(&self) -> Result<Vec<String>, String> {
        let mut found = Vec::new();
        for form in self.forms.values() {
            for name in parameters(form)? {
                if !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        if self.is_plural() {
            found.retain(|name| name != COUNT);
            found.insert(0, COUNT.to_owned());
        }
        Ok(found)
    }
}

type Section = BTreeMap<String, Entry>;

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), Vec<String>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=texts");
    let root = PathBuf::from("texts");
    let mut problems = Vec::new();
    let sections = section_names(&root, &mut problems);
    let mut read: BTreeMap<&str, BTreeMap<&str, Section>> = BTreeMap::new();
    for language in LANGUAGES {
        for section in &sections {
            let file = root.join(language).join(format!("{section}.toml"));
            let texts = read_section(&file, language, &mut problems);
            read.entry(section).or_default().insert(language, texts);
        }
    }
    let own_names = own_names(&root.join("own-names.toml"), read.get("languages"), &mut problems);
    for (section, languages) in &read {
        compare(section, languages, &mut problems);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let written = fs::write(out.join("texts.rs"), functions(&read))
        .and_then(|()| fs::write(out.join("texts_data.rs"), data(&read, &own_names)));
    written.map_err(|e| vec![format!("cannot write the generated texts: {e}")])
}

/// Every section that any language has.
fn section_names(root: &Path, problems: &mut Vec<String>) -> Vec<String> {
    let mut names = BTreeSet::new();
    for language in LANGUAGES {
        let folder = root.join(language);
        match fs::read_dir(&folder) {
            Ok(files) => names.extend(files.flatten().map(|f| f.path()).filter_map(|p| {
                let is_toml = p.extension().is_some_and(|e| e == "toml");
                is_toml.then(|| p.file_stem().map(|s| s.to_string_lossy().into_owned())).flatten()
            })),
            Err(e) => problems.push(format!("{}: {e}", folder.display())),
        }
    }
    names.into_iter().collect()
}

fn read_section(file: &Path, language: &str, problems: &mut Vec<String>) -> Section {
    let content = match fs::read_to_string(file) {
        Ok(content) => content,
        Err(e) => {
            problems.push(format!("{}: {e}", file.display()));
            return Section::new();
        }
    };
    let table: toml::Table = match content.parse() {
        Ok(table) => table,
        Err(e) => {
            problems.push(format!("{}: {}", file.display(), e.to_string().replace('\n', " ")));
            return Section::new();
        }
    };
    let mut section = Section::new();
    for (key, value) in table {
        if key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
            match entry(&value, language) {
                Ok(entry) => drop(section.insert(key, entry)),
                Err(e) => problems.push(format!("{}: key `{key}`, language {language}: {e}", file.display())),
            }
        } else {
            problems.push(format!("{}: key `{key}`: only a-z, 0-9 and _", file.display()));
        }
    }
    section
}

fn entry(value: &toml::Value, language: &str) -> Result<Entry, String> {
    let forms: BTreeMap<String, String> = match value {
        toml::Value::String(text) => [(String::new(), text.clone())].into(),
        toml::Value::Table(table) => table
            .iter()
            .map(|(k, v)| Ok((k.clone(), v.as_str().ok_or("a plural form must be a text")?.to_owned())))
            .collect::<Result<_, &str>>()?,
        _ => return Err("must be a text or a table of plural forms".into()),
    };
    let entry = Entry { forms };
    if entry.is_plural() {
        for form in entry.forms.keys() {
            // A form for exactly none is welcome everywhere: "nobody" reads better than "0 people".
            if form != "zero" && !needed(language).contains(&form.as_str()) {
                return Err(format!("plural form `{form}` does not exist in this language"));
            }
        }
        for form in needed(language) {
            if !entry.forms.contains_key(*form) {
                return Err(format!("plural form `{form}` is missing"));
            }
        }
    }
    entry.parameters()?;
    if language == "fr" {
        entry.forms.values().try_for_each(|text| set_in_french(text))?;
    }
    Ok(entry)
}

/// French puts a space before these marks and after the first quotation mark; no line may be broken there.
fn set_in_french(text: &str) -> Result<(), String> {
    let breakable = [" ?", " !", " :", " ;", " »", "« "].into_iter().find(|pair| text.contains(pair));
    breakable.map_or(Ok(()), |pair| Err(format!("`{pair}` needs a no-break space (U+00A0)")))
}

/// The names in braces, in order.
fn parameters(text: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let after = &rest[open..];
        let close = after.find('}').filter(|_| after.starts_with('{')).ok_or("a brace without its other half")?;
        let name = &after[1..close];
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            return Err(format!("`{{{name}}}` is no parameter"));
        }
        found.push(name.to_owned());
        rest = &after[close + 1..];
    }
    Ok(found)
}

/// Every key in every language, of the same kind and with the same parameters.
fn compare(section: &str, languages: &BTreeMap<&str, Section>, problems: &mut Vec<String>) {
    let keys: BTreeSet<&String> = languages.values().flat_map(Section::keys).collect();
    for key in keys {
        let Some(first) = languages.get(LANGUAGES[0]).and_then(|s| s.get(key)) else {
            problems.push(format!(
                "texts/{}/{section}.toml: key `{key}` is missing in language {}",
                LANGUAGES[0], LANGUAGES[0]
            ));
            continue;
        };
        let wanted: BTreeSet<String> = first.parameters().unwrap_or_default().into_iter().collect();
        for language in &LANGUAGES[1..] {
            let file = format!("texts/{language}/{section}.toml");
            let Some(entry) = languages.get(language).and_then(|s| s.get(key)) else {
                problems.push(format!("{file}: key `{key}` is missing in language {language}"));
                continue;
            };
            if entry.is_plural() != first.is_plural() {
                problems.push(format!(
                    "{file}: key `{key}`, language {language}: plural in one language and not in another"
                ));
            }
            let has: BTreeSet<String> = entry.parameters().unwrap_or_default().into_iter().collect();
            for name in wanted.difference(&has) {
                problems.push(format!("{file}: key `{key}`, language {language}: parameter `{{{name}}}` is missing"));
            }
            for name in has.difference(&wanted) {
                problems
                    .push(format!("{file}: key `{key}`, language {language}: parameter `{{{name}}}` is superfluous"));
            }
        }
    }
}

/// What each language calls itself; the same languages as the section `languages`.
fn own_names(
    file: &Path,
    named: Option<&BTreeMap<&str, Section>>,
    problems: &mut Vec<String>,
) -> BTreeMap<String, String> {
    let own: BTreeMap<String, String> = match fs::read_to_string(file).map(|c| toml::from_str(&c)) {
        Ok(Ok(own)) => own,
        Ok(Err(e)) => {
            problems.push(format!("{}: {}", file.display(), e.to_string().replace('\n', " ")));
            return BTreeMap::new();
        }
        Err(e) => {
            problems.push(format!("{}: {e}", file.display()));
            return BTreeMap::new();
        }
    };
    let known: BTreeSet<&String> =
        named.and_then(|l| l.get(LANGUAGES[0])).into_iter().flat_map(Section::keys).collect();
    for code in known.iter().filter(|c| !own.contains_key(**c)) {
        problems.push(format!("{}: key `{code}` is missing", file.display()));
    }
    for code in own.keys().filter(|c| !known.contains(c)) {
        problems.push(format!("{}: key `{code}` is not in the section `languages`", file.display()));
    }
    own
}

fn functions(read: &BTreeMap<&str, BTreeMap<&str, Section>>) -> String {
    let mut code = String::new();
    let _ = writeln!(
        code,
        "/// A digest of all keys with their parameters, in order.\npub const KEYS: &str = {:?};",
        keys(read)
    );
    for (number, (section, languages)) in read.iter().enumerate() {
        let texts = &languages[LANGUAGES[0]];
        let _ = writeln!(code, "/// Texts of the section `{section}`.\npub mod {section} {{");
        let _ = writeln!(code, "#[allow(unused_imports)] use super::{{Count, Texts, Section}};");
        let _ = writeln!(
            code,
            "/// The section itself, to embed it into a page.\npub const SECTION: Section = Section({number});"
        );
        for (index, (key, entry)) in texts.iter().enumerate() {
            function(&mut code, index, key, entry);
        }
        let _ = writeln!(code, "/// A text without parameters by its key; none if there is no such key.");
        let _ = writeln!(
            code,
            "#[allow(unused_variables)] pub fn by_key(t: &Texts, key: &str) -> Option<String> {{ match key {{"
        );
        for (key, _) in texts.iter().filter(|(_, e)| e.parameters().is_ok_and(|p| p.is_empty())) {
            let _ = writeln!(code, "{key:?} => Some(r#{key}(t)),");
        }
        let _ = writeln!(code, "_ => None }} }} }}");
    }
    code
}

/// A digest of all keys with their parameters, in order: where it differs, texts have other positions.
fn keys(read: &BTreeMap<&str, BTreeMap<&str, Section>>) -> String {
    let mut all = String::new();
    for (section, languages) in read {
        for (key, entry) in &languages[LANGUAGES[0]] {
            let _ = writeln!(all, "{section} {key} {} {:?}", entry.is_plural(), entry.parameters());
        }
    }
    // FNV-1a: the same on every machine.
    let digest = all.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    format!("{digest:016x}")
}

fn function(code: &mut String, index: usize, key: &str, entry: &Entry) {
    let all = entry.parameters().unwrap_or_default();
    let named: Vec<&String> = all.iter().filter(|p| !entry.is_plural() || *p != COUNT).collect();
    let shown = entry.forms.values().next_back().map_or("", String::as_str);
    let _ = writeln!(code, "#[doc = {:?}]", format!("“{shown}”"));
    let count = if entry.is_plural() { ", n: impl Count" } else { "" };
    let signature = named.iter().fold(String::new(), |s, p| s + ", r#" + p + ": impl std::fmt::Display");
    let values = named.iter().fold(String::new(), |s, p| s + "&r#" + p + ",");
    let body = if entry.is_plural() {
        format!("t.counted(SECTION, {index}, n.number(), &[{values}])")
    } else {
        format!("t.filled(SECTION, {index}, &[{values}])")
    };
    let _ = writeln!(code, "pub fn r#{key}(t: &Texts{count}{signature}) -> String {{ {body} }}");
}

/// The texts themselves, for the server only.
fn data(read: &BTreeMap<&str, BTreeMap<&str, Section>>, own_names: &BTreeMap<String, String>) -> String {
    let mut code = String::from("pub(super) static CATALOGUES: [(&str, &[&[&[&str]]]); 3] = [\n");
    for language in LANGUAGES {
        let _ = writeln!(code, "({language:?}, &[");
        for languages in read.values() {
            let order = languages[LANGUAGES[0]].iter();
            code.push_str("&[");
            for (key, first) in order {
                let names: Vec<String> = first.parameters().unwrap_or_default();
                let entry = &languages[language][key];
                let forms: Vec<String> = if entry.is_plural() {
                    CATEGORIES
                        .iter()
                        .map(|c| positional(entry.forms.get(*c).map_or("", String::as_str), &names))
                        .collect()
                } else {
                    entry.forms.values().map(|f| positional(f, &names)).collect()
                };
                let _ = write!(code, "&{forms:?},");
            }
            code.push_str("],\n");
        }
        code.push_str("]),\n");
    }
    code.push_str("];\npub(super) static OWN_NAMES: &[(&str, &str)] = &[\n");
    for (language, name) in own_names {
        let _ = writeln!(code, "({language:?}, {name:?}),");
    }
    code.push_str("];\n");
    code
}

/// Parameters by their position, so that no name goes to the browser. In a plural text the count is 0.
fn positional(text: &str, names: &[String]) -> String {
    names
        .iter()
        .enumerate()
        .fold(text.to_owned(), |t, (i, name)| t.replace(&format!("{{{name}}}"), &format!("{{{i}}}")))
}
