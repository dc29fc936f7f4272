//! What goes wrong outside: each has a name, and works again by itself.

use std::time::Duration;

use domain::{DayId, day::Entry};
use storage::{
    Database, Reach, StorageError, centres, day_log,
    testing::{
        self,
        faults::{Gate, Immutable, SmallDisk},
    },
};

use crate::samples::{date, made_day, saved_centre, taken};

/// Every way to write says the same; nothing of it was kept.
async fn refused(database: &Database, day: DayId, kept: &[Entry], is: fn(&StorageError) -> bool) {
    let next = u64::try_from(kept.len()).unwrap() + 1;
    for attempt in 0..3 {
        let error = day_log::append(database, day, &[taken(next, 'A')]).await.unwrap_err();
        assert!(is(&error), "{attempt}: {error:?}");
    }
    let error = database.is_writable().await.unwrap_err();
    assert!(is(&error), "{error:?}");
}

/// Works as if nothing had been.
async fn works(database: &Database, day: DayId, kept: &mut Vec<Entry>) {
    let next = u64::try_from(kept.len()).unwrap() + 1;
    kept.push(taken(next, 'A'));
    database.is_writable().await.unwrap();
    day_log::append(database, day, &kept[kept.len() - 1..]).await.unwrap();
    assert_eq!(&day_log::read(database, day, 0).await.unwrap(), kept);
}

/// The connections that write are broken from behind; the next use makes new ones.
#[tokio::test]
async fn a_connection_that_met_a_failing_disk_is_not_used_again() {
    let test = testing::sqlite().await;
    let db = &test.database;
    let day = made_day(db, saved_centre(db, "here").await.id).await;
    let mut kept = Vec::new();
    works(db, day, &mut kept).await;
    test.spoil("PRAGMA query_only = ON").await.unwrap();
    let error = day_log::append(db, day, &[taken(2, 'A')]).await.unwrap_err();
    assert!(matches!(error, StorageError::ReadOnly), "{error:?}");
    let error = db.is_writable().await.unwrap_err();
    assert!(matches!(error, StorageError::ReadOnly), "{error:?}");
    works(db, day, &mut kept).await;

    // full in the middle of a transaction, which SQLite then ends by itself
    test.spoil("PRAGMA max_page_count = 1").await.unwrap();
    let large: Vec<_> = (3..400).map(|n| taken(n, 'A')).collect();
    let error = day_log::append(db, day, &large).await.unwrap_err();
    assert!(matches!(error, StorageError::Full), "{error:?}");
    works(db, day, &mut kept).await;
    test.finish().await;
}

#[tokio::test]
async fn a_read_only_file_is_refused_and_works_again_when_it_may_be_written() {
    let test = testing::sqlite().await;
    let folder = test.folder().unwrap();
    let db = &test.database;
    let day = made_day(db, saved_centre(db, "here").await.id).await;
    let mut kept = Vec::new();
    works(db, day, &mut kept).await;
    let Some(guard) = Immutable::make(&folder) else {
        eprintln!("a read-only file is NOT tested here: it takes root and chattr +i");
        return test.finish().await;
    };
    // the open file fails first, then the file that cannot be opened for writing
    refused(db, day, &kept, |e| matches!(e, StorageError::ReadOnly | StorageError::Unreachable(_))).await;
    refused(db, day, &kept, |e| matches!(e, StorageError::ReadOnly)).await;
    assert_eq!(day_log::read(db, day, 0).await.unwrap(), kept, "reading goes on");
    drop(guard);
    works(db, day, &mut kept).await;
    test.finish().await;
}

#[tokio::test]
async fn a_database_that_is_opened_read_only_says_so() {
    let test = testing::sqlite().await;
    let centre = saved_centre(&test.database, "here").await;
    let database = Database::open(&format!("{}?mode=ro", test.url)).await.unwrap();
    assert!(matches!(database.is_writable().await, Err(StorageError::ReadOnly)));
    assert_eq!(centres::all(&database).await.unwrap(), [centre]);
    database.close().await;
    test.finish().await;
}

#[tokio::test]
async fn a_full_disk_is_refused_and_works_again_when_there_is_space() {
    let Some(disk) = SmallDisk::mount("2m") else {
        eprintln!("a full disk is NOT tested here: it takes root, to mount a small one");
        return;
    };
    let db = Database::open(&format!("sqlite:{}", disk.path().join("parvis.db").display())).await.unwrap();
    let day = made_day(&db, saved_centre(&db, "here").await.id).await;
    let mut kept = Vec::new();
    works(&db, day, &mut kept).await;
    let ballast = disk.fill();
    // what the write-ahead log still has room for is kept
    let full = loop {
        let next = u64::try_from(kept.len()).unwrap() + 1;
        let entry = taken(next, 'A');
        match day_log::append(&db, day, std::slice::from_ref(&entry)).await {
            Ok(()) => kept.push(entry),
            Err(error) => break error,
        }
    };
    assert!(matches!(full, StorageError::Full), "{full:?}");
    refused(&db, day, &kept, |e| matches!(e, StorageError::Full)).await;
    assert_eq!(day_log::read(&db, day, 0).await.unwrap(), kept, "reading goes on");
    std::fs::remove_file(ballast).unwrap();
    works(&db, day, &mut kept).await;
    db.close().await;
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_named_in_time_and_works_again_when_it_can() {
    let Some(test) = testing::postgres().await else { return };
    let gate = Gate::before(&std::env::var(testing::POSTGRES).unwrap()).await;
    let db = Database::open(&gate.url(&test.url)).await.unwrap();
    let day = made_day(&db, saved_centre(&db, "here").await.id).await;
    let mut kept = Vec::new();
    works(&db, day, &mut kept).await;
    let mut listener = db.listen().await.unwrap().unwrap();

    gate.shut();
    let unreachable = |e: &StorageError| matches!(e, StorageError::Unreachable(_));
    tokio::time::timeout(Duration::from_secs(50), refused(&db, day, &kept, unreachable))
        .await
        .expect("an answer in time");
    let read =
        tokio::time::timeout(Duration::from_secs(10), centres::by_slug(&db, "here")).await.expect("an answer in time");
    assert!(unreachable(&read.unwrap_err()));
    db.notify(day, Reach::Entry(1));

    gate.open();
    works(&db, day, &mut kept).await;
    tokio::time::timeout(Duration::from_secs(20), async {
        while listener.next().await.is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the listener hears again");
    drop(listener);
    db.close().await;
    test.finish().await;
}

#[tokio::test]
async fn a_server_that_restarts_ends_connections_and_not_the_service() {
    let Some(test) = testing::postgres().await else { return };
    let db = &test.database;
    let day = made_day(db, saved_centre(db, "here").await.id).await;
    let mut kept = Vec::new();
    works(db, day, &mut kept).await;
    let other = Database::open(&test.url).await.unwrap();
    other.is_writable().await.unwrap();
    test.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        .await
        .unwrap();
    // A server needs longer to restart; only a connection that was used this very moment is trusted.
    tokio::time::sleep(Duration::from_millis(100)).await;
    other.is_writable().await.unwrap();
    works(&other, day, &mut kept).await;
    // a server that only answers reads, as a standby does
    test.run("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$")
        .await
        .unwrap();
    let reader = Database::open(&test.url).await;
    assert!(
        matches!(reader, Err(StorageError::ReadOnly)) || {
            let reader = reader.unwrap();
            matches!(reader.is_writable().await, Err(StorageError::ReadOnly))
        }
    );
    assert_eq!(day_log::unfolded_days(db).await.unwrap()[0].date, date(2));
    other.close().await;
    test.finish().await;
}
