//! Sixteen desks that press "next" at the same moment, with ten thousand people waiting.

use std::{collections::BTreeSet, sync::Arc, time::Instant};

use journeys::Installation;
use storage::testing;
use tokio::{sync::Barrier, task::JoinSet};

use crate::{
    http::{Connection, bearer, request},
    report::{Report, Times, ms},
};

const DESKS: usize = 16;
const WAITING: usize = 10_000;
const ROUNDS: usize = 60;

/// The figure.
pub async fn measure(report: &mut Report) {
    let centre = Installation::with_desks(testing::sqlite().await, DESKS).await;
    let program = centre.serve().await;
    crate::day::people_wait(&centre, program.address(), WAITING, &["cv", "jobs"]).await;

    let together = Arc::new(Barrier::new(DESKS));
    let mut desks = JoinSet::new();
    for n in 0..DESKS {
        let counsellor = program.api().signed_in(&format!("desk{n}")).await;
        let place = centre.place(&Installation::desk(n), "");
        counsellor.post(&format!("/api/v1/places/{place}/open")).await.is(204);
        let token = bearer(counsellor.token().unwrap());
        desks.spawn(desk(program.address().to_owned(), place, token, Arc::clone(&together)));
    }
    let (mut times, mut called, mut calls) = (Times::default(), BTreeSet::new(), 0);
    for (its_times, its_tickets) in desks.join_all().await {
        times.extend(its_times);
        calls += its_tickets.len();
        called.extend(its_tickets);
    }
    assert_eq!(called.len(), calls, "no ticket twice");
    program.stop().await;
    centre.finish().await;
    let p99 = times.at(0.99);
    report.add(
        "\"next\", 16 desks at once, 10,000 waiting",
        format!("p50 {}, p99 {}, no ticket twice in {calls} calls", ms(times.at(0.5)), ms(p99)),
        "–".to_owned(),
        "p99 ≤ 20 ms, no ticket twice",
        p99 <= std::time::Duration::from_millis(20),
    );
}

/// Calls with all the others, receives, and is ready for the next call.
async fn desk(
    address: String,
    place: String,
    token: String,
    together: Arc<Barrier>,
) -> (Vec<std::time::Duration>, Vec<String>) {
    let mut client = Connection::open(&address).await;
    let next = request("POST", &format!("/api/v1/places/{place}/next"), &token, "");
    let (mut times, mut tickets) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        together.wait().await;
        let began = Instant::now();
        let answer = client.expect(&next, 200).await;
        times.push(began.elapsed());
        let id = answer.json()["id"].as_str().unwrap().to_owned();
        let of_ticket =
            |action: &str, body: &str| request("POST", &format!("/api/v1/tickets/{id}/{action}"), &token, body);
        client.expect(&of_ticket("arrive", ""), 204).await;
        client.expect(&of_ticket("finish", "{\"outcome\":\"answered\"}"), 204).await;
        tickets.push(id);
    }
    (times, tickets)
}
