#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_pass_by_value)]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Duration, NaiveDate, NaiveTime};
use proptest::{collection, prelude::*};
use uuid::Uuid;

use super::{
    durations::{Sample, cells},
    merge::{Flat, flat},
    *,
};
use crate::{
    CentreId, CountId, Instant, Text, TicketId,
    catalogue::Notebook,
    centre::{Centre, Letter, Need, OpeningHours, Policies, Space},
    day::{
        Channel, Counted, Day, FollowToken, ForWhom, Number, PartySize, PastTalk, Rank, Request, Stage, TalkLanguage,
        Ticket,
    },
};

const K: u32 = 5;
const SPACES: u8 = 3;
const NEEDS: u8 = 7;

fn id(kind: u8, n: u8) -> Uuid {
    Uuid::from_u128(u128::from(kind) << 64 | u128::from(n))
}
fn need_id(n: u8) -> NeedId {
    NeedId(id(2, n))
}

fn centre() -> Centre {
    let letter = |n: u8| Letter::try_from(char::from(b'A' + n)).unwrap();
    let spaces = (0..SPACES).map(|n| Space {
        id: SpaceId(id(1, n)),
        letter: letter(n),
        sign: n + 1,
        name: Text::default(),
        question: Text::default(),
        hint: Text::default(),
        directions: Text::default(),
    });
    let needs = (0..NEEDS).map(|n| Need {
        id: need_id(n),
        code: format!("need{n}"),
        space: SpaceId(id(1, n % SPACES)),
        question: Text::default(),
        label: Text::default(),
        helps_with: std::collections::BTreeSet::new(),
    });
    Centre {
        id: CentreId(id(0, 0)),
        slug: "c".into(),
        network: None,
        name: Text::default(),
        time_zone: "UTC".into(),
        languages: vec![Language::french()],
        talk_languages: vec![],
        hours: OpeningHours::default(),
        policies: Policies { anonymity_threshold: K, ..Policies::default() },
        spaces: spaces.collect(),
        needs: needs.collect(),
        organisations: vec![],
        desks: vec![],
        safeguarding: vec![],
        shelves: vec![],
    }
}

/// One ticket as a test describes it.
#[derive(Clone, Debug)]
struct Visitor {
    hour: u8,
    /// None = welcome first.
    need: Option<u8>,
    language: u8,
    ending: Ending,
    /// By which organisations.
    talks: Vec<u8>,
    waited: i64,
}

fn ticket(n: u32, date: NaiveDate, v: &Visitor) -> Ticket {
    let at = |hours: i64| date.and_time(NaiveTime::MIN).and_utc() + Duration::hours(hours) + Duration::minutes(7);
    let arrived = at(v.hour.into());
    let language: Language = ["fr", "en", "ar", "prs"][usize::from(v.language)].parse().unwrap();
    let need = v.need.map(need_id);
    let talk = |o: &u8| PastTalk {
        organisation: OrganisationId(id(3, *o)),
        need,
        outcome: None,
        waited_seconds: v.waited,
        from: arrived + Duration::seconds(v.waited),
        to: arrived + Duration::seconds(v.waited + 900),
    };
    Ticket {
        id: TicketId(Uuid::from_u128(n.into())),
        number: Number { letter: Letter::try_from('A').unwrap(), counter: 1 },
        token: FollowToken::from(u128::from(n).to_be_bytes()),
        request: Request {
            need,
            language: Language::french(),
            talk: TalkLanguage::Speaks(language),
            party: PartySize::default(),
            for_whom: ForWhom::default(),
            channel: Channel::default(),
            accommodations: BTreeSet::new(),
            notebook: Notebook::default(),
        },
        arrived,
        rank: Rank { at: 0, taken: n },
        stage: Stage::Ended { at: at(20), ending: v.ending },
        flags: BTreeSet::new(),
        priority: None,
        any_need_of: None,
        organisation: None,
        hand_over: None,
        refused: None,
        advice: BTreeSet::new(),
        recommended: crate::catalogue::Entries::default(),
        talks: v.talks.iter().map(talk).collect(),
        waited_seconds: (!v.talks.is_empty()).then_some(v.waited),
        set_aside_seconds: 0,
        waiting_from: arrived,
        waited_before: 0,
    }
}

fn day_of(date: NaiveDate, visitors: &[Visitor], counts: &[(u8, Counted)]) -> Day {
    let mut day = Day::default();
    for (n, v) in (0..).zip(visitors) {
        let ticket = ticket(n, date, v);
        day.tickets.insert(ticket.id, ticket);
    }
    for (n, (hour, what)) in (0u128..).zip(counts) {
        let at = date.and_time(NaiveTime::MIN).and_utc() + Duration::hours((*hour).into());
        day.counts.insert(CountId(Uuid::from_u128(n)), (at, *what));
    }
    day
}

fn utc(at: Instant) -> chrono::NaiveDateTime {
    at.naive_utc()
}
fn folded(date: NaiveDate, visitors: &[Visitor]) -> Fold {
    fold(&day_of(date, visitors, &[]), &centre(), date, &utc)
}
fn date(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}
fn visitor(hour: u8, need: u8, language: u8) -> Visitor {
    let ending = Ending::Finished(Some(Outcome::Answered));
    Visitor { hour, need: Some(need), language, ending, talks: vec![0], waited: 300 }
}
fn add_up(into: &mut Cells, more: &Cells) {
    for (margin, n) in more {
        *into.entry(margin.clone()).or_default() += n;
    }
}

#[test]
fn a_mistake_counts_nowhere() {
    let mistake = Visitor { ending: Ending::TakenBack, ..visitor(9, 0, 3) };
    let mut visitors = vec![visitor(9, 0, 0); 8];
    let without = folded(date(2026, 3, 2), &visitors);
    visitors.push(mistake);
    assert_eq!(folded(date(2026, 3, 2), &visitors), without);
}

#[test]
fn a_small_day_leaves_its_number_alone() {
    let fold = folded(date(2026, 3, 2), &[visitor(9, 0, 0), visitor(10, 1, 3)]);
    let month = Span::Month(date(2026, 3, 1).into());
    let cells = Cells::from([(Margin::SmallDays { span: month, kind: None }, 2)]);
    assert_eq!(fold, Fold { cells, durations: vec![] });
}

#[test]
fn a_single_cell_takes_its_smallest_neighbour_along() {
    let d = date(2026, 3, 2);
    // Space 0: seventeen at nine, six at ten, two at eleven. Space 1: one alone.
    let mut visitors = vec![visitor(9, 0, 0); 17];
    visitors.extend(vec![visitor(10, 0, 0); 6]);
    visitors.extend(vec![visitor(11, 0, 0); 2]);
    visitors.extend(vec![visitor(9, 2, 0); 5]);
    visitors.push(visitor(14, 1, 0));
    let taken: Vec<_> = folded(d, &visitors)
        .cells
        .into_iter()
        .filter_map(|(m, n)| match m {
            Margin::Taken { space, hour, .. } => Some((space, hour, n)),
            _ => None,
        })
        .collect();
    let space = Part::Of(Some(SpaceId(id(1, 0))));
    let expected = vec![
        (space, Part::Of(9), 17),
        // Two at eleven, with the six of ten.
        (space, Part::Others, 8),
        // Space 1, with all of space 2.
        (Part::Others, Part::Others, 6),
    ];
    assert_eq!(taken, expected);
}

/// Every way to count so many for each of some members.
fn worlds(total: u32, members: usize) -> Vec<Vec<u32>> {
    match members {
        1 => vec![vec![total]],
        _ => (0..=total)
            .flat_map(|first| {
                worlds(total - first, members - 1).into_iter().map(move |rest| [vec![first], rest].concat())
            })
            .collect(),
    }
}

/// The attack with the rule in hand: whoever knows the total, what is shown of a list and how that is made, goes through
/// every list that would be shown so. No count below `k` is the same in all of them.
#[test]
fn whoever_knows_the_rule_cannot_solve_what_is_put_together() {
    for (k, members, total) in (3..=5).flat_map(|k| (2..=4).flat_map(move |m| (k..=15).map(move |t| (k, m, t)))) {
        let mut shown = BTreeMap::<_, Vec<Vec<u32>>>::new();
        for world in worlds(total, members) {
            let list: Flat<usize> =
                world.iter().enumerate().filter(|(_, n)| **n > 0).map(|(a, n)| (Part::Of(a), *n)).collect();
            shown.entry(flat(list, k)).or_default().push(world);
        }
        for (list, worlds) in shown {
            for member in (0..members).filter(|m| !list.contains_key(&Part::Of(*m))) {
                let possible: BTreeSet<u32> = worlds.iter().map(|world| world[member]).collect();
                let solved = possible.len() == 1 && possible.iter().all(|n| (1..k).contains(n));
                assert!(!solved, "k = {k}: {list:?} tells that {member} is {possible:?}");
            }
        }
    }
}

#[test]
fn four_and_four_are_not_eight_beside_what_is_larger() {
    let list = |counts: &[u32]| counts.iter().enumerate().map(|(a, n)| (Part::Of(a), *n)).collect::<Flat<usize>>();
    // With the smallest that stands, and all that are as small.
    assert_eq!(flat(list(&[4, 4, 9, 20]), K), [(Part::Of(3), 20), (Part::Others, 17)].into());
    assert_eq!(flat(list(&[4, 4, 9, 9, 20]), K), [(Part::Of(4), 20), (Part::Others, 26)].into());
    assert_eq!(flat(list(&[1, 1, 1, 1, 1, 9, 20]), K), [(Part::Of(6), 20), (Part::Others, 14)].into());
    assert_eq!(flat(list(&[4, 3, 9, 20]), K).get(&Part::Others), Some(&7), "3 and 4, or 4 and 3");
    // Two days of four in a month tell each other, and in a year.
    let (first, second) = (date(2026, 3, 2), date(2026, 5, 4));
    let four = |d| folded(d, &vec![visitor(9, 0, 0); 4]).cells;
    let small = |days: &[NaiveDate]| {
        let mut cells = Cells::new();
        for day in days {
            add_up(&mut cells, &four(*day));
        }
        merge_up(&cells, later(), K)
    };
    assert_eq!(small(&[first, first.succ_opt().unwrap()]), Cells::new());
    assert_eq!(small(&[first, second]), Cells::new());
    let mut cells = four(first);
    add_up(&mut cells, &folded(second, &vec![visitor(9, 0, 0); 3]).cells);
    assert_eq!(merge_up(&cells, later(), K).into_values().collect::<Vec<_>>(), [7]);
}

#[test]
fn hours_and_spaces_stand_side_by_side_where_crossed_they_would_be_lost() {
    let d = date(2026, 3, 2);
    let visitors: Vec<_> = (0..30u8).map(|n| visitor(9 + n / 10, n % 3, 0)).collect();
    let cells = folded(d, &visitors).cells;
    for hour in 9..12 {
        assert_eq!(cells.get(&Margin::Hour { date: d, hour: Part::Of(hour) }), Some(&10));
    }
    for space in 0..3 {
        let space = Part::Of(Some(SpaceId(id(1, space))));
        assert_eq!(cells.get(&Margin::Taken { date: d, space, hour: Part::Others }), Some(&10));
    }
    let s = report(&cells, &[], Period::Day, d, later(), K).unwrap();
    assert_eq!(s.hours.iter().map(|h| h.count).collect::<Vec<_>>(), [10, 10, 10]);
}

#[test]
fn durations_are_shared_by_enough_visitors_or_gone() {
    let d = date(2026, 3, 2);
    let mut visitors = vec![visitor(9, 0, 0); 7];
    visitors.extend(vec![visitor(10, 2, 0); 3]);
    let spaces = |f: &Fold| {
        let waits = f.durations.iter().filter(|c| c.measure == Measure::Wait);
        waits.map(|c| (c.space, c.visitors, c.seconds)).collect::<Vec<_>>()
    };
    assert_eq!(spaces(&folded(d, &visitors)), [(Part::Others, 10, 3000)]);
    visitors.extend(vec![visitor(10, 2, 0); 2]);
    let own = |n| Part::Of(Some(SpaceId(id(1, n))));
    assert_eq!(spaces(&folded(d, &visitors)), [(own(0), 7, 2100), (own(2), 5, 1500)]);
    // Four visitors with any number of talks are still four visitors.
    let mut few = vec![Visitor { talks: vec![], ..visitor(9, 0, 0) }; 9];
    few.extend(vec![Visitor { talks: vec![0, 1, 2, 0], ..visitor(9, 0, 0) }; 4]);
    assert_eq!(folded(d, &few).durations, []);
}

#[test]
fn buckets_hold_their_bounds() {
    let visitors = [60, 61, 7200, 7201, 100_000, -5].map(|waited| Visitor { waited, ..visitor(9, 0, 0) });
    let fold = folded(date(2026, 3, 2), &visitors);
    let waits = fold.durations.iter().find(|c| c.measure == Measure::Wait).unwrap();
    assert_eq!(waits.buckets, [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
    assert_eq!(waits.within(50), Some(120));
    assert_eq!(waits.within(90), None);
}

#[test]
fn durations_of_two_dates_are_put_together_and_their_mean_is_rounded() {
    let cell = |seconds: &[i64]| {
        let samples: Vec<_> =
            seconds.iter().map(|s| Sample { measure: Measure::Wait, space: None, seconds: *s }).collect();
        cells(date(2026, 11, 2), &samples, 2)[0]
    };
    let (one, other) = (cell(&[60, 60]), cell(&[300, 7000, 8000]));
    assert_eq!((one.mean_minutes(), other.mean_minutes()), (1, 85));
    assert_eq!(cell(&[89, 89]).mean_minutes(), 1, "89 seconds are nearer to one minute than to two");
    assert_eq!(cell(&[91, 91]).mean_minutes(), 2);
    let both = one.with(&other);
    assert_eq!((both.visitors, both.seconds), (5, 15_420));
    assert_eq!(both.buckets.iter().sum::<u32>(), 5);
    assert_eq!(both, cell(&[60, 60, 300, 7000, 8000]));
    assert_eq!(both.within(100), None, "somebody waited longer than two hours");
    let cells = [cell(&[60; 5]), cell(&[300; 6])];
    let month = report(&Cells::new(), &cells, Period::Month, date(2026, 11, 2), date(2026, 12, 1), K).unwrap();
    let lines: Vec<_> = month.durations.iter().map(|l| (l.space, l.mean_minutes, l.half_within_seconds)).collect();
    assert_eq!(lines, [(None, 3, Some(300)), (Some(Part::Of(None)), 3, Some(300))]);
}

#[test]
fn every_measure_has_its_code() {
    assert_eq!(Measure::ALL.map(Measure::code), ["wait", "talk"]);
}

#[test]
fn only_whole_periods_that_are_over() {
    let report = |period, of, today| report(&Cells::new(), &[], period, of, today, K);
    let (thu, sun, mon) = (date(2026, 1, 1), date(2026, 1, 4), date(2026, 1, 5));
    assert_eq!(report(Period::Day, thu, thu), Err(NotOver { ends: thu }));
    assert_eq!(report(Period::Week, thu, sun), Err(NotOver { ends: sun }));
    let week = report(Period::Week, thu, mon).unwrap();
    assert_eq!((week.from, week.to), (date(2025, 12, 29), sun));
    assert!(report(Period::Month, date(2026, 2, 10), date(2026, 2, 28)).is_err());
    assert!(report(Period::Month, date(2026, 2, 10), date(2026, 3, 1)).is_ok());
    assert!(report(Period::Year, thu, date(2026, 12, 31)).is_err());
    assert!(report(Period::Year, date(9999, 5, 5), thu).is_err());
    assert!(report(Period::Week, NaiveDate::MAX, thu).is_err());
    assert!(report(Period::Week, NaiveDate::MIN, thu).is_err());
}

#[test]
fn a_manager_sees_only_the_own_organisation() {
    let mut visitors = vec![visitor(9, 0, 0); 7];
    visitors.extend(vec![Visitor { talks: vec![1], ..visitor(9, 0, 0) }; 6]);
    let cells = folded(date(2026, 3, 2), &visitors).cells;
    let all = report(&cells, &[], Period::Month, date(2026, 3, 2), date(2026, 4, 1), K).unwrap();
    assert_eq!(all.organisations.len(), 2);
    let own = all.clone().for_organisation(Some(OrganisationId(id(3, 1))));
    assert_eq!(own.organisations.iter().map(|o| o.count).collect::<Vec<_>>(), [6]);
    assert_eq!((own.talks, own.tickets), (13, 13));
    assert!(all.for_organisation(None).organisations.is_empty());
}

#[test]
fn every_ending_has_its_code() {
    let codes = ["finished", "no_show", "left", "not_seen", "slip", "other_help", "answered", "comes_back"];
    for code in codes {
        assert_eq!(HowEnded::from_code(code).map(HowEnded::code), Some(code));
    }
    assert_eq!(HowEnded::from_code("taken_back"), None);
}

/// How many random months: fifty times as many in `make soak`.
fn config(cases: u32) -> ProptestConfig {
    let cases = if std::env::var_os("PARVIS_SOAK").is_some() { cases * 50 } else { cases };
    ProptestConfig { cases, ..ProptestConfig::default() }
}

// --- random months ---

fn visitors() -> impl Strategy<Value = Vec<Visitor>> {
    let endings = prop_oneof![
        12 => Just(Ending::Finished(Some(Outcome::Answered))),
        4 => Just(Ending::Finished(Some(Outcome::NextSteps))),
        2 => Just(Ending::NoShow),
        2 => Just(Ending::Left),
        1 => Just(Ending::TakenBack),
        1 => Just(Ending::OtherHelp),
        1 => Just(Ending::NotSeen),
    ];
    // Uneven, so that small groups are frequent.
    let need = prop_oneof![6 => Just(Some(0)), 3 => Just(Some(1)), 3 => (0..NEEDS).prop_map(Some), 1 => Just(None)];
    let language = prop_oneof![10 => Just(0u8), 3 => Just(1), 1 => Just(2), 1 => Just(3)];
    let hour = prop_oneof![4 => Just(9u8), 2 => Just(10), 1 => 11u8..17];
    let one = (hour, need, language, endings, collection::vec(0u8..4, 0..3), 0i64..4000);
    let one = one.prop_map(|(hour, need, language, ending, talks, waited)| Visitor {
        hour,
        need,
        language,
        ending,
        talks,
        waited,
    });
    prop_oneof![1 => collection::vec(one.clone(), 0..6), 3 => collection::vec(one, 5..40)]
}

/// Some days around a new year.
fn days() -> impl Strategy<Value = BTreeMap<NaiveDate, Vec<Visitor>>> {
    let when = (0u64..70).prop_map(|n| date(2025, 11, 24) + Days::new(n));
    collection::btree_map(when, visitors(), 1..14)
}

/// A few days, in weeks and months that divide each other.
fn few_days() -> impl Strategy<Value = BTreeMap<NaiveDate, Vec<Visitor>>> {
    let when = [(2025, 11, 28), (2025, 11, 30), (2025, 12, 1), (2025, 12, 2), (2025, 12, 31), (2026, 1, 1)];
    let when = proptest::sample::select(when.map(|(y, m, d)| date(y, m, d)).to_vec());
    collection::btree_map(when, visitors(), 1..6)
}

fn all_cells(days: &BTreeMap<NaiveDate, Vec<Visitor>>) -> Cells {
    let mut cells = Cells::new();
    for (date, visitors) in days {
        add_up(&mut cells, &folded(*date, visitors).cells);
    }
    cells
}

/// Long after everything.
fn later() -> NaiveDate {
    date(2027, 1, 1)
}

/// The sum of each margin, by period.
fn totals(cells: &Cells) -> BTreeMap<(&'static str, NaiveDate), u32> {
    let mut sums = BTreeMap::new();
    for (margin, n) in cells {
        let name = match margin {
            Margin::Taken { .. } | Margin::SmallDays { kind: None, .. } => "taken",
            Margin::Hour { .. } => "hour",
            Margin::Need { .. } => "need",
            Margin::Language { .. } => "language",
            Margin::Ended { .. } => "ended",
            Margin::Talks { .. } => "talks",
            Margin::Visits { .. } | Margin::SmallDays { .. } => "visits",
        };
        let from = match margin {
            Margin::SmallDays { span: Span::Year(_), .. } | Margin::Hour { .. } => margin.dates().0,
            _ => Month::from(margin.dates().0).first(),
        };
        *sums.entry((name, from)).or_default() += n;
    }
    sums
}

/// Every count that a report holds.
fn counts(s: &Statistics) -> Vec<u32> {
    let mut all = vec![s.tickets, s.tickets_of_small_days, s.talks];
    all.extend(s.dates.iter().map(|c| c.count));
    all.extend(s.hours.iter().map(|c| c.count));
    let spaces = s.spaces.iter().chain(s.organisations.iter().flat_map(|o| &o.spaces));
    for space in spaces {
        all.push(space.count);
        all.extend(space.hours.iter().map(|h| h.count));
    }
    all.extend(s.needs.iter().map(|c| c.count));
    all.extend(s.languages.iter().map(|c| c.count));
    all.extend(s.endings.iter().map(|c| c.count));
    all.extend(s.organisations.iter().map(|c| c.count));
    for kind in &s.visits {
        all.push(kind.count);
        all.extend(kind.hours.iter().map(|h| h.count));
    }
    all
}

/// Every report that can be asked for between the first and the last day.
fn all_reports(cells: &Cells, k: u32) -> Vec<(Period, Statistics)> {
    let span = date(2025, 11, 20).iter_days().take_while(|d| *d < date(2026, 2, 10));
    let periods = [Period::Day, Period::Week, Period::Month, Period::Year];
    let asked: BTreeSet<_> = span.flat_map(|d| periods.map(|p| (p, p.around(d).0))).collect();
    asked.into_iter().map(|(p, of)| (p, report(cells, &[], p, of, later(), k).unwrap())).collect()
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn the_fold_counts_every_ticket_once(visitors in visitors()) {
        let d = date(2026, 3, 2);
        let fold = folded(d, &visitors);
        let real = visitors.iter().filter(|v| v.ending != Ending::TakenBack).count();
        let real = u32::try_from(real).unwrap();
        let sums = totals(&fold.cells);
        let sum = |name| sums.iter().filter(|((n, _), _)| *n == name).map(|(_, n)| n).sum::<u32>();
        prop_assert_eq!(sum("taken"), real);
        let expected = if real < K { 0 } else { real };
        prop_assert!(sum("hour") == 0 || sum("hour") == real);
        prop_assert_eq!((sum("need"), sum("language"), sum("ended")), (expected, expected, expected));
        for (margin, n) in &fold.cells {
            let kept_fine = matches!(margin, Margin::Taken { .. } | Margin::Visits { .. });
            prop_assert!(!kept_fine || *n >= K, "{margin:?} = {n}");
        }
        prop_assert!(fold.durations.iter().all(|c| c.visitors >= K));
        for cell in &fold.durations {
            prop_assert_eq!(cell.buckets.iter().sum::<u32>(), cell.visitors);
        }
    }

    #[test]
    fn what_hosts_counted_is_kept(touches in collection::vec((8u8..18, 0u8..4), 0..60)) {
        let what = |n| match n {
            0 => Counted::CameIn,
            1 => Counted::QuickAnswer,
            2 => Counted::DocumentGiven,
            _ => Counted::Group(4),
        };
        let touches: Vec<_> = touches.into_iter().map(|(h, n)| (h, what(n))).collect();
        let people: u32 = touches.iter().map(|(_, w)| if let Counted::Group(n) = w { u32::from(*n) } else { 1 }).sum();
        let d = date(2026, 3, 2);
        let fold = fold(&day_of(d, &[], &touches), &centre(), d, &utc);
        prop_assert_eq!(fold.cells.values().sum::<u32>(), people);
        let small_days = |m: &Margin| matches!(m, Margin::SmallDays { .. });
        prop_assert!(fold.cells.iter().all(|(m, n)| small_days(m) || *n >= K));
    }

    #[test]
    fn merging_twice_is_merging_once_and_loses_only_what_is_too_few(days in days(), k in 3u32..12) {
        let cells = all_cells(&days);
        let merged = merge_up(&cells, later(), k);
        prop_assert_eq!(&merge_up(&merged, later(), k), &merged);
        prop_assert!(merged.values().all(|n| *n >= k));
        // What runs is left alone.
        prop_assert_eq!(&merge_up(&cells, date(2025, 11, 24), k), &cells);
        let (before, after) = (totals(&cells), totals(&merged));
        for ((name, from), n) in before.iter().filter(|((name, _), _)| *name != "taken") {
            let kept = after.get(&(name, *from)).copied().unwrap_or(0);
            prop_assert!(kept == *n || (kept == 0 && *n < k), "{name} {from}: {n} became {kept}");
        }
        let taken = |sums: &BTreeMap<(&str, NaiveDate), u32>| {
            sums.iter().filter(|((name, _), _)| *name == "taken").map(|(_, n)| n).sum::<u32>()
        };
        // Two years, each of which may drop what its small days have.
        let small = days.values().map(|v| v.iter().filter(|v| v.ending != Ending::TakenBack).count());
        let small: usize = small.filter(|n| *n < K.max(k) as usize).sum();
        prop_assert!(taken(&before) - taken(&after) <= u32::try_from(small).unwrap() + 2 * (k - 1));
    }

    #[test]
    fn no_report_shows_a_small_count(days in days(), k in 5u32..9) {
        for (period, statistics) in all_reports(&all_cells(&days), k) {
            let shown = counts(&statistics);
            prop_assert!(shown.iter().all(|n| *n == 0 || *n >= k), "{period:?}: {statistics:#?}");
            if !statistics.needs.is_empty() && k == K {
                let told = statistics.tickets - statistics.tickets_of_small_days;
                prop_assert_eq!(statistics.needs.iter().map(|c| c.count).sum::<u32>(), told);
                prop_assert_eq!(statistics.languages.iter().map(|c| c.count).sum::<u32>(), told);
                prop_assert_eq!(statistics.endings.iter().map(|c| c.count).sum::<u32>(), told);
                prop_assert_eq!(statistics.hours.iter().map(|c| c.count).sum::<u32>(), told);
                for space in &statistics.spaces {
                    let needs = statistics.needs.iter().filter(|n| n.space == space.space);
                    prop_assert_eq!(needs.map(|n| n.count).sum::<u32>(), space.count);
                }
            }
        }
    }

    #[test]
    fn periods_are_sums_of_their_days(days in days()) {
        let cells = all_cells(&days);
        let (dates, longer): (Vec<_>, Vec<_>) =
            all_reports(&cells, K).into_iter().partition(|(p, _)| *p == Period::Day);
        for (period, statistics) in longer {
            let within = |s: &&Statistics| statistics.from <= s.from && s.to <= statistics.to;
            let dates = || dates.iter().map(|(_, s)| s).filter(within);
            let sum: u32 = dates().map(|d| d.tickets).sum();
            prop_assert_eq!(sum + statistics.tickets_of_small_days, statistics.tickets, "{:?}", period);
            let mut spaces = BTreeMap::<_, u32>::new();
            for space in dates().flat_map(|d| &d.spaces) {
                *spaces.entry(space.space).or_default() += space.count;
            }
            let shown: BTreeMap<_, _> = statistics.spaces.iter().map(|s| (s.space, s.count)).collect();
            prop_assert_eq!(spaces, shown);
        }
    }

    /// The subtraction attack: whoever knows every piece that any report is made of, and how pieces are made, and adds
    /// and subtracts them in any way, gets no group of fewer than `k` tickets.
    #[test]
    fn nothing_small_can_be_worked_out_by_subtraction(days in few_days()) {
        let merged = merge_up(&all_cells(&days), later(), K);
        let tickets = known_tickets(&days);
        let pieces = || merged.iter().filter(|(m, _)| !matches!(m, Margin::Talks { .. }));
        for (margin, n) in pieces() {
            let counted = tickets.iter().filter(|t| counts_in(margin, &merged, t)).count();
            prop_assert_eq!(counted, *n as usize, "{:?}", margin);
        }
        let attack = Attack::on(pieces().map(|(m, _)| m).collect(), &merged, &tickets);
        for (name, group) in groups() {
            let mut sizes = BTreeMap::<String, u32>::new();
            for ticket in &tickets {
                *sizes.entry(group(ticket)).or_default() += 1;
            }
            for (what, size) in sizes.into_iter().filter(|(_, n)| *n < K) {
                let found = attack.finds(|t| group(t) == what);
                prop_assert!(!found, "{name} {what} = {size} can be worked out");
            }
        }
    }
}

// --- the attack ---

/// What is counted of a ticket, or of a ticket that could have been.
#[derive(Clone)]
struct Known {
    date: NaiveDate,
    small_day: bool,
    hour: u8,
    space: Option<SpaceId>,
    need: Option<NeedId>,
    language: Language,
    how: HowEnded,
}

fn known_tickets(days: &BTreeMap<NaiveDate, Vec<Visitor>>) -> Vec<Known> {
    let centre = centre();
    let mut all = Vec::new();
    for (date, visitors) in days {
        let real: Vec<_> = visitors.iter().filter(|v| v.ending != Ending::TakenBack).collect();
        for v in &real {
            let ticket = ticket(0, *date, v);
            all.push(Known {
                date: *date,
                small_day: real.len() < K as usize,
                hour: v.hour,
                space: centre.space_of(ticket.request.need).map(|s| s.id),
                need: ticket.request.need,
                language: ticket.request.talk.language().clone(),
                how: HowEnded::of(v.ending).unwrap(),
            });
        }
    }
    all
}

/// Every ticket that could have been, as far as anybody knows, on the dates of these.
fn conceivable(tickets: &[Known]) -> Vec<Known> {
    let centre = centre();
    let dates: BTreeMap<_, _> = tickets.iter().map(|t| (t.date, t.small_day)).collect();
    let languages: BTreeSet<_> = tickets.iter().map(|t| t.language.clone()).collect();
    let ways: BTreeSet<_> = tickets.iter().map(|t| t.how).collect();
    let hours: BTreeSet<_> = tickets.iter().map(|t| t.hour).collect();
    let needs: Vec<_> = (0..NEEDS).map(|n| Some(need_id(n))).chain([None]).collect();
    let mut all = Vec::new();
    for (&date, &small_day) in &dates {
        for &hour in &hours {
            for &need in &needs {
                for language in &languages {
                    for &how in &ways {
                        let space = centre.space_of(need).map(|s| s.id);
                        let language = language.clone();
                        all.push(Known { date, small_day, hour, space, need, language, how });
                    }
                }
            }
        }
    }
    all
}

/// Where a ticket is counted on its date.
fn told_on_its_date(merged: &Cells, t: &Known) -> (Part<Option<SpaceId>>, Part<u8>) {
    let has = |space, hour| merged.contains_key(&Margin::Taken { date: t.date, space, hour });
    let own = Part::Of(t.space);
    let told = (0..24).map(Part::Of).chain([Part::Others]).any(|hour| has(own, hour));
    let space = if told { own } else { Part::Others };
    let hour = Part::Of(t.hour);
    (space, if has(space, hour) { hour } else { Part::Others })
}

/// Whether a piece counts a ticket, from what the rules say of it.
fn counts_in(margin: &Margin, merged: &Cells, t: &Known) -> bool {
    let has = |m| merged.contains_key(&m);
    let in_month = |month: &Month| Month::from(t.date) == *month && !t.small_day;
    match margin {
        Margin::Taken { date, space, hour } => {
            t.date == *date && !t.small_day && told_on_its_date(merged, t) == (*space, *hour)
        }
        Margin::Hour { date, hour } => {
            let own = Part::Of(t.hour);
            let told = has(Margin::Hour { date: *date, hour: own });
            t.date == *date && *hour == if told { own } else { Part::Others }
        }
        Margin::Need { month, space, need } => {
            let (told_space, _) = told_on_its_date(merged, t);
            let own = Part::Of(t.need);
            let told = has(Margin::Need { month: *month, space: told_space, need: own });
            in_month(month) && *space == told_space && *need == if told { own } else { Part::Others }
        }
        Margin::Language { month, language } => {
            let own = Part::Of(t.language.clone());
            let told = has(Margin::Language { month: *month, language: own.clone() });
            in_month(month) && *language == if told { own } else { Part::Others }
        }
        Margin::Ended { month, how } => {
            let own = Part::Of(t.how);
            let told = has(Margin::Ended { month: *month, how: own });
            in_month(month) && *how == if told { own } else { Part::Others }
        }
        Margin::SmallDays { span, kind: None } => {
            let month = Span::Month(t.date.into());
            let told = has(Margin::SmallDays { span: month, kind: None });
            t.small_day && *span == if told { month } else { Span::Year(t.date.year()) }
        }
        Margin::SmallDays { .. } | Margin::Visits { .. } | Margin::Talks { .. } => false,
    }
}

/// Every way to ask for a group of tickets: its name, and the group that a ticket is in.
#[allow(clippy::type_complexity)]
fn groups() -> Vec<(&'static str, Box<dyn Fn(&Known) -> String>)> {
    fn month(t: &Known) -> NaiveDate {
        Month::from(t.date).first()
    }
    fn week(t: &Known) -> NaiveDate {
        Period::Week.around(t.date).0
    }
    vec![
        ("date", Box::new(|t| format!("{}", t.date))),
        ("date hour", Box::new(|t| format!("{} {}", t.date, t.hour))),
        ("date hour space", Box::new(|t| format!("{} {} {:?}", t.date, t.hour, t.space))),
        ("date hour need", Box::new(|t| format!("{} {} {:?}", t.date, t.hour, t.need))),
        ("date hour language", Box::new(|t| format!("{} {} {}", t.date, t.hour, t.language))),
        ("date space", Box::new(|t| format!("{} {:?}", t.date, t.space))),
        ("date need", Box::new(|t| format!("{} {:?}", t.date, t.need))),
        ("date language", Box::new(|t| format!("{} {}", t.date, t.language))),
        ("date ending", Box::new(|t| format!("{} {:?}", t.date, t.how))),
        ("week", Box::new(|t| format!("{}", week(t)))),
        ("week space", Box::new(|t| format!("{} {:?}", week(t), t.space))),
        ("month", Box::new(|t| format!("{}", month(t)))),
        ("month hour", Box::new(|t| format!("{} {}", month(t), t.hour))),
        ("month hour space", Box::new(|t| format!("{} {} {:?}", month(t), t.hour, t.space))),
        ("month space", Box::new(|t| format!("{} {:?}", month(t), t.space))),
        ("month need", Box::new(|t| format!("{} {:?}", month(t), t.need))),
        ("month language", Box::new(|t| format!("{} {}", month(t), t.language))),
        ("month ending", Box::new(|t| format!("{} {:?}", month(t), t.how))),
        ("month language need", Box::new(|t| format!("{} {} {:?}", month(t), t.language, t.need))),
        ("year need", Box::new(|t| format!("{} {:?}", t.date.year(), t.need))),
        ("year language", Box::new(|t| format!("{} {}", t.date.year(), t.language))),
        ("small days of a month", Box::new(|t| format!("{} {}", month(t), t.small_day))),
        ("small days of a year", Box::new(|t| format!("{} {}", t.date.year(), t.small_day))),
    ]
}

/// Linear algebra over a prime field: what can be had by adding and subtracting pieces is in their row space.
struct Attack {
    /// Conceivable tickets that all the same pieces count cannot be told apart: a column for each such class.
    columns: Vec<Vec<Known>>,
    /// Rows in echelon form, each with its leading column.
    rows: Vec<(usize, Vec<u64>)>,
}

const PRIME: u64 = 2_147_483_647;

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

impl Attack {
    fn on(pieces: Vec<&Margin>, merged: &Cells, tickets: &[Known]) -> Self {
        let mut classes: HashMap<Vec<bool>, Vec<Known>> = HashMap::new();
        for t in conceivable(tickets) {
            let signature: Vec<bool> = pieces.iter().map(|m| counts_in(m, merged, &t)).collect();
            // A ticket that one of the margins of its date and month does not know cannot have been.
            let beside = pieces.iter().any(|m| matches!(m, Margin::Hour { date, .. } if *date == t.date));
            let expected = if t.small_day { 0 } else { 4 + usize::from(beside) };
            if signature.iter().filter(|counts| **counts).count() >= expected {
                classes.entry(signature).or_default().push(t);
            }
        }
        let (signatures, columns): (Vec<_>, Vec<_>) = classes.into_iter().unzip();
        let rows = (0..pieces.len()).map(|p| signatures.iter().map(|s| u64::from(s[p])).collect());
        Self { columns, rows: Vec::new() }.with_rows(rows)
    }

    fn with_rows(mut self, rows: impl Iterator<Item = Vec<u64>>) -> Self {
        for row in rows {
            let row = self.reduced(row);
            if let Some(lead) = row.iter().position(|x| *x != 0) {
                let inverse = power(row[lead], PRIME - 2);
                self.rows.push((lead, row.iter().map(|x| x * inverse % PRIME).collect()));
            }
        }
        self
    }

    fn reduced(&self, mut row: Vec<u64>) -> Vec<u64> {
        for (lead, with) in &self.rows {
            let factor = row[*lead];
            if factor != 0 {
                for (x, y) in row.iter_mut().zip(with) {
                    *x = (*x + (PRIME - factor) * y) % PRIME;
                }
            }
        }
        row
    }

    /// Whether the size of a group can be worked out.
    fn finds(&self, group: impl Fn(&Known) -> bool) -> bool {
        let mut row = Vec::new();
        for class in &self.columns {
            let inside = class.iter().filter(|t| group(t)).count();
            if inside != 0 && inside != class.len() {
                return false;
            }
            row.push(u64::from(inside > 0));
        }
        self.reduced(row).iter().all(|x| *x == 0)
    }
}

#[test]
fn the_attack_finds_what_a_subtraction_gives() {
    // Without its smallest neighbour, a single small cell is its total less the others.
    let mut visitors = vec![visitor(9, 0, 0); 10];
    visitors.push(visitor(9, 0, 3));
    let d = date(2025, 12, 1);
    let tickets = known_tickets(&BTreeMap::from([(d, visitors.clone())]));
    let mut naive = folded(d, &visitors).cells;
    let found =
        |cells: &Cells| Attack::on(cells.keys().collect(), cells, &tickets).finds(|t| t.language.code() == "prs");
    naive.retain(|m, _| !matches!(m, Margin::Talks { .. }));
    assert!(found(&naive));
    let mut merged = merge_up(&naive, later(), K);
    assert!(!found(&merged));
    // And where the pieces of one margin tell what another leaves out.
    merged.insert(Margin::Language { month: d.into(), language: Part::Of(Language::french()) }, 10);
    assert!(found(&merged));
}
