//! A connection that is kept for one purpose.
//!
//! A pool asks after every use whether the connection is still there, which costs the day's log as much as appending
//! to it.

use std::{sync::Arc, time::Duration};

use sqlx::{Connection, Database, Executor, IntoArguments, query::Query};
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::{Instant, timeout},
};

use crate::StorageError;

/// One connection, opened when it is first needed and anew after it failed.
#[derive(Debug)]
pub(crate) struct Kept<DB: Database> {
    options: <DB::Connection as Connection>::Options,
    /// How long a connection may have rested until it is asked whether it is still there.
    trusted: Duration,
    /// How long to wait for one's turn and a connection.
    patience: Duration,
    slot: Arc<Mutex<Option<Rested<DB>>>>,
}

/// A connection that nobody uses.
#[derive(Debug)]
pub(crate) struct Rested<DB: Database> {
    connection: DB::Connection,
    since: Instant,
}

/// The right to use the connection: until it is dropped, nobody else does.
pub(crate) type Turn<DB> = OwnedMutexGuard<Option<Rested<DB>>>;

impl<DB: Database> Kept<DB> {
    pub(super) fn new(options: <DB::Connection as Connection>::Options, trusted: Duration, patience: Duration) -> Self {
        Self { options, trusted, patience, slot: Arc::default() }
    }

    /// Waits until nobody uses the connection.
    pub(super) async fn turn(&self) -> Result<Turn<DB>, sqlx::Error> {
        timeout(self.patience, Arc::clone(&self.slot).lock_owned()).await.map_err(|_| sqlx::Error::PoolTimedOut)
    }

    /// Runs one statement, a transaction by itself.
    pub(crate) async fn execute(&self, query: Query<'_, DB, DB::Arguments>) -> Result<DB::QueryResult, StorageError>
    where
        for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
        DB::Arguments: IntoArguments<DB>,
    {
        let ready = async {
            let mut turn = self.turn().await?;
            // Out of its place while it is used: who is stopped half-way leaves none behind.
            let connection = self.rested(turn.take()).await?;
            Ok::<_, sqlx::Error>((turn, connection))
        };
        // A server that went without a word answers neither whether it is there nor a new connection.
        let (mut turn, mut connection) =
            timeout(self.patience, ready).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
        let done = query.execute(&mut connection).await.map_err(StorageError::from);
        if !matches!(&done, Err(error) if error.spoils_connection()) {
            *turn = Some(Rested { connection, since: Instant::now() });
        }
        done
    }

    async fn rested(&self, rested: Option<Rested<DB>>) -> Result<DB::Connection, sqlx::Error> {
        if let Some(Rested { mut connection, since }) = rested
            && (since.elapsed() < self.trusted || connection.ping().await.is_ok())
        {
            return Ok(connection);
        }
        DB::Connection::connect_with(&self.options).await
    }

    /// Ends the connection, after what it is doing.
    pub(super) async fn close(&self) {
        if let Ok(mut turn) = self.turn().await
            && let Some(rested) = turn.take()
        {
            rested.connection.close().await.ok();
        }
    }
}
