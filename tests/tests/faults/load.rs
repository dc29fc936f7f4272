//! People who go on whatever happens: each asks again with the same key until there is an answer.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use journeys::{Api, Installation, Reply};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// How long somebody waits before the next visitor, or before asking again.
const PAUSE: Duration = Duration::from_millis(15);
/// How long a kiosk rests between two tickets: also on a slow machine a letter's numbers last longer than a test.
const KIOSK_PAUSE: Duration = Duration::from_millis(40);

/// What was answered, and when people may go home.
#[derive(Clone, Default)]
pub struct Load {
    tickets: Arc<Mutex<Vec<Taken>>>,
    calls: Arc<Mutex<BTreeMap<String, usize>>>,
    busy: Arc<Mutex<BTreeSet<String>>>,
    over: Arc<AtomicBool>,
}

/// A ticket that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its number, such as `C007`.
    pub number: String,
    /// Where its holder follows it.
    pub follow: String,
    key: String,
}

impl Load {
    /// Every ticket that was answered.
    pub fn tickets(&self) -> Vec<Taken> {
        self.tickets.lock().unwrap().clone()
    }
    /// How often each ticket was called, by id.
    pub fn calls(&self) -> BTreeMap<String, usize> {
        self.calls.lock().unwrap().clone()
    }
    /// How many places have called somebody.
    pub fn busy_places(&self) -> usize {
        self.busy.lock().unwrap().len()
    }
    /// Nobody begins anything new.
    pub fn stop(&self) {
        self.over.store(true, Ordering::Release);
    }
    fn goes_on(&self) -> bool {
        !self.over.load(Ordering::Acquire)
    }

    /// A kiosk that takes tickets until it is stopped, `most` at most.
    pub async fn kiosk(self, centre: Arc<Installation>, api: Api, name: String, most: usize) {
        let api = centre.device(&api, "kiosk");
        for n in 0..most {
            if !self.goes_on() {
                return;
            }
            let key = format!("{name}-{n}");
            let taken = take(&centre, &api, &key).await;
            self.tickets.lock().unwrap().push(taken);
            tokio::time::sleep(KIOSK_PAUSE).await;
        }
    }

    /// A desk that calls, receives and finishes until it is stopped, or nobody waits any more once `all` are called.
    /// Whenever it has to ask again it asks the next of `servers`.
    pub async fn desk(self, servers: Vec<Api>, place: String, all: usize) {
        let desk = Desk { servers, place };
        let mut n = 0;
        while self.goes_on() && self.calls.lock().unwrap().len() < all {
            n += 1;
            let next = desk.ask(&format!("/api/v1/places/{}/next", desk.place), None, n).await;
            if next.status != StatusCode::OK {
                assert_eq!(next.status, StatusCode::NO_CONTENT, "{}", next.text);
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            let id = next.json["id"].as_str().unwrap().to_owned();
            self.busy.lock().unwrap().insert(desk.place.clone());
            *self.calls.lock().unwrap().entry(id.clone()).or_default() += 1;
            for (action, body) in [("arrive", None), ("finish", Some(json!({ "outcome": "answered" })))] {
                desk.ask(&format!("/api/v1/tickets/{id}/{action}"), body, n).await.is(204);
            }
        }
    }
}

/// Takes a ticket, and asks again with the same key until there is an answer.
async fn take(centre: &Installation, api: &Api, key: &str) -> Taken {
    let body = json!({ "need": "cv", "language": "fr" });
    let reply = until_answered(&[api], Method::POST, &centre.path("tickets"), Some(&body), key).await;
    let ticket = reply.is(201);
    let text = |field: &str| ticket[field].as_str().unwrap().to_owned();
    Taken { number: text("number"), follow: text("follow"), key: key.to_owned() }
}

struct Desk {
    servers: Vec<Api>,
    place: String,
}

impl Desk {
    async fn ask(&self, path: &str, body: Option<Value>, n: usize) -> Reply {
        let servers: Vec<&Api> = self.servers.iter().collect();
        let key = format!("{}-{n}-{}", self.place, path.rsplit('/').next().unwrap());
        until_answered(&servers, Method::POST, path, body.as_ref(), &key).await
    }
}

/// Asks one server after the other with the same key, until one answers.
async fn until_answered(servers: &[&Api], method: Method, path: &str, body: Option<&Value>, key: &str) -> Reply {
    for server in servers.iter().cycle() {
        let api = server.with_key(key);
        let mut request = api.request(method.clone(), path);
        if let Some(body) = body {
            request = request.json(body);
        }
        if let Some(reply) = answered(&method, path, request.send().await).await {
            return reply;
        }
        tokio::time::sleep(PAUSE).await;
    }
    unreachable!("there is a server")
}

/// The whole answer; none if the server went away before its end.
async fn answered(method: &Method, path: &str, sent: reqwest::Result<reqwest::Response>) -> Option<Reply> {
    let response = sent.ok()?;
    let (status, headers) = (response.status(), response.headers().clone());
    let text = response.text().await.ok()?;
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    Some(Reply { asked: format!("{method} {path}"), status, headers, json, text })
}

/// Every answered ticket is there under its number, and asking for it again gives the same one.
pub async fn all_are_there(centre: &Installation, api: &Api, tickets: &[Taken]) {
    for taken in tickets {
        let followed = api.get(&format!("/api/v1/follow/{}", taken.follow)).await;
        assert_eq!(followed.is(200)["number"], taken.number.as_str());
    }
    if let Some(last) = tickets.last() {
        assert_eq!(
            &take(centre, &centre.device(api, "kiosk"), &last.key).await,
            last,
            "the same request, the same ticket"
        );
    }
}

/// The numbers of all tickets are these and no others: C001 to the last, none twice, none left out.
pub fn numbers_are_whole(tickets: &[Taken]) {
    let mut numbers: Vec<&str> = tickets.iter().map(|t| t.number.as_str()).collect();
    numbers.sort_unstable_by_key(|n| (n.len(), *n));
    let expected: Vec<String> = (1..=tickets.len()).map(|n| format!("C{n:03}")).collect();
    assert_eq!(numbers, expected, "no number twice, none that is not explained");
}
