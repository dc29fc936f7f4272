//! A day becomes counts.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use super::{
    Cells, Fold, HowEnded, Margin, Measure, Month, Part, Span, VisitKind,
    durations::{self, Sample},
    merge::{Flat, Nested, flat, keep, nested},
};
use crate::{
    Instant, Language, NeedId, OrganisationId, SpaceId,
    centre::Centre,
    day::{Counted, Day, Ending, Stage, Ticket},
};

/// What is counted of one ticket.
struct Visit {
    hour: u8,
    space: Option<SpaceId>,
    need: Option<NeedId>,
    language: Language,
    how: HowEnded,
    talks: BTreeSet<(OrganisationId, Option<SpaceId>)>,
    wait_seconds: Option<i64>,
    talk_seconds: Option<i64>,
}

impl Visit {
    /// None for a mistake that was taken back.
    fn of(ticket: &Ticket, centre: &Centre, hour: u8) -> Option<Self> {
        let ending = match ticket.stage {
            Stage::Ended { ending, .. } => ending,
            Stage::InTalk { .. } => Ending::Finished(None),
            Stage::Waiting { .. } | Stage::Called { .. } | Stage::Parked { .. } => Ending::NotSeen,
        };
        let space = |need| centre.space_of(need).map(|s| s.id);
        let first = ticket.talks.first();
        let need = first.map_or(ticket.request.need, |t| t.need);
        let talk = ticket.talks.iter().map(|t| (t.to - t.from).num_seconds().max(0)).sum();
        Some(Self {
            hour,
            space: space(need),
            need,
            language: ticket.request.talk.language().clone(),
            how: HowEnded::of(ending)?,
            talks: ticket.talks.iter().map(|t| (t.organisation, space(t.need))).collect(),
            wait_seconds: first.map(|t| t.waited_seconds).or(ticket.waited_seconds),
            talk_seconds: first.map(|_| talk),
        })
    }

    fn samples(&self) -> impl Iterator<Item = Sample> {
        let sample =
            |measure, seconds: Option<i64>| seconds.map(|seconds| Sample { measure, space: self.space, seconds });
        [sample(Measure::Wait, self.wait_seconds), sample(Measure::Talk, self.talk_seconds)].into_iter().flatten()
    }
}

/// Folds a day into counts that no visitor can be found in; see the rules of [`crate::statistics`]. `local` gives the
/// centre's local time. A ticket that is not over counts as the end of the day finds it.
pub fn fold(day: &Day, centre: &Centre, date: NaiveDate, local: &dyn Fn(Instant) -> NaiveDateTime) -> Fold {
    let k = centre.policies.anonymity_threshold;
    let hour = |at| u8::try_from(local(at).hour()).unwrap_or(0);
    let visits: Vec<Visit> = day.tickets.values().filter_map(|t| Visit::of(t, centre, hour(t.arrived))).collect();
    let mut fold = Fold::default();
    counted(&mut fold.cells, day, date, &hour, k);
    let n = u32::try_from(visits.len()).unwrap_or(u32::MAX);
    if n < k {
        add(&mut fold.cells, Margin::SmallDays { span: Span::Month(date.into()), kind: None }, n);
    } else {
        tickets(&mut fold.cells, &visits, date, k);
        let samples: Vec<Sample> = visits.iter().flat_map(Visit::samples).collect();
        fold.durations = durations::cells(date, &samples, k);
    }
    fold
}

fn add(cells: &mut Cells, margin: Margin, n: u32) {
    if n > 0 {
        *cells.entry(margin).or_default() += n;
    }
}

fn tickets(cells: &mut Cells, visits: &[Visit], date: NaiveDate, k: u32) {
    let month = Month::from(date);
    let mut raw = Nested::new();
    let mut hours = Flat::new();
    for v in visits {
        *raw.entry((Part::Of(v.space), Part::Of(v.hour))).or_default() += 1;
        *hours.entry(Part::Of(v.hour)).or_default() += 1;
    }
    let mut taken = nested(raw.clone(), k, keep);
    let told = taken.iter().filter(|((_, hour), _)| *hour != Part::Others).map(|(_, n)| n).sum::<u32>();
    if told * 2 < hours.values().sum::<u32>() {
        taken = nested(without_hours(raw), k, keep);
        for (hour, n) in flat(hours, k) {
            add(cells, Margin::Hour { date, hour }, n);
        }
    }
    let spaces: BTreeSet<_> = taken.keys().map(|(space, _)| *space).collect();
    for v in visits {
        let own = Part::Of(v.space);
        let told = spaces.contains(&own);
        let (space, need) = if told { (own, Part::Of(v.need)) } else { (Part::Others, Part::Others) };
        add(cells, Margin::Need { month, space, need }, 1);
        add(cells, Margin::Language { month, language: Part::Of(v.language.clone()) }, 1);
        add(cells, Margin::Ended { month, how: Part::Of(v.how) }, 1);
        for (organisation, space) in &v.talks {
            let (organisation, space) = (Part::Of(*organisation), Part::Of(*space));
            add(cells, Margin::Talks { month, organisation, space }, 1);
        }
    }
    for ((space, hour), n) in taken {
        add(cells, Margin::Taken { date, space, hour }, n);
    }
}

fn without_hours(raw: Nested<Option<SpaceId>, u8>) -> Nested<Option<SpaceId>, u8> {
    let mut spaces = Nested::new();
    for ((space, _), n) in raw {
        *spaces.entry((space, Part::Others)).or_default() += n;
    }
    spaces
}

/// The host's counts.
fn counted(cells: &mut Cells, day: &Day, date: NaiveDate, hour: &dyn Fn(Instant) -> u8, k: u32) {
    for kind in VisitKind::ALL {
        let mut hours = Flat::new();
        for (at, what) in day.counts.values() {
            let (its, n) = match what {
                Counted::CameIn => (VisitKind::CameIn, 1),
                Counted::Group(n) => (VisitKind::CameIn, u32::from(*n)),
                Counted::QuickAnswer => (VisitKind::QuickAnswer, 1),
                Counted::DocumentGiven => (VisitKind::DocumentGiven, 1),
            };
            if its == kind {
                *hours.entry(Part::Of(hour(*at))).or_default() += n;
            }
        }
        let total = hours.values().sum::<u32>();
        if total < k {
            let span = Span::Month(date.into());
            add(cells, Margin::SmallDays { span, kind: Some(kind) }, total);
        } else {
            for (hour, n) in flat(hours, k) {
                add(cells, Margin::Visits { date, kind, hour }, n);
            }
        }
    }
}
