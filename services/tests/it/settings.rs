//! Rules, hours and accounts.

use chrono::NaiveTime;
use domain::{
    centre::{OpeningHours, Period, Policies, SpecialDay},
    staff::{Abilities, Role},
};
use services::{Problem, StaffForm};

use crate::world::{World, date, on_each};

fn invalid<T>(field: &'static str, code: &'static str) -> Result<T, Problem> {
    Err(Problem::Invalid { field, code })
}

#[tokio::test]
async fn rules_and_hours_change_at_once() {
    on_each(async |w| {
        let (coordinator, here) = (w.actor("coordinator"), w.here.id);
        w.open_day().await;
        let before = w.board().await;
        let policies = Policies { promise_minutes: 45, ..before.centre.policies.clone() };
        w.parvis.save_policies(&coordinator, here, policies.clone()).await.unwrap();
        while w.board().await.version == before.version {
            tokio::task::yield_now().await;
        }
        assert_eq!(w.board().await.centre.policies, policies);
        let wrong = Policies { recalls: 11, ..policies.clone() };
        assert_eq!(w.parvis.save_policies(&coordinator, here, wrong).await, invalid("recalls", "out_of_range"));
        let taken = Policies { welcome_letter: 'A'.try_into().unwrap(), ..policies.clone() };
        assert_eq!(w.parvis.save_policies(&coordinator, here, taken).await, invalid("welcome_letter", "in_use"));

        let time = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap();
        let period = |from, to| Period { from: time(from), to: time(to) };
        let mut hours = w.here.hours.clone();
        hours.week[5] = vec![period(10, 12), period(13, 16)];
        hours.special = vec![SpecialDay { date: date(2026, 12, 25), periods: vec![] }];
        w.parvis.save_hours(&coordinator, here, hours.clone()).await.unwrap();
        let overlapping = OpeningHours {
            week: [const { Vec::new() }; 7],
            special: [hours.special.clone(), hours.special.clone()].concat(),
        };
        assert_eq!(w.parvis.save_hours(&coordinator, here, overlapping).await, invalid("special", "date_twice"));
        let mut backwards = hours.clone();
        backwards.week[0] = vec![period(13, 18), period(9, 12)];
        assert_eq!(w.parvis.save_hours(&coordinator, here, backwards).await, invalid("week", "not_in_order"));

        let w = w.restart().await;
        let stored = w.parvis.centre_by_id(here).unwrap();
        assert_eq!((&stored.hours, &stored.policies), (&hours, &policies));
        w
    })
    .await;
}

fn form(w: &World) -> StaffForm {
    StaffForm {
        id: None,
        login: "new.one".into(),
        name: "New".into(),
        organisation: Some(w.here.organisations[0].id),
        roles: [Role::Counsellor].into(),
        abilities: Abilities { needs: [w.need("cv")].into(), ..Abilities::default() },
        language: domain::Language::french(),
        letter_keys: true,
        active: true,
    }
}

#[tokio::test]
async fn accounts_are_checked() {
    on_each(async |w| {
        let (coordinator, here) = (w.actor("coordinator"), w.here.id);
        let save = async |form| w.parvis.save_staff(&coordinator, here, form).await;
        let with = |change: fn(&mut StaffForm)| {
            let mut changed = form(&w);
            change(&mut changed);
            changed
        };
        assert_eq!(save(with(|f| f.login = "x".into())).await, invalid("login", "not_a_login"));
        assert_eq!(save(with(|f| f.login = "a b".into())).await, invalid("login", "not_a_login"));
        assert_eq!(save(with(|f| f.login = "near.host".into())).await, invalid("login", "in_use"));
        assert_eq!(save(with(|f| f.name = " ".into())).await, invalid("name", "needed"));
        assert_eq!(save(with(|f| f.organisation = None)).await, invalid("organisation", "employer_needed"));
        let foreign = StaffForm { organisation: Some(w.near.organisations[0].id), ..form(&w) };
        assert_eq!(save(foreign).await, invalid("organisation", "unknown_organisation"));
        let mut foreign = form(&w);
        foreign.abilities.needs = [w.near.needs[0].id].into();
        assert_eq!(save(foreign).await, invalid("needs", "unknown_need"));
        assert_eq!(save(with(|f| f.roles = [Role::Administrator].into())).await, Err(Problem::NotAllowed));

        let saved = save(form(&w)).await.unwrap();
        assert!(saved.first_password.is_some());
        let changed = StaffForm { id: Some(saved.staff.id), name: "Changed".into(), ..form(&w) };
        let again = save(changed).await.unwrap();
        assert_eq!((again.first_password, again.staff.name.as_str()), (None, "Changed"));
        assert_eq!(w.parvis.staff_list(&coordinator, here).await.unwrap().len(), 9);

        // nobody changes those above, those elsewhere, or shuts the own door
        let id = |login: &str| w.staff.iter().find(|s| s.login == login).unwrap().id;
        let admin = StaffForm { id: Some(id("here.admin")), login: "here.admin".into(), ..form(&w) };
        assert_eq!(save(admin.clone()).await, Err(Problem::NotAllowed));
        assert!(w.parvis.save_staff(&w.actor("near.admin"), here, admin).await.is_ok());
        let elsewhere = StaffForm { id: Some(id("near.c1")), login: "near.c1".into(), ..form(&w) };
        assert!(matches!(save(elsewhere).await, Err(Problem::Unknown(_))));
        let own = StaffForm { id: Some(id("here.coordinator")), active: false, ..form(&w) };
        assert_eq!(save(own.clone()).await, invalid("active", "own_account"));
        let lesser = StaffForm { active: true, roles: [Role::Host].into(), ..own };
        assert_eq!(save(lesser).await, invalid("roles", "own_account"));
        w
    })
    .await;
}

#[tokio::test]
async fn everybody_chooses_the_own_language() {
    on_each(async |w| {
        w.parvis.save_preferences(&w.actor("c1"), domain::Language::arabic(), false).await.unwrap();
        let session = w.sign_in("here.c1", crate::world::PASSWORD).await.unwrap();
        assert_eq!((session.staff.language.code(), session.staff.letter_keys), ("ar", false));
        assert_eq!(session.staff.abilities, w.staff.iter().find(|s| s.login == "here.c1").unwrap().abilities);
        w
    })
    .await;
}
