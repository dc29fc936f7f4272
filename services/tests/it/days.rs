//! Days that open, close, stand still and are interrupted; clocks that jump.

use std::time::Duration;

use chrono::{NaiveTime, TimeZone, Utc};
use domain::{
    CentreId, Instant,
    centre::{OpeningHours, Period},
    day::{Answer, Command, Refusal, Stage, SuspendReason},
    statistics::Period as Span,
    view::{Alert, DayState, FollowState},
};
use services::{
    Actor, Options, Parvis, Problem, What,
    clock::{Clock, FakeClock},
};
use storage::{day_log, testing::TestDatabase};

use crate::world::{World, date, morning, on_each, on_sqlite};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

fn at(month: u32, day: u32, hour: u32, minute: u32) -> Instant {
    Utc.with_ymd_and_hms(2026, month, day, hour, minute, 0).unwrap()
}

async fn state(w: &World) -> DayState {
    w.board().await.board.state
}
fn interrupted() -> DayState {
    DayState::Suspended { reason: SuspendReason::Interruption }
}

#[tokio::test]
async fn a_day_opens_by_itself_at_opening_time_and_closes_a_grace_time_after_closing() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 6, 59)).await;
        assert!(!w.is_open().await);
        w.wait_until(at(6, 2, 7, 0)).await;
        assert!(w.is_open().await);
        let board = w.board().await;
        assert_eq!(board.board.closes, Some(at(6, 2, 16, 0)));

        w.sit("c1", 1).await;
        w.take("cv").await;
        w.pass(9 * HOUR + 59 * MINUTE).await;
        assert!(w.is_open().await, "the grace time is not over");
        w.pass(2 * MINUTE).await;
        assert!(!w.is_open().await);
        assert_eq!(day_log::open_day(&w.test.database, w.here.id).await.unwrap(), None, "it is folded");
        w.pass(2 * HOUR).await;
        assert!(!w.is_open().await);
        w.wait_until(at(6, 3, 7, 0)).await;
        assert!(w.is_open().await, "the next day opens");
        w
    })
    .await;
}

#[tokio::test]
async fn nothing_closes_over_somebody_who_is_served() {
    on_sqlite(async |w| {
        w.wait_until(at(6, 2, 7, 0)).await;
        w.sit("c1", 1).await;
        w.take("cv").await;
        w.pass(8 * HOUR).await;
        let ticket = w.next("c1", 1).await.unwrap();
        w.act("c1", Command::Arrive { ticket }).await.unwrap();
        w.pass(4 * HOUR).await;
        assert!(w.is_open().await);
        w.act("c1", Command::Finish { ticket, outcome: domain::day::Outcome::Answered, further: None }).await.unwrap();
        w.pass(MINUTE).await;
        assert!(!w.is_open().await);

        // a talk that somebody forgot to finish does not keep the next day from opening
        w.wait_until(at(6, 3, 7, 0)).await;
        w.sit("c1", 1).await;
        w.take("cv").await;
        let ticket = w.next("c1", 1).await.unwrap();
        w.act("c1", Command::Arrive { ticket }).await.unwrap();
        w.pass(24 * HOUR).await;
        assert!(w.is_open().await);
        assert_eq!(w.take("cv").await.number.to_string(), "C001", "it is another day");
        let stored = day_log::open_day(&w.test.database, w.here.id).await.unwrap().unwrap();
        assert_eq!(stored.date, date(2026, 6, 4));
        w
    })
    .await;
}

#[tokio::test]
async fn whoever_closes_early_does_not_see_the_day_open_again() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 7, 0)).await;
        let ticket = w.take("cv").await;
        let version = w.board().await.version;
        let coordinator = w.actor("coordinator");
        let close = |force| w.parvis.act(&coordinator, w.here.id, Command::CloseDay { force }, Some("c".into()));
        assert_eq!(close(false).await, Err(Refusal::PeopleStillHere(1).into()));
        assert_eq!(close(true).await, Ok(Answer::Done));
        assert_eq!(close(true).await, Ok(Answer::Done), "the answer got lost and is asked for again");
        assert_eq!(w.parvis.follow(&ticket.token).await.unwrap_err(), Problem::Unknown(What::Ticket));
        w.pass(10 * MINUTE).await;
        assert!(!w.is_open().await);
        let w = w.restart().await;
        w.pass(MINUTE).await;
        assert!(!w.is_open().await);

        // by hand it can be opened again, with numbers from the start and versions that go on
        w.open_day().await;
        assert_eq!(w.take("cv").await.number.to_string(), "C001");
        assert!(w.board().await.version > version);
        w
    })
    .await;
}

#[tokio::test]
async fn a_closed_day_leaves_counts_only() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 7, 0)).await;
        w.sit("c1", 1).await;
        for _ in 0..7 {
            w.take("cv").await;
        }
        for _ in 0..6 {
            w.receive("c1", 1).await;
        }
        let day = day_log::open_day(&w.test.database, w.here.id).await.unwrap().unwrap().id;
        w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
        assert_eq!(day_log::read(&w.test.database, day, 0).await.unwrap(), []);

        let coordinator = w.actor("coordinator");
        let statistics = async |of| w.parvis.statistics(&coordinator, w.here.id, Span::Day, of).await;
        let running = Problem::Invalid { field: "of", code: "not_over" };
        assert_eq!(statistics(date(2026, 6, 2)).await.unwrap_err(), running);
        w.wait_until(at(6, 3, 6, 0)).await;
        let day = statistics(date(2026, 6, 2)).await.unwrap();
        assert!(format!("{day:?}").contains("count: 7"), "{day:?}");
        w
    })
    .await;
}

/// The installation with a centre of twelve desks, twelve visitors called and thirty waiting.
async fn twelve_called_and_thirty_waiting(w: &mut World) -> Vec<services::Taken> {
    let mut file = crate::world::centre_file("big", "one");
    for n in 5..=12 {
        file += &format!("[[desks]]\nname = \"{n}\"\nspace = \"C\"\n");
    }
    for n in 5..=12 {
        file += &format!(
            "[[staff]]\nlogin = \"big.c{n}\"\nname = \"C\"\norganisation = \"two\"\nroles = [\"counsellor\"]\nspaces = [\"C\"]\nlanguages = [\"fr\"]\n"
        );
    }
    let all = services::import::FirstPasswords::All(crate::world::PASSWORD.into());
    let imported = w.parvis.import_centre(&file, all).await.unwrap();
    w.here = w.parvis.centre_by_id(imported.centre).unwrap();
    w.staff = storage::staff::list_all(&w.test.database).await.unwrap();
    let open = Command::OpenDay { closes: None };
    w.parvis.act(&w.actor("big.host"), w.here.id, open, None).await.unwrap();
    let mut taken = Vec::new();
    for _ in 0..42 {
        taken.push(w.take("cv").await);
    }
    for n in 1..=12 {
        let login = format!("big.c{n}");
        w.sit(&login, n).await;
        w.next(&login, n).await.unwrap();
    }
    taken
}

#[tokio::test]
async fn an_interrupted_day_is_found_suspended_and_nobody_is_a_no_show() {
    on_each(async |mut w| {
        w.clock.jump(at(6, 2, 8, 0));
        let taken = twelve_called_and_thirty_waiting(&mut w).await;
        w.pass(MINUTE).await;
        w.parvis.stop().await;
        w.clock.pass(40 * MINUTE);
        let w = w.restart().await;

        let states = async |w: &World| {
            let (mut called, mut waiting) = (0, 0);
            for ticket in &taken {
                match w.parvis.follow(&ticket.token).await.unwrap().1.state {
                    FollowState::Called { .. } => called += 1,
                    FollowState::Waiting { .. } => waiting += 1,
                    other => panic!("{other:?}"),
                }
            }
            (called, waiting)
        };
        assert_eq!(state(&w).await, interrupted(), "before any timer");
        w.pass(30 * MINUTE).await;
        assert_eq!((state(&w).await, states(&w).await), (interrupted(), (12, 30)));

        let host = w.actor("big.host");
        w.parvis.act(&host, w.here.id, Command::ResumeDay, None).await.unwrap();
        w.pass(MINUTE).await;
        assert_eq!(states(&w).await, (12, 30), "everybody called has the time again that the interruption took");
        // the stop is left out of waits: what counts is about two minutes
        let view = w.parvis.welcome_view(&host, w.here.id).await.unwrap();
        for line in view.tickets.iter().filter(|l| matches!(l.stage, Stage::Waiting { .. })) {
            assert!(view.now - line.since < chrono::Duration::minutes(5), "{line:?}");
        }
        w
    })
    .await;
}

#[tokio::test]
async fn a_short_stop_suspends_nothing() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 8, 0)).await;
        w.take("cv").await;
        w.parvis.stop().await;
        w.clock.pass(MINUTE);
        let w = w.restart().await;
        w.pass(MINUTE).await;
        assert!(w.is_open().await);
        w
    })
    .await;
}

#[tokio::test]
async fn a_gap_before_the_day_began_suspends_nothing() {
    on_each(async |w| {
        assert!(!w.is_open().await);
        w.parvis.pulse().await;
        // The machine slept, and somebody opens the day before the timer's next round.
        w.clock.pass(3 * HOUR);
        w.open_day().await;
        w.parvis.pulse().await;
        assert!(w.is_open().await);
        w
    })
    .await;
}

#[tokio::test]
async fn a_past_day_that_nobody_closed_is_folded_at_the_next_start_where_two_clocks_say_so() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 8, 0)).await;
        for _ in 0..6 {
            w.take("cv").await;
        }
        let day = day_log::open_day(&w.test.database, w.here.id).await.unwrap().unwrap().id;
        w.parvis.stop().await;
        w.clock.pass(22 * HOUR);
        let w = w.restart().await;
        if !w.test.database.is_shared() {
            // A file knows no time: staff say that it is really Wednesday.
            assert!(day_log::read(&w.test.database, day, 0).await.unwrap().len() > 6);
            w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
        }
        assert_eq!(day_log::open_day(&w.test.database, w.here.id).await.unwrap(), None);
        assert_eq!(day_log::read(&w.test.database, day, 0).await.unwrap(), []);
        let whole = (date(2026, 6, 1), date(2026, 6, 30));
        let cells = storage::statistics::cells(&w.test.database, w.here.id, whole.0, whole.1).await.unwrap();
        assert!(cells.values().sum::<u32>() > 0);
        w.wait_until(at(6, 3, 7, 0)).await;
        assert!(w.is_open().await);
        w
    })
    .await;
}

/// Six people took numbers at eight and one was called; then the machine was off, and starts with its clock at `to`.
async fn starts_at(w: World, to: Instant) -> (World, domain::DayId, Vec<services::Taken>) {
    w.wait_until(at(6, 2, 8, 0)).await;
    w.sit("c1", 1).await;
    let mut taken = Vec::new();
    for _ in 0..6 {
        taken.push(w.take("cv").await);
    }
    w.next("c1", 1).await;
    let day = day_log::open_day(&w.test.database, w.here.id).await.unwrap().unwrap().id;
    w.parvis.stop().await;
    w.clock.pass(5 * MINUTE);
    w.clock.jump(to);
    (w.restart().await, day, taken)
}

#[tokio::test]
async fn a_clock_that_is_a_day_ahead_at_the_start_destroys_nothing() {
    on_sqlite(async |w| {
        let (w, day, taken) = starts_at(w, at(6, 3, 8, 5)).await;
        let asked = Alert::Date { last: at(6, 2, 8, 0), clock: at(6, 3, 8, 5) };
        assert_eq!((state(&w).await, alerts(&w).await), (interrupted(), vec![asked]));
        let view = w.parvis.welcome_view(&w.actor("host"), w.here.id).await.unwrap();
        assert!(view.date_asked.is_some());
        w.pass(3 * HOUR).await;
        // Started again without an answer: still the same question, about the same time.
        let w = w.restart().await;
        w.pass(12 * HOUR).await;
        assert!(matches!(alerts(&w).await[..], [Alert::Date { last, .. }] if last == at(6, 2, 8, 0)));
        assert!(day_log::read(&w.test.database, day, 0).await.unwrap().len() >= 8, "nothing is destroyed");

        // It is still Tuesday: the day goes on, nobody is a no-show, and the clock's word ends nothing.
        w.act("host", Command::ResumeDay).await.unwrap();
        w.pass(MINUTE).await;
        assert_eq!((w.is_open().await, alerts(&w).await), (true, vec![Alert::Clock]));
        assert!(matches!(w.parvis.follow(&taken[0].token).await.unwrap().1.state, FollowState::Called { .. }));
        w.pass(5 * HOUR).await;
        assert_eq!(w.take("cv").await.number.counter, 7);
        w
    })
    .await;
}

#[tokio::test]
async fn a_new_date_is_believed_when_the_server_has_run_for_a_day() {
    on_sqlite(async |w| {
        let (w, day, _) = starts_at(w, at(6, 3, 8, 5)).await;
        w.pass(23 * HOUR).await;
        assert!(!day_log::read(&w.test.database, day, 0).await.unwrap().is_empty());
        w.pass(HOUR + 2 * MINUTE).await;
        assert_eq!(day_log::read(&w.test.database, day, 0).await.unwrap(), [], "yesterday does not stay open for ever");
        assert_eq!(alerts(&w).await, []);
        w
    })
    .await;
}

#[tokio::test]
async fn a_clock_behind_at_the_start_neither_goes_on_with_yesterday_nor_ends_it() {
    on_sqlite(async |w| {
        // Wednesday morning; the clock says an hour before the last that happened on Tuesday.
        let (w, day, _) = starts_at(w, at(6, 2, 7, 0)).await;
        assert_eq!(state(&w).await, interrupted());
        assert!(matches!(alerts(&w).await[..], [Alert::Date { .. }]));
        w.pass(2 * HOUR).await;
        assert_eq!(state(&w).await, interrupted());
        w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
        assert_eq!(day_log::read(&w.test.database, day, 0).await.unwrap(), []);
        w
    })
    .await;
}

async fn alerts(w: &World) -> Vec<Alert> {
    w.parvis.troubles(&w.actor("host"), w.here.id).await.unwrap()
}

#[tokio::test]
async fn a_clock_that_jumps_forward_closes_nothing_and_staff_are_told() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 8, 0)).await;
        w.sit("c1", 1).await;
        let called = w.take("cv").await;
        w.next("c1", 1).await;
        w.pass(MINUTE).await;
        assert_eq!(alerts(&w).await, []);
        w.clock.jump(at(6, 3, 8, 1));
        w.parvis.pulse().await;
        assert_eq!((state(&w).await, alerts(&w).await), (interrupted(), vec![Alert::Clock]));
        let centre = w.parvis.centre_view(&w.actor("coordinator"), w.here.id).await.unwrap();
        assert!(centre.alerts.contains(&Alert::Clock));
        w.pass(12 * HOUR).await;
        assert_eq!(state(&w).await, interrupted(), "nothing closes by itself");
        assert!(matches!(w.parvis.follow(&called.token).await.unwrap().1.state, FollowState::Called { .. }));

        // the day goes on although the clock is wrong
        w.act("host", Command::ResumeDay).await.unwrap();
        let later = w.take("cv").await;
        assert_eq!((later.number.counter, later.ahead), (2, 0));
        w.pass(HOUR).await;
        assert!(w.is_open().await, "nothing closes by itself");

        // somebody sets it right again
        w.clock.jump(w.clock.now() - chrono::Duration::days(1));
        w.parvis.pulse().await;
        assert_eq!(alerts(&w).await, []);
        w
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_jumps_back_keeps_the_order_and_the_timers() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 8, 0)).await;
        w.sit("c1", 1).await;
        let (first, second) = (w.take("cv").await, w.take("cv").await);
        w.pass(MINUTE).await;
        w.clock.jump(at(6, 1, 8, 1));
        w.parvis.pulse().await;
        assert_eq!(alerts(&w).await, [Alert::Clock]);
        let late = w.take("cv").await;
        assert_eq!(late.ahead, 2, "who comes later stays behind");
        assert_eq!(w.next("c1", 1).await, Some(first.id));
        w.pass(10 * MINUTE).await;
        assert_eq!(w.parvis.follow(&first.token).await.unwrap().1.state, FollowState::NoShow, "timers go on");
        assert_eq!(w.next("c1", 1).await, Some(second.id));
        assert!(w.is_open().await);
        w
    })
    .await;
}

#[tokio::test]
async fn nights_when_clocks_change() {
    on_each(async |w| {
        let time = |h, m| chrono::NaiveTime::from_hms_opt(h, m, 0).unwrap();
        let night = vec![Period { from: time(2, 30), to: time(4, 0) }];
        let mut hours = OpeningHours::default();
        hours.week[6] = night;
        w.parvis.save_hours(&w.actor("coordinator"), w.here.id, hours).await.unwrap();

        // October: half past two comes twice, and the day opens at the first
        w.wait_until(at(10, 25, 0, 29)).await;
        assert!(!w.is_open().await);
        w.wait_until(at(10, 25, 0, 30)).await;
        assert!(w.is_open().await);
        assert_eq!(w.board().await.board.closes, Some(at(10, 25, 3, 0)));
        w.pass(3 * HOUR + 20 * MINUTE).await;
        assert!(w.is_open().await, "an hour more, and the grace time");
        w.pass(20 * MINUTE).await;
        assert!(!w.is_open().await);

        // March: half past two does not exist, and the day opens when the clock jumps over it
        let march = |h, m| Utc.with_ymd_and_hms(2027, 3, 28, h, m, 0).unwrap();
        w.wait_until(march(0, 59)).await;
        assert!(!w.is_open().await);
        w.wait_until(march(1, 0)).await;
        assert!(w.is_open().await);
        assert_eq!(w.board().await.board.closes, Some(march(2, 0)));
        w
    })
    .await;
}

/// A demonstration whose day was opened in the morning, and its coordinator.
async fn demonstration() -> (TestDatabase, FakeClock, Parvis, Actor, CentreId) {
    let test = storage::testing::sqlite().await;
    let clock = FakeClock::at(morning());
    let options = Options { clock: std::sync::Arc::new(clock.clone()), demo: true, timer: false, ..Options::default() };
    let parvis = Parvis::start(test.database.clone(), options).await.unwrap();
    let all = services::import::FirstPasswords::All("demo".into());
    let centre = parvis.import_centre(&crate::world::centre_file("demo", "n"), all).await.unwrap().centre;
    let session = parvis.sign_in("demo.coordinator", "demo", &services::Whence::default()).await.unwrap();
    assert!(!session.staff.must_change_password);
    let coordinator = parvis.actor_of_session(&session.token).await.unwrap();
    parvis.act(&coordinator, centre, Command::OpenDay { closes: None }, None).await.unwrap();
    (test, clock, parvis, coordinator, centre)
}

#[tokio::test]
async fn a_demonstration_does_not_close_by_itself() {
    let (test, clock, parvis, coordinator, centre) = demonstration().await;
    for _ in 0..15 * 36 {
        clock.pass(Duration::from_secs(100));
        parvis.pulse().await;
    }
    assert_eq!(parvis.board(&coordinator, centre).await.unwrap().board.state, DayState::Open);
    parvis.stop().await;
    test.finish().await;
}

#[tokio::test]
async fn a_demonstration_follows_hours_that_somebody_changed() {
    let (test, _, parvis, coordinator, centre) = demonstration().await;
    parvis.pulse().await;
    let closes = async || parvis.board(&coordinator, centre).await.unwrap().board.closes;
    assert_eq!(closes().await, None);
    let late = Period { from: NaiveTime::MIN, to: NaiveTime::from_hms_opt(23, 0, 0).unwrap() };
    let week = std::array::from_fn(|_| vec![late]);
    parvis.save_hours(&coordinator, centre, OpeningHours { week, special: Vec::new() }).await.unwrap();
    parvis.pulse().await;
    assert!(closes().await.is_some());
    parvis.stop().await;
    test.finish().await;
}
