//! What goes wrong outside, made on purpose: a full disk, a file that cannot be written, a server that is away.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::net::{TcpListener, TcpStream, UnixStream};

/// A small disk of its own, until dropped.
#[derive(Debug)]
pub struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// A disk of this size, such as `2m`; none where that is not possible: it takes root.
    pub fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let size = format!("size={size}");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "parvis-test"]).arg(folder.path()).output();
        mounted.is_ok_and(|o| o.status.success()).then_some(Self(folder))
    }
    /// Where it is mounted.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
    /// Fills it up; removing the file that is given makes room again.
    pub fn fill(&self) -> PathBuf {
        let ballast = self.path().join("ballast");
        let mut file = std::fs::File::create(&ballast).expect("a file");
        std::io::copy(&mut std::io::repeat(1), &mut file).expect_err("the disk fills up");
        ballast
    }
}
impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.0.path()).output().ok();
    }
}

/// Files that nobody can write, not even root, until dropped.
#[derive(Debug)]
pub struct Immutable(Vec<PathBuf>);

impl Immutable {
    /// The files of a database's folder; none where that is not possible: it takes root and `chattr`.
    pub fn make(folder: &Path) -> Option<Self> {
        let files = std::fs::read_dir(folder).ok()?.map(|f| f.expect("a file").path());
        // Not the index of the write-ahead log: it is memory that processes share, and the system ends a process that
        // writes to such memory when its file cannot be written.
        let guard = Self(files.filter(|f| f.extension().is_none_or(|e| e != "db-shm")).collect());
        guard.chattr("+i").then_some(guard)
    }
    fn chattr(&self, flag: &str) -> bool {
        Command::new("chattr").arg(flag).args(&self.0).output().is_ok_and(|o| o.status.success())
    }
}
impl Drop for Immutable {
    fn drop(&mut self) {
        self.chattr("-i");
    }
}

/// Stands between a database and its server, and can be shut.
#[derive(Debug)]
pub struct Gate {
    port: u16,
    open: Arc<AtomicBool>,
    changed: Arc<tokio::sync::Notify>,
}

impl Gate {
    /// A gate before this server, open.
    pub async fn before(server: &str) -> Self {
        let options: sqlx::postgres::PgConnectOptions = server.parse().expect("the gate stands");
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("the gate stands");
        let gate = Self {
            port: listener.local_addr().expect("the gate stands").port(),
            open: Arc::new(AtomicBool::new(true)),
            changed: Arc::new(tokio::sync::Notify::new()),
        };
        let (open, changed) = (Arc::clone(&gate.open), Arc::clone(&gate.changed));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if open.load(Ordering::Acquire) {
                    let (options, changed) = (options.clone(), Arc::clone(&changed));
                    tokio::spawn(async move {
                        tokio::select! { () = pass(client, &options) => {}, () = changed.notified() => {} }
                    });
                }
            }
        });
        gate
    }

    /// The same database, through the gate.
    pub fn url(&self, url: &str) -> String {
        let options: sqlx::postgres::PgConnectOptions = url.parse().expect("the gate stands");
        let name = options.get_database().expect("the gate stands");
        let password = url
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('@'))
            .map_or("", |(who, _)| who.split_once(':').map_or("", |(_, password)| password));
        format!("postgres://{}:{password}@127.0.0.1:{}/{name}?sslmode=disable", options.get_username(), self.port)
    }

    /// Cuts every connection and takes no other.
    pub fn shut(&self) {
        self.open.store(false, Ordering::Release);
        self.changed.notify_waiters();
    }

    /// Lets everybody through again.
    pub fn open(&self) {
        self.open.store(true, Ordering::Release);
    }
}

async fn pass(mut client: TcpStream, options: &sqlx::postgres::PgConnectOptions) {
    let (host, port) = (options.get_host(), options.get_port());
    let socket = options.get_socket().map(|s| s.join(format!(".s.PGSQL.{port}")));
    if let Some(path) =
        socket.or_else(|| host.starts_with('/').then(|| Path::new(host).join(format!(".s.PGSQL.{port}"))))
    {
        let mut server = UnixStream::connect(path).await.expect("the gate stands");
        tokio::io::copy_bidirectional(&mut client, &mut server).await.ok();
    } else {
        let mut server = TcpStream::connect((host, port)).await.expect("the gate stands");
        tokio::io::copy_bidirectional(&mut client, &mut server).await.ok();
    }
}
