//! Says when the embedded assets are to be embedded anew, and makes sure that dist/ is there: a debug build reads it
//! when it starts, and would not find a folder that was missing when it was compiled.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // Only a release embeds dist/; other builds read it when they start.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../dist");
    }
    std::fs::create_dir_all("../dist")
}
