//! What remains of days, and who sees it.

use std::time::Duration;

use chrono::{NaiveDate, TimeZone, Utc};
use domain::{
    Instant, Language,
    day::{Command, Counted, Outcome, TalkLanguage},
    statistics::{Margin, Part, Period, Statistics},
};
use services::{Problem, TakeTicketForm};
use storage::statistics;

use crate::world::{World, date, on_each};

fn at(month: u32, day: u32, hour: u32) -> Instant {
    Utc.with_ymd_and_hms(2026, month, day, hour, 0, 0).unwrap()
}

async fn shown(w: &World, login: &str, period: Period, of: NaiveDate) -> Result<Statistics, Problem> {
    w.parvis.statistics(&w.actor(login), w.here.id, period, of).await
}

fn not_over() -> Problem {
    Problem::Invalid { field: "of", code: "not_over" }
}

/// A day of twelve visitors who speak French and one who speaks Tigrinya, received by both organisations.
async fn a_day_with_a_single_speaker(w: &World) {
    w.sit("c1", 1).await;
    w.sit("c2", 2).await;
    for n in 0..12 {
        w.take("cv").await;
        w.pass(Duration::from_secs(120)).await;
        w.receive(if n % 2 == 0 { "c1" } else { "c2" }, if n % 2 == 0 { 1 } else { 2 }).await;
    }
    let mut request = w.request("offers");
    request.talk = TalkLanguage::Speaks("ti".parse::<Language>().unwrap());
    w.take_with(&w.kiosk(), TakeTicketForm { request, slip: None }, None).await.unwrap();
    w.pass(Duration::from_secs(500)).await;
    w.receive("c2", 2).await;
    for _ in 0..5 {
        let id = domain::CountId(uuid::Uuid::now_v7());
        w.act("host", Command::Count { id, what: Counted::QuickAnswer }).await.unwrap();
    }
    w.act("coordinator", Command::CloseDay { force: false }).await.unwrap();
}

#[tokio::test]
async fn a_single_speaker_of_a_language_is_nowhere_to_be_found() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 7)).await;
        a_day_with_a_single_speaker(&w).await;
        let stored = async || {
            statistics::cells(&w.test.database, w.here.id, date(2026, 1, 1), date(2026, 12, 31)).await.unwrap()
        };
        let cells = stored().await;
        // The one cell of that language says the month and nothing else; what tells hours counts enough.
        let tigrinya = Part::Of("ti".parse::<Language>().unwrap());
        let of_it =
            cells.iter().filter(|(m, _)| matches!(m, Margin::Language { language, .. } if *language == tigrinya));
        assert_eq!(of_it.map(|(_, n)| *n).collect::<Vec<_>>(), [1]);
        let fine = |m: &Margin| matches!(m, Margin::Taken { .. } | Margin::Hour { .. } | Margin::Visits { .. });
        assert!(cells.iter().all(|(m, n)| !fine(m) || *n >= 5), "{cells:?}");
        let durations =
            statistics::durations(&w.test.database, w.here.id, date(2026, 6, 1), date(2026, 6, 30)).await.unwrap();
        assert!(!durations.is_empty() && durations.iter().all(|d| d.visitors >= 5));

        // Once the month is over, what is shown and, merged, what is stored does not even say that there was one.
        w.wait_until(at(7, 1, 6)).await;
        let month = shown(&w, "coordinator", Period::Month, date(2026, 6, 15)).await.unwrap();
        assert_eq!((month.tickets, month.talks), (13, 13));
        let told = |s: &Statistics| s.languages.iter().map(|l| (l.language.clone(), l.count)).collect::<Vec<_>>();
        assert_eq!(told(&month), [(Part::Others, 13)]);
        statistics::merge_up(&w.test.database, w.here.id, date(2026, 7, 1), 5).await.unwrap();
        assert!(stored().await.values().all(|n| *n >= 5));
        assert_eq!(shown(&w, "coordinator", Period::Month, date(2026, 6, 15)).await.unwrap(), month);
        w
    })
    .await;
}

#[tokio::test]
async fn a_day_is_shown_once_it_is_over_with_visits_beside_tickets() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 7)).await;
        a_day_with_a_single_speaker(&w).await;
        let tuesday = date(2026, 6, 2);
        assert_eq!(shown(&w, "coordinator", Period::Day, tuesday).await, Err(not_over()));
        w.wait_until(at(6, 3, 6)).await;
        let day = shown(&w, "coordinator", Period::Day, tuesday).await.unwrap();
        assert_eq!((day.from, day.to, day.tickets, day.threshold), (tuesday, tuesday, 13, 5));
        assert_eq!(day.visits.iter().map(|v| (v.kind.code(), v.count)).collect::<Vec<_>>(), [("quick_answer", 5)]);
        assert!(!day.durations.is_empty());
        assert_eq!((day.languages.len(), day.needs.len(), day.organisations.len()), (0, 0, 0));
        for period in [Period::Week, Period::Month, Period::Year] {
            assert_eq!(shown(&w, "coordinator", period, tuesday).await, Err(not_over()));
        }
        w
    })
    .await;
}

#[tokio::test]
async fn nothing_is_shown_of_a_period_while_one_of_its_days_is_not_closed() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 7)).await;
        w.sit("c1", 1).await;
        for _ in 0..6 {
            w.take("cv").await;
        }
        let ticket = w.next("c1", 1).await.unwrap();
        w.act("c1", Command::Arrive { ticket }).await.unwrap();
        w.pass(Duration::from_secs(22 * 3600)).await;
        assert!(w.is_open().await, "somebody is still in a talk");
        assert_eq!(shown(&w, "coordinator", Period::Day, date(2026, 6, 2)).await, Err(not_over()));
        assert!(shown(&w, "coordinator", Period::Day, date(2026, 6, 1)).await.is_ok());
        let finish = Command::Finish { ticket, outcome: Outcome::Answered, further: None };
        w.act("c1", finish).await.unwrap();
        w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
        assert_eq!(shown(&w, "coordinator", Period::Day, date(2026, 6, 2)).await.unwrap().tickets, 6);
        w
    })
    .await;
}

#[tokio::test]
async fn a_manager_sees_the_totals_and_the_own_organisation() {
    on_each(async |w| {
        w.wait_until(at(6, 2, 7)).await;
        a_day_with_a_single_speaker(&w).await;
        w.wait_until(at(7, 1, 6)).await;
        let month = date(2026, 6, 1);
        let all = shown(&w, "coordinator", Period::Month, month).await.unwrap();
        assert_eq!(all.organisations.len(), 2);
        let own = shown(&w, "manager", Period::Month, month).await.unwrap();
        let one = w.here.organisations.iter().find(|o| o.name.starts_with("Première")).unwrap().id;
        assert_eq!(
            own.organisations.iter().map(|o| (o.organisation, o.count)).collect::<Vec<_>>(),
            [(Part::Of(one), 6)]
        );
        assert_eq!((own.tickets, own.talks, &own.needs, &own.spaces), (13, 13, &all.needs, &all.spaces));
        for login in ["host", "c1", "near.coordinator", "far.manager"] {
            assert_eq!(shown(&w, login, Period::Month, month).await, Err(Problem::NotAllowed), "{login}");
        }
        w
    })
    .await;
}
