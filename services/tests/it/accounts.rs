//! Signing in, out, and what keeps guessing away.

use std::time::Duration;

use domain::{day::Command, staff::Role};
use services::{Actor, Problem, SessionToken, StaffForm};

use crate::world::{PASSWORD, World, on_each, on_sqlite};

fn form(w: &World, login: &str) -> StaffForm {
    StaffForm {
        id: None,
        login: login.into(),
        name: "New".into(),
        organisation: Some(w.here.organisations[0].id),
        roles: [Role::Host].into(),
        abilities: domain::staff::Abilities::default(),
        language: domain::Language::french(),
        letter_keys: true,
        active: true,
    }
}

#[tokio::test]
async fn signing_in_and_out() {
    on_each(async |w| {
        let session = w.parvis.sign_in(" HERE.Host ", PASSWORD).await.unwrap();
        assert_eq!(session.staff.login, "here.host");
        let who = async |token: &SessionToken| w.parvis.actor_of_session(token).await.unwrap();
        assert_eq!(who(&session.token).await.staff_id(), Some(session.staff.id));
        assert_eq!(w.parvis.actor_of_bearer(session.token.reveal()).await.unwrap(), who(&session.token).await);
        for wrong in ["", "x", session.token.reveal().to_uppercase().as_str()] {
            assert_eq!(who(&SessionToken::received(wrong)).await, Actor::Anyone);
        }
        let other = w.parvis.sign_in("here.host", PASSWORD).await.unwrap();
        assert_ne!(other.token, session.token);
        w.parvis.sign_out(&session.token).await.unwrap();
        assert_eq!(who(&session.token).await, Actor::Anyone);
        let actor = who(&other.token).await;
        assert_ne!(actor, Actor::Anyone);
        w.parvis.sign_out_everywhere(&actor).await.unwrap();
        assert_eq!(who(&other.token).await, Actor::Anyone);

        let night = w.parvis.sign_in("here.host", PASSWORD).await.unwrap();
        w.clock.pass(Duration::from_secs(12 * 3600 - 1));
        assert_ne!(who(&night.token).await, Actor::Anyone);
        w.clock.pass(Duration::from_secs(1));
        assert_eq!(who(&night.token).await, Actor::Anyone, "twelve hours are over");
        w
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_and_unknown_logins_are_the_same_and_get_slow() {
    on_sqlite(async |w| {
        for login in ["here.host", "nobody"] {
            for _ in 0..5 {
                assert_eq!(w.parvis.sign_in(login, "wrong").await.unwrap_err(), Problem::WrongPassword);
            }
            let limit = Problem::TooManyTries { retry_after: Duration::from_secs(5) };
            assert_eq!(w.parvis.sign_in(login, PASSWORD).await.unwrap_err(), limit);
        }
        assert!(w.parvis.sign_in("here.c1", PASSWORD).await.is_ok(), "others are not concerned");
        w.clock.pass(Duration::from_secs(5));
        assert!(w.parvis.sign_in("here.host", PASSWORD).await.is_ok());
        // many at once are many
        let wrong = || w.parvis.sign_in("here.c2", "wrong");
        let all = tokio::join!(wrong(), wrong(), wrong(), wrong(), wrong(), wrong(), wrong());
        let limited = [all.0, all.1, all.2, all.3, all.4, all.5, all.6]
            .iter()
            .filter(|r| matches!(r, Err(Problem::TooManyTries { .. })))
            .count();
        assert_eq!(limited, 2);
        w
    })
    .await;
}

#[tokio::test]
async fn a_first_password_has_to_be_changed_before_anything_else() {
    on_each(async |w| {
        let coordinator = w.actor("coordinator");
        let saved = w.parvis.save_staff(&coordinator, w.here.id, form(&w, "Anna")).await.unwrap();
        let first = saved.first_password.unwrap();
        assert_eq!(saved.staff.login, "anna");
        let session = w.parvis.sign_in("anna", &first).await.unwrap();
        assert!(session.staff.must_change_password);
        let anna = w.parvis.actor_of_session(&session.token).await.unwrap();
        let open = || Command::OpenDay { closes: None };
        assert_eq!(w.parvis.act(&anna, w.here.id, open(), None).await, Err(Problem::PasswordChangeNeeded));
        assert_eq!(w.parvis.welcome_view(&anna, w.here.id).await.unwrap_err(), Problem::PasswordChangeNeeded);
        let change = async |old: &str, new: &str| w.parvis.change_password(&anna, old, new).await;
        let invalid = |code| Err(Problem::Invalid { field: "password", code });
        assert_eq!(change(&first, "short").await, invalid("too_short"));
        assert_eq!(change(&first, "anna is my name").await, invalid("like_login"));
        assert_eq!(change(&first, &first).await, invalid("same_as_before"));
        assert_eq!(change("wrong", "a quiet morning").await, Err(Problem::WrongPassword));
        assert_eq!(change(&first, "a quiet morning").await, Ok(()));
        assert_eq!(w.parvis.actor_of_session(&session.token).await.unwrap(), Actor::Anyone, "every session ended");
        let session = w.parvis.sign_in("anna", "a quiet morning").await.unwrap();
        let anna = w.parvis.actor_of_session(&session.token).await.unwrap();
        assert!(w.parvis.act(&anna, w.here.id, open(), None).await.is_ok());

        // switched off: signed out at once, and no way in
        let off = StaffForm { id: Some(saved.staff.id), active: false, ..form(&w, "anna") };
        w.parvis.save_staff(&coordinator, w.here.id, off).await.unwrap();
        assert_eq!(w.parvis.actor_of_session(&session.token).await.unwrap(), Actor::Anyone);
        assert_eq!(w.parvis.sign_in("anna", "a quiet morning").await.unwrap_err(), Problem::WrongPassword);
        w
    })
    .await;
}

#[tokio::test]
async fn passwords_are_reset_by_those_who_may() {
    on_sqlite(async |w| {
        let id = |login: &str| w.staff.iter().find(|s| s.login == login).unwrap().id;
        let coordinator = w.actor("coordinator");
        let password = w.parvis.reset_password(&coordinator, id("here.c1")).await.unwrap();
        assert!(w.parvis.sign_in("here.c1", &password).await.unwrap().staff.must_change_password);
        for (actor, of) in [
            (w.actor("coordinator"), "here.admin"),
            (w.actor("coordinator"), "near.c1"),
            (w.actor("host"), "here.c1"),
            (w.actor("far.admin"), "here.c1"),
            (w.kiosk(), "here.c1"),
        ] {
            assert_eq!(w.parvis.reset_password(&actor, id(of)).await, Err(Problem::NotAllowed), "{of}");
        }
        assert!(w.parvis.reset_password(&w.actor("near.admin"), id("here.coordinator")).await.is_ok());
        let given = w.parvis.reset_password_of("here.admin", Some("chosen by hand")).await.unwrap();
        assert!(!w.parvis.sign_in("here.admin", &given).await.unwrap().staff.must_change_password);
        w
    })
    .await;
}
