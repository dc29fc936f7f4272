//! Edits of career information, and what was searched in vain.

use chrono::NaiveDate;
use domain::{
    Language,
    catalogue::{Edit, EntryId, Kind, LocalWords, Record, Source},
};
use storage::{
    catalogue_edits::{self, StoredEdit},
    fruitless::{self, Fruitless},
};

use crate::{
    on_each,
    samples::{at, saved_centre},
};

fn titled(title: &str) -> Edit {
    let words = LocalWords { title: Some(title.into()), ..LocalWords::default() };
    Edit { words: [(Language::arabic(), words)].into(), ..Edit::default() }
}

#[tokio::test]
async fn an_edit_is_kept_changed_and_forgotten_and_each_time_the_revision_is_another() {
    on_each(async |test| {
        let db = &test.database;
        let revision = async || catalogue_edits::revision(db).await.unwrap();
        let all = async || catalogue_edits::all(db).await.unwrap();
        assert_eq!(all().await, (0, vec![]));
        let (baker, own) = (EntryId::new(Source::Rome, "D1102"), EntryId::new(Source::Own, "cv"));
        catalogue_edits::save(db, &baker, &titled("خباز"), at(1)).await.unwrap();
        let made = Edit { own: Some(Record::new(Kind::Workshop, "cv")), featured: true, ..titled("سيرة") };
        assert!(catalogue_edits::make(db, &own, &made, at(2)).await.unwrap());
        let second = revision().await;
        assert!(!catalogue_edits::make(db, &own, &titled("x"), at(3)).await.unwrap(), "the address is in use");
        assert_eq!(revision().await, second);
        let changed = Edit { hidden: true, ..titled("الخباز") };
        catalogue_edits::save(db, &baker, &changed, at(3)).await.unwrap();
        assert!(revision().await > second);
        let kept = [
            StoredEdit { entry: own.clone(), edit: made, changed_at: at(2) },
            StoredEdit { entry: baker.clone(), edit: changed, changed_at: at(3) },
        ];
        assert_eq!(all().await, (revision().await, kept.to_vec()));

        let before = revision().await;
        catalogue_edits::save(db, &baker, &Edit::default(), at(4)).await.unwrap();
        assert!(revision().await > before, "an edit that changes nothing is none");
        catalogue_edits::delete(db, &own).await.unwrap();
        let last = revision().await;
        assert_eq!(all().await, (last, vec![]));
        catalogue_edits::delete(db, &own).await.unwrap();
        assert_eq!(revision().await, last, "nothing was changed");
    })
    .await;
}

#[tokio::test]
async fn searches_in_vain_are_added_up_by_month_and_end_with_it() {
    on_each(async |test| {
        let db = &test.database;
        let (here, there) = (saved_centre(db, "here").await.id, saved_centre(db, "there").await.id);
        let month = |m| NaiveDate::from_ymd_opt(2026, m, 1).unwrap();
        for (centre, m, words) in [
            (here, 5, "tatoueur"),
            (here, 6, "astronaute"),
            (here, 6, "tatoueur"),
            (here, 6, "astronaute"),
            (there, 6, "astronaute"),
        ] {
            fruitless::add(db, centre, month(m), words, 5).await.unwrap();
        }
        let row = |m, words: &str, count| Fruitless { month: month(m), words: words.into(), count };
        let all = fruitless::of_centre(db, here).await.unwrap();
        assert_eq!(all, [row(6, "astronaute", 10), row(6, "tatoueur", 5), row(5, "tatoueur", 5)]);
        assert_eq!(fruitless::delete_before(db, month(6)).await.unwrap(), 1);
        assert_eq!(fruitless::of_centre(db, here).await.unwrap(), all[..2]);
        assert_eq!(fruitless::of_centre(db, there).await.unwrap(), [row(6, "astronaute", 5)]);
    })
    .await;
}
