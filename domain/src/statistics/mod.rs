//! What remains of a day: counts, never visitors.
//!
//! # What is kept
//! A fine cell is a record: (date, hour, space, need, language) with count 1 *is* that visitor. So [`fold`] keeps
//! separate coarse margins, see [`Margin`], and never their crossing. Tickets that were taken back are mistakes and
//! count nowhere. Visits without a ticket (the host's counts) stand beside the tickets.
//!
//! # What is shown, and why nothing can be worked out by subtraction
//! `k` is the centre's anonymity threshold. Everything that is shown is a sum of *pieces*; no piece counts fewer than
//! `k`, no two pieces of one margin overlap, and margins that share a total agree on it. Whoever adds and subtracts
//! what is shown gets whole pieces, never a part of one. Pieces are made once, by these rules:
//!
//! 1. **Hours and spaces of a date**, when the day is folded. A space with fewer than `k` tickets that day is counted
//!    with the "other spaces" of the day, an hour with fewer than `k` with the "other hours" of its space. Others that
//!    are themselves fewer than `k` take the smallest neighbour along: with just one cell missing from a known total,
//!    a subtraction would give it. So do others whose sum has one solution for whoever knows that each of them is below
//!    `k`: two that are 8 together where `k` is 5 are 4 and 4. All neighbours that are as small go along, so that which
//!    of them is the larger one cannot be told. Where this way fewer than half of the tickets would keep their hour, the day tells
//!    hours and spaces one beside the other instead of crossed.
//! 2. **A day with fewer than `k` tickets** leaves its number alone, in its month; a month whose small days together
//!    stay below `k`, or are a multiple of `k - 1` (so many days of `k - 1` each), passes them to its year; a year drops
//!    them. No other margin knows these tickets: a month's total
//!    minus its shown days would give them.
//! 3. **Margins of a month** are merged when the month is over: need → other needs of the space, language → other
//!    languages, ending → other endings, organisation × space → other spaces of the organisation → other
//!    organisations; each time with the smallest neighbour where the others alone are fewer than `k`. A ticket whose
//!    space went with "other spaces" on its date goes there in the month's needs too, so that the month's spaces are
//!    just the sum of its shown days.
//! 4. **Weeks, months and years are sums of these pieces**, and only whole periods that are over are shown: what a
//!    running one gains from yesterday to today would be yesterday.
//! 5. **Durations** are kept where `k` visitors share them: date and space, else the date's other spaces (with the
//!    smallest neighbour), else not at all. How many visitors they count is not shown.

mod durations;
mod fold;
mod merge;
mod report;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use durations::{BOUNDS, DurationCell, Measure};
pub use fold::fold;
pub use merge::{is_unsettled, merge_up};
pub use report::{
    DateCount, DurationLine, EndingCount, HourCount, KindCount, LanguageCount, NeedCount, NotOver, OrganisationCount,
    SpaceCount, Statistics, report,
};

use crate::{
    Language, NeedId, OrganisationId, SpaceId,
    day::{Ending, Outcome},
};

/// One of the things that a margin counts by, or the rest of them, too small to be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Part<T> {
    /// Just this one.
    Of(T),
    /// Others together.
    Others,
}

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "NaiveDate", into = "NaiveDate")]
pub struct Month(NaiveDate);

impl From<NaiveDate> for Month {
    /// The month of a date.
    fn from(date: NaiveDate) -> Self {
        Self(date.with_day(1).unwrap_or(date))
    }
}
impl From<Month> for NaiveDate {
    fn from(month: Month) -> Self {
        month.0
    }
}
impl Month {
    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.0
    }
}

/// What a day that was too small leaves its number in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Its month.
    Month(Month),
    /// Its year.
    Year(i32),
}

/// How a ticket ended, as far as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HowEnded {
    /// After a talk, with this outcome; none where the day was closed over it.
    Finished(Option<Outcome>),
    /// Called, and nobody came.
    NoShow,
    /// The visitor left.
    Left,
    /// Not seen: the day was closed.
    NotSeen,
    /// Not seen: a priority slip was given.
    Slip,
    /// Not seen: helped in another way.
    OtherHelp,
}

impl HowEnded {
    /// How an ending is counted; none for a mistake that was taken back.
    pub fn of(ending: Ending) -> Option<Self> {
        Some(match ending {
            Ending::Finished(outcome) => Self::Finished(outcome),
            Ending::NoShow => Self::NoShow,
            Ending::Left => Self::Left,
            Ending::Slip(_) => Self::Slip,
            Ending::OtherHelp => Self::OtherHelp,
            Ending::NotSeen => Self::NotSeen,
            Ending::TakenBack => return None,
        })
    }
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Finished(Some(outcome)) => outcome.code(),
            Self::Finished(None) => "finished",
            Self::NoShow => "no_show",
            Self::Left => "left",
            Self::NotSeen => "not_seen",
            Self::Slip => "slip",
            Self::OtherHelp => "other_help",
        }
    }
    /// What a code stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        let outcomes = Outcome::ALL.into_iter().map(|o| Self::Finished(Some(o)));
        let plain = [Self::Finished(None), Self::NoShow, Self::Left, Self::NotSeen, Self::Slip, Self::OtherHelp];
        outcomes.chain(plain).find(|e| e.code() == code)
    }
}

/// Kinds of visits without a ticket, as hosts count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitKind {
    /// People who came in, groups included.
    CameIn,
    /// Quick answers.
    QuickAnswer,
    /// Documents given.
    DocumentGiven,
}

impl VisitKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::CameIn, Self::QuickAnswer, Self::DocumentGiven];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::CameIn => "came_in",
            Self::QuickAnswer => "quick_answer",
            Self::DocumentGiven => "document_given",
        }
    }
}

/// Where a count stands. A space that is none is the welcome, a need that is none "welcome first".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Margin {
    /// Tickets taken on a date, by space and hour (0 to 23).
    Taken {
        /// The day's date.
        date: NaiveDate,
        /// The space of the need that was asked for first.
        space: Part<Option<SpaceId>>,
        /// The hour of the local clock.
        hour: Part<u8>,
    },
    /// Tickets taken on a date by hour, on a day whose hours are not told by space.
    Hour {
        /// The day's date.
        date: NaiveDate,
        /// The hour of the local clock.
        hour: Part<u8>,
    },
    /// Tickets of a month by the need that was asked for first.
    Need {
        /// The month.
        month: Month,
        /// The need's space.
        space: Part<Option<SpaceId>>,
        /// The need.
        need: Part<Option<NeedId>>,
    },
    /// Tickets of a month by the visitor's language.
    Language {
        /// The month.
        month: Month,
        /// The language of the talk.
        language: Part<Language>,
    },
    /// Tickets of a month by the way that they ended.
    Ended {
        /// The month.
        month: Month,
        /// How.
        how: Part<HowEnded>,
    },
    /// Talks of a month by the organisation that gave them and the space of their need. A visitor received twice by
    /// one organisation for one space on one day counts once.
    Talks {
        /// The month.
        month: Month,
        /// Who gave them.
        organisation: Part<OrganisationId>,
        /// What for.
        space: Part<Option<SpaceId>>,
    },
    /// Visits without a ticket on a date.
    Visits {
        /// The day's date.
        date: NaiveDate,
        /// Their kind.
        kind: VisitKind,
        /// The hour of the local clock.
        hour: Part<u8>,
    },
    /// Tickets (kind none) or visits of days that had too few of them.
    SmallDays {
        /// Of when.
        span: Span,
        /// Which kind of visits; none = tickets.
        kind: Option<VisitKind>,
    },
}

impl Margin {
    /// The first and the last date that it can count.
    pub fn dates(&self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Taken { date, .. } | Self::Hour { date, .. } | Self::Visits { date, .. } => (*date, *date),
            Self::Need { month, .. }
            | Self::Language { month, .. }
            | Self::Ended { month, .. }
            | Self::Talks { month, .. } => Period::Month.around(month.0),
            Self::SmallDays { span, .. } => span.dates(),
        }
    }
}

impl Span {
    fn dates(self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Month(month) => Period::Month.around(month.0),
            Self::Year(year) => Period::Year.around(NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX)),
        }
    }
}

/// Counts by where they stand; never 0.
pub type Cells = BTreeMap<Margin, u32>;

/// What is written when a day is folded. Cells are added to those that storage has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    /// The counts.
    pub cells: Cells,
    /// The durations.
    pub durations: Vec<DurationCell>,
}

/// What statistics are given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// One date.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl Period {
    /// The first and the last date of the period that `date` lies in.
    pub fn around(self, date: NaiveDate) -> (NaiveDate, NaiveDate) {
        let span = match self {
            Self::Day => Some((date, date)),
            Self::Week => {
                let week = date.week(chrono::Weekday::Mon);
                week.checked_first_day().zip(week.checked_last_day())
            }
            Self::Month => date.with_day(1).and_then(|first| {
                let next = first.checked_add_months(Months::new(1))?;
                Some((first, next.checked_sub_days(Days::new(1))?))
            }),
            Self::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1).zip(NaiveDate::from_ymd_opt(date.year(), 12, 31)),
        };
        // Only at the end of the calendar's time.
        span.unwrap_or((date, NaiveDate::MAX))
    }
}
