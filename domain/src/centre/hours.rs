//! Opening hours: a week's pattern and the days that differ. Local times; the time zone is the centre's.

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// From one local time to a later one of the same date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Period {
    /// The doors open.
    pub from: NaiveTime,
    /// The doors close.
    pub to: NaiveTime,
}

/// A date with hours of its own; none of them means closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SpecialDay {
    /// The date.
    pub date: NaiveDate,
    /// Its hours.
    pub periods: Vec<Period>,
}

/// When a centre is open to the public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OpeningHours {
    /// Monday to Sunday, each with its periods in order.
    pub week: [Vec<Period>; 7],
    /// Dates that differ from the week.
    pub special: Vec<SpecialDay>,
}

impl OpeningHours {
    /// The periods of a date, in order.
    pub fn on(&self, date: NaiveDate) -> &[Period] {
        match self.special.iter().find(|s| s.date == date) {
            Some(special) => &special.periods,
            None => &self.week[date.weekday().num_days_from_monday() as usize],
        }
    }

    /// From the first opening to the last closing of a date, if it is open at all.
    pub fn span(&self, date: NaiveDate) -> Option<Period> {
        let periods = self.on(date);
        Some(Period { from: periods.first()?.from, to: periods.last()?.to })
    }

    /// The next date after `date` (within a year) that is open.
    pub fn next_open(&self, date: NaiveDate) -> Option<NaiveDate> {
        date.iter_days().skip(1).take(366).find(|d| !self.on(*d).is_empty())
    }
}
