//! What is shown of the counts: whole periods that are over, summed from pieces that each count enough.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    Cells, DurationCell, HowEnded, Margin, Measure, Month, Part, Period, Span, VisitKind,
    merge::{Flat, Nested, flat, merge_up},
};
use crate::{Language, NeedId, OrganisationId, SpaceId};

/// The period is not over, or a day of it is not closed: its counts are not shown yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("statistics are shown once the period is over, after {ends}")]
pub struct NotOver {
    /// Its last date.
    pub ends: NaiveDate,
}

/// What a centre may show of a period. Every count is 0 (then it is left out) or at least `threshold`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Statistics {
    /// First date.
    pub from: NaiveDate,
    /// Last date.
    pub to: NaiveDate,
    /// The least count that is shown; what is smaller is counted with the others of its list, or one level higher.
    pub threshold: u32,
    /// Tickets taken, without mistakes that were taken back.
    pub tickets: u32,
    /// Of these, tickets of days that had too few to be shown by themselves.
    pub tickets_of_small_days: u32,
    /// Tickets of each date; of each month in a year, by its first date.
    pub dates: Vec<DateCount>,
    /// Tickets by hour of the day.
    pub hours: Vec<HourCount>,
    /// Tickets by space, and by hour where that is told.
    pub spaces: Vec<SpaceCount>,
    /// Tickets by need; months and years only.
    pub needs: Vec<NeedCount>,
    /// Tickets by language of the talk; months and years only.
    pub languages: Vec<LanguageCount>,
    /// Tickets by the way that they ended; months and years only.
    pub endings: Vec<EndingCount>,
    /// Talks by organisation and space; months and years only.
    pub organisations: Vec<OrganisationCount>,
    /// Talks in all; months and years only.
    pub talks: u32,
    /// Visits without a ticket.
    pub visits: Vec<KindCount>,
    /// How long visitors waited and talked, in the whole centre and by space.
    pub durations: Vec<DurationLine>,
}

/// Tickets of a date, or of the month that begins then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DateCount {
    /// The date.
    pub date: NaiveDate,
    /// How many.
    pub count: u32,
}

/// A count of an hour of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HourCount {
    /// 0 to 23, or the other hours.
    pub hour: Part<u8>,
    /// How many.
    pub count: u32,
}

/// Tickets or talks of a space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SpaceCount {
    /// The space (none = welcome), or the other spaces.
    pub space: Part<Option<SpaceId>>,
    /// How many.
    pub count: u32,
    /// By hour; empty where hours are not told.
    pub hours: Vec<HourCount>,
}

/// Tickets of a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NeedCount {
    /// Its space.
    pub space: Part<Option<SpaceId>>,
    /// The need (none = welcome first), or the other needs of the space.
    pub need: Part<Option<NeedId>>,
    /// How many.
    pub count: u32,
}

/// Tickets of a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LanguageCount {
    /// The language, or the others.
    pub language: Part<Language>,
    /// How many.
    pub count: u32,
}

/// Tickets that ended in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EndingCount {
    /// How, or in other ways.
    pub how: Part<HowEnded>,
    /// How many.
    pub count: u32,
}

/// Talks that an organisation gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrganisationCount {
    /// The organisation, or the others.
    pub organisation: Part<OrganisationId>,
    /// How many.
    pub count: u32,
    /// By space.
    pub spaces: Vec<SpaceCount>,
}

/// Visits without a ticket, of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct KindCount {
    /// The kind.
    pub kind: VisitKind,
    /// How many.
    pub count: u32,
    /// By hour; what small days had is in the count alone.
    pub hours: Vec<HourCount>,
}

/// How long visitors waited or talked. How many they were is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DurationLine {
    /// What was measured.
    pub measure: Measure,
    /// In which space; none = the whole centre.
    pub space: Option<Part<Option<SpaceId>>>,
    /// Mean in minutes.
    pub mean_minutes: u32,
    /// Half of the visitors had at most so many seconds; none = more than two hours.
    pub half_within_seconds: Option<u32>,
    /// Nine in ten had at most so many seconds; none = more than two hours.
    pub most_within_seconds: Option<u32>,
}

impl Statistics {
    /// The same without the details of other organisations: their talks stay in the total alone.
    #[must_use]
    pub fn for_organisation(mut self, own: Option<OrganisationId>) -> Self {
        self.organisations.retain(|o| own.is_some_and(|own| o.organisation == Part::Of(own)));
        self
    }
}

/// What may be shown of the period around `of`. `cells` and `durations` are at least those of its whole months.
///
/// # Errors
/// [`NotOver`] where the period is not over by `today`.
pub fn report(
    cells: &Cells,
    durations: &[DurationCell],
    period: Period,
    of: NaiveDate,
    today: NaiveDate,
    k: u32,
) -> Result<Statistics, NotOver> {
    let (from, to) = period.around(of);
    if to >= today {
        return Err(NotOver { ends: to });
    }
    // A month's margins may already be merged though it is not asked for: a piece counts only in periods that hold it.
    let mut cells = merge_up(cells, today, k);
    cells.retain(|m, _| {
        let (first, last) = m.dates();
        from <= first && last <= to
    });
    let mut sums = Sums::default();
    for (margin, n) in cells {
        sums.add(&margin, n, k);
    }
    let mut statistics = sums.into_statistics(period, k);
    statistics.durations = durations_within(durations, from, to, k);
    Ok(Statistics { from, to, threshold: k, ..statistics })
}

#[derive(Default)]
struct Sums {
    tickets: u32,
    small: u32,
    dates: BTreeMap<NaiveDate, u32>,
    months: BTreeMap<Month, u32>,
    spaces: BTreeMap<Part<Option<SpaceId>>, Flat<u8>>,
    hours: Flat<u8>,
    needs: Nested<Option<SpaceId>, Option<NeedId>>,
    languages: Flat<Language>,
    endings: Flat<HowEnded>,
    talks: BTreeMap<Part<OrganisationId>, Flat<Option<SpaceId>>>,
    visits: BTreeMap<VisitKind, (u32, Flat<u8>)>,
}

impl Sums {
    fn add(&mut self, margin: &Margin, n: u32, k: u32) {
        match margin {
            Margin::Taken { date, space, hour } => {
                self.tickets += n;
                *self.dates.entry(*date).or_default() += n;
                *self.months.entry((*date).into()).or_default() += n;
                *self.spaces.entry(*space).or_default().entry(*hour).or_default() += n;
                if matches!(hour, Part::Of(_)) {
                    *self.hours.entry(*hour).or_default() += n;
                }
            }
            Margin::Hour { hour, .. } => {
                if matches!(hour, Part::Of(_)) {
                    *self.hours.entry(*hour).or_default() += n;
                }
            }
            Margin::Need { space, need, .. } => {
                *self.needs.entry((*space, *need)).or_default() += n;
            }
            Margin::Language { language, .. } => {
                *self.languages.entry(language.clone()).or_default() += n;
            }
            Margin::Ended { how, .. } => *self.endings.entry(*how).or_default() += n,
            Margin::Talks { organisation, space, .. } => {
                *self.talks.entry(*organisation).or_default().entry(*space).or_default() += n;
            }
            Margin::Visits { kind, hour, .. } => {
                let (total, hours) = self.visits.entry(*kind).or_default();
                *total += n;
                *hours.entry(*hour).or_default() += n;
            }
            // A running year's small days may still be too few; its months' are not.
            Margin::SmallDays { .. } if n < k => {}
            Margin::SmallDays { span, kind: None } => {
                self.tickets += n;
                self.small += n;
                if let Span::Month(month) = span {
                    *self.months.entry(*month).or_default() += n;
                }
            }
            Margin::SmallDays { kind: Some(kind), .. } => {
                self.visits.entry(*kind).or_default().0 += n;
            }
        }
    }

    fn into_statistics(self, period: Period, k: u32) -> Statistics {
        // What no hour is told for. Less than is told only after the threshold was raised.
        let told = self.small + self.hours.values().sum::<u32>();
        let untold = self.tickets.saturating_sub(told);
        let mut hours = self.hours;
        hours.insert(Part::Others, untold);
        let dates = match period {
            Period::Year => self.months.into_iter().map(|(m, n)| (m.first(), n)).collect(),
            Period::Day | Period::Week | Period::Month => self.dates,
        };
        let organisations: Vec<OrganisationCount> = self
            .talks
            .into_iter()
            .map(|(organisation, spaces)| OrganisationCount {
                organisation,
                count: spaces.values().sum(),
                spaces: (spaces.into_iter())
                    .map(|(space, count)| SpaceCount { space, count, hours: Vec::new() })
                    .collect(),
            })
            .collect();
        Statistics {
            tickets: self.tickets,
            tickets_of_small_days: self.small,
            dates: dates.into_iter().map(|(date, count)| DateCount { date, count }).collect(),
            hours: hour_counts(flat(hours, k)),
            spaces: (self.spaces.into_iter())
                .map(|(space, hours)| SpaceCount { space, count: hours.values().sum(), hours: hour_counts(hours) })
                .collect(),
            needs: (self.needs.into_iter()).map(|((space, need), count)| NeedCount { space, need, count }).collect(),
            languages: (self.languages.into_iter())
                .map(|(language, count)| LanguageCount { language, count })
                .collect(),
            endings: (self.endings.into_iter()).map(|(how, count)| EndingCount { how, count }).collect(),
            talks: organisations.iter().map(|o| o.count).sum(),
            organisations,
            visits: (self.visits.into_iter())
                .map(|(kind, (count, hours))| KindCount { kind, count, hours: hour_counts(hours) })
                .collect(),
            ..Statistics::default()
        }
    }
}

fn hour_counts(hours: Flat<u8>) -> Vec<HourCount> {
    let told = hours.into_iter().filter(|(_, n)| *n > 0);
    told.map(|(hour, count)| HourCount { hour, count }).collect()
}

/// None = the whole centre.
type SpaceOrAll = Option<Part<Option<SpaceId>>>;

fn durations_within(cells: &[DurationCell], from: NaiveDate, to: NaiveDate, k: u32) -> Vec<DurationLine> {
    let mut sums: BTreeMap<(Measure, SpaceOrAll), DurationCell> = BTreeMap::new();
    let told = |c: &&DurationCell| (from..=to).contains(&c.date) && c.visitors >= k;
    for cell in cells.iter().filter(told) {
        for space in [None, Some(cell.space)] {
            sums.entry((cell.measure, space)).and_modify(|sum| *sum = sum.with(cell)).or_insert(*cell);
        }
    }
    let line = |((measure, space), sum): (_, DurationCell)| DurationLine {
        measure,
        space,
        mean_minutes: sum.mean_minutes(),
        half_within_seconds: sum.within(50),
        most_within_seconds: sum.within(90),
    };
    sums.into_iter().map(line).collect()
}
