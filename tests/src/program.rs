//! The `parvis` program as a child process.

use std::{
    io::Read,
    net::TcpListener,
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::OnceLock,
    thread::JoinHandle,
    time::Duration,
};

use reqwest::Client;
use tokio::process::Child;

use crate::Api;

/// The program's file: the one named by `PARVIS`, else built from the present source.
pub fn program() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| std::env::var_os("PARVIS").map_or_else(build, PathBuf::from)).clone()
}

fn build() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let built = Command::new(cargo)
        // All of the workspace, as `make programs` does: for one package other features would be compiled anew.
        .args(["build", "--quiet", "--workspace", "--bins", "--manifest-path", manifest])
        .stdin(Stdio::null())
        .status()
        .expect("cargo runs");
    assert!(built.success(), "the program is built");
    // target/debug/deps/TEST → target/debug/parvis
    let here = std::env::current_exe().expect("the test knows where it is");
    here.ancestors().nth(2).expect("a folder above").join("parvis")
}

/// Runs the program to its end.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(program()).args(arguments).stdin(Stdio::null()).output().expect("the program runs")
}

/// Where nobody listens yet.
fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").to_string()
}

/// A program that serves, until it is stopped or dropped.
pub struct Program {
    /// Where it listens.
    pub url: String,
    child: Child,
    log: Option<JoinHandle<String>>,
}

impl Program {
    /// `parvis serve` on a free port of its own.
    pub fn serve(database: &str, more: &[&str]) -> Self {
        Self::serve_at(&free_address(), database, more)
    }
    /// The same on a machine whose clock is wrong by so many seconds.
    pub fn serve_wrong_by(database: &str, seconds: i64) -> Self {
        let mut program = Command::new(program());
        program.env("PARVIS_TEST_CLOCK_WRONG_BY", seconds.to_string());
        Self::start(program, &free_address(), database, &[])
    }
    /// `parvis serve` at an address, such as that of one that was killed.
    pub fn serve_at(listen: &str, database: &str, more: &[&str]) -> Self {
        Self::start(Command::new(program()), listen, database, more)
    }

    fn start(mut program: Command, listen: &str, database: &str, more: &[&str]) -> Self {
        program.args(["serve", "--listen", listen, "--database", database]).args(more);
        // Whether all is tried, or a part, is no matter of the program's: it refuses settings that it does not know.
        program.env_remove("PARVIS_SOAK");
        let mut child = tokio::process::Command::from(program)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        let stderr = child.stderr.take().and_then(|s| s.into_owned_fd().ok()).expect("its log");
        let log = std::thread::spawn(move || {
            let mut log = Vec::new();
            let _ = std::fs::File::from(stderr).read_to_end(&mut log);
            String::from_utf8_lossy(&log).into_owned()
        });
        Self { url: format!("http://{listen}"), child, log: Some(log) }
    }
    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id().expect("it runs")
    }
    /// Where it listens, without the scheme.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }
    /// Somebody without credentials.
    pub fn api(&self) -> Api {
        Api::new(self.url.clone(), Client::new())
    }
    /// Ends it as a power cut would.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("it is killed");
    }
    /// Stops it as an operator would; gives its log.
    pub async fn stop(mut self) -> String {
        let id = self.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().expect("kill runs");
        let ended = tokio::time::timeout(Duration::from_secs(20), self.child.wait()).await;
        assert!(ended.expect("it stops in time").expect("it stops").success(), "it stops well");
        self.log.take().and_then(|log| log.join().ok()).expect("its log")
    }
}

/// The bytes of memory that a process holds.
pub fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("the process runs");
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).expect("its memory");
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().expect("a number");
    kilobytes * 1024
}
