//! Copies of a SQLite file.

use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use storage::{
    Database, StorageError, centres,
    copy::{self, NotACopy},
    day_log, testing,
};

use crate::{
    fold::{found, traces},
    samples::{made_day, saved_centre, taken},
};

#[tokio::test]
async fn a_copy_leaves_the_open_day_out_unless_asked_for() {
    let test = testing::sqlite().await;
    let db = &test.database;
    let centre = saved_centre(db, "here").await;
    let day = made_day(db, centre.id).await;
    let log: Vec<_> = (1..=200).map(|n| taken(n, 'A')).collect();
    day_log::append(db, day, &log).await.unwrap();
    let file = test.folder().unwrap().join("parvis.db");
    for (with_day, expected) in [(true, log.as_slice()), (false, &[])] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("copy.db");
        copy::sqlite(&file, &to, with_day).await.unwrap();
        assert_eq!(
            found(folder.path(), &traces(&log)).is_empty(),
            !with_day,
            "no trace is left in a copy without the day"
        );
        let again = copy::sqlite(&file, &to, with_day).await;
        assert!(again.is_err(), "what exists is not written over");
        let opened = Database::open(&format!("sqlite:{}", to.display())).await.unwrap();
        assert_eq!(centres::all(&opened).await.unwrap(), std::slice::from_ref(&centre));
        assert_eq!(day_log::open_day(&opened, centre.id).await.unwrap().is_some(), with_day);
        assert_eq!(day_log::read(&opened, day, 0).await.unwrap(), expected);
        opened.close().await;
    }
    assert_eq!(day_log::read(db, day, 0).await.unwrap(), log, "the original is as it was");
    test.finish().await;
}

#[tokio::test]
async fn a_file_is_unused_when_nobody_has_it_open() {
    let test = testing::sqlite().await;
    saved_centre(&test.database, "here").await;
    let file = test.folder().unwrap().join("parvis.db");
    assert!(!copy::is_unused(&file).await.unwrap());
    test.database.close().await;
    assert!(copy::is_unused(&file).await.unwrap());
    let missing = copy::is_unused(&file.with_file_name("none.db")).await;
    assert!(matches!(missing, Err(StorageError::Unreachable(_))), "{missing:?}");
    let opened = Database::open(&test.url).await.unwrap();
    assert_eq!(centres::all(&opened).await.unwrap().len(), 1);
    opened.close().await;
    test.finish().await;
}

#[tokio::test]
async fn only_a_whole_copy_of_ours_is_taken_for_one() {
    let test = testing::sqlite().await;
    saved_centre(&test.database, "here").await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let good = path("good.db");
    copy::sqlite(&test.folder().unwrap().join("parvis.db"), &good, true).await.unwrap();
    let bytes = std::fs::read(&good).unwrap();
    copy::check(&good).await.unwrap();
    assert_eq!(std::fs::read(&good).unwrap(), bytes, "looking changes nothing");

    let altered = async |name: &str, sql: &'static str| {
        let file = path(name);
        std::fs::write(&file, &bytes).unwrap();
        let options: SqliteConnectOptions = format!("sqlite:{}", file.display()).parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        copy::check(&file).await.unwrap_err()
    };
    let newer = altered("newer.db", "UPDATE _sqlx_migrations SET version = 9999 WHERE version = 1").await;
    assert!(matches!(newer, NotACopy::Storage(StorageError::NewerSchema { found: 9999, .. })), "{newer:?}");
    let strange = altered("strange.db", "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 3").await;
    assert!(matches!(strange, NotACopy::Foreign), "{strange:?}");
    let other = altered("other.db", "DROP TABLE _sqlx_migrations").await;
    assert!(matches!(other, NotACopy::Foreign), "{other:?}");

    std::fs::write(path("letter"), "a letter".repeat(1000)).unwrap();
    std::fs::write(path("empty"), "").unwrap();
    for name in ["letter", "empty"] {
        let error = copy::check(&path(name)).await.unwrap_err();
        assert!(matches!(error, NotACopy::NotSqlite), "{error:?}");
    }
    for left in [100, 4096, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(path("short"), &bytes[..left]).unwrap();
        let error = copy::check(&path("short")).await.unwrap_err();
        assert!(matches!(error, NotACopy::Damaged(_)), "{left}: {error:?}");
    }
    test.finish().await;
}
