//! Two desks that press "next" at the same moment, ten thousand times: on SQLite at one node, on PostgreSQL each at a
//! node of its own.

use domain::day::Command;
use services::Parvis;

use crate::world::{World, on_each};

const TIMES: usize = 10_000;
/// Several days, because a day that grows and grows is slower and shows nothing more.
const DAYS: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_desks_that_press_next_together_never_get_the_same_visitor() {
    on_each(async |w| {
        let other = if w.test.database.is_shared() { w.second_node().await } else { w.parvis.clone() };
        for _ in 0..DAYS {
            a_day_of_presses(&w, &other, TIMES / DAYS).await;
        }
        if w.test.database.is_shared() {
            other.stop().await;
        }
        w
    })
    .await;
}

async fn a_day_of_presses(w: &World, other: &Parvis, times: usize) {
    w.open_day().await;
    w.sit("c1", 1).await;
    w.sit("c2", 2).await;
    // One visitor whom only one desk can get, then one for each.
    for waiting in [1, 2] {
        w.take("cv").await;
        for _ in 0..times / 2 {
            press_together(w, other, waiting).await;
        }
    }
    w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
}

/// Both press; whoever got somebody takes the call back.
async fn press_together(w: &World, other: &Parvis, waiting: usize) {
    let (one, two) = (w.actor("c1"), w.actor("c2"));
    let (here, there) = (w.place(1), w.place(2));
    let (first, second) = tokio::join!(w.parvis.call_next(&one, here, None), other.call_next(&two, there, None));
    let called = [first.unwrap(), second.unwrap()].map(|called| called.map(|c| c.ticket.id));
    let got = called.iter().flatten().count();
    assert_eq!(got, waiting, "everybody who waits is called, by one desk: {called:?}");
    assert!(got < 2 || called[0] != called[1], "the same visitor twice: {called:?}");
    if called[0].is_some() {
        w.act("c1", Command::Undo { place: here }).await.unwrap();
    }
    if called[1].is_some() {
        other.act(&two, w.here.id, Command::Undo { place: there }, None).await.unwrap();
    }
}
