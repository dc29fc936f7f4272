//! Signing in, out, and what keeps guessing away.

use std::time::Duration;

use domain::{day::Command, staff::Role};
use services::{Actor, Problem, SessionToken, Source, StaffForm, What, Whence};

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
        let session = w.sign_in(" HERE.Host ", PASSWORD).await.unwrap();
        assert_eq!(session.staff.login, "here.host");
        let who = async |token: &SessionToken| w.parvis.actor_of_session(token).await.unwrap();
        assert_eq!(who(&session.token).await.staff_id(), Some(session.staff.id));
        assert_eq!(w.parvis.actor_of_bearer(session.token.reveal()).await.unwrap(), who(&session.token).await);
        for wrong in ["", "x", session.token.reveal().to_uppercase().as_str()] {
            assert_eq!(who(&SessionToken::received(wrong)).await, Actor::Anyone);
        }
        let other = w.sign_in("here.host", PASSWORD).await.unwrap();
        assert_ne!(other.token, session.token);
        w.parvis.sign_out(&session.token).await.unwrap();
        assert_eq!(who(&session.token).await, Actor::Anyone);
        let actor = who(&other.token).await;
        assert_ne!(actor, Actor::Anyone);
        w.parvis.sign_out_everywhere(&actor).await.unwrap();
        assert_eq!(who(&other.token).await, Actor::Anyone);

        let night = w.sign_in("here.host", PASSWORD).await.unwrap();
        for _ in 0..11 {
            w.clock.pass(Duration::from_hours(1));
            w.parvis.session_is_used(&night.token).await;
        }
        w.clock.pass(Duration::from_secs(3599));
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
                assert_eq!(w.sign_in(login, "wrong").await.unwrap_err(), Problem::WrongPassword);
            }
            let limit = Problem::TooManyTries { retry_after: Duration::from_secs(5) };
            assert_eq!(w.sign_in(login, PASSWORD).await.unwrap_err(), limit);
        }
        assert!(w.sign_in("here.c1", PASSWORD).await.is_ok(), "others are not concerned");
        w.clock.pass(Duration::from_secs(5));
        assert!(w.sign_in("here.host", PASSWORD).await.is_ok());
        // many at once are many
        let wrong = || w.sign_in("here.c2", "wrong");
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
        let session = w.sign_in("anna", &first).await.unwrap();
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
        let session = w.sign_in("anna", "a quiet morning").await.unwrap();
        let anna = w.parvis.actor_of_session(&session.token).await.unwrap();
        assert!(w.parvis.act(&anna, w.here.id, open(), None).await.is_ok());

        // switched off: signed out at once, and no way in
        let off = StaffForm { id: Some(saved.staff.id), active: false, ..form(&w, "anna") };
        w.parvis.save_staff(&coordinator, w.here.id, off).await.unwrap();
        assert_eq!(w.parvis.actor_of_session(&session.token).await.unwrap(), Actor::Anyone);
        assert_eq!(w.sign_in("anna", "a quiet morning").await.unwrap_err(), Problem::WrongPassword);
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
        assert!(w.sign_in("here.c1", &password).await.unwrap().staff.must_change_password);
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
        assert!(!w.sign_in("here.admin", &given).await.unwrap().staff.must_change_password);
        w
    })
    .await;
}

fn from(n: u8) -> Whence {
    Whence { source: Source::from(std::net::IpAddr::from([192, 0, 2, n])), ..Whence::default() }
}

#[tokio::test]
async fn whoever_signed_in_before_gets_in_while_somebody_guesses() {
    on_sqlite(async |w| {
        let first = w.parvis.sign_in("here.host", PASSWORD, &from(1)).await.unwrap();
        for n in 0..200 {
            w.parvis.sign_in("here.host", "wrong", &from(n)).await.unwrap_err();
        }
        let stranger = w.parvis.sign_in("here.host", PASSWORD, &from(201)).await;
        assert!(matches!(stranger, Err(Problem::TooManyTries { .. })), "{stranger:?}");
        let known = Whence { mark: Some(first.mark.value.clone()), ..from(1) };
        for _ in 0..30 {
            assert!(w.parvis.sign_in("here.host", PASSWORD, &known).await.is_ok());
        }
        // A mark is of one account, of this installation, and not for ever.
        let of_another = w.parvis.sign_in("here.c1", PASSWORD, &from(202)).await.unwrap().mark.value;
        let changed = first.mark.value.replacen(|c: char| c.is_ascii_digit(), "f", 1);
        for mark in [of_another, changed, "f.f.f".into(), String::new()] {
            let tried = w.parvis.sign_in("here.host", PASSWORD, &Whence { mark: Some(mark), ..from(1) }).await;
            assert!(matches!(tried, Err(Problem::TooManyTries { .. })), "{tried:?}");
        }
        w.clock.pass(Duration::from_hours(24 * 90));
        for n in 0..40 {
            w.parvis.sign_in("here.host", "wrong", &from(n)).await.unwrap_err();
        }
        assert!(w.parvis.sign_in("here.host", PASSWORD, &known).await.is_err(), "after 90 days");
        w
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_replaced_ends() {
    on_each(async |w| {
        let first = w.sign_in("here.host", PASSWORD).await.unwrap();
        let whence = Whence { replaces: Some(first.token.clone()), ..Whence::default() };
        assert!(w.parvis.sign_in("here.host", "wrong", &whence).await.is_err());
        assert_ne!(w.parvis.actor_of_session(&first.token).await.unwrap(), Actor::Anyone, "nothing replaced it");
        let second = w.parvis.sign_in("here.c1", PASSWORD, &whence).await.unwrap();
        assert_eq!(w.parvis.actor_of_session(&first.token).await.unwrap(), Actor::Anyone);
        assert_ne!(w.parvis.actor_of_session(&second.token).await.unwrap(), Actor::Anyone);
        w
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one() {
    on_each(async |w| {
        let first = w.sign_in("here.host", PASSWORD).await.unwrap();
        w.clock.pass(Duration::from_mins(5));
        let second = w.sign_in("here.host", PASSWORD).await.unwrap();
        let colleague = w.sign_in("here.c1", PASSWORD).await.unwrap();
        let host = w.parvis.actor_of_session(&second.token).await.unwrap();
        let listed = w.parvis.own_sessions(&host, Some(&second.token)).await.unwrap();
        assert_eq!(listed.iter().map(|s| s.current).collect::<Vec<_>>(), [true, false]);
        assert_eq!(listed[0].since - listed[1].since, chrono::Duration::minutes(5));
        w.clock.pass(Duration::from_mins(5));
        w.parvis.session_is_used(&first.token).await;
        let used = w.parvis.own_sessions(&host, Some(&second.token)).await.unwrap();
        assert_eq!(used[0].id, listed[1].id, "the one used last comes first");
        let other = w.parvis.actor_of_session(&colleague.token).await.unwrap();
        let unknown = Err(Problem::Unknown(What::Session));
        assert_eq!(w.parvis.end_session(&other, listed[1].id).await, unknown, "it is not theirs");
        assert_eq!(w.parvis.end_session(&host, listed[1].id).await, Ok(()));
        assert_eq!(w.parvis.end_session(&host, listed[1].id).await, unknown);
        assert_eq!(w.parvis.actor_of_session(&first.token).await.unwrap(), Actor::Anyone);
        assert_ne!(w.parvis.actor_of_session(&second.token).await.unwrap(), Actor::Anyone);
        assert_eq!(w.parvis.own_sessions(&w.kiosk(), None).await, Err(Problem::NotAllowed));
        w
    })
    .await;
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends_sooner_the_more_it_can_do() {
    on_each(async |w| {
        for (login, hours) in [("here.admin", 1), ("here.coordinator", 2), ("here.manager", 2), ("here.c1", 4)] {
            let session = w.sign_in(login, PASSWORD).await.unwrap();
            let is_open = async || w.parvis.actor_of_session(&session.token).await.unwrap() != Actor::Anyone;
            w.clock.pass(Duration::from_secs(hours * 3600 - 1));
            assert!(is_open().await, "{login}");
            w.parvis.session_is_used(&session.token).await;
            w.clock.pass(Duration::from_secs(hours * 3600 - 1));
            assert!(is_open().await, "{login} used it");
            w.clock.pass(Duration::from_secs(1));
            assert!(!is_open().await, "{login}: nobody used it for {hours} hours");
        }
        w
    })
    .await;
}

#[tokio::test]
async fn passwords_that_are_tried_first_are_refused() {
    on_sqlite(async |w| {
        let session = w.sign_in("here.c1", PASSWORD).await.unwrap();
        let me = w.parvis.actor_of_session(&session.token).await.unwrap();
        for common in ["motdepasse2026!", "azertyuiop12", "abcabcabcabc"] {
            let changed = w.parvis.change_password(&me, PASSWORD, common).await;
            assert_eq!(changed, Err(Problem::Invalid { field: "password", code: "too_common" }), "{common}");
        }
        w
    })
    .await;
}
