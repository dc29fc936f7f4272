//! What is genuine, while strangers from fifty sources ask for whatever anybody may ask for.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use journeys::{
    Installation, PASSWORD,
    program::{Program, memory},
};
use reqwest::{Client, StatusCode, header};
use serde_json::json;
use storage::testing;
use tokio::{
    process::{Child, Command},
    task::JoinSet,
};

use crate::{
    http::{Connection, bearer, request},
    report::{Report, Times, median, ms},
};

const VARIABLE: &str = "PARVIS_BENCH_FLOOD";
/// Where strangers come from, and how long each waits between two requests.
const SOURCES: u32 = 50;
const PACE: Duration = Duration::from_millis(250);
/// Times without a flood and then in one.
const ROUNDS: usize = 5;
/// Tickets of a round, each called.
const TICKETS: usize = 150;
/// How often somebody takes a ticket: a full house, not a flood of its own.
const BETWEEN: Duration = Duration::from_millis(20);
const SIGN_INS: usize = 30;
/// How long a guesser of one password waits between two guesses.
const GUESS: Duration = Duration::from_millis(200);
/// How long the program has to let go of what floods took.
const LETS_GO: Duration = Duration::from_mins(1);

/// Whether this process is the flood.
pub fn was_asked_for() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

/// Asks until it is killed.
pub async fn ask_on() {
    let said = std::env::var(VARIABLE).expect("an address and a centre");
    let (url, centre) = said.split_once(' ').expect("an address and a centre");
    let mut strangers = JoinSet::new();
    for from in 0..SOURCES {
        strangers.spawn(a_stranger(url.to_owned(), centre.to_owned(), from));
    }
    strangers.join_all().await;
}

/// Asks for one thing after the other, and keeps the streams that it is given.
async fn a_stranger(url: String, centre: String, from: u32) {
    let client = Client::builder().timeout(Duration::from_secs(5)).build().expect("a client");
    let mut streams = Vec::new();
    for n in from.. {
        let wrong = |login: String| json!({ "login": login, "password": "not the right one" });
        let session = || client.post(format!("{url}/api/v1/session"));
        let request = match n % 5 {
            0 => client.post(format!("{url}/api/v1/enrolments")),
            1 => client.get(format!("{url}{centre}/live")),
            2 => client.get(format!("{url}/api/v1/follow/{n:032x}")),
            3 => session().json(&wrong("host".into())),
            _ => session().json(&wrong(format!("nobody{n}"))),
        };
        if let Ok(answer) = request.header("x-forwarded-for", format!("198.51.100.{from}")).send().await
            && n % 5 == 1
            && answer.status().is_success()
        {
            streams.push(answer);
        }
        tokio::time::sleep(PACE).await;
    }
}

/// A flood in a process that gets what the others leave of the processor.
fn flood(program: &Program, centre: &Installation) -> Child {
    Command::new("nice")
        .args(["-n", "19"])
        .arg(std::env::current_exe().expect("this program"))
        .env(VARIABLE, format!("{} {}", program.url, centre.path("").trim_end_matches('/')))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the flood starts")
}

/// Every figure about floods.
pub async fn measure(report: &mut Report) {
    let centre = Installation::with_desks(testing::sqlite().await, 1).await;
    let program = Program::serve(&centre.database, &["--trusted-proxy"]);
    program.api().until_ready().await;
    program.api().signed_in("coordinator").await.post(&centre.path("day/open")).await.is(204);
    let mut desk = Desk::at(&centre, &program).await;
    desk.serve().await;
    let before = memory(program.id());

    let (mut calm, mut flooded) = ([Times::default(), Times::default()], [Times::default(), Times::default()]);
    let mut ratios = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let without = desk.serve().await;
        let mut strangers = flood(&program, &centre);
        tokio::time::sleep(Duration::from_secs(3)).await;
        let within = desk.serve().await;
        strangers.kill().await.expect("the flood ends");
        for of in 0..2 {
            let (ours, control) = (within[of].at(0.99), without[of].at(0.99));
            ratios[of].push(ours.as_secs_f64() / control.as_secs_f64());
            flooded[of].extend([ours]);
            calm[of].extend([control]);
        }
    }
    let after = lets_go(&program, before).await;
    let [of_tickets, of_calls] = ratios.map(median);
    for (of, what, ratio) in
        [(0, "a ticket in floods from 50 sources", of_tickets), (1, "a call in floods from 50 sources", of_calls)]
    {
        report.add(
            what,
            format!("p99 {}, ratio {ratio:.2}, 0 refused", ms(flooded[of].at(0.5))),
            format!("without: p99 {}", ms(calm[of].at(0.5))),
            "p99 ≤ 5 × without, 0 refused",
            ratio <= 5.0,
        );
    }
    let share = after as f64 / before as f64;
    report.add(
        "memory a minute after floods",
        format!("{:.1} MB, ratio {share:.2}", megabytes(after)),
        format!("before: {:.1} MB", megabytes(before)),
        "≤ 1.2 × before",
        share <= 1.2,
    );
    sign_in(report, &program).await;
    program.stop().await;
    centre.finish().await;
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}

/// What the program holds as soon as it is near to before, or after a minute.
async fn lets_go(program: &Program, before: u64) -> u64 {
    let began = Instant::now();
    loop {
        let now = memory(program.id());
        if now as f64 <= 1.1 * before as f64 || began.elapsed() > LETS_GO {
            return now;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// A kiosk that gives numbers, and a counsellor who calls them.
struct Desk {
    kiosk: Connection,
    counsellor: Connection,
    take: Vec<u8>,
    next: Vec<u8>,
    token: String,
}

impl Desk {
    async fn at(centre: &Installation, program: &Program) -> Self {
        let counsellor = program.api().signed_in("desk0").await;
        let place = centre.place(&Installation::desk(0), "");
        counsellor.post(&format!("/api/v1/places/{place}/open")).await.is(204);
        let token = bearer(counsellor.token().expect("a token"));
        let body = "{\"need\":\"cv\",\"language\":\"fr\"}";
        Self {
            kiosk: Connection::open(program.address()).await,
            counsellor: Connection::open(program.address()).await,
            take: request("POST", &centre.path("tickets"), &bearer(&centre.host(program.address()).await), body),
            next: request("POST", &format!("/api/v1/places/{place}/next"), &token, ""),
            token,
        }
    }

    /// Tickets that are given, called and received: how long the first two take. Whatever is refused ends the bench.
    async fn serve(&mut self) -> [Times; 2] {
        let (mut given, mut called) = (Times::default(), Times::default());
        for _ in 0..TICKETS {
            let began = Instant::now();
            self.kiosk.expect(&self.take, 201).await;
            given.push(began.elapsed());
            let began = Instant::now();
            let ticket = self.counsellor.expect(&self.next, 200).await.json();
            called.push(began.elapsed());
            for (action, body) in [("arrive", ""), ("finish", "{\"outcome\":\"answered\"}")] {
                let path = format!("/api/v1/tickets/{}/{action}", ticket["id"].as_str().expect("a ticket"));
                self.counsellor.expect(&request("POST", &path, &self.token, body), 204).await;
            }
            tokio::time::sleep(BETWEEN).await;
        }
        [given, called]
    }
}

/// The right person signs in from a known browser while somebody else guesses the same password.
async fn sign_in(report: &mut Report, program: &Program) {
    let url = format!("{}/api/v1/session", program.url);
    let sign_in = async |from: u32, password: &str, cookies: &str| {
        let client = Client::new();
        let request = client.post(&url).json(&json!({ "login": "host", "password": password }));
        let request = request.header("x-forwarded-for", format!("198.51.101.{from}")).header(header::COOKIE, cookies);
        let answer = request.send().await.expect("an answer");
        let set = answer.headers().get_all(header::SET_COOKIE).iter();
        let pairs: Vec<_> = set.filter_map(|v| v.to_str().ok()?.split(';').next()).map(str::to_owned).collect();
        (answer.status(), pairs.join("; "))
    };
    let (status, known) = sign_in(1, PASSWORD, "").await;
    assert_eq!(status, StatusCode::OK);
    let address = url.clone();
    let guesses = tokio::spawn(async move {
        let client = Client::new();
        let mut guesses = JoinSet::new();
        for n in 0_u32.. {
            let wrong = json!({ "login": "host", "password": "not the right one" });
            let guess = client.post(&address).json(&wrong);
            guesses.spawn(guess.header("x-forwarded-for", format!("198.51.102.{}", n % 250)).send());
            tokio::time::sleep(GUESS).await;
        }
    });
    let mut times = Times::default();
    let mut in_time = 0;
    for _ in 0..SIGN_INS {
        let began = Instant::now();
        let (status, _) = sign_in(2, PASSWORD, &known).await;
        in_time += usize::from(status == StatusCode::OK && began.elapsed() <= Duration::from_secs(2));
        times.push(began.elapsed());
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    guesses.abort();
    report.add(
        "sign-in during 5 guesses/s on the same login",
        format!("{in_time} of {SIGN_INS} within 2 s, slowest {}", ms(times.at(1.0))),
        format!("p50 {}", ms(times.at(0.5))),
        "30 of 30 within 2 s",
        in_time == SIGN_INS,
    );
}
