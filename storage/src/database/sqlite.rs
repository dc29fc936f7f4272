//! SQLite: one connection for transactions that write, one for the days' logs, several that read.

use std::{
    path::Path,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Kept, Link, link::note, migration_error};
use crate::{StorageError, private::keep_database_private};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/sqlite");

/// The steps that made the schema, as this version knows them.
pub(crate) fn schema() -> &'static sqlx::migrate::Migrator {
    &MIGRATIONS
}

/// Connections that read at once.
const READERS: u32 = 4;
/// How long to wait for a lock that another program holds.
const BUSY: Duration = Duration::from_secs(5);
/// How long one try to empty the write-ahead log waits for readers.
const PATIENCE_MILLISECONDS: u32 = 100;
/// How often that is tried at once (it is tried again at every heartbeat), and to open a file.
const TRIES: u32 = 20;
/// How long to wait before a file is opened again.
const PAUSE: Duration = Duration::from_millis(50);

/// A SQLite file.
#[derive(Clone, Debug)]
pub(crate) struct Sqlite {
    write: SqlitePool,
    /// Appends to the days' logs. Its turn is everybody's who writes: SQLite itself would let them try again and again,
    /// the unlucky one last.
    pub(crate) log: Arc<Kept<sqlx::Sqlite>>,
    read: SqlitePool,
    /// The writing connection met a failing disk and is replaced before the next use.
    spoilt: Arc<AtomicBool>,
    /// The write-ahead log may still hold what was deleted.
    unscrubbed: Arc<AtomicBool>,
}

impl Sqlite {
    pub(super) async fn open(url: &str) -> Result<Self, StorageError> {
        let address = |_| StorageError::Address(url.to_owned());
        let options = SqliteConnectOptions::from_str(url).map_err(address)?;
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Err(StorageError::Address(url.to_owned()));
        }
        if !url.contains("mode=ro") {
            make_folder_of(options.get_filename())?;
            keep_database_private(options.get_filename());
        }
        let options = options
            .create_if_missing(!url.contains("mode=ro"))
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("secure_delete", "ON");
        let spoilt = Arc::new(AtomicBool::new(false));
        let write = writing_pool(options.clone(), Arc::clone(&spoilt));
        if let Err(error) = migrate_patiently(&write).await {
            write.close().await;
            return Err(error);
        }
        let log = Kept::new(options.clone(), Duration::MAX, 2 * BUSY).into();
        let read = pool(READERS).connect_lazy_with(options.pragma("query_only", "ON"));
        let unscrubbed = Arc::new(AtomicBool::new(true));
        let this = Self { write, log, read, spoilt, unscrubbed };
        this.scrub(1).await?;
        Ok(this)
    }

    pub(super) async fn reader(&self) -> Result<Link, StorageError> {
        Ok(Link::SqliteRead(self.read.acquire().await?))
    }

    pub(super) async fn snapshot(&self) -> Result<Link, StorageError> {
        Ok(Link::SqliteSnapshot(self.read.begin().await?))
    }

    pub(super) async fn writer(&self) -> Result<Link, StorageError> {
        let turn = self.log.turn().await?;
        match self.write.begin_with("BEGIN IMMEDIATE").await {
            Ok(transaction) => Ok(Link::SqliteWrite { transaction, spoilt: Arc::clone(&self.spoilt), turn }),
            Err(error) => {
                let error = error.into();
                note(&self.spoilt, &error);
                Err(error)
            }
        }
    }

    pub(super) async fn close(&self) {
        self.read.close().await;
        self.log.close().await;
        self.write.close().await;
    }

    /// Makes sure that what was deleted is in no file any more: moves the write-ahead log into the database, where
    /// deleted content is overwritten, and empties it. Readers can stand in the way: then it is tried again later.
    pub(crate) async fn scrub_now(&self) {
        self.unscrubbed.store(true, Ordering::Release);
        match self.scrub(TRIES).await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!("the write-ahead log is in use and could not be emptied; it is tried again soon")
            }
            Err(error) => tracing::warn!(%error, "the write-ahead log could not be emptied; it is tried again soon"),
        }
    }

    /// Empties the write-ahead log if that could not be done before.
    pub(crate) async fn scrub_later(&self) -> Result<(), StorageError> {
        if self.unscrubbed.load(Ordering::Acquire) {
            self.scrub(1).await?;
        }
        Ok(())
    }

    /// The pool of the one connection for transactions that write.
    #[cfg(feature = "testing")]
    pub(crate) fn writing(&self) -> &SqlitePool {
        &self.write
    }

    async fn scrub(&self, tries: u32) -> Result<bool, StorageError> {
        for _ in 0..tries {
            if self.empty_log().await? {
                self.unscrubbed.store(false, Ordering::Release);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// One try. A reader in the way is answered by a row that says busy, not by an error.
    async fn empty_log(&self) -> Result<bool, StorageError> {
        let _turn = self.log.turn().await?;
        let mut connection = self.write.acquire().await?;
        let patience = sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}"));
        let usual = sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {}", BUSY.as_millis()));
        sqlx::raw_sql(patience).execute(&mut *connection).await?;
        let answer =
            sqlx::query_as::<_, (i64, i64, i64)>("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
        sqlx::raw_sql(usual).execute(&mut *connection).await?;
        match answer.map_err(StorageError::from) {
            Ok((busy, ..)) => Ok(busy == 0),
            // The lock of a reader that is just closing, or of another program.
            Err(StorageError::Unreachable(_)) => Ok(false),
            Err(StorageError::ReadOnly) => Ok(true),
            Err(error) => {
                note(&self.spoilt, &error);
                Err(error)
            }
        }
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    // A connection to a file neither ages nor breaks by being idle, and opening one is not free.
    SqlitePoolOptions::new()
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(2 * BUSY)
}

/// The pool of the one connection for transactions that write, which leaves a spoilt connection behind.
fn writing_pool(options: SqliteConnectOptions, spoilt: Arc<AtomicBool>) -> SqlitePool {
    pool(1)
        .before_acquire(move |_, _| {
            let good = !spoilt.swap(false, Ordering::AcqRel);
            Box::pin(async move { Ok(good) })
        })
        .connect_lazy_with(options)
}

/// While another program makes the same file, it is locked in a way that SQLite does not wait for by itself.
async fn migrate_patiently(write: &SqlitePool) -> Result<(), StorageError> {
    for _ in 0..TRIES {
        match migrate(write).await {
            Err(StorageError::Unreachable(_)) => tokio::time::sleep(PAUSE).await,
            done => return done,
        }
    }
    migrate(write).await
}

/// Brings the schema up to date, one process at a time. A file that is read-only is opened nevertheless if there is
/// nothing to change: it can be read, and written later.
async fn migrate(write: &SqlitePool) -> Result<(), StorageError> {
    let done = match write.begin_with("BEGIN IMMEDIATE").await.map_err(StorageError::from) {
        Ok(mut transaction) => {
            let done = MIGRATIONS.run(&mut *transaction).await;
            transaction.commit().await?;
            done
        }
        Err(StorageError::ReadOnly) => MIGRATIONS.run(write).await,
        Err(error) => return Err(error),
    };
    done.map_err(|e| migration_error(&MIGRATIONS, e))
}

/// Makes the folder of the database's file, for nobody else to read.
fn make_folder_of(file: &Path) -> Result<(), StorageError> {
    let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty() && !f.exists()) else { return Ok(()) };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| match e.kind() {
        std::io::ErrorKind::StorageFull => StorageError::Full,
        std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => StorageError::ReadOnly,
        _ => StorageError::Unreachable(format!("{}: {e}", folder.display())),
    })
}
