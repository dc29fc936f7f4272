//! A client that costs next to nothing: clients share two cores with the program.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection that stays open.
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer: its status and its body.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

/// The bytes of a request. `more` are header lines, each with its end of line.
pub fn request(method: &str, path: &str, more: &str, body: &str) -> Vec<u8> {
    let json = if body.is_empty() { "" } else { "content-type: application/json\r\n" };
    let length = body.len();
    format!("{method} {path} HTTP/1.1\r\nhost: bench\r\n{more}{json}content-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// The header line of a bearer token.
pub fn bearer(token: &str) -> String {
    format!("authorization: Bearer {token}\r\n")
}

impl Connection {
    /// Connects to `host:port`.
    pub async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("the program listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, read: Vec::with_capacity(8192) }
    }

    /// Sends a request and reads its whole answer.
    pub async fn send(&mut self, request: &[u8]) -> Answer {
        self.stream.write_all(request).await.expect("the program reads");
        self.read.clear();
        let head = loop {
            if let Some(end) = find(&self.read, b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await;
        };
        let text = String::from_utf8_lossy(&self.read[..head]).to_lowercase();
        let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let header = |name: &str| text.lines().find_map(|l| l.strip_prefix(name)).map(str::trim);
        if header("transfer-encoding:") == Some("chunked") {
            while !self.read.ends_with(b"0\r\n\r\n") {
                self.more().await;
            }
        } else {
            let length: usize = header("content-length:").and_then(|l| l.parse().ok()).unwrap_or(0);
            while self.read.len() < head + length {
                self.more().await;
            }
        }
        Answer { status, body: self.read[head..].to_vec() }
    }

    /// Sends a request that must be answered with this status.
    pub async fn expect(&mut self, request: &[u8], status: u16) -> Answer {
        let answer = self.send(request).await;
        assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&answer.body));
        answer
    }

    async fn more(&mut self) {
        let read = self.stream.read_buf(&mut self.read).await.expect("the program answers");
        assert!(read > 0, "the program closed the connection");
    }
}

/// Where bytes begin in others.
pub fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|w| w == wanted)
}
