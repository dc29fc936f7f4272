//! Who guessed wrong, and how long they wait for it ([decision 23](../../../docs/decisions/0023-sign-in.md)).
//!
//! A stranger's try counts against their source together with the login, against the source, and against the login; a
//! try from a browser where the account has signed in before counts against that browser alone. So somebody who guesses
//! locks themselves out, and never the one whose account it is.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use crate::{
    Problem,
    limits::{Bucket, Digests, Lasting, Quota, Source},
    secrets::Secrets,
};

/// Tries of one source at one login, or of one browser, that cost nothing: somebody looks for the right one of theirs.
const FREE_TRIES: u32 = 5;
/// The wait after the first try too many; it doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// Failures are forgotten after this time without another.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(15);
/// Of one source at all logins: a whole team behind one address may mistype on the same morning.
const OF_SOURCE: Quota = Quota { at_once: 50, every: Duration::from_secs(15) };
/// Of all strangers at one login: from however many addresses, some thousands of guesses a day.
const OF_LOGIN: Quota = Quota { at_once: 30, every: Duration::from_secs(30) };
/// Sources with logins, browsers, sources, and logins remembered at once, of each.
const MOST: usize = 100_000;

/// Whose try it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// A browser where this account has not signed in lately.
    Stranger(Source),
    /// A browser where it has, or a session of its own: by what tells it from others.
    Known(String),
}

/// What is remembered of failures. Of logins, browsers and sources only digests.
pub(crate) struct Guesses(Mutex<Failures>);

struct Failures {
    pairs: Digests<Tries>,
    browsers: Digests<Tries>,
    sources: Digests<Bucket>,
    logins: Digests<Bucket>,
}

#[derive(Clone, Copy, Default)]
struct Tries {
    failed: u32,
    last: Duration,
}

impl Tries {
    /// Whether a try is possible now.
    fn may_try(self, now: Duration) -> Result<(), Problem> {
        let Some(too_many) = self.failed.checked_sub(FREE_TRIES).filter(|_| !self.is_forgotten(now)) else {
            return Ok(());
        };
        let wait = FIRST_WAIT.saturating_mul(1 << too_many.min(10)).min(LONGEST_WAIT);
        in_time(self.last + wait, now)
    }
    fn count(&mut self, now: Duration) {
        if self.is_forgotten(now) {
            self.failed = 0;
        }
        self.failed += 1;
        self.last = now;
    }
    fn is_forgotten(self, now: Duration) -> bool {
        now.saturating_sub(self.last) >= FORGOTTEN_AFTER
    }
}

impl Lasting for Tries {
    fn is_in_force(&self, now: Duration) -> bool {
        self.failed >= FREE_TRIES && !self.is_forgotten(now)
    }
}

fn in_time(next: Duration, now: Duration) -> Result<(), Problem> {
    let wait = next.saturating_sub(now);
    if wait.is_zero() { Ok(()) } else { Err(Problem::too_many(wait)) }
}

impl Guesses {
    pub(crate) fn new(secrets: &Arc<dyn Secrets>) -> Self {
        Self::remembering(MOST, secrets)
    }
    fn remembering(most: usize, secrets: &Arc<dyn Secrets>) -> Self {
        Self(Mutex::new(Failures {
            pairs: Digests::new(most, secrets),
            browsers: Digests::new(most, secrets),
            sources: Digests::new(most, secrets),
            logins: Digests::new(most, secrets),
        }))
    }

    /// Whether a try is possible now. Counts nothing.
    pub(crate) fn may_try(&self, login: &str, who: &Who, now: Duration) -> Result<(), Problem> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).may_try(login, who, now)
    }

    /// Counts a try before it is made, so that many at once are many; [`Guesses::succeeded`] takes it back.
    pub(crate) fn count(&self, login: &str, who: &Who, now: Duration) -> Result<(), Problem> {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.may_try(login, who, now)?;
        failures.count(login, who, now)
    }

    /// It was the right password. What the source and others guessed at this login before still counts against them.
    pub(crate) fn succeeded(&self, login: &str, who: &Who, now: Duration) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match who {
            Who::Known(browser) => failures.browsers.remove(browser.as_bytes(), now),
            Who::Stranger(source) => {
                failures.pairs.remove(&pair(login, *source), now);
                if let Some(bucket) = failures.sources.get(&source.bytes(), now) {
                    bucket.give_back(OF_SOURCE);
                }
                if let Some(bucket) = failures.logins.get(login.as_bytes(), now) {
                    bucket.give_back(OF_LOGIN);
                }
            }
        }
    }

    /// The login has a new password: what was guessed before is of no use.
    pub(crate) fn forget(&self, login: &str, now: Duration) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).logins.remove(login.as_bytes(), now);
    }
}

impl Failures {
    fn may_try(&mut self, login: &str, who: &Who, now: Duration) -> Result<(), Problem> {
        let of = |tries: Option<&mut Tries>| tries.map_or(Ok(()), |t| t.may_try(now));
        let source = match who {
            Who::Known(browser) => return of(self.browsers.get(browser.as_bytes(), now)),
            Who::Stranger(source) => source,
        };
        of(self.pairs.get(&pair(login, *source), now))?;
        let within = |bucket: Option<&mut Bucket>, quota| bucket.map_or(Ok(()), |b| b.has_room(quota, now));
        if source.is_known() {
            within(self.sources.get(&source.bytes(), now), OF_SOURCE)?;
        }
        within(self.logins.get(login.as_bytes(), now), OF_LOGIN)
    }

    /// Where no more can be remembered, a stranger waits until there is room.
    fn count(&mut self, login: &str, who: &Who, now: Duration) -> Result<(), Problem> {
        let full = || Problem::too_many(FIRST_WAIT);
        let source = match who {
            Who::Known(browser) => {
                self.browsers.entry(browser.as_bytes(), now).ok_or_else(full)?.count(now);
                return Ok(());
            }
            Who::Stranger(source) => source,
        };
        self.pairs.entry(&pair(login, *source), now).ok_or_else(full)?.count(now);
        if source.is_known() {
            self.sources.entry(&source.bytes(), now).ok_or_else(full)?.take(OF_SOURCE, now)?;
        }
        self.logins.entry(login.as_bytes(), now).ok_or_else(full)?.take(OF_LOGIN, now)
    }
}

fn pair(login: &str, source: Source) -> Vec<u8> {
    [&source.bytes()[..], login.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::SystemSecrets;

    fn guesses() -> Guesses {
        Guesses::new(&(Arc::new(SystemSecrets) as Arc<dyn Secrets>))
    }
    fn from(n: u32) -> Who {
        Who::Stranger(Source::from(std::net::IpAddr::from(n.to_be_bytes())))
    }
    fn wait(tried: &Result<(), Problem>) -> u64 {
        match tried {
            Err(Problem::TooManyTries { retry_after }) => retry_after.as_secs(),
            _ => 0,
        }
    }

    #[test]
    fn guessing_gets_slower_and_is_forgotten() {
        let (guesses, who) = (guesses(), from(1));
        let mut now = Duration::from_secs(1);
        for _ in 0..5 {
            assert_eq!(guesses.count("marie", &who, now), Ok(()));
        }
        assert_eq!(wait(&guesses.count("marie", &who, now)), 5);
        assert_eq!(guesses.count("paul", &who, now), Ok(()), "another login is not concerned");
        assert_eq!(guesses.count("marie", &from(2), now), Ok(()), "nor is another source");
        for expected in [10, 20, 40, 80, 160, 300, 300] {
            now += Duration::from_mins(5);
            assert_eq!(guesses.count("marie", &who, now), Ok(()));
            assert_eq!(wait(&guesses.count("marie", &who, now)), expected);
        }
        now += FORGOTTEN_AFTER;
        for _ in 0..5 {
            assert_eq!(guesses.count("marie", &who, now), Ok(()));
        }
        assert_eq!(wait(&guesses.count("marie", &who, now)), 5);
        guesses.succeeded("marie", &who, now);
        assert_eq!(guesses.count("marie", &who, now), Ok(()));
    }

    #[test]
    fn invented_logins_do_not_make_a_lock_out_be_forgotten() {
        let (guesses, now) = (guesses(), Duration::from_secs(1));
        for _ in 0..5 {
            guesses.count("marie", &from(1), now).ok();
        }
        // From one source, which is stopped itself, and from as many sources as logins.
        for n in 0..10_050 {
            guesses.count(&format!("nobody{n}"), &from(1), now).ok();
            guesses.count(&format!("nobody{n}"), &from(n + 2), now).ok();
        }
        assert_ne!(wait(&guesses.may_try("marie", &from(1), now)), 0);
    }

    #[test]
    fn lock_outs_that_fill_the_memory_stay_and_nothing_more_is_kept() {
        let secrets: Arc<dyn Secrets> = Arc::new(SystemSecrets);
        let (guesses, now) = (Guesses::remembering(500, &secrets), Duration::from_secs(1));
        for n in 0..510 {
            for _ in 0..FREE_TRIES {
                guesses.count(&n.to_string(), &from(n), now).ok();
            }
        }
        assert_ne!(wait(&guesses.may_try("0", &from(0), now)), 0, "the oldest");
        assert_ne!(wait(&guesses.count("new", &from(u32::MAX), now)), 0, "a stranger waits until there is room");
        let known = Who::Known("a browser".into());
        assert_eq!(guesses.count("marie", &known, now), Ok(()), "whoever is known does not");
        assert!(guesses.0.lock().is_ok_and(|f| f.pairs.len() <= 500));
    }

    #[test]
    fn one_source_does_not_try_one_password_on_every_login() {
        let (guesses, now) = (guesses(), Duration::from_secs(1));
        let tried = (0..1000).filter(|n| guesses.count(&format!("login{n}"), &from(1), now).is_ok()).count();
        assert_eq!(tried, 50);
        assert_eq!(guesses.count("marie", &from(2), now), Ok(()));
        // An account of their own does not give guesses back.
        guesses.succeeded("login0", &from(1), now);
        guesses.succeeded("login0", &from(1), now);
        let tried = (0..1000).filter(|n| guesses.count(&format!("other{n}"), &from(1), now).is_ok()).count();
        assert!(tried <= 2, "{tried}");
    }

    #[test]
    fn many_sources_do_not_guess_at_one_login_for_long_and_its_browser_gets_in() {
        let (guesses, now) = (guesses(), Duration::from_secs(1));
        let tried = (0..1000).filter(|n| guesses.count("marie", &from(*n), now).is_ok()).count();
        assert_eq!(tried, 30);
        assert_eq!(guesses.count("marie", &Who::Known("her browser".into()), now), Ok(()));
    }

    #[test]
    fn a_known_browser_has_its_own_tries_and_no_more() {
        let (guesses, now) = (guesses(), Duration::from_secs(1));
        let known = Who::Known("stolen".into());
        let tried = (0..100).filter(|_| guesses.count("marie", &known, now).is_ok()).count();
        assert_eq!(tried, 5);
        assert_eq!(guesses.count("marie", &from(1), now), Ok(()));
    }
}
