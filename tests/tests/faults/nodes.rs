//! Two programs serve one centre on one PostgreSQL, and one of them dies in the middle of the morning.

use std::{sync::Arc, time::Duration};

use journeys::{Installation, program::Program};
use serde_json::json;
use storage::testing;
use tokio::task::JoinSet;

use crate::load::{Load, all_are_there, numbers_are_whole};

const TICKETS: usize = 1_000;
const KIOSKS: usize = 4;
const DESKS: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_of_one_node_is_followed_and_called_at_the_other() {
    let Some(home) = testing::postgres().await else { return };
    let centre = Installation::by_hand(home).await;
    let one = centre.serve().await;
    let two = Program::serve(&centre.database, &[]);
    two.api().until_ready().await;
    let (counsellor, place) = (two.api().signed_in("counsellor1").await, centre.place("4", "A"));
    counsellor.post(&format!("/api/v1/places/{place}/open")).await.is(204);

    let body = json!({ "need": "cv", "language": "fr" });
    let ticket = centre.device(&one.api(), "kiosk").post_json(&centre.path("tickets"), body).await.is(201).clone();
    let follow = format!("/api/v1/follow/{}", ticket["follow"].as_str().unwrap());
    assert_eq!(two.api().get(&follow).await.is(200)["number"], ticket["number"]);
    let called = counsellor.post(&format!("/api/v1/places/{place}/next")).await;
    assert_eq!(called.is(200)["id"], ticket["id"]);
    one.stop().await;
    two.stop().await;
    centre.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desks_of_a_node_that_dies_go_on_at_the_other() {
    let Some(home) = testing::postgres().await else { return };
    let centre = Arc::new(Installation::with_desks(home, DESKS).await);
    let one = centre.serve().await;
    let two = Program::serve(&centre.database, &[]);
    two.api().until_ready().await;

    let (load, mut people) = (Load::default(), JoinSet::new());
    for kiosk in 0..KIOSKS {
        // At the node that lives: a kiosk has one address.
        people.spawn(load.clone().kiosk(Arc::clone(&centre), one.api(), format!("k{kiosk}"), TICKETS / KIOSKS));
    }
    for desk in 0..DESKS {
        let mut servers = vec![one.api(), two.api()];
        servers.rotate_left(desk % 2);
        let mut signed_in = Vec::new();
        for server in &servers {
            signed_in.push(server.signed_in(&format!("desk{desk}")).await);
        }
        let place = centre.place(&Installation::desk(desk), "");
        signed_in[0].post(&format!("/api/v1/places/{place}/open")).await.is(204);
        people.spawn(load.clone().desk(signed_in, place, TICKETS));
    }
    while load.calls().len() < TICKETS / 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(load.busy_places(), DESKS, "desks of both nodes are busy");
    two.kill().await;
    while let Some(ended) = people.join_next().await {
        ended.expect("nobody was told anything wrong");
    }

    let tickets = load.tickets();
    assert_eq!(tickets.len(), TICKETS);
    numbers_are_whole(&tickets);
    let calls = load.calls();
    assert_eq!(calls.len(), TICKETS, "everybody was called");
    assert!(calls.values().all(|times| *times == 1), "nobody was called twice");
    all_are_there(&centre, &one.api(), &tickets[TICKETS - 50..]).await;
    one.stop().await;
    Arc::into_inner(centre).unwrap().finish().await;
}
