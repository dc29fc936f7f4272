//! How long visitors waited and talked: sums and histograms of several visitors, never one visitor's time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Part, merge::flat};
use crate::SpaceId;

/// Upper bounds of the histogram's buckets, in seconds, each included; a last bucket is above them all.
pub const BOUNDS: [u32; 11] = [60, 120, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200];

/// More than any day has: a wrong clock must not weigh on a sum for ever.
const LONGEST_SECONDS: u32 = 24 * 3600;

/// What was measured, once for each visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// From taking the ticket to the first call; suspended and parked time left out.
    Wait,
    /// Time in talks, all talks together.
    Talk,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 2] = [Self::Wait, Self::Talk];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Talk => "talk",
        }
    }
}

/// The durations that the visitors of one space and date share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationCell {
    /// What was measured.
    pub measure: Measure,
    /// The day's date.
    pub date: NaiveDate,
    /// The space of the need that was asked for first.
    pub space: Part<Option<SpaceId>>,
    /// How many visitors; at least the threshold.
    pub visitors: u32,
    /// Their seconds, summed.
    pub seconds: u64,
    /// How many visitors in each bucket of [`BOUNDS`], and above.
    pub buckets: [u32; BOUNDS.len() + 1],
}

impl DurationCell {
    fn empty(measure: Measure, date: NaiveDate, space: Part<Option<SpaceId>>) -> Self {
        Self { measure, date, space, visitors: 0, seconds: 0, buckets: Default::default() }
    }

    fn add(&mut self, seconds: i64) {
        let seconds = u32::try_from(seconds.max(0)).unwrap_or(u32::MAX).min(LONGEST_SECONDS);
        self.visitors += 1;
        self.seconds += u64::from(seconds);
        self.buckets[BOUNDS.partition_point(|b| *b < seconds)] += 1;
    }

    /// Both together; measure, date and space are this one's.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.visitors += other.visitors;
        self.seconds += other.seconds;
        for (mine, more) in self.buckets.iter_mut().zip(other.buckets) {
            *mine += more;
        }
        self
    }

    /// Their mean in whole minutes, rounded.
    pub fn mean_minutes(&self) -> u32 {
        let n = u64::from(self.visitors.max(1)) * 60;
        u32::try_from((self.seconds + n / 2) / n).unwrap_or(u32::MAX)
    }

    /// The bound in seconds that `percent` of the visitors did not exceed; none above the last.
    pub fn within(&self, percent: u32) -> Option<u32> {
        let wanted = (self.visitors * percent).div_ceil(100);
        let mut seen = 0;
        BOUNDS.into_iter().zip(self.buckets).find_map(|(bound, n)| {
            seen += n;
            (seen >= wanted).then_some(bound)
        })
    }
}

/// One visitor's duration.
pub(super) struct Sample {
    pub measure: Measure,
    pub space: Option<SpaceId>,
    pub seconds: i64,
}

/// Durations by space, those that fewer than `k` visitors share put together; nothing of a measure that fewer than `k`
/// visitors have in all.
pub(super) fn cells(date: NaiveDate, samples: &[Sample], k: u32) -> Vec<DurationCell> {
    Measure::ALL.into_iter().flat_map(|m| cells_of(date, m, samples, k)).collect()
}

fn cells_of(date: NaiveDate, measure: Measure, samples: &[Sample], k: u32) -> Vec<DurationCell> {
    let mine = || samples.iter().filter(|s| s.measure == measure);
    let mut counts = BTreeMap::new();
    for sample in mine() {
        *counts.entry(Part::Of(sample.space)).or_default() += 1;
    }
    let shown: BTreeSet<_> = flat(counts, k).into_keys().collect();
    let mut cells = BTreeMap::new();
    for sample in mine() {
        let own = Part::Of(sample.space);
        let space = if shown.contains(&own) { own } else { Part::Others };
        cells.entry(space).or_insert_with(|| DurationCell::empty(measure, date, space)).add(sample.seconds);
    }
    cells.into_values().filter(|c| c.visitors >= k).collect()
}
