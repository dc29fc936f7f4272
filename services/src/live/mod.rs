//! Live centres: a day in memory, one task that changes it, one public snapshot a version.

use std::sync::Arc;

use bytes::Bytes;
use domain::{
    Instant,
    centre::Centre,
    view::{Board, Positions},
};

/// One version of a centre as everybody may see it, made once and shared by every reader.
#[derive(Clone, Debug)]
pub struct Published {
    /// Grows with every change; the same number on every node while a day is open.
    pub version: u64,
    /// When it was made.
    pub at: Instant,
    /// The public snapshot.
    pub board: Board,
    /// The snapshot as JSON.
    pub json: Bytes,
    /// The snapshot as a whole server-sent event: `event: board`, `id: VERSION`, `data: JSON` and an empty line.
    pub frame: Bytes,
    /// The centre as it was then.
    pub centre: Arc<Centre>,
    /// Who is before whom.
    pub positions: Positions,
}
