//! A day follows its centre's hours: changed while it runs, shut in between, after midnight.

use std::time::Duration;

use chrono::{TimeZone, Utc};
use domain::{
    Instant,
    centre::{OpeningHours, Period, SpecialDay, read_closing},
    day::{Break, Command, Refusal, SuspendReason, ToldBreak},
    statistics::Period as Span,
    view::{Alert, DayState},
};
use services::Problem;
use storage::day_log;

use crate::world::{World, date, on_each, on_sqlite};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// A moment of June 2026 in Paris, two hours before UTC.
fn local(day: u32, hour: u32, minute: u32) -> Instant {
    Utc.with_ymd_and_hms(2026, 6, day, hour, minute, 0).unwrap() - chrono::Duration::hours(2)
}

fn periods(text: &str) -> Vec<Period> {
    let period = |text: &str| {
        let (from, to) = text.split_once('-').unwrap();
        Period { from: read_closing(from).unwrap(), to: read_closing(to).unwrap() }
    };
    text.split_whitespace().map(period).collect()
}

/// Saves the hours of one date, and lets a second pass.
async fn hours_of(w: &World, day: u32, text: &str) {
    let mut hours = w.parvis.centre_by_id(w.here.id).unwrap().hours.clone();
    hours.special.retain(|s| s.date != date(2026, 6, day));
    hours.special.push(SpecialDay { date: date(2026, 6, day), periods: periods(text) });
    w.parvis.save_hours(&w.actor("coordinator"), w.here.id, hours).await.unwrap();
    w.pass(Duration::from_secs(1)).await;
}

async fn closes(w: &World) -> Option<Instant> {
    w.board().await.board.closes
}
async fn told_break(w: &World) -> Option<ToldBreak> {
    w.board().await.board.told_break
}
async fn asked(w: &World) -> bool {
    let centre = w.parvis.centre_view(&w.actor("coordinator"), w.here.id).await.unwrap();
    let alert = centre.alerts.iter().any(|a| matches!(a, Alert::HoursOver { .. }));
    let welcome = w.parvis.welcome_view(&w.actor("host"), w.here.id).await.unwrap();
    assert_eq!(alert, welcome.hours_over.is_some(), "both screens say the same");
    alert
}

#[tokio::test]
async fn an_open_day_follows_its_hours() {
    on_each(async |w| {
        w.wait_until(local(2, 10, 0)).await;
        assert_eq!(closes(&w).await, Some(local(2, 18, 0)));
        w.take("cv").await;
        hours_of(&w, 2, "09:00-11:00").await;
        assert_eq!((closes(&w).await, asked(&w).await), (Some(local(2, 11, 0)), false));
        hours_of(&w, 2, "09:00-12:00 13:00-20:00").await;
        assert_eq!(closes(&w).await, Some(local(2, 20, 0)));

        // closed today: staff are asked, and the day does not end over somebody who waits
        hours_of(&w, 2, "").await;
        assert!(asked(&w).await && w.is_open().await);
        assert!(closes(&w).await.is_some_and(|c| c < local(2, 10, 1)), "no talk is promised any more");
        let w = w.restart().await;
        w.pass(6 * HOUR).await;
        assert!(w.is_open().await && asked(&w).await, "somebody still waits");
        assert_eq!(w.act("c1", Command::StayOpen).await, Err(Problem::NotAllowed));
        w.act("host", Command::StayOpen).await.unwrap();
        assert_eq!((closes(&w).await, asked(&w).await), (None, false));
        assert_eq!(w.act("host", Command::StayOpen).await, Err(Refusal::NothingToDo.into()));
        w.pass(MINUTE).await;
        assert_eq!(closes(&w).await, None, "what staff said stays");
        // hours that lie ahead are followed again
        hours_of(&w, 2, "09:00-19:00").await;
        assert_eq!(closes(&w).await, Some(local(2, 19, 0)));
        w
    })
    .await;
}

#[tokio::test]
async fn a_day_whose_hours_are_taken_away_closes_by_itself_once_nobody_is_left() {
    on_sqlite(async |w| {
        w.wait_until(local(2, 10, 0)).await;
        let ticket = w.take("cv").await.id;
        hours_of(&w, 2, "").await;
        w.pass(2 * HOUR).await;
        assert!(w.is_open().await);
        w.act("host", Command::Leave { ticket }).await.unwrap();
        w.pass(MINUTE).await;
        assert!(!w.is_open().await);
        w
    })
    .await;
}

#[tokio::test]
async fn what_somebody_said_for_this_day_wins_over_the_hours() {
    on_sqlite(async |w| {
        let said = local(2, 15, 30);
        w.act("host", Command::OpenDay { closes: Some(said) }).await.unwrap();
        hours_of(&w, 2, "09:00-12:00").await;
        assert_eq!((closes(&w).await, asked(&w).await), (Some(said), false));
        hours_of(&w, 2, "").await;
        assert_eq!((closes(&w).await, asked(&w).await), (Some(said), false));
        w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();

        // opened outside of its hours, it has no end until the hours give it one
        w.wait_until(local(6, 10, 0)).await;
        w.open_day().await;
        w.pass(MINUTE).await;
        assert_eq!(closes(&w).await, None);
        hours_of(&w, 6, "09:00-12:00").await;
        assert_eq!(closes(&w).await, Some(local(6, 12, 0)));
        w
    })
    .await;
}

#[tokio::test]
async fn over_a_break_everybody_keeps_their_place_and_kiosks_give_no_tickets() {
    on_each(async |w| {
        hours_of(&w, 2, "09:00-12:30 13:30-17:00").await;
        w.wait_until(local(2, 9, 0)).await;
        let first = w.take("cv").await;
        w.pass(2 * HOUR + 59 * MINUTE).await;
        assert_eq!((closes(&w).await, told_break(&w).await), (Some(local(2, 17, 0)), None));
        w.pass(21 * MINUTE).await;
        let of = Break { from: local(2, 12, 30), to: local(2, 13, 30) };
        assert_eq!(told_break(&w).await, Some(ToldBreak { of, begun: false }), "12:20");
        w.take("offers").await;
        w.pass(25 * MINUTE).await;
        assert_eq!(told_break(&w).await, Some(ToldBreak { of, begun: true }), "12:45");
        assert_eq!(w.parvis.follow(&first.token).await.unwrap().1.told_break, told_break(&w).await);
        let kiosk = w.take_with(&w.kiosk(), w.form("cv"), None).await;
        assert_eq!(kiosk.unwrap_err(), Refusal::DayOnBreak.into());
        // the host decides for whoever stands at the door, and counsellors go on with those inside
        w.take_with(&w.actor("host"), w.form("cv"), None).await.unwrap();
        w.sit("c1", 1).await;
        assert_eq!(w.next("c1", 1).await, Some(first.id), "the first is still the first");
        let w = w.restart().await;
        w.pass(45 * MINUTE).await;
        assert_eq!(told_break(&w).await, None);
        assert_eq!(w.take("cv").await.number.to_string(), "C004");
        w
    })
    .await;
}

#[tokio::test]
async fn no_day_opens_by_itself_in_a_break_and_one_that_was_closed_stays_closed() {
    on_each(async |w| {
        hours_of(&w, 2, "09:00-12:30 13:30-17:00").await;
        // first looked at in the break
        w.wait_until(local(2, 12, 45)).await;
        w.pass(MINUTE).await;
        assert!(!w.is_open().await);
        w.wait_until(local(2, 13, 30)).await;
        assert!(w.is_open().await);
        w.act("host", Command::CloseDay { force: false }).await.unwrap();

        hours_of(&w, 3, "09:00-12:30 13:30-17:00").await;
        w.wait_until(local(3, 9, 0)).await;
        assert!(w.is_open().await);
        w.pass(3 * HOUR + 45 * MINUTE).await;
        w.act("host", Command::CloseDay { force: false }).await.unwrap();
        let w = w.restart().await;
        for _ in 0..5 {
            w.pass(HOUR).await;
            assert!(!w.is_open().await);
        }
        // by hand in a break: whoever does it wants it open
        hours_of(&w, 4, "09:00-12:30 13:30-17:00").await;
        w.wait_until(local(4, 12, 45)).await;
        w.open_day().await;
        w.pass(MINUTE).await;
        assert_eq!((told_break(&w).await, closes(&w).await), (None, Some(local(4, 17, 0))));
        w.take("cv").await;
        w
    })
    .await;
}

#[tokio::test]
async fn an_evening_goes_on_after_midnight_and_stays_of_its_date() {
    on_each(async |w| {
        hours_of(&w, 5, "22:00-02:00").await;
        w.wait_until(local(5, 22, 0)).await;
        assert_eq!(closes(&w).await, Some(local(6, 2, 0)));
        for _ in 0..6 {
            w.take("cv").await;
        }
        w.pass(2 * HOUR + 30 * MINUTE).await;
        assert!(w.is_open().await, "half past midnight");
        w.take("cv").await;
        // a stop in the night interrupts the evening, it does not end it
        w.parvis.stop().await;
        w.clock.pass(10 * MINUTE);
        let w = w.restart().await;
        let board = w.board().await;
        assert_eq!(board.board.state, DayState::Suspended { reason: SuspendReason::Interruption });
        w.act("host", Command::ResumeDay).await.unwrap();
        let stored = day_log::open_day(&w.test.database, w.here.id).await.unwrap().unwrap();
        assert_eq!(stored.date, date(2026, 6, 5));
        // closed and opened again before its end, it is the same date, which is not over
        w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
        let friday =
            async || w.parvis.statistics(&w.actor("coordinator"), w.here.id, Span::Day, date(2026, 6, 5)).await;
        let not_over = Problem::Invalid { field: "of", code: "not_over" };
        assert_eq!(friday().await.unwrap_err(), not_over);
        w.open_day().await;
        let stored = day_log::open_day(&w.test.database, w.here.id).await.unwrap().unwrap();
        assert_eq!((stored.date, closes(&w).await), (date(2026, 6, 5), Some(local(6, 2, 0))));
        w.pass(2 * HOUR + 20 * MINUTE).await;
        assert!(!w.is_open().await, "the grace time is over");
        assert_eq!(friday().await.unwrap().tickets, 7);
        w
    })
    .await;
}

#[tokio::test]
async fn midnight_ends_an_evening() {
    on_sqlite(async |w| {
        hours_of(&w, 5, "18:00-24:00").await;
        hours_of(&w, 6, "00:00-03:00").await;
        w.wait_until(local(5, 18, 0)).await;
        assert_eq!(closes(&w).await, Some(local(6, 0, 0)));
        w.pass(6 * HOUR + MINUTE).await;
        let stored = day_log::open_day(&w.test.database, w.here.id).await.unwrap().unwrap();
        assert_eq!((stored.date, closes(&w).await), (date(2026, 6, 6), Some(local(6, 3, 0))));
        w
    })
    .await;
}

#[tokio::test]
async fn the_night_when_clocks_change_moves_what_comes_after_it() {
    on_sqlite(async |w| {
        let mut hours = OpeningHours::default();
        // Saturday evening until half past three: in October an hour more, in March one less.
        hours.week[5] = periods("20:00-22:00 23:00-03:30");
        w.parvis.save_hours(&w.actor("coordinator"), w.here.id, hours).await.unwrap();
        let utc = |year, month, day, hour, minute| Utc.with_ymd_and_hms(year, month, day, hour, minute, 0).unwrap();
        w.wait_until(utc(2026, 10, 24, 18, 0)).await;
        assert_eq!(closes(&w).await, Some(utc(2026, 10, 25, 2, 30)));
        w.pass(3 * HOUR).await;
        let of = Break { from: utc(2026, 10, 24, 20, 0), to: utc(2026, 10, 24, 21, 0) };
        assert_eq!(told_break(&w).await, None, "over: {of:?}");
        w.act("host", Command::CloseDay { force: false }).await.unwrap();
        w.wait_until(utc(2027, 3, 27, 19, 0)).await;
        assert_eq!(closes(&w).await, Some(utc(2027, 3, 28, 1, 30)));
        w
    })
    .await;
}

#[tokio::test]
async fn the_last_totals_stay_until_the_date_is_over_and_in_memory_only() {
    on_each(async |w| {
        w.wait_until(local(2, 9, 0)).await;
        w.sit("c1", 1).await;
        for _ in 0..7 {
            w.take("cv").await;
        }
        for _ in 0..3 {
            w.receive("c1", 1).await;
        }
        let coordinator = w.actor("coordinator");
        let seen = async |w: &World| w.parvis.centre_view(&coordinator, w.here.id).await.unwrap();
        let totals = async |w: &World| {
            let view = seen(w).await;
            (view.day, view.counts.tickets, view.talks, view.open_tickets)
        };
        assert_eq!(totals(&w).await, (DayState::Open, 7, 3, 4));
        let version = seen(&w).await.version;
        w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
        assert_eq!(totals(&w).await, (DayState::Closed, 7, 3, 0));
        let host = w.parvis.welcome_view(&w.actor("host"), w.here.id).await.unwrap();
        assert_eq!((host.day, host.counts.tickets), (DayState::Closed, 7), "the host saw them too");
        assert!(seen(&w).await.version > version, "live screens are told");
        assert!(seen(&w).await.spaces.iter().all(|s| (s.waiting.numbers, s.in_talk, s.open_places) == (0, 0, 0)));
        for login in ["host", "c1", "near.coordinator"] {
            let refused = w.parvis.centre_view(&w.actor(login), w.here.id).await;
            assert_eq!(refused.unwrap_err(), Problem::NotAllowed, "{login}");
        }
        // nobody looks, and yet it is kept
        w.pass(11 * HOUR).await;
        assert_eq!(totals(&w).await, (DayState::Closed, 7, 3, 0));
        // the date is over
        let version = seen(&w).await.version;
        w.pass(4 * HOUR).await;
        assert_eq!(totals(&w).await, (DayState::Closed, 0, 0, 0));
        assert!(seen(&w).await.version > version, "live screens are told");

        // another day takes its place, and a restart knows nothing
        w.wait_until(local(3, 9, 0)).await;
        w.take("cv").await;
        w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
        assert_eq!(totals(&w).await, (DayState::Closed, 1, 0, 0));
        w.open_day().await;
        assert_eq!(totals(&w).await, (DayState::Open, 0, 0, 0));
        w.take("cv").await;
        w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
        assert_eq!(totals(&w).await, (DayState::Closed, 1, 0, 0), "of the second run alone");
        let w = w.restart().await;
        assert_eq!(totals(&w).await, (DayState::Closed, 0, 0, 0));
        w
    })
    .await;
}
