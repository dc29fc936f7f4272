//! Hints between nodes that a day's log has grown. Only hints: the log itself is the truth, and is polled too.

use std::collections::BTreeSet;

use domain::DayId;
use sqlx::{PgPool, postgres::PgListener};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{Database, StorageError, database::Kind};

const CHANNEL: &str = "parvis_day";

/// What a listener heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// This day's log has grown.
    Day(DayId),
    /// The connection was lost for a moment: any day may have grown.
    Anything,
}

/// Hears of days that other nodes, or this one, have changed.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// Waits for the next hint. Can be cancelled without losing one.
    ///
    /// # Errors
    /// If the database cannot be reached: ask again after a while.
    pub async fn next(&mut self) -> Result<Heard, StorageError> {
        loop {
            match self.0.try_recv().await? {
                None => return Ok(Heard::Anything),
                Some(hint) => {
                    if let Ok(day) = hint.payload().parse() {
                        return Ok(Heard::Day(day));
                    }
                }
            }
        }
    }
}

impl Database {
    /// Begins to listen to other nodes; none on SQLite, which has one node only.
    pub async fn listen(&self) -> Result<Option<Listener>, StorageError> {
        let Kind::Postgres(db) = &self.0 else { return Ok(None) };
        let mut listener = PgListener::connect_with(&db.pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Listener(listener)))
    }

    /// Tells other nodes, soon, that a day's log has grown. Never waits and never fails: while one notification is on
    /// its way, all that come are sent together afterwards, a day once.
    pub fn notify(&self, day: DayId) {
        if let Kind::Postgres(db) = &self.0 {
            db.notify(day);
        }
    }
}

/// Sends what is queued, until the database is dropped or closed.
pub(crate) async fn send(pool: PgPool, mut queue: UnboundedReceiver<DayId>) {
    while let Some(first) = queue.recv().await {
        let mut days = BTreeSet::from([first]);
        while let Ok(day) = queue.try_recv() {
            days.insert(day);
        }
        for day in days {
            let sent = sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(day.to_string()).execute(&pool).await;
            match sent {
                Ok(_) => {}
                Err(sqlx::Error::PoolClosed) => return,
                Err(error) => {
                    tracing::debug!(%error, "a notification was not sent; other nodes find the change by polling")
                }
            }
        }
    }
}
