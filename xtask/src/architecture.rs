//! The rule of docs/architecture.md as a program: which crate may know which, and what must stay out of the pure ones.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::error::{Doing, Error, Result, output};

/// What cargo knows about the workspace, as far as the rule needs it.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    kind: Option<String>,
}

/// Whether one crate may depend on another.
enum Arrow {
    Allowed,
    OnlyOptional,
    Forbidden,
}

/// Our crates from what is true to what runs. A crate without a line here is refused.
fn arrow(from: &str, to: &str) -> Option<Arrow> {
    let (allowed, optional): (&[&str], &[&str]) = match from {
        "domain" | "xtask" => (&[], &[]),
        "storage" => (&["domain"], &[]),
        "services" => (&["domain", "storage"], &[]),
        "app" => (&["domain"], &["services"]),
        "parvis" => (&["domain", "storage", "services", "app"], &[]),
        "journeys" => (&["domain", "storage", "services", "app", "parvis"], &[]),
        _ => return None,
    };
    Some(if allowed.contains(&to) {
        Arrow::Allowed
    } else if optional.contains(&to) {
        Arrow::OnlyOptional
    } else {
        Arrow::Forbidden
    })
}

/// What must not come with the domain: input and output, tasks, clocks, randomness.
const IMPURE: [&str; 14] = [
    "tokio",
    "async-std",
    "smol",
    "futures",
    "sqlx",
    "rusqlite",
    "reqwest",
    "hyper",
    "axum",
    "rand",
    "getrandom",
    "fastrand",
    "iana-time-zone",
    "time",
];

/// What must not come with the app into a browser.
const SERVER_ONLY: [&str; 8] = ["tokio", "sqlx", "axum", "hyper", "storage", "services", "chrono-tz", "argon2"];

/// Fails with every breach of the rule.
pub fn check(root: &Path) -> Result {
    let text = output(cargo(root).args(["metadata", "--format-version", "1", "--no-deps", "--locked"]))?;
    let metadata: Metadata = serde_json::from_str(&text).doing("reading cargo metadata")?;
    let mut breaches = breaches(&metadata);
    breaches.extend(carried("domain", &[], &tree(root, &["--package", "domain"])?, &IMPURE));
    let hydrate =
        ["--package", "app", "--no-default-features", "--features", "hydrate", "--target", "wasm32-unknown-unknown"];
    breaches.extend(carried("app", &["in a browser"], &tree(root, &hydrate)?, &SERVER_ONLY));
    if breaches.is_empty() {
        eprintln!("The architecture holds: {} crates, every arrow allowed.", metadata.packages.len());
        return Ok(());
    }
    Err(Error::new(format!("The architecture (docs/architecture.md) is broken:\n    {}", breaches.join("\n    "))))
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// The normal dependencies of a package, direct and indirect, one name with its features a line.
fn tree(root: &Path, selection: &[&str]) -> Result<String> {
    let shape = ["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}|{f}", "--locked"];
    output(cargo(root).arg("tree").args(selection).args(shape))
}

fn breaches(metadata: &Metadata) -> Vec<String> {
    let ours: Vec<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let mut breaches = Vec::new();
    for package in &metadata.packages {
        for dependency in package.dependencies.iter().filter(|dependency| ours.contains(&dependency.name.as_str())) {
            if dependency.name == package.name {
                continue; // its own tests with another feature
            }
            let kind = dependency.kind.as_deref().map(|kind| format!(" ({kind})")).unwrap_or_default();
            let arrow_text = format!("{} → {}{kind}", package.name, dependency.name);
            match arrow(&package.name, &dependency.name) {
                None | Some(Arrow::Allowed) => {}
                Some(Arrow::OnlyOptional) if dependency.optional => {}
                Some(Arrow::OnlyOptional) => {
                    breaches.push(format!("{arrow_text} must be optional"));
                }
                Some(Arrow::Forbidden) => breaches.push(arrow_text),
            }
        }
        if arrow(&package.name, "").is_none() {
            breaches.push(format!("{} is not in the rule (xtask/src/architecture.rs)", package.name));
        }
    }
    breaches
}

/// The forbidden crates in a `cargo tree` listing, and chrono's clock.
fn carried(package: &str, how: &[&str], tree: &str, forbidden: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = tree
        .lines()
        .filter_map(|line| {
            let (crate_, features) = line.split_once('|')?;
            let name = crate_.split(' ').next()?;
            let clock = name == "chrono"
                && package == "domain"
                && features.split(',').any(|feature| feature == "clock" || feature == "now");
            (forbidden.contains(&name) || clock).then(|| {
                let what = if clock { "chrono's clock" } else { name };
                [&[package, "carries", what], how].concat().join(" ")
            })
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn workspace(packages: &str) -> Vec<String> {
        breaches(&serde_json::from_str(&format!(r#"{{"packages":{packages}}}"#)).unwrap())
    }

    #[test]
    fn the_arrows_of_the_design_are_allowed() {
        let ours = workspace(
            r#"[{"name":"domain","dependencies":[{"name":"serde","optional":false,"kind":null}]},
                {"name":"storage","dependencies":[{"name":"domain","optional":false,"kind":null}]},
                {"name":"services","dependencies":[{"name":"domain","optional":false,"kind":null},{"name":"storage","optional":false,"kind":null}]},
                {"name":"app","dependencies":[{"name":"domain","optional":false,"kind":null},{"name":"services","optional":true,"kind":null}]},
                {"name":"parvis","dependencies":[{"name":"app","optional":false,"kind":null},{"name":"storage","optional":false,"kind":"dev"}]}]"#,
        );
        assert_eq!(ours, Vec::<String>::new());
    }

    #[test]
    fn an_arrow_down_is_a_breach_whatever_its_kind() {
        for kind in ["null", "\"dev\"", "\"build\""] {
            let found = workspace(&format!(
                r#"[{{"name":"domain","dependencies":[{{"name":"storage","optional":true,"kind":{kind}}}]}},{{"name":"storage","dependencies":[]}}]"#
            ));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with("domain → storage"), "{found:?}");
        }
    }

    #[test]
    fn the_app_knows_services_only_when_asked() {
        let found = workspace(
            r#"[{"name":"app","dependencies":[{"name":"services","optional":false,"kind":null}]},{"name":"services","dependencies":[]}]"#,
        );
        assert_eq!(found, ["app → services must be optional"]);
    }

    #[test]
    fn a_crate_that_the_rule_does_not_know_is_a_breach() {
        assert_eq!(workspace(r#"[{"name":"reports","dependencies":[]}]"#).len(), 1);
    }

    #[test]
    fn impure_crates_and_the_clock_are_found_in_the_tree() {
        let tree = "domain v0.1.0 (/somewhere/domain)|\nchrono v0.4.40|clock,std\ntokio v1.0.0|\ntokio-like v1.0.0|\n";
        assert_eq!(carried("domain", &[], tree, &IMPURE), ["domain carries chrono's clock", "domain carries tokio"]);
        assert_eq!(carried("app", &["in a browser"], tree, &["tokio"]), ["app carries tokio in a browser"]);
    }
}
