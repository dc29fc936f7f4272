//! PostgreSQL: one pool, a few connections for the days' logs, and one task that sends notifications.

use std::{str::FromStr, sync::Arc, time::Duration};

use domain::DayId;
use sqlx::{
    Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::mpsc::{self, UnboundedSender};

use super::{Kept, Link, migration_error};
use crate::{
    StorageError,
    listen::{self, Reach},
};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/postgres");

/// Connections of one node's pool at most.
const CONNECTIONS: u32 = 12;
/// Connections beside it that append to the days' logs: so many centres append at the same time.
const LOGS: usize = 4;
/// How long to wait for a connection: a server that restarts is not waited for longer, its callers hear of it.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection that was used so short a time ago is used again without asking the server whether it is still there,
/// which would cost as much as a question. No server restarts faster.
const TRUSTED: Duration = Duration::from_millis(50);

/// A PostgreSQL database.
#[derive(Clone, Debug)]
pub(crate) struct Postgres {
    pub(crate) pool: PgPool,
    logs: Arc<[Kept<sqlx::Postgres>; LOGS]>,
    notifications: UnboundedSender<(DayId, Reach)>,
}

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Self, StorageError> {
        let options = PgConnectOptions::from_str(url).map_err(|_| StorageError::Address("postgres:…".into()))?;
        let options = options.application_name("parvis");
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .before_acquire(|connection, used| {
                Box::pin(async move {
                    if used.idle_for > TRUSTED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_lazy_with(options.clone());
        if let Err(error) = MIGRATIONS.run(&pool).await {
            pool.close().await;
            return Err(migration_error(&MIGRATIONS, error));
        }
        let (notifications, queue) = mpsc::unbounded_channel();
        tokio::spawn(listen::send(pool.clone(), queue));
        let logs = Arc::new(std::array::from_fn(|_| Kept::new(options.clone(), TRUSTED, PATIENCE)));
        Ok(Self { pool, logs, notifications })
    }

    pub(super) async fn reader(&self) -> Result<Link, StorageError> {
        Ok(Link::PostgresRead(self.pool.acquire().await?))
    }

    pub(super) async fn snapshot(&self) -> Result<Link, StorageError> {
        Ok(Link::PostgresTransaction(self.pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?))
    }

    pub(super) async fn writer(&self) -> Result<Link, StorageError> {
        Ok(Link::PostgresTransaction(self.pool.begin().await?))
    }

    pub(super) async fn close(&self) {
        for log in self.logs.iter() {
            log.close().await;
        }
        // A listener that nobody asks keeps its connection: that is not waited for.
        let _ = tokio::time::timeout(PATIENCE, self.pool.close()).await;
    }

    /// The connection that appends to a day's log.
    pub(crate) fn log(&self, day: DayId) -> &Kept<sqlx::Postgres> {
        &self.logs[usize::from(day.0.as_bytes()[15]) % LOGS]
    }

    /// Queues a notification; never waits.
    pub(crate) fn notify(&self, day: DayId, reach: Reach) {
        // The task ends with the pool: then there is nobody to tell.
        let _ = self.notifications.send((day, reach));
    }
}
