//! Several nodes on one PostgreSQL serve one centre as if they were one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{
    Language, TicketId,
    centre::{Centre, Policies},
    day::{Command, Outcome, Refusal},
    view::{DayState, FollowState},
};
use services::{
    Parvis, Problem,
    clock::{Clock, SystemClock},
    import::FirstPasswords,
};

use crate::world::{World, on_each};

/// Two nodes; nothing on SQLite, which has one.
async fn with_two(w: World, test: impl AsyncFn(&World, &Parvis)) -> World {
    if w.test.database.is_shared() {
        let other = w.second_node().await;
        test(&w, &other).await;
        other.stop().await;
    }
    w
}

const TICKETS: usize = 400;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_desks_on_two_nodes_never_call_a_visitor_twice() {
    on_each(|w| {
        with_two(w, async |w, other| {
            w.open_day().await;
            let nodes = [w.parvis.clone(), other.clone()];
            let calls: Arc<Mutex<BTreeMap<TicketId, usize>>> = Arc::default();
            let mut taking = tokio::task::JoinSet::new();
            for k in 0..4 {
                let (node, host, form, here) = (nodes[k % 2].clone(), w.actor("host"), w.form("cv"), w.here.id);
                taking.spawn(async move {
                    let mut numbers = Vec::new();
                    for _ in 0..TICKETS / 4 {
                        numbers.push(node.take_ticket(&host, here, form.clone(), None).await.unwrap().number.counter);
                    }
                    numbers
                });
            }
            let mut desks = tokio::task::JoinSet::new();
            for n in 0..4 {
                let (node, actor, place) = (nodes[n % 2].clone(), w.actor(&format!("c{}", n + 1)), w.place(n + 1));
                let (calls, here) = (Arc::clone(&calls), w.here.id);
                desks.spawn(async move {
                    node.open_place(&actor, place, None).await.unwrap();
                    while calls.lock().unwrap().len() < TICKETS {
                        let Some(called) = node.call_next(&actor, place, None).await.unwrap() else {
                            tokio::time::sleep(Duration::from_millis(1)).await;
                            continue;
                        };
                        let ticket = called.ticket.id;
                        *calls.lock().unwrap().entry(ticket).or_default() += 1;
                        node.act(&actor, here, Command::Arrive { ticket }, None).await.unwrap();
                        let finish = Command::Finish { ticket, outcome: Outcome::Answered, further: None };
                        node.act(&actor, here, finish, None).await.unwrap();
                    }
                });
            }
            let numbers: BTreeSet<u16> = taking.join_all().await.into_iter().flatten().collect();
            assert_eq!(numbers.len(), TICKETS, "no number twice");
            desks.join_all().await;
            let calls = calls.lock().unwrap().clone();
            assert_eq!(calls.len(), TICKETS);
            assert!(calls.values().all(|n| *n == 1), "nobody is called twice");
        })
    })
    .await;
}

#[tokio::test]
async fn what_one_node_answered_the_other_knows() {
    on_each(|w| {
        with_two(w, async |w, other| {
            w.open_day().await;
            let (ticket, here) = (w.take("cv").await, w.here.id);
            // a phone that reaches the other node, and a desk there, at once
            assert_eq!(other.follow(&ticket.token).await.unwrap().1.state, FollowState::Waiting { ahead: 0 });
            let late = w.take("cv").await;
            let c1 = w.actor("c1");
            other.open_place(&c1, w.place(1), None).await.unwrap();
            assert_eq!(other.call_next(&c1, w.place(1), None).await.unwrap().unwrap().ticket.id, ticket.id);
            let arrive = Command::Arrive { ticket: ticket.id };
            w.parvis.act(&c1, here, arrive, None).await.unwrap();
            assert_eq!(other.find_ticket(late.id).await, Ok(here));

            // the same key on both nodes at once is one request
            let (kiosk, key) = (w.kiosk(), Some("both".to_owned()));
            let (a, b) = tokio::join!(
                w.parvis.take_ticket(&kiosk, here, w.form("cv"), key.clone()),
                other.take_ticket(&kiosk, here, w.form("cv"), key.clone()),
            );
            assert_eq!(a.unwrap().id, b.unwrap().id);

            // versions are the same once both have seen all
            w.parvis.pulse().await;
            other.pulse().await;
            let (one, two) = (w.board().await, other.board(&w.kiosk(), here).await.unwrap());
            assert_eq!(one.version, two.version);
        })
    })
    .await;
}

#[tokio::test]
async fn a_day_that_one_node_closes_is_closed_on_the_other() {
    on_each(|w| {
        with_two(w, async |w, other| {
            w.open_day().await;
            let (ticket, here) = (w.take("cv").await, w.here.id);
            other.follow(&ticket.token).await.unwrap();
            w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
            let refused = other.take_ticket(&w.kiosk(), here, w.form("cv"), None).await;
            assert_eq!(refused, Err(Refusal::DayNotOpen.into()), "nothing is appended to a folded day");
            assert_eq!(other.board(&w.kiosk(), here).await.unwrap().board.state, DayState::Closed);
            assert!(matches!(other.follow(&ticket.token).await, Err(Problem::Unknown(_))));

            // both open at once: there is one day
            let host = w.actor("host");
            let open = || Command::OpenDay { closes: None };
            let (a, b) = tokio::join!(w.parvis.act(&host, here, open(), None), other.act(&host, here, open(), None));
            let refused = [a.is_err(), b.is_err()].iter().filter(|r| **r).count();
            assert_eq!(refused, 1, "{a:?} {b:?}");
            let (x, y) = (w.take("cv").await, other.take_ticket(&w.kiosk(), here, w.form("cv"), None).await.unwrap());
            assert_ne!(x.number, y.number);
        })
    })
    .await;
}

#[tokio::test]
async fn settings_reach_the_other_node_and_a_living_node_is_no_interruption() {
    on_each(|w| {
        with_two(w, async |w, other| {
            w.open_day().await;
            w.take("cv").await;
            let policies = Policies { promise_minutes: 45, ..w.here.policies.clone() };
            w.parvis.save_policies(&w.actor("coordinator"), w.here.id, policies).await.unwrap();
            // the other node stands still for ten minutes, this one does not
            for _ in 0..10 {
                w.pass(Duration::from_secs(60)).await;
            }
            other.pulse().await;
            assert_eq!(other.centre_by_id(w.here.id).unwrap().policies.promise_minutes, 45);
            assert_eq!(other.board(&w.kiosk(), w.here.id).await.unwrap().board.state, DayState::Open);
            assert_eq!(other.board(&w.kiosk(), w.here.id).await.unwrap().centre.policies.promise_minutes, 45);
        })
    })
    .await;
}

#[tokio::test]
async fn a_server_sees_what_the_command_line_changes_within_two_seconds() {
    on_each(async |w| {
        w.open_day().await;
        // The command line is a program of its own on the same database, also on SQLite.
        let beside = w.second_node().await;
        let file = crate::world::centre_file("here", "one").replace("Un CV ?", "Un CV à relire ?");
        beside.import_centre(&file, FirstPasswords::Generated).await.unwrap();
        beside.stop().await;
        w.pass(Duration::from_secs(1)).await;
        let question =
            |centre: &Centre| centre.need(w.need("cv")).unwrap().question.get(&Language::french()).to_owned();
        assert_eq!(question(&w.parvis.centre_by_id(w.here.id).unwrap()), "Un CV à relire ?");
        assert_eq!(question(&w.board().await.centre), "Un CV à relire ?");
        w
    })
    .await;
}

/// A node whose own clock is wrong by some days, and that believes the database's.
async fn node_wrong_by(w: &World, days: i64) -> Parvis {
    let now = Clock::now(&SystemClock::default()) + chrono::Duration::days(days);
    let options = services::Options {
        clock: std::sync::Arc::new(services::clock::FakeClock::at(now)),
        timer: false,
        database_time: true,
        ..services::Options::default()
    };
    Parvis::start(storage::Database::open(&w.test.url).await.unwrap(), options).await.unwrap()
}

#[tokio::test]
async fn one_nodes_wrong_clock_neither_suspends_nor_ends_the_others_day() {
    on_each(async |w| {
        if !w.test.database.is_shared() {
            return w;
        }
        let right = node_wrong_by(&w, 0).await;
        let (host, here) = (w.actor("host"), w.here.id);
        let open = || right.act(&host, here, Command::OpenDay { closes: None }, None);
        assert!(matches!(open().await, Ok(_) | Err(Problem::Refused(Refusal::DayAlreadyOpen))));
        for days in [-1, 1, 400] {
            let wrong = node_wrong_by(&w, days).await;
            let apart = (wrong.now() - right.now()).abs();
            assert!(apart < chrono::Duration::minutes(1), "{days}: {apart}");
            for node in [&wrong, &right, &wrong] {
                node.pulse().await;
            }
            for node in [&wrong, &right] {
                let board = node.board(&host, here).await.unwrap();
                assert_eq!(board.board.state, domain::view::DayState::Open, "{days}");
            }
            wrong.stop().await;
        }
        right.stop().await;
        w
    })
    .await;
}

async fn day_of(w: &World) -> domain::DayId {
    storage::day_log::open_day(&w.test.database, w.here.id).await.unwrap().unwrap().id
}

#[tokio::test]
async fn what_the_database_lost_is_put_back_and_no_number_is_given_twice() {
    on_each(async |w| {
        if !w.test.database.is_shared() {
            return w;
        }
        w.open_day().await;
        let mut taken = Vec::new();
        for _ in 0..4 {
            taken.push(w.take("cv").await);
        }
        let day = day_of(&w).await;
        let whole = storage::day_log::read(&w.test.database, day, 0).await.unwrap();
        // A server took over without the last two entries; then without the day.
        storage::testing::lose_after(&w.test.database, day, whole.len() as u64 - 2).await;
        taken.push(w.take("cv").await);
        storage::testing::lose_after(&w.test.database, day, whole.len() as u64 - 3).await;
        w.parvis.pulse().await;
        w.parvis.pulse().await;
        taken.push(w.take("cv").await);
        storage::testing::lose_day(&w.test.database, day).await;
        w.parvis.pulse().await;
        w.parvis.pulse().await;
        taken.push(w.take("cv").await);
        let numbers: std::collections::BTreeSet<_> = taken.iter().map(|t| t.number.to_string()).collect();
        assert_eq!(numbers.len(), taken.len(), "{numbers:?}");
        // Nobody who was answered is missing, here and on a node that knew nothing.
        let other = w.second_node().await;
        for ticket in &taken {
            for node in [&w.parvis, &other] {
                assert_eq!(node.follow(&ticket.token).await.unwrap().1.number, ticket.number);
            }
        }
        assert!(w.parvis.troubles(&w.actor("host"), w.here.id).await.unwrap().is_empty());
        other.stop().await;
        w
    })
    .await;
}

#[tokio::test]
async fn a_node_that_knew_more_than_the_others_went_on_from_gives_nothing_and_says_so() {
    on_each(async |w| {
        if !w.test.database.is_shared() {
            return w;
        }
        w.open_day().await;
        for _ in 0..3 {
            w.take("cv").await;
        }
        let day = day_of(&w).await;
        let known = storage::day_log::read(&w.test.database, day, 0).await.unwrap().len() as u64;
        storage::testing::lose_after(&w.test.database, day, known - 1).await;
        // Somebody who never knew better goes on from what is there.
        let other = w.second_node().await;
        let theirs = other.take_ticket(&w.kiosk(), w.here.id, w.form("cv"), None).await.unwrap();
        w.parvis.pulse().await;
        w.parvis.pulse().await;
        let lost = Problem::Storage(services::StorageTrouble::Lost);
        assert_eq!(w.take_with(&w.kiosk(), w.form("cv"), None).await.unwrap_err(), lost);
        let told = w.parvis.troubles(&w.actor("host"), w.here.id).await.unwrap();
        assert_eq!(told, [domain::view::Alert::LogLost]);
        assert!(w.parvis.welcome_view(&w.actor("host"), w.here.id).await.unwrap().log_lost);
        let next = other.take_ticket(&w.kiosk(), w.here.id, w.form("cv"), None).await.unwrap();
        assert_ne!(next.number, theirs.number);
        other.stop().await;
        w
    })
    .await;
}
