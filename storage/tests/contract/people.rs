//! Staff, sessions, devices, slips.

use domain::staff::{Arrow, Connection, DeviceKind, Paper, Role};
use storage::{Conflict, StorageError, devices, devices::Enrolment, sessions, slips, staff};

use crate::{
    on_each,
    samples::{self, at, id, nobody, saved_centre},
};

#[tokio::test]
async fn staff_come_back_as_they_were_saved() {
    on_each(async |test| {
        let db = &test.database;
        let centre = saved_centre(db, "first").await;
        let mut person = samples::staff(&centre, "camille");
        assert_eq!(staff::by_id(db, person.id).await.unwrap(), None);
        staff::save(db, &person, None).await.unwrap();
        assert_eq!(staff::by_id(db, person.id).await.unwrap(), Some(person.clone()));
        assert_eq!(staff::by_login(db, "camille").await.unwrap(), None, "no password, no sign-in");
        staff::save(db, &person, Some("hash one")).await.unwrap();
        assert_eq!(staff::by_login(db, "camille").await.unwrap(), Some((person.clone(), "hash one".into())));

        person.roles = Role::ALL.into();
        person.abilities = domain::staff::Abilities::default();
        person.letter_keys = true;
        person.active = false;
        person.name = "Camille Durand".into();
        staff::save(db, &person, None).await.unwrap();
        assert_eq!(
            staff::by_login(db, "camille").await.unwrap(),
            Some((person.clone(), "hash one".into())),
            "the hash stays"
        );

        assert!(staff::set_password(db, person.id, "hash two", false).await.unwrap());
        person.must_change_password = false;
        assert_eq!(staff::by_login(db, "camille").await.unwrap(), Some((person, "hash two".into())));
        assert!(!staff::set_password(db, nobody().0, "x", true).await.unwrap());
        assert_eq!(staff::by_login(db, "nobody").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn staff_are_listed_by_login() {
    on_each(async |test| {
        let db = &test.database;
        let (here, there) = (saved_centre(db, "here").await, saved_centre(db, "there").await);
        let (zoe, ali) = (samples::staff(&here, "zoe"), samples::staff(&here, "ali"));
        let mut admin = samples::staff(&there, "admin");
        (admin.centre, admin.organisation, admin.abilities) = (None, None, domain::staff::Abilities::default());
        let other = samples::staff(&there, "mia");
        for person in [&zoe, &ali, &admin, &other] {
            staff::save(db, person, None).await.unwrap();
        }
        assert_eq!(staff::of_centre(db, here.id).await.unwrap(), [ali.clone(), zoe.clone()]);
        assert_eq!(staff::list_all(db).await.unwrap(), [admin, ali.clone(), other.clone(), zoe]);
        assert_eq!(staff::of_centre(db, id()).await.unwrap(), []);

        let mut thief = other;
        thief.login = "ali".into();
        let refused = staff::save(db, &thief, None).await;
        assert!(matches!(refused, Err(StorageError::Conflict(Conflict::Login))), "{refused:?}");
        thief.login = "mia".into();
        thief.abilities.needs.insert(id());
        let refused = staff::save(db, &thief, None).await;
        assert!(matches!(refused, Err(StorageError::Conflict(Conflict::Reference))), "{refused:?}");
        thief.abilities.needs.clear();
        thief.organisation = Some(nobody().1);
        let refused = staff::save(db, &thief, None).await;
        assert!(matches!(refused, Err(StorageError::Conflict(Conflict::Reference))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn sessions_end() {
    on_each(async |test| {
        let db = &test.database;
        let centre = saved_centre(db, "first").await;
        let mut person = samples::staff(&centre, "camille");
        staff::save(db, &person, None).await.unwrap();
        let tokens: [[u8; 32]; 4] = std::array::from_fn(|i| [u8::try_from(i).unwrap(); 32]);
        for (token, expires) in tokens.into_iter().zip([100, 200, 300, 400]) {
            sessions::create(db, token, person.id, at(0), at(expires)).await.unwrap();
        }
        let again = sessions::create(db, tokens[0], person.id, at(0), at(1)).await;
        assert!(matches!(again, Err(StorageError::Conflict(Conflict::Identifier))), "{again:?}");
        assert_eq!(sessions::find(db, tokens[0], at(99)).await.unwrap(), Some((person.id, at(0))));
        sessions::touch(db, tokens[1], at(50)).await.unwrap();
        sessions::touch(db, [9; 32], at(50)).await.unwrap();
        let kept = |n: usize, used| sessions::Kept { token_hash: tokens[n], created: at(0), last_used: at(used) };
        let mut all = sessions::of_staff(db, person.id, at(100)).await.unwrap();
        all.sort_by_key(|session| session.token_hash);
        assert_eq!(all, [kept(1, 50), kept(2, 0), kept(3, 0)]);
        assert_eq!(sessions::find(db, tokens[0], at(100)).await.unwrap(), None, "expired");
        assert_eq!(sessions::find(db, [9; 32], at(0)).await.unwrap(), None);
        assert_eq!(sessions::delete_expired(db, at(150)).await.unwrap(), 1);
        assert_eq!(sessions::find(db, tokens[0], at(0)).await.unwrap(), None, "forgotten");

        sessions::delete(db, tokens[1]).await.unwrap();
        sessions::delete(db, tokens[1]).await.unwrap();
        assert_eq!(sessions::find(db, tokens[1], at(0)).await.unwrap(), None);
        person.active = false;
        staff::save(db, &person, None).await.unwrap();
        assert_eq!(sessions::find(db, tokens[2], at(0)).await.unwrap(), None, "the account is not active");
        person.active = true;
        staff::save(db, &person, None).await.unwrap();
        assert_eq!(sessions::find(db, tokens[2], at(0)).await.unwrap(), Some((person.id, at(0))));
        assert_eq!(sessions::delete_all_of(db, person.id).await.unwrap(), 2);
        assert_eq!(sessions::find(db, tokens[2], at(0)).await.unwrap(), None);
        let stranger = sessions::create(db, tokens[0], nobody().0, at(0), at(1)).await;
        assert!(matches!(stranger, Err(StorageError::Conflict(Conflict::Reference))), "{stranger:?}");
    })
    .await;
}

#[tokio::test]
async fn devices_have_secrets() {
    on_each(async |test| {
        let db = &test.database;
        let centre = saved_centre(db, "first").await;
        let mut screen = samples::device(&centre, "screen by the door");
        let mut printer = samples::device(&centre, "printer");
        (printer.kind, printer.arrow) = (DeviceKind::Printer, Arrow::None);
        printer.connection = Connection::Tcp("printer.example:9100".into());
        devices::create(db, &printer, [1; 32]).await.unwrap();
        screen.printer = Some(printer.id);
        devices::create(db, &screen, [2; 32]).await.unwrap();
        assert_eq!(devices::by_secret(db, [2; 32]).await.unwrap(), Some(screen.clone()));
        assert_eq!(devices::by_secret(db, [3; 32]).await.unwrap(), None);
        assert_eq!(devices::of_centre(db, centre.id).await.unwrap(), [screen.clone(), printer.clone()]);
        let copy = samples::device(&centre, "copy");
        let refused = devices::create(db, &copy, [2; 32]).await;
        assert!(matches!(refused, Err(StorageError::Conflict(Conflict::Identifier))), "{refused:?}");

        (screen.name, screen.arrow, screen.printer) = ("by the stairs".into(), Arrow::Up, None);
        (screen.connection, screen.paper) = (Connection::Browser, Paper::Narrow);
        assert!(devices::save(db, &screen).await.unwrap());
        assert_eq!(devices::by_id(db, screen.id).await.unwrap(), Some(screen.clone()));
        assert!(devices::revoke(db, screen.id).await.unwrap());
        assert_eq!(devices::by_secret(db, [2; 32]).await.unwrap(), None, "revoked");
        assert!(!devices::save(db, &screen).await.unwrap(), "for good");
        screen.active = false;
        assert_eq!(devices::by_id(db, screen.id).await.unwrap(), Some(screen));
        devices::create(db, &samples::device(&centre, "another"), [2; 32]).await.expect("the secret is gone");
        assert!(!devices::save(db, &copy).await.unwrap());
        assert!(!devices::revoke(db, copy.id).await.unwrap());
        assert_eq!(devices::by_id(db, copy.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_device_is_enrolled_by_its_code_and_gets_its_secret_once() {
    on_each(async |test| {
        let db = &test.database;
        let centre = saved_centre(db, "first").await;
        let kiosk = samples::device(&centre, "kiosk");
        let ask = async |poll: u8, secret: u8, now: i64| {
            devices::finish_enrolment(db, [poll; 32], [secret; 32], at(now)).await.unwrap()
        };
        assert_eq!(ask(1, 7, 0).await, Enrolment::Unknown);
        devices::start_enrolment(db, "K7P2", [1; 32], at(0), at(600)).await.unwrap();
        let refused = devices::start_enrolment(db, "K7P2", [2; 32], at(1), at(600)).await;
        assert!(matches!(refused, Err(StorageError::Conflict(Conflict::Code))), "{refused:?}");
        assert_eq!(ask(1, 7, 1).await, Enrolment::Waiting);
        assert!(!devices::claim_enrolment(db, "XXXX", &kiosk, at(2)).await.unwrap());
        assert!(!devices::claim_enrolment(db, "K7P2", &kiosk, at(600)).await.unwrap(), "expired");
        assert_eq!(devices::by_id(db, kiosk.id).await.unwrap(), None, "nothing is made in vain");
        assert!(devices::claim_enrolment(db, "K7P2", &kiosk, at(3)).await.unwrap());
        let second = samples::device(&centre, "second");
        assert!(!devices::claim_enrolment(db, "K7P2", &second, at(4)).await.unwrap(), "claimed");
        assert_eq!(devices::by_secret(db, [7; 32]).await.unwrap(), None);
        assert_eq!(ask(1, 8, 5).await, Enrolment::Done(kiosk.clone()));
        assert_eq!(devices::by_secret(db, [8; 32]).await.unwrap(), Some(kiosk.clone()));
        assert_eq!(ask(1, 9, 6).await, Enrolment::Unknown, "once");
        assert_eq!(devices::by_secret(db, [8; 32]).await.unwrap(), Some(kiosk.clone()));

        // revoked before it asked for its secret: it gets none
        devices::start_enrolment(db, "R3V0", [5; 32], at(6), at(600)).await.unwrap();
        let hasty = samples::device(&centre, "hasty");
        assert!(devices::claim_enrolment(db, "R3V0", &hasty, at(6)).await.unwrap());
        assert!(devices::revoke(db, hasty.id).await.unwrap());
        assert_eq!(ask(5, 12, 7).await, Enrolment::Unknown);
        assert_eq!(devices::by_secret(db, [12; 32]).await.unwrap(), None);
        let hasty = domain::staff::Device { active: false, ..hasty };

        // the code is free again; a device that is claimed and never asks goes with it
        devices::start_enrolment(db, "K7P2", [2; 32], at(7), at(20)).await.unwrap();
        assert!(devices::claim_enrolment(db, "K7P2", &second, at(8)).await.unwrap());
        assert_eq!(ask(2, 10, 20).await, Enrolment::Unknown, "too late");
        devices::start_enrolment(db, "K7P2", [3; 32], at(20), at(30)).await.unwrap();
        assert_eq!(devices::of_centre(db, centre.id).await.unwrap(), [hasty, kiosk]);
    })
    .await;
}

#[tokio::test]
async fn a_slip_is_used_once() {
    on_each(async |test| {
        let db = &test.database;
        let (slip, other) = (id(), id());
        assert!(!slips::is_used(db, slip).await.unwrap());
        assert!(slips::mark_used(db, slip, at(100)).await.unwrap());
        assert!(!slips::mark_used(db, slip, at(100)).await.unwrap());
        assert!(slips::is_used(db, slip).await.unwrap());
        assert!(slips::mark_used(db, other, at(200)).await.unwrap());
        slips::release(db, slip).await.unwrap();
        assert!(slips::mark_used(db, slip, at(100)).await.unwrap());
        assert_eq!(slips::delete_expired(db, at(100)).await.unwrap(), 1);
        assert!(!slips::is_used(db, slip).await.unwrap());
        assert!(slips::is_used(db, other).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn two_uses_of_one_slip_at_once_give_one() {
    on_each(async |test| {
        let db = &test.database;
        for _ in 0..10 {
            let slip = id();
            let (a, b) = tokio::join!(slips::mark_used(db, slip, at(1)), slips::mark_used(db, slip, at(1)));
            assert!(a.unwrap() ^ b.unwrap());
        }
    })
    .await;
}

#[tokio::test]
async fn a_signing_key_is_made_once() {
    on_each(async |test| {
        let db = &test.database;
        assert_eq!(storage::keys::get_or_keep(db, "slips", [1; 32]).await.unwrap(), [1; 32]);
        assert_eq!(storage::keys::get_or_keep(db, "slips", [2; 32]).await.unwrap(), [1; 32]);
        assert_eq!(storage::keys::get_or_keep(db, "other", [2; 32]).await.unwrap(), [2; 32]);
    })
    .await;
}

#[tokio::test]
async fn one_agent_at_a_time_has_a_printer() {
    on_each(async |test| {
        let db = &test.database;
        let centre = saved_centre(db, "here").await;
        let printer = samples::device(&centre, "printer");
        devices::create(db, &printer, [9; 32]).await.unwrap();
        let (now, later) = (at(0), at(50));
        assert!(devices::hold_printer(db, printer.id, "a", now, later).await.unwrap());
        assert!(devices::hold_printer(db, printer.id, "a", at(1), later).await.unwrap(), "it asks again");
        assert!(!devices::hold_printer(db, printer.id, "b", at(49), at(99)).await.unwrap());
        assert!(
            devices::hold_printer(db, printer.id, "b", later, at(99)).await.unwrap(),
            "the first was not heard any more"
        );
        devices::release_printer(db, printer.id, "a").await.unwrap();
        assert!(
            !devices::hold_printer(db, printer.id, "a", at(60), at(99)).await.unwrap(),
            "what is not its own stays"
        );
        devices::release_printer(db, printer.id, "b").await.unwrap();
        assert!(devices::hold_printer(db, printer.id, "a", at(61), at(99)).await.unwrap());
    })
    .await;
}
