//! Serves the demo and follows the sources: what changed is built again, then the server starts anew.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{EventKind, RecursiveMode, Watcher};

use crate::bundle::{Profile, bundle};
use crate::error::{Doing, Result, succeed};

const WATCHED: [&str; 8] = ["domain", "storage", "services", "app", "server", "migrations", "style", "public"];

/// An editor writes several files at once: changes this close together are one.
const TOGETHER: Duration = Duration::from_millis(300);

/// Serves until interrupted.
pub fn dev(root: &Path, arguments: &[String]) -> Result {
    let (notice, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            let _ = notice.send(());
        }
    })
    .doing("watching files")?;
    for folder in WATCHED.map(|folder| root.join(folder)).iter().filter(|folder| folder.exists()) {
        watcher.watch(folder, RecursiveMode::Recursive).doing(format_args!("watching {}", folder.display()))?;
    }
    let mut server = Server::default();
    loop {
        match build(root) {
            Ok(program) => server.restart(&program, arguments)?,
            Err(error) => eprintln!("\n!!! {error}\n    Waiting for a change."),
        }
        wait(&changes);
    }
}

fn build(root: &Path) -> Result<PathBuf> {
    bundle(root, Profile::Fast)?;
    // The whole workspace's features, as everywhere: otherwise cargo would build dependencies twice.
    succeed(Command::new("cargo").current_dir(root).args(["build", "--workspace", "--bin", "parvis"]))?;
    Ok(root.join("target/debug/parvis"))
}

fn wait(changes: &Receiver<()>) {
    let _ = changes.recv();
    while changes.recv_timeout(TOGETHER).is_ok() {}
}

#[derive(Default)]
struct Server(Option<Child>);

impl Server {
    fn restart(&mut self, program: &Path, arguments: &[String]) -> Result {
        self.stop();
        self.0 = Some(Command::new(program).args(arguments).spawn().doing("starting parvis")?);
        Ok(())
    }

    fn stop(&mut self) {
        if let Some(mut child) = self.0.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
