//! One connection to either database, and the macros that run one SQL text on both.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction, pool::PoolConnection};

use super::kept::Turn;
use crate::StorageError;

/// A borrowed connection or transaction. Dropped without [`Link::commit`], a transaction changes nothing.
pub(crate) enum Link {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteSnapshot(Transaction<'static, Sqlite>),
    SqliteWrite {
        transaction: Transaction<'static, Sqlite>,
        /// Tells the pool not to use this connection again.
        spoilt: Arc<AtomicBool>,
        /// The day's logs wait meanwhile.
        turn: Turn<Sqlite>,
    },
    PostgresRead(PoolConnection<Postgres>),
    PostgresTransaction(Transaction<'static, Postgres>),
}

/// The connection inside a [`Link`].
pub(crate) enum Conn<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Link {
    /// The connection, to run a query.
    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::SqliteRead(c) => Conn::Sqlite(c),
            Self::SqliteSnapshot(c) | Self::SqliteWrite { transaction: c, .. } => Conn::Sqlite(c),
            Self::PostgresRead(c) => Conn::Postgres(c),
            Self::PostgresTransaction(c) => Conn::Postgres(c),
        }
    }

    /// Gives a failure its name. After a full or failing disk SQLite may have ended the transaction by itself, which
    /// the driver does not notice: such a connection is not used again.
    pub(crate) fn failed(&self, error: sqlx::Error) -> StorageError {
        let error = StorageError::from(error);
        if let Self::SqliteWrite { spoilt, .. } = self {
            note(spoilt, &error);
        }
        error
    }

    /// Makes a transaction's changes durable.
    pub(crate) async fn commit(self) -> Result<(), StorageError> {
        match self {
            Self::SqliteWrite { transaction, spoilt, turn } => {
                let done = transaction.commit().await.map_err(StorageError::from);
                drop(turn);
                done.inspect_err(|error| note(&spoilt, error))
            }
            Self::SqliteSnapshot(transaction) => Ok(transaction.commit().await?),
            Self::PostgresTransaction(transaction) => Ok(transaction.commit().await?),
            Self::SqliteRead(_) | Self::PostgresRead(_) => Ok(()),
        }
    }
}

/// Remembers that a connection is better not used again.
pub(super) fn note(spoilt: &AtomicBool, error: &StorageError) {
    if error.spoils_connection() {
        spoilt.store(true, Ordering::Release);
    }
}

/// Runs `$query` on either connection of a [`Link`].
macro_rules! on {
    ($link:expr, $connection:ident => $query:expr) => {{
        let link: &mut $crate::database::Link = &mut $link;
        let done = match link.conn() {
            $crate::database::Conn::Sqlite($connection) => $query,
            $crate::database::Conn::Postgres($connection) => $query,
        };
        done.map_err(|e| link.failed(e))
    }};
}

/// Runs a statement; gives the number of rows that it changed.
macro_rules! execute {
    ($link:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        on!($link, c => sqlx::query($sql)$(.bind($value))*.execute(c).await.map(|done| done.rows_affected()))
    };
}

/// Reads every row, each as a `$row`.
macro_rules! fetch_all {
    ($link:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        on!($link, c => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(c).await)
    };
}

/// Reads the first row, if there is one, as a `$row`.
macro_rules! fetch_optional {
    ($link:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        on!($link, c => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(c).await)
    };
}
