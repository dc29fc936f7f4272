//! Live streams: server-sent events, the newest version first and then only the newest.
//!
//! Built for ten thousand followers: no task and no buffer of their own, a frame that everybody shares as `Bytes`
//! made once, one timer each for the beat by which a page knows that its line is not dead. What is published comes at
//! most five times a second, see [`Parvis::watch`](services::Parvis::watch); what anybody may know, every five minutes.
//! A stream that not everybody may see ends within two seconds of the right to it.
//!
//! A page that asks for a WebSocket gets the same events through it: a browser has only six connections of the other
//! kind for all its pages (docs/decisions/0019-live-lines.md).

mod board;
mod follow;
mod views;

use std::{
    convert::Infallible,
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{
        FromRequestParts,
        ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{Stream, StreamExt, stream};
use serde::Serialize;
use services::{Held, Parvis, Versions};
use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout};

pub use board::{board, display};
pub use follow::follow;

use crate::{assets, meters::OpenStream, problem::ApiProblem, state::AppState};

/// How long a stream may be silent: a beat is sent then. Pages that miss two of them say that they are not up to date.
const BEAT_AFTER: Duration = Duration::from_secs(5);
/// An event, because an `EventSource` shows its page no comments.
const BEAT: &[u8] = b"event: beat\ndata:1\n\n";
/// How often a stream asks whether whoever it goes to may still see it. A caller is remembered for a second.
const ASK_AGAIN: Duration = Duration::from_millis(500);
/// How long it waits to be told: who was allowed goes on while the database does not answer.
const PATIENCE: Duration = Duration::from_secs(1);
/// What a socket reads at once: its page says nothing.
const SOCKET_BUFFER: usize = 512;

/// The streams of staff pages.
pub fn router() -> Router<AppState> {
    views::router()
}

/// What one stream shows of each version.
pub trait Viewer: Send + 'static {
    /// What comes in versions.
    type Seen: Send + Sync + 'static;
    /// Whether it takes a right to see it, which can end.
    const NEEDS_RIGHT: bool;

    /// The frame of this version, or that there is nothing new to say, or that the stream is over.
    fn frame(&mut self, seen: Arc<Self::Seen>) -> impl Future<Output = Frame> + Send;

    /// Whether whoever sees it still may.
    fn has_right(&mut self) -> impl Future<Output = bool> + Send {
        std::future::ready(true)
    }
}

/// Whether somebody was refused, and it is not only unknown for now.
fn is_refused<T>(asked: &Result<T, ApiProblem>) -> bool {
    asked.as_ref().is_err_and(|problem| !problem.status.is_server_error())
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

/// How a stream reaches whoever asked for it.
pub struct Way {
    socket: Option<WebSocketUpgrade>,
    /// The place of the stream among those that anybody may have.
    held: Option<Arc<Held>>,
}

impl<S: Send + Sync> FromRequestParts<S> for Way {
    type Rejection = Infallible;

    /// A socket where one was asked for and the connection can become one, else the body of the answer.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let held = parts.extensions.get::<Arc<Held>>().cloned();
        Ok(Self { socket: WebSocketUpgrade::from_request_parts(parts, state).await.ok(), held })
    }
}

/// The answer that streams what a viewer shows of each version, beginning with the newest.
pub fn respond<V: Viewer>(parvis: &Parvis, way: Way, versions: Versions<V::Seen>, viewer: V) -> Response {
    let frames = frames(hello(parvis), versions, viewer, way.held);
    if let Some(socket) = way.socket {
        return socket.read_buffer_size(SOCKET_BUFFER).on_upgrade(|socket| carry(socket, frames));
    }
    let body = Body::from_stream(frames);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // nginx would collect events into buffers otherwise.
        (header::HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, body).into_response()
}

/// Said first: which build of the server answers, and what time it is. Browsers come back after two seconds, not after
/// their own five.
fn hello(parvis: &Parvis) -> Bytes {
    let (build, at) = (assets::build(), parvis.now().timestamp_millis());
    format!("retry: 2000\nevent: hello\ndata:{{\"build\":\"{build}\",\"at\":{at}}}\n\n").into()
}

/// Sends frames through a socket until one of both ends.
async fn carry(mut socket: WebSocket, frames: impl Stream<Item = Result<Bytes, Infallible>>) {
    let mut frames = pin!(frames);
    loop {
        tokio::select! {
            frame = frames.next() => {
                let Some(Ok(bytes)) = frame else { break };
                let Ok(text) = Utf8Bytes::try_from(bytes) else { break };
                if socket.send(Message::Text(text)).await.is_err() {
                    return;
                }
            }
            // A page says nothing, but that it goes.
            said = socket.recv() => if !matches!(said, Some(Ok(_))) { return },
        }
    }
    // Whether the goodbye arrives changes nothing.
    let _ = socket.send(Message::Close(None)).await;
}

/// One event without a name, which browsers call `message`.
fn message(id: u64, data: &impl Serialize) -> Frame {
    match serde_json::to_string(data) {
        Ok(json) => Frame::Send(format!("id: {id}\ndata: {json}\n\n").into()),
        Err(_) => Frame::End,
    }
}

struct Open<V: Viewer> {
    versions: Versions<V::Seen>,
    viewer: V,
    /// Said before everything else.
    hello: Option<Bytes>,
    is_over: bool,
    /// When something was said last.
    said: Instant,
    /// Ends when the stream may have been silent for too long. It is not set anew at each version, because a call sets
    /// ten thousand of them.
    silence: Pin<Box<Sleep>>,
    /// When it is asked next whether the viewer may still see it.
    ask: Instant,
    _counted: OpenStream,
    _held: Option<Arc<Held>>,
}

fn frames<V: Viewer>(
    hello: Bytes,
    versions: Versions<V::Seen>,
    viewer: V,
    held: Option<Arc<Held>>,
) -> impl Stream<Item = Result<Bytes, Infallible>> + Send {
    let open = Open {
        versions,
        viewer,
        hello: Some(hello),
        is_over: false,
        said: Instant::now(),
        silence: Box::pin(sleep(BEAT_AFTER)),
        ask: Instant::now() + ASK_AGAIN,
        _counted: OpenStream::new(),
        _held: held,
    };
    stream::unfold(open, async |mut open| {
        let bytes = open.next().await?;
        open.said = Instant::now();
        Some((Ok(bytes), open))
    })
}

impl<V: Viewer> Open<V> {
    async fn next(&mut self) -> Option<Bytes> {
        if self.is_over {
            return None;
        }
        if let Some(hello) = self.hello.take() {
            return Some(hello);
        }
        loop {
            let published = tokio::select! {
                biased;
                () = sleep_until(self.ask), if V::NEEDS_RIGHT => {
                    if !timeout(PATIENCE, self.viewer.has_right()).await.unwrap_or(true) {
                        return None;
                    }
                    self.ask = Instant::now() + ASK_AGAIN;
                    continue;
                }
                published = self.versions.next() => published?,
                () = &mut self.silence => {
                    let (now, due) = (Instant::now(), self.said + BEAT_AFTER);
                    let is_due = now >= due;
                    self.silence.as_mut().reset(if is_due { now + BEAT_AFTER } else { due });
                    if is_due {
                        return Some(Bytes::from_static(BEAT));
                    }
                    continue;
                }
            };
            match self.viewer.frame(published).await {
                Frame::Send(bytes) => return Some(bytes),
                Frame::Same => {}
                Frame::Last(bytes) => {
                    self.is_over = true;
                    return Some(bytes);
                }
                Frame::End => return None,
            }
        }
    }
}
