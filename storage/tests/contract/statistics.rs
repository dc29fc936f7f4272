//! Counts.

use domain::{
    CentreId, SpaceId,
    day::Outcome,
    statistics::{Cells, DurationCell, Fold, HowEnded, Margin, Measure, Part, Span, VisitKind, merge_up},
};
use storage::{Database, day_log, statistics};

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
