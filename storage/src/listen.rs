//! Hints between nodes that a day's log has grown. Only hints: the log itself is the truth, and is polled too.

use std::{collections::BTreeMap, time::Duration};

use domain::DayId;
use sqlx::{PgPool, postgres::PgListener};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{Database, StorageError, database::Kind};

const CHANNEL: &str = "parvis_day";
/// The shortest time between two hints: a busy day grows hundreds of times a second, and each would cost a commit.
const PACE: Duration = Duration::from_millis(5);
/// What a hint says of a folded day.
const END: &str = "end";

/// How far a day's log goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// To the entry with this sequence.
    Entry(u64),
    /// It is over: the day is folded.
    End,
}

/// What a listener heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// This day's log goes so far now. Who knows that much, such as the node that said it, need not look.
    Day(DayId, Reach),
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
                    if let Some(heard) = understood(hint.payload()) {
                        return Ok(heard);
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
    pub fn notify(&self, day: DayId, reach: Reach) {
        if let Kind::Postgres(db) = &self.0 {
            db.notify(day, reach);
        }
    }
}

/// The hint's text: the day, and how far its log goes.
fn said(day: DayId, reach: Reach) -> String {
    match reach {
        Reach::Entry(sequence) => format!("{day} {sequence}"),
        Reach::End => format!("{day} {END}"),
    }
}

/// The hint that a text says. Another version's hint may say something else: it is not understood, and polling finds
/// the change.
fn understood(text: &str) -> Option<Heard> {
    let (day, reach) = text.split_once(' ')?;
    let reach = if reach == END { Reach::End } else { Reach::Entry(reach.parse().ok()?) };
    Some(Heard::Day(day.parse().ok()?, reach))
}

/// Sends what is queued, until the database is dropped or closed.
pub(crate) async fn send(pool: PgPool, mut queue: UnboundedReceiver<(DayId, Reach)>) {
    while let Some(first) = queue.recv().await {
        let mut days = BTreeMap::from([first]);
        while let Ok((day, reach)) = queue.try_recv() {
            days.entry(day).and_modify(|known| *known = reach.max(*known)).or_insert(reach);
        }
        for (day, reach) in days {
            let hint = said(day, reach);
            let sent = sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(hint).execute(&pool).await;
            match sent {
                Ok(_) => {}
                Err(sqlx::Error::PoolClosed) => return,
                Err(error) => {
                    tracing::debug!(%error, "a notification was not sent; other nodes find the change by polling")
                }
            }
        }
        tokio::time::sleep(PACE).await;
    }
}
