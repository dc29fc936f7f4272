//! The `parvis` program as a child process.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::OnceLock,
};

/// The program's file, built from the present source.
pub fn program() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(build).clone()
}

fn build() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let built = Command::new(cargo)
        // The whole workspace's features, as in `make programs`: otherwise dependencies would be compiled a second time.
        .args(["build", "--quiet", "--workspace", "--bin", "parvis", "--manifest-path", manifest])
        .stdin(Stdio::null())
        .status()
        .expect("cargo runs");
    assert!(built.success(), "the program is built");
    // target/debug/deps/TEST → target/debug/parvis
    let here = std::env::current_exe().expect("the test knows where it is");
    here.ancestors().nth(2).expect("a folder above").join("parvis")
}
