//! PostgreSQL: one pool, and one task that sends notifications.

use std::{str::FromStr, time::Duration};

use domain::DayId;
use sqlx::{
    Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::mpsc::{self, UnboundedSender};

use super::{Link, migration_error};
use crate::{
    StorageError,
    listen::{self, Reach},
};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/postgres");

/// Connections of one node at most.
const CONNECTIONS: u32 = 16;
/// How long to wait for a connection: a server that restarts is not waited for longer, its callers hear of it.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection that was used so short a time ago is used again without asking the server whether it is still there,
/// which would cost as much as a question. No server restarts faster.
const TRUSTED: Duration = Duration::from_millis(50);

/// A PostgreSQL database.
#[derive(Clone, Debug)]
pub(crate) struct Postgres {
    pub(crate) pool: PgPool,
    notifications: UnboundedSender<(DayId, Reach)>,
}

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Self, StorageError> {
        let options = PgConnectOptions::from_str(url).map_err(|_| StorageError::Address("postgres:…".into()))?;
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
            .connect_lazy_with(options.application_name("parvis"));
        if let Err(error) = MIGRATIONS.run(&pool).await {
            pool.close().await;
            return Err(migration_error(&MIGRATIONS, error));
        }
        let (notifications, queue) = mpsc::unbounded_channel();
        tokio::spawn(listen::send(pool.clone(), queue));
        Ok(Self { pool, notifications })
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
        // A listener that nobody asks keeps its connection: that is not waited for.
        let _ = tokio::time::timeout(PATIENCE, self.pool.close()).await;
    }

    /// Queues a notification; never waits.
    pub(crate) fn notify(&self, day: DayId, reach: Reach) {
        // The task ends with the pool: then there is nobody to tell.
        let _ = self.notifications.send((day, reach));
    }
}
