//! Ten thousand live followers: when does each hear a call, and what does each cost?

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use journeys::{Installation, program::memory};
use storage::testing;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Notify,
    task::JoinSet,
};

use crate::{
    bare::Bare,
    day,
    http::{Connection, bearer, find, request},
    report::{Report, Times, median, ms},
};

const FOLLOWERS: usize = 10_000;
/// People in one line: those whose pages are followed stand behind all who are called, so that each line changes.
const PEOPLE: usize = 6_000;
/// Times that everybody gathers before the program and then before the bare loop.
const ROUNDS: usize = 3;
/// Calls of a round.
const CALLS: usize = 5;
/// Followers who connect at once.
const AT_ONCE: usize = 64;
/// Longer than the program ever waits between two versions.
const CALM: Duration = Duration::from_millis(700);

/// Everybody who listens: when the last frame came to each, in microseconds since the beginning.
struct Crowd {
    began: Instant,
    heard: Vec<AtomicU64>,
    /// How large the newest frames were, of a board and of a phone's line.
    sizes: [AtomicUsize; 2],
    count: AtomicUsize,
    all: Notify,
}

impl Crowd {
    fn new() -> Arc<Self> {
        let heard = (0..FOLLOWERS).map(|_| AtomicU64::new(0)).collect();
        let sizes = [AtomicUsize::new(0), AtomicUsize::new(0)];
        Arc::new(Self { began: Instant::now(), heard, sizes, count: AtomicUsize::new(0), all: Notify::new() })
    }
    fn now(&self) -> u64 {
        self.began.elapsed().as_micros() as u64
    }
    fn sizes(&self) -> [usize; 2] {
        [0, 1].map(|kind: usize| self.sizes[kind].load(Ordering::Acquire))
    }
    /// Forgets what was heard so far, does something, and waits until everybody heard of it.
    async fn hears(&self, something: impl Future<Output = ()>) -> Times {
        self.count.store(0, Ordering::Release);
        for one in &self.heard {
            one.store(0, Ordering::Release);
        }
        let from = self.now();
        something.await;
        while self.count.load(Ordering::Acquire) < FOLLOWERS {
            tokio::time::timeout(Duration::from_secs(20), self.all.notified()).await.expect("everybody hears");
        }
        let mut times = Times::default();
        times.extend(self.heard.iter().map(|h| Duration::from_micros(h.load(Ordering::Acquire).saturating_sub(from))));
        times
    }
    /// Reads a stream for ever; the first frame after a call counts.
    async fn listen(self: Arc<Self>, n: usize, mut stream: TcpStream) {
        let mut buffer = [0_u8; 4096];
        while let Ok(read) = stream.read(&mut buffer).await {
            if read == 0 {
                return;
            }
            let is_frame = find(&buffer[..read], b"data: ").is_some();
            if is_frame {
                self.sizes[n % 2].store(read, Ordering::Release);
            }
            if is_frame
                && self.heard[n].compare_exchange(0, self.now().max(1), Ordering::AcqRel, Ordering::Acquire).is_ok()
                && self.count.fetch_add(1, Ordering::AcqRel) + 1 >= FOLLOWERS
            {
                self.all.notify_one();
            }
        }
    }
}

/// Both figures.
pub async fn measure(report: &mut Report) {
    let centre = Installation::with_desks(testing::sqlite().await, 1).await;
    let program = centre.serve().await;
    let tokens = day::people_wait(&centre, program.address(), PEOPLE, &["cv"]).await;
    let counsellor = program.api().signed_in("desk0").await;
    let place = centre.place(&Installation::desk(0), "");
    counsellor.post(&format!("/api/v1/places/{place}/open")).await.is(204);

    // By turns the board, and the own page of somebody at the end of the line.
    let (board, display) = (centre.path("display/live"), &centre.secrets["display"]);
    let path = |n: usize| match n % 2 {
        0 => board.clone(),
        _ => format!("/api/v1/follow/{}/live", tokens[PEOPLE - 1 - n / 2]),
    };
    let paths: Vec<String> = (0..FOLLOWERS).map(path).collect();
    let mut desk = Desk::new(program.address(), &place, counsellor.token().unwrap()).await;
    let (mut called, mut control, mut ratios, mut each) = (Times::default(), Times::default(), Vec::new(), 0);
    for round in 0..ROUNDS {
        tokio::time::sleep(CALM).await;
        let before = memory(program.id());
        let (crowd, listeners) = gather(program.address(), &paths, display).await;
        tokio::time::sleep(CALM).await;
        if round == 0 {
            each = memory(program.id()).saturating_sub(before) / FOLLOWERS as u64;
        }
        let mut calls = Vec::new();
        for _ in 0..CALLS {
            tokio::time::sleep(CALM).await;
            calls.push(crowd.hears(desk.call()).await.at(0.99));
            tokio::time::sleep(CALM).await;
            desk.receive().await;
        }
        drop(listeners);

        // As many bytes as were heard, to as many listeners.
        let bare = Bare::start(crowd.sizes()).await;
        let (bare_crowd, bare_listeners) = gather(bare.address(), &paths, display).await;
        let mut bare_calls = Vec::new();
        for _ in 0..CALLS {
            tokio::time::sleep(CALM).await;
            bare_calls.push(bare_crowd.hears(bare.tell()).await.at(0.99));
        }
        drop(bare_listeners);
        bare.stop().await;
        let (ours, theirs) = (middle(&calls), middle(&bare_calls));
        ratios.push(ours.as_secs_f64() / theirs.as_secs_f64());
        called.push(ours);
        control.push(theirs);
    }
    program.stop().await;
    centre.finish().await;
    let (p99, ratio) = (called.at(0.5), median(ratios));
    report.add(
        "one call to 10,000 live followers",
        format!("p99 {}, ratio {ratio:.2}", ms(p99)),
        format!("bare stream loop: p99 {}", ms(control.at(0.5))),
        "p99 ≤ 1.5 × a bare stream loop and ≤ 500 ms",
        ratio <= 1.5 && p99.as_millis() <= 500,
    );
    report.add(
        "memory per live follower",
        format!("{:.1} KB", each as f64 / 1024.0),
        "–".to_owned(),
        "≤ 16 KB",
        each <= 16 * 1024,
    );
}

/// Everybody connects and has heard the first frame.
/// All come as the display does: of strangers, not so many are heard.
async fn gather(address: &str, paths: &[String], display: &str) -> (Arc<Crowd>, JoinSet<()>) {
    let crowd = Crowd::new();
    let mut listeners = JoinSet::new();
    for (round, some) in paths.chunks(AT_ONCE).enumerate() {
        let mut connecting = JoinSet::new();
        for (n, path) in some.iter().enumerate() {
            let request = request("GET", path, &format!("{}accept: text/event-stream\r\n", bearer(display)), "");
            let address = address.to_owned();
            connecting.spawn(async move { (round * AT_ONCE + n, follow(&address, &request).await) });
        }
        for (n, stream) in connecting.join_all().await {
            listeners.spawn(Arc::clone(&crowd).listen(n, stream));
        }
    }
    (crowd, listeners)
}

async fn follow(address: &str, request: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request).await.expect("it is read");
    let mut read = Vec::new();
    while find(&read, b"data: ").is_none() {
        assert!(stream.read_buf(&mut read).await.expect("an answer") > 0, "{}", String::from_utf8_lossy(&read));
    }
    stream
}

/// The middle one.
fn middle(times: &[Duration]) -> Duration {
    let mut all = Times::default();
    all.extend(times.iter().copied());
    all.at(0.5)
}

/// The desk that calls.
struct Desk {
    client: Connection,
    next: Vec<u8>,
    token: String,
    ticket: String,
}

impl Desk {
    async fn new(address: &str, place: &str, token: &str) -> Self {
        let token = bearer(token);
        let next = request("POST", &format!("/api/v1/places/{place}/next"), &token, "");
        Self { client: Connection::open(address).await, next, token, ticket: String::new() }
    }
    async fn call(&mut self) {
        let ticket = self.client.expect(&self.next, 200).await.json();
        ticket["id"].as_str().unwrap().clone_into(&mut self.ticket);
    }
    async fn receive(&mut self) {
        for (action, body) in [("arrive", ""), ("finish", "{\"outcome\":\"answered\"}")] {
            let path = format!("/api/v1/tickets/{}/{action}", self.ticket);
            self.client.expect(&request("POST", &path, &self.token, body), 204).await;
        }
    }
}
