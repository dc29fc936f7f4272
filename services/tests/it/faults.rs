//! What goes wrong outside: a refusal that says so, nothing half done, and work again by itself.

use std::{collections::BTreeSet, pin::pin, time::Duration};

use services::{Problem, StorageTrouble, Taken};

use crate::world::{World, on_each, on_sqlite};

async fn waiting(w: &World) -> u32 {
    w.board().await.board.spaces.iter().map(|s| s.waiting).sum()
}

#[tokio::test]
async fn what_cannot_be_stored_has_not_happened() {
    on_sqlite(async |w| {
        w.open_day().await;
        let first = w.take("cv").await;
        for (broken, trouble) in
            [("PRAGMA query_only = ON", StorageTrouble::ReadOnly), ("PRAGMA max_page_count = 1", StorageTrouble::Full)]
        {
            let before = w.board().await;
            w.test.spoil(broken).await.unwrap();
            // enough to need another page
            let kiosk = w.kiosk();
            let requests = (0..150).map(|_| w.take_with(&kiosk, w.form("cv"), None).boxed());
            let mut refused = 0;
            for answer in join_all(requests.collect()).await {
                if let Err(problem) = answer {
                    assert_eq!(problem, Problem::Storage(trouble));
                    refused += 1;
                }
            }
            assert!(refused > 0, "{broken}");
            let after = w.board().await;
            let (before, after) = (before.board.spaces[1].waiting, after.board.spaces[1].waiting);
            assert_eq!(after, before + 150 - refused, "who was refused is nowhere");
            w.parvis.is_ready().await.ok();
            let next = w.take("cv").await;
            assert_eq!(u32::from(next.number.counter), after + 1, "no number is lost");
        }
        let all = waiting(&w).await;
        let w = w.restart().await;
        assert_eq!(waiting(&w).await, all, "what was answered is in the log, and nothing else");
        assert_eq!(w.parvis.follow(&first.token).await.unwrap().1.number.to_string(), "C001");
        w
    })
    .await;
}

#[tokio::test]
async fn a_client_that_hangs_up_cancels_nothing() {
    on_each(async |w| {
        w.open_day().await;
        {
            let kiosk = w.kiosk();
            let mut asked = pin!(w.take_with(&kiosk, w.form("cv"), Some("k")));
            tokio::select! {
                biased;
                answer = &mut asked => panic!("answered before it was durable: {answer:?}"),
                () = std::future::ready(()) => {}
            }
        }
        while waiting(&w).await == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(w.take_with(&w.kiosk(), w.form("cv"), Some("k")).await.unwrap().number.to_string(), "C001");
        assert_eq!(waiting(&w).await, 1);
        w
    })
    .await;
}

#[tokio::test]
async fn a_database_server_that_drops_everybody_loses_and_doubles_nothing() {
    on_each(async |w| {
        if !w.test.database.is_shared() {
            return w;
        }
        w.open_day().await;
        let mut taken: Vec<Taken> = Vec::new();
        for n in 0..40 {
            if n % 5 == 2 {
                w.test
                    .run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
                    .await
                    .ok();
            }
            let key = n.to_string();
            let ticket = loop {
                match w.take_with(&w.kiosk(), w.form("cv"), Some(&key)).await {
                    Ok(ticket) => break ticket,
                    Err(Problem::Storage(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
                    Err(other) => panic!("{other}"),
                }
            };
            taken.push(ticket);
        }
        let numbers: BTreeSet<u16> = taken.iter().map(|t| t.number.counter).collect();
        assert_eq!(numbers, (1..=40).collect());
        let w = w.restart().await;
        assert_eq!(waiting(&w).await, 40);
        w
    })
    .await;
}

type Boxed<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + 'a>>;
trait Boxing<'a>: Future + Sized + 'a {
    fn boxed(self) -> Boxed<'a, Self::Output> {
        Box::pin(self)
    }
}
impl<'a, F: Future + 'a> Boxing<'a> for F {}

/// All at once: each is polled before any is awaited.
async fn join_all<T>(mut all: Vec<Boxed<'_, T>>) -> Vec<T> {
    let mut done: Vec<Option<T>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, slot) in all.iter_mut().zip(&mut done) {
            if slot.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *slot = Some(value);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}
