//! Throw-away databases for tests: SQLite always, PostgreSQL where [`POSTGRES`] is set.
//!
//! ```no_run
//! # async fn example() {
//! for test in storage::testing::databases().await {
//!     let database = &test.database;
//!     // …
//!     test.finish().await;
//! }
//! # }
//! ```

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that cannot begin says why and stops"
)]

pub mod faults;

use std::{
    path::{Path, PathBuf},
    sync::Once,
};

use sqlx::{ConnectOptions, Connection, PgConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{Database, StorageError, database::Kind};

/// The environment variable with the address of a PostgreSQL server on which databases may be made.
pub const POSTGRES: &str = "PARVIS_TEST_POSTGRES";

/// A database that is thrown away.
#[derive(Debug)]
pub struct TestDatabase {
    /// The database, migrated and empty.
    pub database: Database,
    /// Its address, to open it again.
    pub url: String,
    home: Home,
}

#[derive(Debug)]
enum Home {
    Folder(TempDir),
    Server { url: String, name: String },
}

/// One empty database of each kind that can be tested here.
pub async fn databases() -> Vec<TestDatabase> {
    let mut all = vec![sqlite().await];
    all.extend(postgres().await);
    all
}

/// An empty SQLite database in a folder of its own.
pub async fn sqlite() -> TestDatabase {
    sqlite_in(&std::env::temp_dir()).await
}

/// A SQLite database of an older version, from its dump, migrated to the present one.
pub async fn sqlite_from(dump: &'static str) -> TestDatabase {
    let folder = TempDir::with_prefix("parvis-test-").expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("parvis.db").display());
    let options: SqliteConnectOptions = url.parse().expect("an address");
    let mut old = options.create_if_missing(true).connect().await.expect("a new file");
    sqlx::raw_sql(dump).execute(&mut old).await.expect("the dump is a database");
    old.close().await.expect("the file is written");
    let database = Database::open(&url).await.expect("an older version's database is migrated");
    TestDatabase { database, url, home: Home::Folder(folder) }
}

/// An empty SQLite database in a folder of its own below this one, such as a disk of the test's own.
pub async fn sqlite_in(above: &Path) -> TestDatabase {
    let folder = TempDir::with_prefix_in("parvis-test-", above).expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("parvis.db").display());
    let database = Database::open(&url).await.expect("a SQLite database in a temporary folder");
    TestDatabase { database, url, home: Home::Folder(folder) }
}

/// An empty PostgreSQL database; none, and a line that says so, where no server is given.
pub async fn postgres() -> Option<TestDatabase> {
    static SAID: Once = Once::new();
    let Ok(url) = std::env::var(POSTGRES) else {
        SAID.call_once(|| {
            eprintln!("PostgreSQL is NOT tested: set {POSTGRES} to a server's address (make test and scripts/with-postgres.sh do)");
        });
        return None;
    };
    Some(postgres_on(&url).await)
}

/// An empty database on this PostgreSQL server.
pub async fn postgres_on(server: &str) -> TestDatabase {
    let name = format!("parvis_test_{}", Uuid::now_v7().simple());
    run_on_server(server, format!("CREATE DATABASE {name}")).await;
    let own = with_database(server, &name);
    let database = Database::open(&own).await.expect("a PostgreSQL database that was just made");
    TestDatabase { database, url: own, home: Home::Server { url: server.to_owned(), name } }
}

/// Takes the entries after a sequence out of a day's log, as a server does that comes back from an older copy.
pub async fn lose_after(database: &Database, day: domain::DayId, sequence: u64) {
    let mut link = database.writer().await.expect("a connection");
    let sql = "DELETE FROM day_log WHERE day = $1 AND sequence > $2";
    execute!(link, sql, day.0, i64::try_from(sequence).expect("a sequence")).expect("they are gone");
    link.commit().await.expect("for good");
}

/// Takes a day out of the register with all of its log.
pub async fn lose_day(database: &Database, day: domain::DayId) {
    lose_after(database, day, 0).await;
    let mut link = database.writer().await.expect("a connection");
    execute!(link, "DELETE FROM day WHERE id = $1", day.0).expect("it is gone");
    link.commit().await.expect("for good");
}

async fn run_on_server(url: &str, sql: String) {
    let mut server = PgConnection::connect(url).await.expect("the PostgreSQL server of the tests");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut server).await.expect("the server obeys");
    server.close().await.ok();
}

/// The address with another database's name.
fn with_database(url: &str, name: &str) -> String {
    let (address, parameters) = url.split_once('?').map_or((url, String::new()), |(a, p)| (a, format!("?{p}")));
    let server = match address.split_once("://") {
        Some((scheme, rest)) => format!("{scheme}://{}", rest.split('/').next().unwrap_or_default()),
        None => address.to_owned(),
    };
    format!("{server}/{name}{parameters}")
}

impl TestDatabase {
    /// The folder of a SQLite database's files.
    pub fn folder(&self) -> Option<PathBuf> {
        match &self.home {
            Home::Folder(folder) => Some(folder.path().to_owned()),
            Home::Server { .. } => None,
        }
    }

    /// Closes the database and throws it away.
    pub async fn finish(self) {
        self.database.close().await;
        if let Home::Server { url, name } = &self.home {
            run_on_server(url, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &'static str) -> i64 {
        let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        let counted = match &self.database.0 {
            Kind::Sqlite(db) => sqlx::query_scalar(sql).fetch_one(db.writing()).await,
            Kind::Postgres(db) => sqlx::query_scalar(sql).fetch_one(&db.pool).await,
        };
        counted.expect("the table can be counted")
    }

    /// Runs a statement of the test's own, as nobody else could: to break something, or to look behind the scenes.
    /// On SQLite it runs on the connection for transactions that write.
    pub async fn run(&self, sql: &'static str) -> Result<(), StorageError> {
        match &self.database.0 {
            Kind::Sqlite(db) => sqlx::raw_sql(sql).execute(db.writing()).await.map(drop)?,
            Kind::Postgres(db) => sqlx::raw_sql(sql).execute(&db.pool).await.map(drop)?,
        }
        Ok(())
    }

    /// Sets a `PRAGMA` on every connection to a SQLite file that writes: to break them.
    pub async fn spoil(&self, pragma: &'static str) -> Result<(), StorageError> {
        if let Kind::Sqlite(db) = &self.database.0 {
            db.log.execute(sqlx::query(pragma)).await?;
        }
        self.run(pragma).await
    }
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn another_database_of_the_same_server() {
        for (url, expected) in [
            ("postgres://u@h:1/postgres", "postgres://u@h:1/x"),
            ("postgres://u@h:1", "postgres://u@h:1/x"),
            ("postgres:///postgres?host=/run/pg&user=u", "postgres:///x?host=/run/pg&user=u"),
        ] {
            assert_eq!(with_database(url, "x"), expected);
        }
    }
}
