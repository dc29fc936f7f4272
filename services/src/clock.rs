//! Time comes from here only, so that tests can jump it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{SubsecRound, Utc};
use domain::Instant;

/// The time, of the wall and of a clock that never jumps.
pub trait Clock: Send + Sync + 'static {
    /// The wall clock, in whole microseconds: what is stored is what was meant.
    fn now(&self) -> Instant;
    /// Time since some fixed moment of this process; never goes back.
    fn monotonic(&self) -> Duration;
}

/// The machine's clocks.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    started: std::time::Instant,
    /// How wrong the wall clock is made to be, in tests.
    wrong: chrono::Duration,
}

impl SystemClock {
    /// A machine whose wall clock is wrong by this.
    #[must_use]
    pub fn wrong_by(wrong: chrono::Duration) -> Self {
        Self { wrong, ..Self::default() }
    }
}

impl Default for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
    fn default() -> Self {
        Self { started: std::time::Instant::now(), wrong: chrono::Duration::zero() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
    fn now(&self) -> Instant {
        Utc::now().trunc_subsecs(6) + self.wrong
    }
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }
}

/// The wall clock of the database's server, which all nodes share, carried on by this machine's other clock. One node's
/// wrong clock decides nothing.
pub(crate) struct DatabaseClock {
    own: Arc<dyn Clock>,
    /// What the database's clock showed, and when that was.
    shown: Mutex<(Instant, Duration)>,
}

impl DatabaseClock {
    pub(crate) fn new(own: Arc<dyn Clock>, shows: Instant) -> Self {
        let since = own.monotonic();
        Self { own, shown: (shows, since).into() }
    }
    /// The database's clock was asked.
    pub(crate) fn set(&self, shows: Instant) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = (shows, self.own.monotonic());
    }
}

impl Clock for DatabaseClock {
    fn now(&self) -> Instant {
        let (shown, at) = *self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = self.own.monotonic().saturating_sub(at);
        (shown + chrono::Duration::from_std(passed).unwrap_or_default()).trunc_subsecs(6)
    }
    fn monotonic(&self) -> Duration {
        self.own.monotonic()
    }
}

#[cfg(any(test, feature = "testing"))]
pub use fake::FakeClock;

#[cfg(any(test, feature = "testing"))]
mod fake {
    use std::sync::{Arc, Mutex, PoisonError};

    use super::{Clock, Duration, Instant};

    /// Clocks that stand still until they are told to go.
    #[derive(Clone, Debug)]
    pub struct FakeClock(Arc<Mutex<(Instant, Duration)>>);

    impl FakeClock {
        /// Clocks that show this time.
        pub fn at(now: Instant) -> Self {
            Self(Arc::new(Mutex::new((now, Duration::ZERO))))
        }
        fn change(&self, with: impl FnOnce(&mut (Instant, Duration))) {
            with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
        }
        /// Time passes on both clocks.
        pub fn pass(&self, time: Duration) {
            self.change(|(wall, monotonic)| {
                *wall += time;
                *monotonic += time;
            });
        }
        /// Somebody sets the wall clock.
        pub fn jump(&self, to: Instant) {
            self.change(|(wall, _)| *wall = to);
        }
    }

    impl Clock for FakeClock {
        fn now(&self) -> Instant {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).0
        }
        fn monotonic(&self) -> Duration {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).1
        }
    }
}
