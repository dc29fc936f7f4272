//! Live streams: server-sent events, the newest version first and then only the newest.
//!
//! Built for ten thousand followers: no task and no buffer of their own, a frame that everybody shares as `Bytes`
//! made once, one timer each for the comment that keeps proxies from closing the line. What is published comes at
//! most five times a second, see [`Parvis::watch`](services::Parvis::watch).

mod board;
mod follow;
mod views;

use std::{convert::Infallible, future::Future, pin::Pin, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{Stream, stream};
use serde::Serialize;
use services::{Published, Versions};
use tokio::time::{Instant, Sleep, sleep};

pub use board::board;
pub use follow::follow;

use crate::{assets, meters::OpenStream, state::AppState};

/// How long a stream may be silent: a comment is sent then.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Said first: browsers come back after two seconds, not after their own five.
const HELLO: &[u8] = b"retry: 2000\n\n";
const COMMENT: &[u8] = b":\n\n";

/// The streams of staff pages.
pub fn router() -> Router<AppState> {
    views::router()
}

/// What one stream shows of each version.
pub trait Viewer: Send + 'static {
    /// What is said first.
    fn hello(&self) -> Bytes {
        Bytes::from_static(HELLO)
    }
    /// The frame of this version, or that there is nothing new to say, or that the stream is over.
    fn frame(&mut self, published: Arc<Published>) -> impl Future<Output = Frame> + Send;
}

/// What a stream does about a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Sends these bytes.
    Send(Bytes),
    /// Says nothing.
    Same,
    /// Sends these bytes and ends.
    Last(Bytes),
    /// Ends.
    End,
}

/// The answer that streams what a viewer shows of each version, beginning with the newest.
pub fn respond(versions: Versions, viewer: impl Viewer) -> Response {
    let body = Body::from_stream(frames(versions, viewer));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // nginx would collect events into buffers otherwise.
        (header::HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
        (header::HeaderName::from_static("parvis-build"), HeaderValue::from_static(assets::build())),
    ];
    (headers, body).into_response()
}

/// One event without a name, which browsers call `message`.
fn message(id: u64, data: &impl Serialize) -> Frame {
    match serde_json::to_string(data) {
        Ok(json) => Frame::Send(format!("id: {id}\ndata: {json}\n\n").into()),
        Err(_) => Frame::End,
    }
}

struct Open<V> {
    versions: Versions,
    viewer: V,
    step: Step,
    /// When something was said last.
    said: Instant,
    /// Ends when the stream may have been silent for too long. It is not set anew at each version, because a call sets
    /// ten thousand of them.
    silence: Pin<Box<Sleep>>,
    _counted: OpenStream,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Hello,
    Following,
    Over,
}

fn frames<V: Viewer>(versions: Versions, viewer: V) -> impl Stream<Item = Result<Bytes, Infallible>> + Send {
    let open = Open {
        versions,
        viewer,
        step: Step::Hello,
        said: Instant::now(),
        silence: Box::pin(sleep(KEEP_ALIVE)),
        _counted: OpenStream::new(),
    };
    stream::unfold(open, async |mut open| {
        let bytes = open.next().await?;
        open.said = Instant::now();
        Some((Ok(bytes), open))
    })
}

impl<V: Viewer> Open<V> {
    async fn next(&mut self) -> Option<Bytes> {
        match self.step {
            Step::Over => return None,
            Step::Hello => {
                self.step = Step::Following;
                return Some(self.viewer.hello());
            }
            Step::Following => {}
        }
        loop {
            let published = tokio::select! {
                biased;
                published = self.versions.next() => published?,
                () = &mut self.silence => {
                    let (now, due) = (Instant::now(), self.said + KEEP_ALIVE);
                    let is_due = now >= due;
                    self.silence.as_mut().reset(if is_due { now + KEEP_ALIVE } else { due });
                    if is_due {
                        return Some(Bytes::from_static(COMMENT));
                    }
                    continue;
                }
            };
            match self.viewer.frame(published).await {
                Frame::Send(bytes) => return Some(bytes),
                Frame::Same => {}
                Frame::Last(bytes) => {
                    self.step = Step::Over;
                    return Some(bytes);
                }
                Frame::End => return None,
            }
        }
    }
}
