//! Says when the embedded assets are to be embedded anew.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Only a release embeds dist/; other builds read it when they start.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../dist");
    }
}
