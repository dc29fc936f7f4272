//! Releases of career information: seen whole or not at all.

use chrono::Duration;
use domain::{
    Instant, Language,
    catalogue::{Kind, Record, Relation, Release, Source, Words},
};
use storage::{Conflict, Database, StorageError, catalogue};
use uuid::Uuid;

use crate::{
    on_each,
    samples::{at, id},
};

fn release(source: Source, version: &str, at: Instant) -> Release {
    let licence = source.licence().map(str::to_owned);
    Release { source, version: version.into(), licence, imported_at: at }
}

fn record(code: &str, title: &str) -> Record {
    let mut record = Record::new(Kind::Occupation, code);
    record.words.insert(Language::french(), Words { title: title.into(), ..Words::default() });
    record.link(Relation::Mobility, "rome:A1102".parse().unwrap());
    record
}

async fn write(db: &Database, release: &Release, records: &[Record]) -> Uuid {
    let id = id();
    catalogue::begin(db, id, release).await.unwrap();
    for batch in records.chunks(2) {
        catalogue::add(db, id, batch, release.imported_at).await.unwrap();
    }
    id
}

#[tokio::test]
async fn a_release_is_seen_when_it_is_whole_and_the_one_before_is_kept() {
    on_each(async |test| {
        let (db, now) = (&test.database, at(0));
        assert!(catalogue::current(db).await.unwrap().is_empty());
        let (a, b, c) = (record("A", "un"), record("B", "deux"), record("C", "trois"));
        let first = release(Source::Rome, "v1", now);
        let one = write(db, &first, &[c.clone(), a.clone(), b.clone()]).await;
        assert!(catalogue::current(db).await.unwrap().is_empty(), "not seen before it is whole");
        catalogue::make_current(db, one, now).await.unwrap();
        assert_eq!(catalogue::current(db).await.unwrap()[0].release, first);
        assert_eq!(catalogue::records(db, one).await.unwrap(), [a.clone(), b.clone(), c]);

        let changed = record("B", "autre");
        let two = write(db, &release(Source::Rome, "v2", now), &[a.clone(), changed.clone()]).await;
        assert_eq!(catalogue::current(db).await.unwrap()[0].id, one);
        catalogue::make_current(db, two, now).await.unwrap();
        let current = catalogue::current(db).await.unwrap();
        assert_eq!((current.len(), current[0].id), (1, two));
        let (before, after) = (catalogue::digests(db, one).await.unwrap(), catalogue::digests(db, two).await.unwrap());
        let key = |code: &str| (Kind::Occupation, code.to_owned());
        assert_eq!((before.len(), after.len()), (3, 2));
        assert_eq!(before[&key("A")], after[&key("A")]);
        assert_ne!(before[&key("B")], after[&key("B")]);
        assert_eq!(after[&key("B")], catalogue::digest_of(&changed).unwrap());
        assert_eq!(test.count("catalogue_body").await, 4, "what both say is kept once");
    })
    .await;
}

#[tokio::test]
async fn an_unfinished_release_leaves_nothing() {
    on_each(async |test| {
        let (db, now) = (&test.database, at(0));
        let kept = record("A", "un");
        let one = write(db, &release(Source::Esco, "1", now), std::slice::from_ref(&kept)).await;
        catalogue::make_current(db, one, now).await.unwrap();
        let many: Vec<_> = (0..450).map(|n| record(&format!("N{n}"), &format!("{n}"))).chain([kept.clone()]).collect();
        let two = write(db, &release(Source::Esco, "2", now), &many).await;
        catalogue::discard(db, two).await.unwrap();
        assert_eq!(catalogue::records(db, one).await.unwrap(), [kept]);
        for table in ["catalogue_release", "catalogue_record", "catalogue_body"] {
            assert_eq!(test.count(table).await, 1, "{table}");
        }
        for late in
            [catalogue::add(db, two, &[record("Z", "z")], now).await, catalogue::make_current(db, two, now).await]
        {
            assert!(matches!(late, Err(StorageError::Conflict(Conflict::Import))), "{late:?}");
        }
        assert_eq!(catalogue::current(db).await.unwrap()[0].id, one, "a late import takes nothing away");
    })
    .await;
}

#[tokio::test]
async fn one_import_of_a_source_at_a_time_unless_it_was_interrupted() {
    on_each(async |test| {
        let (db, now) = (&test.database, at(0));
        let lost = write(db, &release(Source::Rome, "v1", now), &[record("A", "un")]).await;
        let later = now + Duration::seconds(90);
        let refused = catalogue::begin(db, id(), &release(Source::Rome, "v1", later)).await;
        assert!(matches!(refused, Err(StorageError::Conflict(Conflict::Import))), "{refused:?}");
        catalogue::begin(db, id(), &release(Source::Onet, "30", now)).await.unwrap();
        let much_later = now + Duration::minutes(3);
        let again = write(db, &release(Source::Rome, "v1", much_later), &[record("A", "un")]).await;
        catalogue::make_current(db, again, much_later).await.unwrap();
        let late = catalogue::make_current(db, lost, much_later).await;
        assert!(matches!(late, Err(StorageError::Conflict(Conflict::Import))), "{late:?}");
    })
    .await;
}
