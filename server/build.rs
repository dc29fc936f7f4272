//! Makes sure that dist/ exists while the server is compiled: a debug build reads it when it starts, and would not look
//! for a folder that was not there.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    std::fs::create_dir_all("../dist")
}
