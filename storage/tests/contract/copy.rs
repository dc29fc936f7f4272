//! Copies of a SQLite file.

use storage::{Database, StorageError, centres, copy, day_log, testing};

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
