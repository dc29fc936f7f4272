//! Centres and all that belongs to them.

use domain::{CentreId, Text, centre::Centre};
use storage::{Conflict, Database, StorageError, centres, staff};

use crate::{
    on_each,
    samples::{self, id, saved_centre},
};

async fn save_and_read(database: &Database, centre: &Centre) {
    centres::save(database, centre).await.unwrap();
    assert_eq!(centres::by_id(database, centre.id).await.unwrap().as_ref(), Some(centre));
}

#[tokio::test]
async fn a_centre_comes_back_as_it_was_saved() {
    on_each(async |test| {
        let db = &test.database;
        let centre = samples::centre("first");
        assert_eq!(centres::by_id(db, centre.id).await.unwrap(), None);
        assert_eq!(centres::by_slug(db, "first").await.unwrap(), None);
        save_and_read(db, &centre).await;
        let saved = centres::changes(db).await.unwrap();
        save_and_read(db, &centre).await;
        assert_eq!(centres::changes(db).await.unwrap(), saved + 1, "whoever follows reads it again");
        assert_eq!(centres::by_slug(db, "first").await.unwrap(), Some(centre.clone()));
        let earlier = saved_centre(db, "another").await;
        assert_eq!(centres::all(db).await.unwrap(), [earlier, centre]);
    })
    .await;
}

#[tokio::test]
async fn what_is_gone_goes_and_what_changed_changes() {
    on_each(async |test| {
        let db = &test.database;
        let mut centre = saved_centre(db, "first").await;
        let network = id();
        centres::save_network(db, network, &Text::from([("fr", "Réseau")])).await.unwrap();
        centre.slug = "renamed".into();
        centre.network = Some(network);
        centre.hours.week[0].clear();
        centre.hours.special.remove(0);
        centre.policies.recalls = 7;
        centre.organisations.remove(0);
        centre.safeguarding.reverse();
        centre.languages.reverse();
        save_and_read(db, &centre).await;

        // a need moves to the other space, its old space goes, letters change hands
        let kept = centre.spaces[1].id;
        centre.needs.retain(|n| n.code != "offers");
        centre.needs.iter_mut().for_each(|n| n.space = kept);
        let gone = centre.spaces.remove(0);
        centre.spaces[0].letter = gone.letter;
        save_and_read(db, &centre).await;

        // a place moves to the other desk, its own desk goes
        let desk = centre.desks.remove(1);
        centre.desks[0].places.extend(desk.places);
        centre.desks[0].places.reverse();
        save_and_read(db, &centre).await;

        centre.desks.clear();
        centre.needs.clear();
        centre.spaces.clear();
        centre.safeguarding.clear();
        centre.organisations.clear();
        centre.hours = domain::centre::OpeningHours::default();
        save_and_read(db, &centre).await;
        assert_eq!(centres::all(db).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_removed_need_goes_from_abilities_and_nothing_else_does() {
    on_each(async |test| {
        let db = &test.database;
        let mut centre = saved_centre(db, "first").await;
        let mut person = samples::staff(&centre, "camille");
        staff::save(db, &person, None).await.unwrap();
        let gone = centre.needs.remove(0);
        // still the person's employer
        centre.organisations.clear();
        centres::save(db, &centre).await.unwrap();
        person.abilities.needs.remove(&gone.id);
        assert_eq!(staff::by_id(db, person.id).await.unwrap(), Some(person));
    })
    .await;
}

#[tokio::test]
async fn one_centre_does_not_take_what_belongs_to_another() {
    on_each(async |test| {
        let db = &test.database;
        let first = saved_centre(db, "first").await;
        let second = samples::centre("second");
        let theft = |change: &dyn Fn(&mut Centre)| {
            let mut thief = second.clone();
            change(&mut thief);
            thief
        };
        let attempts = [
            (theft(&|c| c.slug = "first".into()), Conflict::Slug),
            (theft(&|c| c.spaces[0].id = first.spaces[0].id), Conflict::Identifier),
            (theft(&|c| c.needs[0].id = first.needs[0].id), Conflict::Identifier),
            (theft(&|c| c.desks[0].id = first.desks[0].id), Conflict::Identifier),
            (theft(&|c| c.desks[0].places[0].id = first.desks[0].places[0].id), Conflict::Identifier),
            (theft(&|c| c.network = Some(id())), Conflict::Reference),
            (theft(&|c| c.desks[0].space = Some(id())), Conflict::Reference),
        ];
        for (thief, expected) in attempts {
            let refused = centres::save(db, &thief).await;
            // a need or desk of a space that the theft took away is refused too, by its reference
            let named = matches!(refused, Err(StorageError::Conflict(c)) if c == expected);
            assert!(named, "{expected:?}: {refused:?}");
            assert_eq!(centres::all(db).await.unwrap(), std::slice::from_ref(&first), "nothing changed");
        }
        // an organisation may work in both
        let mut second = second;
        second.organisations.push(first.organisations[0].clone());
        save_and_read(db, &second).await;
        assert_eq!(centres::by_id(db, first.id).await.unwrap(), Some(first));
        assert_eq!(centres::by_id(db, id::<CentreId>()).await.unwrap(), None);
    })
    .await;
}
