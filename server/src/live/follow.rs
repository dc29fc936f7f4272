//! One ticket, live: the compact line of its holder's phone, and only when it changed.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use axum::response::Response;
use domain::{day::FollowToken, view::FollowLine};
use services::{Follower, Problem, Published};

use super::{Frame, Viewer, Way, respond};
use crate::state::AppState;

struct Holder {
    ticket: Follower,
    /// A digest of the newest line, so that thousands of phones do not keep it twice.
    said: u64,
}

impl Viewer for Holder {
    type Seen = Published;
    // Whoever holds a ticket's token may see it: its end is the ticket's.
    const NEEDS_RIGHT: bool = false;

    async fn frame(&mut self, published: Arc<Published>) -> Frame {
        let line = self.ticket.line(&published);
        let is_last = line.is_none();
        let line = line.unwrap_or_else(FollowLine::gone);
        let Ok(json) = serde_json::to_string(&line) else { return Frame::End };
        let digest = digest(&json);
        if std::mem::replace(&mut self.said, digest) == digest {
            return Frame::Same;
        }
        // Without the version, which grows with whatever happens to anybody.
        let bytes = format!("event: ticket\ndata: {json}\n\n").into();
        if is_last { Frame::Last(bytes) } else { Frame::Send(bytes) }
    }
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Streams one ticket's line: events `ticket` with a [`FollowLine`], the last of which says that the link ended.
///
/// # Errors
/// If nobody holds this token, or its day is over.
pub async fn follow(state: &AppState, way: Way, token: FollowToken) -> Result<Response, Problem> {
    let ticket = state.parvis.follower(&token).await?;
    Ok(respond(&state.parvis, way, ticket.versions(), Holder { ticket, said: 0 }))
}
