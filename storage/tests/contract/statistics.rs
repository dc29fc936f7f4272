//! Counts.

use std::collections::BTreeSet;

use domain::{
    CentreId, SpaceId, TicketId,
    catalogue::Notebook,
    centre::Centre,
    day::{Channel, Day, Ending, Event, FollowToken, ForWhom, Number, Outcome, PartySize, Rank, Request, TalkLanguage},
    staff::Abilities,
    statistics::{
        Cells, DurationCell, Fold, HowEnded, Margin, Measure, Part, Span, VisitKind, fold as fold_day, merge_up,
    },
};
use sqlx::{Connection, PgConnection, SqliteConnection};
use storage::{Database, day_log, statistics, testing::TestDatabase};

use crate::{
    on_each,
    samples::{at, date, id, language, made_day, saved_centre},
};

async fn fold(database: &Database, centre: CentreId, fold: &Fold) {
    let day = made_day(database, centre).await;
    assert!(day_log::fold(database, day, at(9), fold).await.unwrap());
}

fn one_of_each(count: u32) -> Cells {
    let (month, space) = (date(2).into(), Part::Of(Some(id::<SpaceId>())));
    [
        Margin::Taken { date: date(2), space, hour: Part::Of(14) },
        Margin::Taken { date: date(3), space: Part::Others, hour: Part::Others },
        Margin::Hour { date: date(4), hour: Part::Of(8) },
        Margin::Need { month, space, need: Part::Of(None) },
        Margin::Need { month, space, need: Part::Of(Some(id())) },
        Margin::Language { month, language: Part::Of(language("prs")) },
        Margin::Language { month, language: Part::Others },
        Margin::Ended { month, how: Part::Of(HowEnded::Finished(Some(Outcome::NextSteps))) },
        Margin::Ended { month, how: Part::Of(HowEnded::Finished(None)) },
        Margin::Talks { month, organisation: Part::Of(id()), space },
        Margin::Visits { date: date(2), kind: VisitKind::CameIn, hour: Part::Of(0) },
        Margin::SmallDays { span: Span::Month(month), kind: None },
        Margin::SmallDays { span: Span::Year(2026), kind: Some(VisitKind::QuickAnswer) },
    ]
    .into_iter()
    .zip(count..)
    .collect()
}

fn duration(day: u32, space: Part<Option<SpaceId>>, visitors: u32) -> DurationCell {
    let mut buckets = <[u32; 12]>::default();
    buckets[3] = visitors;
    DurationCell {
        measure: Measure::Wait,
        date: date(day),
        space,
        visitors,
        seconds: u64::from(visitors) * 500,
        buckets,
    }
}

#[tokio::test]
async fn counts_of_every_margin_come_back_and_add_up() {
    on_each(async |test| {
        let db = &test.database;
        let (here, there) = (saved_centre(db, "here").await.id, saved_centre(db, "there").await.id);
        let cells = one_of_each(5);
        fold(db, here, &Fold { cells: cells.clone(), durations: vec![] }).await;
        assert_eq!(statistics::cells(db, here, date(1), date(31)).await.unwrap(), cells);
        assert_eq!(statistics::cells(db, there, date(1), date(31)).await.unwrap(), Cells::new());
        fold(db, here, &Fold { cells: cells.clone(), durations: vec![] }).await;
        let doubled: Cells = cells.iter().map(|(m, n)| (m.clone(), 2 * n)).collect();
        assert_eq!(statistics::cells(db, here, date(1), date(31)).await.unwrap(), doubled);
    })
    .await;
}

#[tokio::test]
async fn a_period_gives_what_counts_any_of_its_dates() {
    on_each(async |test| {
        let db = &test.database;
        let centre = saved_centre(db, "here").await.id;
        let cells = one_of_each(5);
        fold(db, centre, &Fold { cells: cells.clone(), durations: vec![] }).await;
        for (from, to) in [(date(2), date(2)), (date(3), date(3)), (date(4), date(9)), (date(31), date(31))] {
            let expected: Cells = cells
                .iter()
                .filter(|(m, _)| m.dates().0 <= to && m.dates().1 >= from)
                .map(|(m, n)| (m.clone(), *n))
                .collect();
            assert_eq!(statistics::cells(db, centre, from, to).await.unwrap(), expected, "{from} {to}");
        }
        let next_year = date(1) + chrono::Months::new(12);
        assert_eq!(statistics::cells(db, centre, next_year, next_year).await.unwrap(), Cells::new());
    })
    .await;
}

#[tokio::test]
async fn durations_come_back_and_add_up() {
    on_each(async |test| {
        let db = &test.database;
        let centre = saved_centre(db, "here").await.id;
        let space = Part::Of(Some(id()));
        let talk = DurationCell { measure: Measure::Talk, ..duration(2, Part::Of(None), 6) };
        let durations = vec![duration(2, space, 5), duration(2, Part::Others, 8), talk];
        fold(db, centre, &Fold { cells: Cells::new(), durations }).await;
        assert_eq!(statistics::durations(db, centre, date(1), date(31)).await.unwrap().len(), 3);

        let again = vec![duration(2, space, 7), duration(3, space, 9)];
        fold(db, centre, &Fold { cells: Cells::new(), durations: again }).await;
        let second = statistics::durations(db, centre, date(2), date(2)).await.unwrap();
        let expected = [duration(2, space, 12), duration(2, Part::Others, 8), talk];
        assert_eq!(second, expected);
        assert_eq!(statistics::durations(db, centre, date(3), date(9)).await.unwrap(), [duration(3, space, 9)]);
        assert_eq!(statistics::durations(db, id(), date(1), date(31)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn small_counts_are_merged_upwards_as_the_domain_says() {
    on_each(async |test| {
        let db = &test.database;
        let (here, there) = (saved_centre(db, "here").await.id, saved_centre(db, "there").await.id);
        let cells = one_of_each(1);
        let all = (date(1) - chrono::Months::new(12), date(1) + chrono::Months::new(24));
        for centre in [here, there] {
            fold(db, centre, &Fold { cells: cells.clone(), durations: vec![] }).await;
        }
        let in_time = statistics::merge_up(db, here, date(2), 5).await.unwrap();
        let expected = merge_up(&cells, date(2), 5);
        assert_eq!(in_time, expected != cells);
        assert_eq!(statistics::cells(db, here, all.0, all.1).await.unwrap(), expected);

        let later = date(1) + chrono::Months::new(2);
        let expected = merge_up(&cells, later, 5);
        assert_ne!(expected, cells, "there is something to merge");
        assert!(statistics::merge_up(db, here, later, 5).await.unwrap());
        assert_eq!(statistics::cells(db, here, all.0, all.1).await.unwrap(), expected);
        assert!(!statistics::merge_up(db, here, later, 5).await.unwrap(), "twice is once");
        assert_eq!(statistics::cells(db, there, all.0, all.1).await.unwrap(), cells, "another centre's stay");
    })
    .await;
}

/// Years of days, all settled.
fn years() -> Cells {
    let mut cells = Cells::new();
    for n in 0..900_u32 {
        let date = date(1) - chrono::Days::new(n.into());
        cells.insert(Margin::Taken { date, space: Part::Others, hour: Part::Others }, 5 + n % 7);
        cells.insert(Margin::Hour { date, hour: Part::Of(9) }, 6);
        cells.insert(Margin::Language { month: date.into(), language: Part::Of(language("fr")) }, 50);
        cells.insert(Margin::SmallDays { span: Span::Month(date.into()), kind: None }, 9);
    }
    cells
}

/// Whoever appends to a day's log has to wait for nothing that was settled long ago.
#[tokio::test]
async fn what_was_settled_before_does_not_take_the_writers_turn() {
    on_each(async |test| {
        let db = &test.database;
        let centre = saved_centre(db, "here").await.id;
        let settled = years();
        let later = date(1) + chrono::Months::new(24);
        assert_eq!(merge_up(&settled, later, 5), settled);
        fold(db, centre, &Fold { cells: settled.clone(), durations: vec![] }).await;
        let turn = Turn::taken(test).await;
        assert!(!statistics::merge_up(db, centre, later, 5).await.unwrap());
        turn.give_back().await;

        // What is new is merged into what is old as if all were looked at.
        let small = one_of_each(1);
        fold(db, centre, &Fold { cells: small.clone(), durations: vec![] }).await;
        let mut all = settled;
        for (margin, n) in small {
            *all.entry(margin).or_default() += n;
        }
        for today in [date(3), later] {
            all = merge_up(&all, today, 5);
            statistics::merge_up(db, centre, today, 5).await.unwrap();
            let whole = (date(1) - chrono::Months::new(48), later);
            assert_eq!(statistics::cells(db, centre, whole.0, whole.1).await.unwrap(), all);
        }
    })
    .await;
}

/// The turn of the one who writes, taken by somebody else.
enum Turn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Turn {
    async fn taken(test: &TestDatabase) -> Self {
        if test.database.is_shared() {
            let mut other = PgConnection::connect(&test.url).await.unwrap();
            sqlx::raw_sql("BEGIN; SELECT id FROM centre FOR NO KEY UPDATE").execute(&mut other).await.unwrap();
            Self::Postgres(other)
        } else {
            let mut other = SqliteConnection::connect(&test.url).await.unwrap();
            sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
            Self::Sqlite(other)
        }
    }
    async fn give_back(self) {
        match self {
            Self::Sqlite(other) => other.close().await.unwrap(),
            Self::Postgres(other) => other.close().await.unwrap(),
        }
    }
}

/// A visitor of a day, as the key test tells them apart.
#[derive(Clone, Copy)]
struct Visitor {
    speaks: &'static str,
    need: usize,
    hours_after_opening: i64,
    waits_minutes: i64,
}

/// The log of a day with these visitors, all received at one place after another.
fn day_with(centre: &Centre, visitors: &[Visitor]) -> Day {
    let place = centre.desks[0].places[0].id;
    let abilities = Abilities { welcome: true, ..Abilities::default() };
    let mut events = vec![(at(0), Event::DayOpened { closes: None })];
    let organisation = centre.organisations[0].id;
    events.push((at(0), Event::PlaceOpened { place, counsellor: id(), organisation, abilities }));
    for (n, v) in (0u16..).zip(visitors) {
        let ticket = id();
        let taken_at = at(3600 * v.hours_after_opening);
        let called_at = taken_at + chrono::Duration::minutes(v.waits_minutes);
        let request = Request {
            need: Some(centre.needs[v.need].id),
            language: language("fr"),
            talk: TalkLanguage::Speaks(language(v.speaks)),
            party: PartySize::default(),
            for_whom: ForWhom::Me,
            channel: Channel::Here,
            accommodations: BTreeSet::new(),
            notebook: Notebook::default(),
        };
        let number = Number { letter: centre.letter_of(request.need), counter: n + 1 };
        let token = FollowToken::from(id::<TicketId>().0.into_bytes());
        let rank = Rank { at: taken_at.timestamp_micros(), taken: n.into() };
        let (device, slip) = (None, None);
        let event = Event::TicketTaken { ticket, number, token, request, device, slip, rank };
        let ending = Ending::Finished(Some(Outcome::Answered));
        events.push((taken_at, event));
        events.push((called_at, Event::Called { ticket, place }));
        events.push((called_at, Event::Arrived { ticket }));
        events.push((called_at + chrono::Duration::minutes(10), Event::Ended { ticket, ending }));
    }
    let mut day = Day::default();
    for (at, event) in &events {
        day.apply(event, *at);
    }
    assert_eq!(day.tickets.len(), visitors.len());
    day
}

/// Whoever has the whole database after a day with a single speaker of a language cannot tell when that visitor came,
/// what for, or how long they waited: it is the same database for whichever visitor it was.
#[tokio::test]
async fn nothing_stored_gives_away_the_single_speaker_of_a_language() {
    on_each(async |test| {
        let db = &test.database;
        let kinds = [(0, 0, 3), (0, 1, 20), (1, 2, 50), (2, 3, 90), (1, 0, 7)];
        let visitors: Vec<Visitor> = (0..40)
            .map(|n| kinds[n % 5])
            .map(|(need, hours_after_opening, waits_minutes)| Visitor {
                speaks: "fr",
                need,
                hours_after_opening,
                waits_minutes,
            })
            .collect();
        let centre = saved_centre(db, "here").await;
        let mut databases = Vec::new();
        for single in 0..5 {
            let mut visitors = visitors.clone();
            visitors[single].speaks = "prs";
            let fold = fold_day(&day_with(&centre, &visitors), &centre, date(2), &|at| at.naive_utc());
            let day = made_day(db, centre.id).await;
            assert!(day_log::fold(db, day, at(9), &fold).await.unwrap());
            let all = (date(1) - chrono::Months::new(12), date(1) + chrono::Months::new(12));
            let cells = statistics::cells(db, centre.id, all.0, all.1).await.unwrap();
            let prs = Margin::Language { month: date(2).into(), language: Part::Of(language("prs")) };
            assert_eq!(cells.get(&prs), Some(&1));
            databases.push((cells, statistics::durations(db, centre.id, all.0, all.1).await.unwrap()));
            for table in ["DELETE FROM statistics_cell", "DELETE FROM statistics_duration"] {
                test.run(table).await.unwrap();
            }
        }
        assert!(!databases[0].1.is_empty(), "durations are kept");
        assert!(databases.windows(2).all(|two| two[0] == two[1]));

        // And once the month is over, not even that there was one.
        let fold = fold_day(&day_with(&centre, &visitors), &centre, date(2), &|at| at.naive_utc());
        let mut with_one = visitors.clone();
        with_one[7].speaks = "prs";
        let with_one = fold_day(&day_with(&centre, &with_one), &centre, date(2), &|at| at.naive_utc());
        for fold in [fold, with_one] {
            let day = made_day(db, centre.id).await;
            assert!(day_log::fold(db, day, at(9), &fold).await.unwrap());
        }
        let later = date(1) + chrono::Months::new(1);
        assert!(statistics::merge_up(db, centre.id, later, 5).await.unwrap());
        let languages: Vec<_> = statistics::cells(db, centre.id, date(1), date(31))
            .await
            .unwrap()
            .into_iter()
            .filter(|(m, _)| matches!(m, Margin::Language { .. }))
            .collect();
        let month = date(2).into();
        assert_eq!(languages, [(Margin::Language { month, language: Part::Others }, 80)]);
    })
    .await;
}
