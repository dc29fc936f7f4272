//! What people searched in vain. Below the centre's anonymity threshold it is known to this program's memory only, ends
//! with the month, and is never told; above it only ever a whole step of searches is kept.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{Datelike, Duration, NaiveDate};
use domain::{CentreId, Instant, Language, centre::Centre};
use storage::fruitless::{self, Fruitless};

use super::{Filter, Query, search::fold};
use crate::{Actor, Parvis, Problem, authorise::UseCase};

/// Letters of what is counted at most: who writes more tells a story.
const LONGEST: usize = 40;
/// Digits of what is counted at most: more can be a telephone number.
const DIGITS: usize = 6;
/// Texts that are remembered at most.
const MOST: usize = 1_000;
/// How long the same words again are the same person: a page that is loaded again, somebody who tries once more. Without
/// it one person alone could come over the threshold.
const SAME_PERSON: Duration = Duration::minutes(15);
/// Months that are kept.
const MONTHS: u32 = 13;

/// Searches of this month that were in vain and are fewer than the threshold.
#[derive(Default)]
pub(crate) struct InVain(Mutex<HashMap<(CentreId, String), Count>>);

struct Count {
    month: NaiveDate,
    times: u32,
    last: Instant,
}

impl InVain {
    /// Notes one search; gives the step to keep once there were enough of the same.
    fn note(&self, centre: CentreId, month: NaiveDate, words: String, now: Instant, threshold: u32) -> Option<u32> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.retain(|_, count| count.month >= month);
        let key = (centre, words);
        if !counts.contains_key(&key) && counts.len() >= MOST {
            // What came once only makes room first.
            counts.retain(|_, count| count.times > 1);
            if counts.len() >= MOST {
                return None;
            }
        }
        let count = counts.entry(key.clone()).or_insert(Count { month, times: 0, last: now - SAME_PERSON });
        let is_another = (now - count.last).abs() >= SAME_PERSON;
        count.last = now;
        count.times += u32::from(is_another);
        let step = count.times;
        (step >= threshold).then(|| {
            counts.remove(&key);
            step
        })
    }

    /// Forgets the months before one.
    pub(crate) fn forget_before(&self, month: NaiveDate) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, count| count.month >= month);
    }
}

/// The words that may be counted: short, and nothing that could say who somebody is.
fn countable(text: &str) -> Option<String> {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words = fold(text);
    let may = !text.contains('@') && digits <= DIGITS && letters > 1 && words.chars().count() <= LONGEST;
    (may && !words.is_empty()).then_some(words)
}

/// The first day of a date's month.
fn month_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

impl Parvis {
    /// Notes that somebody sent a search. It counts only if nothing is found, and is seen only once there were as many
    /// of the same in the month as the centre's anonymity threshold says; then as many at once.
    pub async fn searched(&self, centre: &Centre, language: &Language, text: &str) {
        let Some(words) = countable(text) else { return };
        let library = self.catalogue();
        let filter = Filter { day: Some(self.today_in(centre)), ..Filter::default() };
        let query = Query { text: text.to_owned(), language: language.clone(), filter, most: 1 };
        if library.is_empty() || library.search(&query).total > 0 {
            return;
        }
        let month = month_of(self.today_in(centre));
        let threshold = centre.policies.anonymity_threshold;
        if let Some(step) = self.0.in_vain.note(centre.id, month, words.clone(), self.now(), threshold) {
            let kept = fruitless::add(&self.0.tools.database, centre.id, month, &words, step).await;
            if let Err(error) = kept {
                tracing::debug!(%error, "searches in vain were not counted");
            }
        }
    }

    /// What was searched in vain in a centre, above its anonymity threshold.
    pub async fn fruitless_searches(&self, actor: &Actor, centre: CentreId) -> Result<Vec<Fruitless>, Problem> {
        self.allowed(actor, centre, UseCase::EditCatalogue)?;
        Ok(fruitless::of_centre(&self.0.tools.database, centre).await?)
    }

    /// Forgets what was searched in vain long ago.
    pub(crate) async fn forget_fruitless(&self) -> Result<(), storage::StorageError> {
        let month = month_of(self.now().date_naive());
        // A centre in the west still is in the month before.
        self.0.in_vain.forget_before(month - chrono::Months::new(u32::from(self.now().day() == 1)));
        fruitless::delete_before(&self.0.tools.database, month - chrono::Months::new(MONTHS)).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn month(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, 1).unwrap()
    }

    /// Another person, each time.
    fn somebody_later() -> impl FnMut() -> Instant {
        let mut now = Instant::from_timestamp(1_780_000_000, 0).unwrap();
        move || {
            now += SAME_PERSON;
            now
        }
    }

    #[test]
    fn one_person_alone_never_comes_over_the_threshold() {
        let (counts, centre) = (InVain::default(), CentreId(uuid::Uuid::from_u128(1)));
        let mut later = somebody_later();
        let now = later();
        for minutes in 0..100 {
            let again = now + Duration::minutes(minutes);
            assert_eq!(counts.note(centre, month(6), "licorne".into(), again, 3), None);
        }
        let mut later = move || later() + Duration::minutes(100);
        assert_eq!(counts.note(centre, month(6), "licorne".into(), later(), 3), None);
        assert_eq!(counts.note(centre, month(6), "licorne".into(), later(), 3), Some(3));
    }

    #[test]
    fn a_step_is_given_only_when_there_were_enough_in_the_month() {
        let (counts, centre) = (InVain::default(), CentreId(uuid::Uuid::from_u128(1)));
        let mut later = somebody_later();
        let mut note = |m| counts.note(centre, month(m), "licorne".into(), later(), 3);
        assert_eq!([note(5), note(5)], [None, None]);
        assert_eq!([note(6), note(6), note(6)], [None, None, Some(3)], "a month that is over is forgotten");
        assert_eq!([note(6), note(6), note(6)], [None, None, Some(3)]);
        let other = counts.note(CentreId(uuid::Uuid::from_u128(2)), month(6), "licorne".into(), Instant::UNIX_EPOCH, 1);
        assert_eq!(other, Some(1), "each centre for itself");
        assert_eq!(note(6), None);
        counts.forget_before(month(7));
        assert!(counts.0.lock().unwrap().is_empty());
    }

    #[test]
    fn memory_is_bounded_and_what_comes_again_stays() {
        let (counts, centre) = (InVain::default(), CentreId(uuid::Uuid::from_u128(1)));
        let mut later = somebody_later();
        let mut note = |words: &str| counts.note(centre, month(6), words.into(), later(), 3);
        assert_eq!([note("licorne"), note("licorne")], [None, None]);
        for n in 0..3 * MOST {
            assert_eq!(note(&format!("x{n}")), None);
            assert!(counts.0.lock().unwrap().len() <= MOST);
        }
        assert_eq!(note("licorne"), Some(3));
        for n in 0..2 * MOST {
            let _ = [note(&format!("y{n}")), note(&format!("y{n}"))];
        }
        assert!(counts.0.lock().unwrap().len() <= MOST);
    }

    #[test]
    fn what_could_say_who_somebody_is_is_never_counted() {
        assert_eq!(countable("  Chasseur de LICORNES "), Some("chasseur de licornes".into()));
        assert_eq!(countable("CAP 2026"), Some("cap 2026".into()));
        let long = "a".repeat(LONGEST + 1);
        for personal in ["", "  ", "?!", "06 12 34 56 78 jean", "123456", "٠٦١٢٣٤", "a@b.fr", "x", &long] {
            assert_eq!(countable(personal), None, "{personal}");
        }
    }
}
