//! The two databases behind one type.

mod kept;
#[macro_use]
mod link;
mod postgres;
mod sqlite;

pub(crate) use kept::Kept;
pub(crate) use link::{Conn, Link};
pub(crate) use postgres::Postgres;
pub(crate) use sqlite::{Sqlite, schema as sqlite_schema};
use sqlx::migrate::{MigrateError, Migrator};

use domain::Instant;

use crate::{StorageError, values::instant};

/// An opened database; clones share its connections.
#[derive(Clone, Debug)]
pub struct Database(pub(crate) Kind);

/// Which of the two.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Database {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://…`), making the SQLite file and its folder where they
    /// are missing, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StorageError::NewerSchema`] if a newer version was there before; nothing is changed then.
    pub async fn open(url: &str) -> Result<Self, StorageError> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Self(Kind::Sqlite(Sqlite::open(url).await?))),
            Some("postgres" | "postgresql") => Ok(Self(Kind::Postgres(Postgres::open(url).await?))),
            _ => Err(StorageError::Address(url.split('@').next_back().unwrap_or_default().to_owned())),
        }
    }

    /// Whether something can be saved now: it tries, durably.
    pub async fn is_writable(&self) -> Result<(), StorageError> {
        let mut link = self.writer().await?;
        execute!(link, "UPDATE pulse SET beats = beats + 1 WHERE id = 1")?;
        link.commit().await
    }

    /// Ends all connections, after what they are doing.
    pub async fn close(&self) {
        match &self.0 {
            Kind::Sqlite(db) => db.close().await,
            Kind::Postgres(db) => db.close().await,
        }
    }

    /// Whether several nodes can serve it at the same time, so that what others change has to be looked for.
    pub fn is_shared(&self) -> bool {
        matches!(self.0, Kind::Postgres(_))
    }

    /// What the database's own server takes for the time; none where it is in a file, which knows none.
    pub async fn time(&self) -> Result<Option<Instant>, StorageError> {
        let Kind::Postgres(db) = &self.0 else { return Ok(None) };
        let sql = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT";
        let now: i64 = sqlx::query_scalar(sql).fetch_one(&db.pool).await?;
        instant(now).map(Some)
    }

    /// The name of the kind of database, for logs and measurements.
    pub fn kind(&self) -> &'static str {
        match &self.0 {
            Kind::Sqlite(_) => "SQLite",
            Kind::Postgres(_) => "PostgreSQL",
        }
    }

    /// A connection for one read.
    pub(crate) async fn reader(&self) -> Result<Link, StorageError> {
        match &self.0 {
            Kind::Sqlite(db) => db.reader().await,
            Kind::Postgres(db) => db.reader().await,
        }
    }

    /// A connection for several reads that see the same state.
    pub(crate) async fn snapshot(&self) -> Result<Link, StorageError> {
        match &self.0 {
            Kind::Sqlite(db) => db.snapshot().await,
            Kind::Postgres(db) => db.snapshot().await,
        }
    }

    /// A transaction that writes. Nothing is changed without [`Link::commit`].
    pub(crate) async fn writer(&self) -> Result<Link, StorageError> {
        match &self.0 {
            Kind::Sqlite(db) => db.writer().await,
            Kind::Postgres(db) => db.writer().await,
        }
    }
}

/// A migration's failure by its name.
fn migration_error(migrator: &Migrator, error: MigrateError) -> StorageError {
    match error {
        MigrateError::VersionMissing(found) => {
            let known = migrator.iter().map(|m| m.version).max().unwrap_or_default();
            StorageError::NewerSchema { found, known }
        }
        other => other.into(),
    }
}
