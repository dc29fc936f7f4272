//! Imports of career information. A release is read twice: once to know whether it can be used and what it changes,
//! once to write it in short batches beside the one in use. The last transaction makes it the current one.

mod crosswalk;
mod esco;
mod folder;
mod onet;
mod own;
mod report;
mod rome;
mod table;

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::catalogue::{Kind, Record, Release, Source};
use storage::{Conflict, Database, StorageError, catalogue};
use tokio::sync::mpsc;
use uuid::Uuid;

pub use crosswalk::CodeColumn;
pub use report::{ImportError, Reason, RefusedRow, Report};

use crate::{Parvis, Problem, StorageTrouble};
use crosswalk::Crosswalk;
use esco::Esco;
use folder::Folder;
use onet::Onet;
use own::Own;
use rome::Rome;
use table::{Row, Table, Wrong};

/// Records written in one transaction: few enough that a ticket never waits long for its turn.
const BATCH: usize = 50;
/// How long nothing is written between two of them: longer than one takes, so that a ticket that found SQLite locked
/// finds it free at one of its next tries.
const PAUSE: Duration = Duration::from_millis(15);
/// Batches that wait to be written.
const WAITING: usize = 4;
/// The starter catalogue.
const STARTER: &str = include_str!("../starter.csv");

/// What is to be imported.
#[derive(Clone, Debug)]
pub enum Input {
    /// A folder of ROME's files.
    Rome(PathBuf),
    /// A folder of ESCO's files.
    Esco(PathBuf),
    /// A folder of O*NET's files.
    Onet(PathBuf),
    /// A CSV file of own entries.
    Own(PathBuf),
    /// The starter catalogue that comes with Parvis.
    Starter,
    /// A table of which entries are the same.
    Crosswalk {
        /// The file.
        file: PathBuf,
        /// The first column of codes.
        from: CodeColumn,
        /// The second column of codes.
        to: CodeColumn,
        /// The column that says how they match, if there is one.
        relation: Option<String>,
    },
}

/// How far an import is; read while it runs.
#[derive(Debug, Default)]
pub struct Progress {
    /// Records that were read and compared.
    pub read: AtomicU64,
    /// Records that were written.
    pub written: AtomicU64,
    /// Records of the release; 0 until that is known.
    pub of: AtomicU64,
}

/// Which release a folder or file holds.
struct Found {
    source: Source,
    /// The release's own name; empty where it has none.
    version: String,
}

/// An opened release: its files are there and are what they should be.
enum Opened {
    Rome(Box<Rome>),
    Esco(Esco),
    Onet(Onet),
    Own(Own),
    Crosswalk(Crosswalk),
}

impl Opened {
    fn open(input: &Input, crosswalk: Vec<Record>) -> Result<Self, ImportError> {
        Ok(match input {
            Input::Rome(path) => Self::Rome(Rome::open(&Folder::open(path)?)?.into()),
            Input::Esco(path) => Self::Esco(Esco::open(&Folder::open(path)?)?),
            Input::Onet(path) => Self::Onet(Onet::open(&Folder::open(path)?)?),
            Input::Own(path) => Self::Own(Own::open(path)?),
            Input::Starter => Self::Own(Own::starter(STARTER)?),
            Input::Crosswalk { file, from, to, relation } => {
                Self::Crosswalk(Crosswalk::open(file, from.clone(), to.clone(), relation.clone(), crosswalk)?)
            }
        })
    }
    fn found(&self) -> Found {
        match self {
            Self::Rome(release) => release.found(),
            Self::Esco(release) => release.found(),
            Self::Onet(release) => release.found(),
            Self::Own(release) => release.found(),
            Self::Crosswalk(_) => Found { source: Source::Crosswalk, version: String::new() },
        }
    }
    fn read(&self, sink: &mut Sink) -> Result<(), ImportError> {
        match self {
            Self::Rome(release) => release.read(sink),
            Self::Esco(release) => release.read(sink),
            Self::Onet(release) => release.read(sink),
            Self::Own(release) => release.read(sink),
            Self::Crosswalk(release) => release.read(sink),
        }
    }
}

/// Where readers give what they read.
struct Sink {
    rows: u64,
    refused: Vec<RefusedRow>,
    taker: Taker,
    progress: Arc<Progress>,
}

/// What becomes of the records.
enum Taker {
    /// Their digests are noted.
    Compare(HashMap<(Kind, String), String>),
    /// They are written, a batch at a time.
    Write(Vec<Record>, mpsc::Sender<Vec<Record>>),
}

impl Sink {
    fn each(&mut self, table: &Table, each: impl FnMut(&Row) -> Result<(), Wrong>) -> Result<(), ImportError> {
        self.rows += table.each(&mut self.refused, each)?;
        Ok(())
    }

    fn give_all(&mut self, records: impl IntoIterator<Item = Record>) -> Result<(), ImportError> {
        records.into_iter().try_for_each(|record| self.give(record))
    }

    fn give(&mut self, record: Record) -> Result<(), ImportError> {
        match &mut self.taker {
            Taker::Compare(digests) => {
                let digest = catalogue::digest_of(&record).map_err(Problem::from)?;
                digests.insert((record.kind, record.code), digest);
                self.progress.read.fetch_add(1, Ordering::Relaxed);
                Ok(())
            }
            Taker::Write(batch, writer) => {
                batch.push(record);
                if batch.len() < BATCH { Ok(()) } else { send(writer, std::mem::take(batch)) }
            }
        }
    }
}

/// The writer ends early only by an error of its own, which is the one that is told.
fn send(writer: &mpsc::Sender<Vec<Record>>, batch: Vec<Record>) -> Result<(), ImportError> {
    writer.blocking_send(batch).map_err(|_| Problem::Storage(StorageTrouble::Other).into())
}

impl Parvis {
    /// Imports a release of career information. The same one again changes nothing; one that fails leaves nothing, and
    /// what was in use before stays in use.
    pub async fn import_catalogue(&self, input: Input, progress: Arc<Progress>) -> Result<Report, ImportError> {
        let database = &self.0.tools.database;
        let now = self.now();
        let current = catalogue::current(database).await.map_err(Problem::from)?;
        let of = |source| current.iter().find(|r| r.release.source == source).map(|r| r.id);
        let crosswalk = match of(Source::Crosswalk).filter(|_| matches!(input, Input::Crosswalk { .. })) {
            Some(id) => catalogue::records(database, id).await.map_err(Problem::from)?,
            None => Vec::new(),
        };
        let checked = {
            let progress = Arc::clone(&progress);
            blocking(move || check(&input, crosswalk, progress)).await?
        };
        let Checked { opened, release, digests, rows, refused } = checked;
        let release = Release {
            licence: release.source.licence().map(str::to_owned),
            version: release.version,
            source: release.source,
            imported_at: now,
        };
        let before = match of(release.source) {
            Some(id) => catalogue::digests(database, id).await.map_err(Problem::from)?,
            None => HashMap::new(),
        };
        let known = current.iter().find(|r| r.release.source == release.source).map(|r| r.release.version.clone());
        let mut report = compare(release, &before, &digests);
        (report.rows, report.refused) = (rows, refused);
        if report.is_unchanged() && known.as_ref() == Some(&report.release.version) {
            return Ok(report);
        }
        progress.of.store(report.records, Ordering::Relaxed);
        self.write_release(opened, &report.release, progress).await?;
        Ok(report)
    }

    async fn write_release(
        &self,
        opened: Opened,
        release: &Release,
        progress: Arc<Progress>,
    ) -> Result<(), ImportError> {
        let database = &self.0.tools.database;
        let id = self.0.tools.secrets.new_id();
        catalogue::begin(database, id, release).await.map_err(running)?;
        let (sender, batches) = mpsc::channel(WAITING);
        let reading = {
            let progress = Arc::clone(&progress);
            blocking(move || read_all(&opened, sender, progress))
        };
        let writing = write_all(self, id, batches, &progress);
        let (read, written) = tokio::join!(reading, writing);
        let done = match written.map_err(running).and(read) {
            Ok(()) => catalogue::make_current(database, id, self.now()).await.map_err(running),
            Err(error) => Err(error),
        };
        if done.is_err() {
            remove(database, id).await;
        }
        done
    }
}

async fn write_all(
    parvis: &Parvis,
    release: Uuid,
    mut batches: mpsc::Receiver<Vec<Record>>,
    progress: &Progress,
) -> Result<(), StorageError> {
    while let Some(batch) = batches.recv().await {
        catalogue::add(&parvis.0.tools.database, release, &batch, parvis.now()).await?;
        progress.written.fetch_add(u64::try_from(batch.len()).unwrap_or(0), Ordering::Relaxed);
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// What was not finished goes; if not even that works, the next import of the source removes it.
async fn remove(database: &Database, release: Uuid) {
    if let Err(error) = catalogue::discard(database, release).await {
        tracing::warn!(%error, "an unfinished import could not be removed; the next one does it");
    }
}

fn running(error: StorageError) -> ImportError {
    match error {
        StorageError::Conflict(Conflict::Import) => ImportError::Running,
        other => Problem::from(other).into(),
    }
}

/// Reading files is not for the threads that answer.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ImportError> + Send + 'static,
) -> Result<T, ImportError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Problem::Storage(StorageTrouble::Other).into()))
}

/// A release that can be used.
struct Checked {
    opened: Opened,
    release: Found,
    digests: HashMap<(Kind, String), String>,
    rows: u64,
    refused: Vec<RefusedRow>,
}

fn check(input: &Input, crosswalk: Vec<Record>, progress: Arc<Progress>) -> Result<Checked, ImportError> {
    let opened = Opened::open(input, crosswalk)?;
    let mut sink = Sink { rows: 0, refused: Vec::new(), taker: Taker::Compare(HashMap::new()), progress };
    opened.read(&mut sink)?;
    let Taker::Compare(digests) = sink.taker else { return Err(ImportError::Nothing(sink.refused)) };
    if digests.is_empty() {
        return Err(ImportError::Nothing(sink.refused));
    }
    let mut release = opened.found();
    if release.version.is_empty() {
        release.version = called_by(&digests);
    }
    Ok(Checked { opened, release, digests, rows: sink.rows, refused: sink.refused })
}

/// A file without a release's name is called by what it says: the same file is the same release.
fn called_by(digests: &HashMap<(Kind, String), String>) -> String {
    // Order does not matter to a sum.
    let sum = digests.values().filter_map(|d| u32::from_str_radix(d.get(..8)?, 16).ok()).fold(0, u32::wrapping_add);
    format!("{sum:08x}")
}

fn read_all(opened: &Opened, writer: mpsc::Sender<Vec<Record>>, progress: Arc<Progress>) -> Result<(), ImportError> {
    let mut sink = Sink { rows: 0, refused: Vec::new(), taker: Taker::Write(Vec::new(), writer), progress };
    opened.read(&mut sink)?;
    match sink.taker {
        Taker::Write(rest, writer) if !rest.is_empty() => send(&writer, rest),
        _ => Ok(()),
    }
}

fn compare(release: Release, before: &catalogue::Digests, after: &catalogue::Digests) -> Report {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Report {
        release,
        rows: 0,
        records: count(after.len()),
        new: count(after.keys().filter(|key| !before.contains_key(*key)).count()),
        changed: count(after.iter().filter(|(key, said)| before.get(*key).is_some_and(|b| b != *said)).count()),
        gone: count(before.keys().filter(|key| !after.contains_key(*key)).count()),
        refused: Vec::new(),
    }
}
