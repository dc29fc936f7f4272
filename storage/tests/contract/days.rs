//! Days and their logs.

use std::time::Duration;

use domain::DayId;
use storage::{Conflict, Database, Heard, Reach, StorageError, day_log};

use crate::{
    on_each,
    samples::{at, date, entry, id, made_day, saved_centre, taken},
};

fn is(result: &Result<(), StorageError>, expected: Conflict) -> bool {
    matches!(result, Err(StorageError::Conflict(c)) if *c == expected)
}

#[tokio::test]
async fn a_centre_has_one_day_at_a_time() {
    on_each(async |test| {
        let db = &test.database;
        let (here, there) = (saved_centre(db, "here").await.id, saved_centre(db, "there").await.id);
        assert_eq!(day_log::open_day(db, here).await.unwrap(), None);
        let first = day_log::create_day(db, id(), here, date(2), at(5)).await.unwrap();
        assert_eq!((first.centre, first.date, first.run), (here, date(2), 1));
        assert_eq!((first.opened_at, first.last_seen), (at(5), at(5)));
        assert_eq!(day_log::open_day(db, here).await.unwrap(), Some(first));
        assert_eq!(day_log::open_day(db, there).await.unwrap(), None);
        let second = day_log::create_day(db, id(), here, date(3), at(6)).await;
        assert!(matches!(second, Err(StorageError::Conflict(Conflict::Day))), "{second:?}");
        let elsewhere = day_log::create_day(db, id(), there, date(2), at(4)).await.unwrap();
        assert_eq!(day_log::unfolded_days(db).await.unwrap(), [elsewhere, first]);

        assert!(day_log::touch_day(db, first.id, at(70)).await.unwrap());
        assert_eq!(day_log::open_day(db, here).await.unwrap().unwrap().last_seen, at(70));
        assert!(!day_log::touch_day(db, id(), at(70)).await.unwrap());

        // the date is opened again after it was closed
        assert!(day_log::fold(db, first.id, at(80), &domain::statistics::Fold::default()).await.unwrap());
        assert!(!day_log::touch_day(db, first.id, at(90)).await.unwrap());
        let again = day_log::create_day(db, id(), here, date(2), at(91)).await.unwrap();
        assert_eq!(again.run, 2);
        assert!(day_log::was_opened(db, here, date(2)).await.unwrap());
        assert!(!day_log::was_opened(db, here, date(3)).await.unwrap());
        assert_eq!(day_log::unfolded_days(db).await.unwrap(), [elsewhere, again]);
    })
    .await;
}

#[tokio::test]
async fn two_nodes_that_open_a_day_at_once_open_one() {
    on_each(async |test| {
        let db = &test.database;
        let other = Database::open(&test.url).await.unwrap();
        for n in 0..10 {
            let centre = saved_centre(db, &format!("c{n}")).await.id;
            let (a, b) = tokio::join!(
                day_log::create_day(db, id(), centre, date(2), at(0)),
                day_log::create_day(&other, id(), centre, date(2), at(0)),
            );
            assert!(a.is_ok() ^ b.is_ok(), "{a:?} {b:?}");
            let lost = a.err().or(b.err()).unwrap();
            assert!(matches!(lost, StorageError::Conflict(Conflict::Day)), "{lost:?}");
        }
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn entries_come_back_as_they_were_appended() {
    on_each(async |test| {
        let db = &test.database;
        let day = made_day(db, saved_centre(db, "here").await.id).await;
        let entries: Vec<_> = (1..=40).map(|n| taken(n, 'A')).collect();
        day_log::append(db, day, &[]).await.unwrap();
        day_log::append(db, day, &entries[..1]).await.unwrap();
        day_log::append(db, day, &entries[1..]).await.unwrap();
        assert_eq!(day_log::read(db, day, 0).await.unwrap(), entries);
        assert_eq!(day_log::read(db, day, 38).await.unwrap(), entries[38..]);
        assert_eq!(day_log::read(db, day, 40).await.unwrap(), []);
        assert_eq!(day_log::read(db, day, u64::MAX).await.unwrap(), []);
        assert_eq!(day_log::read(db, id::<DayId>(), 0).await.unwrap(), []);
        let last_seen = day_log::unfolded_days(db).await.unwrap()[0].last_seen;
        assert_eq!(last_seen, entries[39].at, "an append is a sign of life");
    })
    .await;
}

#[tokio::test]
async fn a_batch_is_appended_as_a_whole_or_not_at_all() {
    on_each(async |test| {
        let db = &test.database;
        let day = made_day(db, saved_centre(db, "here").await.id).await;
        let first = vec![taken(1, 'A'), taken(2, 'A')];
        day_log::append(db, day, &first).await.unwrap();

        let second_exists = [taken(3, 'A'), taken(2, 'A'), taken(4, 'A')];
        assert!(is(&day_log::append(db, day, &second_exists).await, Conflict::Sequence));
        let mut key_exists = [taken(3, 'A'), taken(4, 'A')];
        key_exists[1].key.clone_from(&first[0].key);
        assert!(is(&day_log::append(db, day, &key_exists).await, Conflict::Sequence));
        assert_eq!(day_log::read(db, day, 0).await.unwrap(), first, "nothing of them was kept");

        let unknown = id();
        assert!(is(&day_log::append(db, unknown, &[taken(1, 'A')]).await, Conflict::Folded));
        let more = [taken(3, 'A')];
        day_log::append(db, day, &more).await.unwrap();
        assert_eq!(day_log::read(db, day, 2).await.unwrap(), more);
    })
    .await;
}

#[tokio::test]
async fn of_two_nodes_that_append_at_once_one_is_first() {
    on_each(async |test| {
        let db = &test.database;
        let other = Database::open(&test.url).await.unwrap();
        let day = made_day(db, saved_centre(db, "here").await.id).await;
        for round in 0..25 {
            let sequence = 2 * round + 1;
            let mine = [taken(sequence, 'A'), taken(sequence + 1, 'A')];
            let theirs = [taken(sequence, 'B'), taken(sequence + 1, 'B')];
            let (a, b) = tokio::join!(day_log::append(db, day, &mine), day_log::append(&other, day, &theirs));
            assert!(a.is_ok() ^ b.is_ok(), "{a:?} {b:?}");
            let kept = if a.is_ok() { &mine } else { &theirs };
            assert!(is(&a, Conflict::Sequence) || is(&b, Conflict::Sequence), "{a:?} {b:?}");
            assert_eq!(day_log::read(db, day, sequence - 1).await.unwrap(), kept);
        }
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_entry_that_is_not_understood_is_named() {
    on_each(async |test| {
        let db = &test.database;
        let day = made_day(db, saved_centre(db, "here").await.id).await;
        day_log::append(db, day, &[taken(1, 'A'), entry(2, vec![domain::day::Event::DayClosed])]).await.unwrap();
        test.run("UPDATE day_log SET events = '[\"of a later version\"]' WHERE sequence = 2").await.unwrap();
        let unread = day_log::read(db, day, 0).await.unwrap_err();
        assert!(matches!(&unread, StorageError::Unreadable(why) if why.contains("entry 2")), "{unread}");
    })
    .await;
}

#[tokio::test]
async fn nodes_hear_of_each_others_appends() {
    on_each(async |test| {
        let db = &test.database;
        let day: DayId = id();
        let Some(mut listener) = db.listen().await.unwrap() else {
            assert_eq!(db.kind(), "SQLite");
            db.notify(day, Reach::End);
            return;
        };
        let other = Database::open(&test.url).await.unwrap();
        let last: DayId = id();
        for sequence in 1..=1_000 {
            other.notify(day, Reach::Entry(sequence));
        }
        other.notify(last, Reach::End);
        let wait = Duration::from_secs(10);
        let mut heard = Vec::new();
        while heard.last() != Some(&Heard::Day(last, Reach::End)) {
            heard.push(tokio::time::timeout(wait, listener.next()).await.expect("a hint comes").unwrap());
        }
        assert!(heard.len() < 500, "{} hints: they are sent together", heard.len());
        assert!(heard.contains(&Heard::Day(day, Reach::Entry(1_000))), "{heard:?}");
        other.close().await;
    })
    .await;
}
