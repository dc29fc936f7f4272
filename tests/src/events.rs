//! A listener of server-sent events.

use std::{pin::Pin, time::Duration};

use futures::{Stream, StreamExt};
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::{Api, api::exercised};

/// How long a test waits for something that has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream.
pub struct Events {
    bytes: Pin<Box<dyn Stream<Item = reqwest::Result<Vec<u8>>> + Send>>,
    read: String,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name; empty for an unnamed one.
    pub name: String,
    /// Its id; 0 where it has none.
    pub id: u64,
    /// Its data.
    pub data: Value,
    /// How many bytes its data had.
    pub bytes: usize,
}

impl Events {
    /// Opens a stream.
    pub async fn open(api: &Api, path: &str) -> Self {
        let response = api.request(Method::GET, path).send().await.expect("the stream opens");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(response.headers()["content-type"], "text/event-stream", "{path}");
        exercised(response.url(), &Method::GET, path);
        let bytes = response.bytes_stream().map(|chunk| chunk.map(|b| b.to_vec()));
        Self { bytes: Box::pin(bytes), read: String::new() }
    }
    /// The next event, or none if the stream ends.
    pub async fn next(&mut self) -> Option<Event> {
        tokio::time::timeout(PATIENCE, self.read_next()).await.expect("an event comes in time")
    }
    /// The first event that a test waits for.
    pub async fn until(&mut self, mut what: impl FnMut(&Event) -> bool) -> Event {
        loop {
            let event = self.next().await.expect("the stream goes on");
            if what(&event) {
                return event;
            }
        }
    }

    /// Waits for the beat that says that a silent stream is alive; events before it are passed over.
    pub async fn beat(&mut self) {
        let beat = async { while self.block().await.expect("the stream goes on") != "event: beat\ndata:1" {} };
        tokio::time::timeout(PATIENCE, beat).await.expect("a beat comes in time");
    }

    async fn read_next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = parse(&self.block().await?) {
                return Some(event);
            }
        }
    }

    /// What stands before the next empty line.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.read.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.read = rest;
                return Some(block);
            }
            let chunk = self.bytes.next().await?.ok()?;
            self.read.push_str(std::str::from_utf8(&chunk).expect("events are text"));
        }
    }
}

fn parse(block: &str) -> Option<Event> {
    let field = |name: &str| block.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(": ")).unwrap_or("");
    let data = field("data");
    // `hello` and `beat` are no news of the centre.
    if data.is_empty() {
        return None;
    }
    Some(Event {
        name: field("event").to_owned(),
        id: field("id").parse().unwrap_or_default(),
        data: serde_json::from_str(data).expect("data are JSON"),
        bytes: data.len(),
    })
}
