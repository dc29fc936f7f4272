//! Small counts go into the rest of what is above them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{Cells, Margin, Month, Part, Span};

/// Counts of one list.
pub(super) type Flat<A> = BTreeMap<Part<A>, u32>;
/// Counts of a list whose members have lists of their own.
pub(super) type Nested<A, B> = BTreeMap<(Part<A>, Part<B>), u32>;

/// Which members of a list cannot stand alone: those below `k`, and, where their sum would give them away, the smallest
/// neighbour too, with all that are as small. Nothing if all stand; everything if the whole list is below `k`.
fn too_small<A: Ord + Clone>(counts: &Flat<A>, k: u32) -> BTreeSet<A> {
    let of = |part: &Part<A>| match part {
        Part::Of(member) => Some(member.clone()),
        Part::Others => None,
    };
    let members = || counts.iter().filter_map(|(part, n)| Some((of(part)?, *n)));
    let mut small: BTreeSet<A> = members().filter(|(_, n)| *n < k).map(|(member, _)| member).collect();
    let hidden: u32 = members().map(|(_, n)| n).filter(|n| *n < k).sum();
    let others = counts.get(&Part::Others).copied().unwrap_or(0) + hidden;
    if (1..k).contains(&others) || gives_away(hidden, small.len(), k) {
        let least = members().map(|(_, n)| n).filter(|n| *n >= k).min();
        small.extend(members().filter(|(_, n)| Some(*n) == least).map(|(member, _)| member));
    }
    small
}

/// Whether a sum of so many counts, each known to be below `k`, can be had in one way only: by the most of each, or by
/// one of each.
fn gives_away(sum: u32, members: usize, k: u32) -> bool {
    let members = u32::try_from(members).unwrap_or(u32::MAX);
    members > 0 && (sum == members || sum == members.saturating_mul(k - 1))
}

/// Puts what is too small into the others of its list.
pub(super) fn flat<A: Ord + Clone>(counts: Flat<A>, k: u32) -> Flat<A> {
    let small = too_small(&counts, k);
    let mut merged = Flat::new();
    for (part, n) in counts {
        let part = match part {
            Part::Of(member) if !small.contains(&member) => Part::Of(member),
            _ => Part::Others,
        };
        *merged.entry(part).or_default() += n;
    }
    merged
}

/// Puts members that are too small into the others, where `elsewhere` says what becomes of their own parts; then does
/// the same inside each.
pub(super) fn nested<A: Ord + Clone, B: Ord + Clone>(
    counts: Nested<A, B>,
    k: u32,
    elsewhere: impl Fn(Part<B>) -> Part<B>,
) -> Nested<A, B> {
    let mut totals = Flat::new();
    for ((a, _), n) in &counts {
        *totals.entry(a.clone()).or_default() += n;
    }
    let small = too_small(&totals, k);
    let mut lists: BTreeMap<Part<A>, Flat<B>> = BTreeMap::new();
    for ((a, b), n) in counts {
        let (a, b) = match a {
            Part::Of(member) if !small.contains(&member) => (Part::Of(member), b),
            _ => (Part::Others, elsewhere(b)),
        };
        *lists.entry(a).or_default().entry(b).or_default() += n;
    }
    let mut merged = Nested::new();
    for (a, list) in lists {
        for (b, n) in flat(list, k) {
            merged.insert((a.clone(), b), n);
        }
    }
    merged
}

/// Hours mean the same in every space.
pub(super) fn keep<B>(part: Part<B>) -> Part<B> {
    part
}
/// Needs and spaces would tell what they were put together with others for.
pub(super) fn forget<B>(_: Part<B>) -> Part<B> {
    Part::Others
}

/// Counts of one kind, list by list.
#[derive(Default)]
struct Lists {
    taken: BTreeMap<NaiveDate, Nested<Option<crate::SpaceId>, u8>>,
    hours: BTreeMap<NaiveDate, Flat<u8>>,
    needs: BTreeMap<Month, Nested<Option<crate::SpaceId>, Option<crate::NeedId>>>,
    languages: BTreeMap<Month, Flat<crate::Language>>,
    endings: BTreeMap<Month, Flat<super::HowEnded>>,
    talks: BTreeMap<Month, Nested<crate::OrganisationId, Option<crate::SpaceId>>>,
    visits: BTreeMap<(NaiveDate, super::VisitKind), Flat<u8>>,
    small: BTreeMap<(Span, Option<super::VisitKind>), u32>,
}

impl Lists {
    fn of(cells: &Cells) -> Self {
        let mut lists = Self::default();
        for (margin, &n) in cells {
            let count = match margin.clone() {
                Margin::Taken { date, space, hour } => {
                    lists.taken.entry(date).or_default().entry((space, hour)).or_default()
                }
                Margin::Hour { date, hour } => lists.hours.entry(date).or_default().entry(hour).or_default(),
                Margin::Need { month, space, need } => {
                    lists.needs.entry(month).or_default().entry((space, need)).or_default()
                }
                Margin::Language { month, language } => {
                    lists.languages.entry(month).or_default().entry(language).or_default()
                }
                Margin::Ended { month, how } => lists.endings.entry(month).or_default().entry(how).or_default(),
                Margin::Talks { month, organisation, space } => {
                    lists.talks.entry(month).or_default().entry((organisation, space)).or_default()
                }
                Margin::Visits { date, kind, hour } => {
                    lists.visits.entry((date, kind)).or_default().entry(hour).or_default()
                }
                Margin::SmallDays { span, kind } => lists.small.entry((span, kind)).or_default(),
            };
            *count += n;
        }
        lists
    }
}

/// Merges what is below `k` upwards, in every period that is over by `today`; see the rules of [`crate::statistics`].
/// What was merged before stays as it is: doing it twice is doing it once. What nothing above can hold is dropped.
pub fn merge_up(cells: &Cells, today: NaiveDate, k: u32) -> Cells {
    let running = |m: &Margin| m.dates().1 >= today;
    let mut merged: Cells = cells.iter().filter(|(m, _)| running(m)).map(|(m, n)| (m.clone(), *n)).collect();
    let over: Cells = cells.iter().filter(|(m, _)| !running(m)).map(|(m, n)| (m.clone(), *n)).collect();
    let lists = Lists::of(&over);
    let mut small = lists.small;
    let mut put = |margin, n| {
        if n >= k {
            merged.insert(margin, n);
        }
    };
    for (date, list) in lists.taken {
        let total = list.values().sum::<u32>();
        if total < k {
            *small.entry((Span::Month(date.into()), None)).or_default() += total;
        }
        for ((space, hour), n) in nested(list, k, keep) {
            put(Margin::Taken { date, space, hour }, n);
        }
    }
    for ((date, kind), list) in lists.visits {
        let total = list.values().sum::<u32>();
        if total < k {
            *small.entry((Span::Month(date.into()), Some(kind))).or_default() += total;
        }
        for (hour, n) in flat(list, k) {
            put(Margin::Visits { date, kind, hour }, n);
        }
    }
    for (date, list) in lists.hours {
        for (hour, n) in flat(list, k) {
            put(Margin::Hour { date, hour }, n);
        }
    }
    for (month, list) in lists.needs {
        for ((space, need), n) in nested(list, k, forget) {
            put(Margin::Need { month, space, need }, n);
        }
    }
    for (month, list) in lists.languages {
        for (language, n) in flat(list, k) {
            put(Margin::Language { month, language }, n);
        }
    }
    for (month, list) in lists.endings {
        for (how, n) in flat(list, k) {
            put(Margin::Ended { month, how }, n);
        }
    }
    for (month, list) in lists.talks {
        for ((organisation, space), n) in nested(list, k, forget) {
            put(Margin::Talks { month, organisation, space }, n);
        }
    }
    for (margin, n) in small_days(small, today, k) {
        *merged.entry(margin).or_default() += n;
    }
    merged
}

/// Whether a count that is over cannot stay where it is; see the rules of [`crate::statistics`].
pub fn is_unsettled(margin: &Margin, n: u32, k: u32) -> bool {
    n < k || matches!(margin, Margin::SmallDays { .. }) && n.is_multiple_of(k - 1)
}

/// Small days: what a month cannot hold goes to its year, what a year cannot hold is dropped. Neither holds a number
/// that is the most of each of some days: whoever counts the days that are not shown would know each of them.
fn small_days(small: BTreeMap<(Span, Option<super::VisitKind>), u32>, today: NaiveDate, k: u32) -> Cells {
    let mut cells = Cells::new();
    for ((span, kind), n) in small {
        let too_few = is_unsettled(&Margin::SmallDays { span, kind }, n, k);
        let span = match span {
            Span::Month(month) if too_few && Span::Month(month).dates().1 < today => Span::Year(month.first().year()),
            span => span,
        };
        *cells.entry(Margin::SmallDays { span, kind }).or_default() += n;
    }
    let dropped = |m: &Margin, n: u32| {
        matches!(m, Margin::SmallDays { span: span @ Span::Year(_), .. } if span.dates().1 < today)
            && is_unsettled(m, n, k)
    };
    cells.retain(|m, n| !dropped(m, *n));
    cells
}
