//! The end of a day: its log is destroyed, counts stay.

use std::{path::Path, time::Duration};

use domain::{
    DayId,
    day::{Entry, Event},
    statistics::{Fold, Margin, Part},
};
use storage::{Conflict, Database, StorageError, day_log, statistics, testing};

use crate::{
    on_each,
    samples::{at, date, id, made_day, saved_centre, taken},
};

fn counts(count: u32) -> Fold {
    let margin = Margin::Taken { date: date(2), space: Part::Of(None), hour: Part::Of(9) };
    Fold { cells: [(margin, count)].into(), durations: vec![] }
}

#[tokio::test]
async fn a_fold_keeps_counts_and_destroys_the_log() {
    on_each(async |test| {
        let db = &test.database;
        let centre = saved_centre(db, "here").await.id;
        let other = made_day(db, saved_centre(db, "there").await.id).await;
        let kept = [taken(1, 'B')];
        day_log::append(db, other, &kept).await.unwrap();
        let day = made_day(db, centre).await;
        day_log::append(db, day, &[taken(1, 'A'), taken(2, 'A')]).await.unwrap();

        assert!(day_log::fold(db, day, at(100), &counts(7)).await.unwrap());
        assert_eq!(day_log::read(db, day, 0).await.unwrap(), []);
        assert_eq!(day_log::open_day(db, centre).await.unwrap(), None);
        assert_eq!(statistics::cells(db, centre, date(1), date(3)).await.unwrap(), counts(7).cells);

        assert!(!day_log::fold(db, day, at(101), &counts(7)).await.unwrap(), "once");
        assert!(!day_log::fold(db, id(), at(101), &counts(7)).await.unwrap());
        assert_eq!(statistics::cells(db, centre, date(1), date(3)).await.unwrap(), counts(7).cells);
        let late = day_log::append(db, day, &[taken(3, 'A')]).await;
        assert!(matches!(late, Err(StorageError::Conflict(Conflict::Folded))), "{late:?}");
        assert_eq!(day_log::read(db, day, 0).await.unwrap(), []);
        assert_eq!(day_log::read(db, other, 0).await.unwrap(), kept, "another day is left alone");
    })
    .await;
}

#[tokio::test]
async fn of_two_nodes_that_fold_at_once_one_counts() {
    on_each(async |test| {
        let db = &test.database;
        let other = Database::open(&test.url).await.unwrap();
        let centre = saved_centre(db, "here").await.id;
        for round in 1..=10 {
            let day = made_day(db, centre).await;
            day_log::append(db, day, &[taken(1, 'A')]).await.unwrap();
            let (five, late) = (counts(5), [taken(2, 'A')]);
            let (a, b, appended) = tokio::join!(
                day_log::fold(db, day, at(9), &five),
                day_log::fold(&other, day, at(9), &five),
                day_log::append(&other, day, &late),
            );
            assert!(a.unwrap() ^ b.unwrap());
            assert!(matches!(appended, Ok(()) | Err(StorageError::Conflict(Conflict::Folded))), "{appended:?}");
            assert_eq!(day_log::read(db, day, 0).await.unwrap(), []);
            assert_eq!(statistics::cells(db, centre, date(2), date(2)).await.unwrap(), counts(5 * round).cells);
        }
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn no_row_of_a_folded_day_is_left() {
    let Some(test) = testing::postgres().await else { return };
    let db = &test.database;
    let day = made_day(db, saved_centre(db, "here").await.id).await;
    day_log::append(db, day, &[taken(1, 'A')]).await.unwrap();
    let size = "DO $$ BEGIN ASSERT (SELECT pg_relation_size('day_log')) = 0; END $$";
    assert!(test.run(size).await.is_err(), "before the fold there is something");
    assert!(day_log::fold(db, day, at(9), &counts(5)).await.unwrap());
    test.run(size).await.expect("the table's file is empty");
    test.finish().await;
}

/// Bytes as characters of the same numbers: the standard library searches strings fast.
fn searchable(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// All that is written into a folder's files.
fn written(folder: &Path) -> Vec<(String, String)> {
    let files = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
    files.map(|f| (f.display().to_string(), searchable(&std::fs::read(&f).unwrap()))).collect()
}

/// What somebody could search for who knows a ticket.
pub fn traces(entries: &[Entry]) -> Vec<String> {
    let mut traces = Vec::new();
    for entry in entries {
        traces.push(entry.key.clone());
        let Event::TicketTaken { ticket, number, token, .. } = &entry.events[0] else { panic!("a ticket") };
        traces.push(ticket.to_string());
        traces.push(searchable(ticket.0.as_bytes()));
        traces.push(token.reveal());
        traces.push(format!("\"number\":\"{number}\""));
    }
    traces
}

/// The file of every trace that is found.
pub fn found(folder: &Path, traces: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (file, bytes) in written(folder) {
        found.extend(traces.iter().filter(|t| bytes.contains(*t)).map(|_| file.clone()));
    }
    found
}

async fn append_in_turns(db: &Database, days: [(DayId, char); 2], rounds: u64) -> [Vec<Entry>; 2] {
    let mut logs = [vec![], vec![]];
    for round in 0..rounds {
        for (log, (day, letter)) in logs.iter_mut().zip(days) {
            let batch: Vec<_> = (1..=7).map(|n| taken(round * 7 + n, letter)).collect();
            day_log::append(db, day, &batch).await.unwrap();
            log.extend(batch);
        }
    }
    logs
}

/// Two centres write in turns, so that the folded day's pages are shared, split and merged with the other's.
#[tokio::test]
async fn nothing_of_a_folded_day_is_in_the_database_file_or_its_write_ahead_log() {
    let test = testing::sqlite().await;
    let (db, folder) = (&test.database, test.folder().unwrap());
    let day = made_day(db, saved_centre(db, "here").await.id).await;
    let other = made_day(db, saved_centre(db, "there").await.id).await;
    let [log, others] = append_in_turns(db, [(day, 'A'), (other, 'B')], 20).await;
    let (gone, kept) = (traces(&log), traces(&others));
    // a ticket's id is there as text only; all other traces are found before the fold
    assert!(found(&folder, &gone).len() >= gone.len() / 5 * 4, "the search finds what is there");

    assert!(day_log::fold(db, day, at(9), &counts(140)).await.unwrap());
    assert_eq!(found(&folder, &gone), Vec::<String>::new());
    let wal = std::fs::metadata(folder.join("parvis.db-wal")).unwrap().len();
    assert_eq!(wal, 0, "the write-ahead log is empty");
    assert!(!found(&folder, &kept).is_empty());
    assert_eq!(day_log::read(db, other, 0).await.unwrap(), others);

    assert!(day_log::fold(db, other, at(9), &counts(140)).await.unwrap());
    assert_eq!(found(&folder, &kept), Vec::<String>::new());
    test.finish().await;
}

#[tokio::test]
async fn a_reader_in_the_way_delays_the_scrubbing_and_does_not_prevent_it() {
    let test = testing::sqlite().await;
    let (db, folder) = (&test.database, test.folder().unwrap());
    let day = made_day(db, saved_centre(db, "here").await.id).await;
    let other = made_day(db, saved_centre(db, "there").await.id).await;
    let [log, _] = append_in_turns(db, [(day, 'A'), (other, 'B')], 3).await;
    let gone = traces(&log);

    let reader = sqlx::SqlitePool::connect(&test.url).await.unwrap();
    let mut reading = reader.begin().await.unwrap();
    let _: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM day_log").fetch_one(&mut *reading).await.unwrap();
    assert!(day_log::fold(db, day, at(9), &counts(21)).await.unwrap(), "the fold itself does not wait");
    assert!(!found(&folder, &gone).is_empty(), "the reader still sees the old state");
    reading.rollback().await.unwrap();
    reader.close().await;

    tokio::time::timeout(Duration::from_secs(10), async {
        while !found(&folder, &gone).is_empty() {
            day_log::touch_day(db, other, at(10)).await.unwrap();
        }
    })
    .await
    .expect("a later heartbeat empties the write-ahead log");
    test.finish().await;
}

#[tokio::test]
async fn what_a_crash_left_in_the_write_ahead_log_is_scrubbed_at_the_next_start() {
    let test = testing::sqlite().await;
    let (db, folder) = (&test.database, test.folder().unwrap());
    let day = made_day(db, saved_centre(db, "here").await.id).await;
    let log: Vec<_> = (1..=9).map(|n| taken(n, 'A')).collect();
    day_log::append(db, day, &log).await.unwrap();
    // as if the process had died just after the fold's commit
    let reader = sqlx::SqlitePool::connect(&test.url).await.unwrap();
    let mut reading = reader.begin().await.unwrap();
    let _: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM day_log").fetch_one(&mut *reading).await.unwrap();
    assert!(day_log::fold(db, day, at(9), &counts(9)).await.unwrap());
    assert!(!found(&folder, &traces(&log)).is_empty());
    let copy = tempfile::tempdir().unwrap();
    for file in ["parvis.db", "parvis.db-wal"] {
        std::fs::copy(folder.join(file), copy.path().join(file)).unwrap();
    }
    reading.rollback().await.unwrap();
    reader.close().await;
    let next = Database::open(&format!("sqlite:{}", copy.path().join("parvis.db").display())).await.unwrap();
    assert_eq!(day_log::unfolded_days(&next).await.unwrap(), [], "the fold was durable");
    assert_eq!(found(copy.path(), &traces(&log)), Vec::<String>::new());
    next.close().await;
    test.finish().await;
}
