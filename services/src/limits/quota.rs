//! So many at once, and then one every so often.

use std::time::Duration;

use super::Lasting;
use crate::Problem;

/// How many are possible at once, and how long it takes until one of them is possible again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quota {
    pub at_once: u32,
    pub every: Duration,
}

/// What was taken of a quota: the moment at which all of it is free again (the generic cell rate algorithm).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bucket {
    free: Duration,
}

impl Bucket {
    /// Whether one more is possible now; takes nothing.
    pub(crate) fn has_room(&self, quota: Quota, now: Duration) -> Result<(), Problem> {
        let wait = self.free.saturating_sub(now + quota.every * (quota.at_once - 1));
        if wait.is_zero() { Ok(()) } else { Err(Problem::too_many(wait)) }
    }
    /// Takes one.
    pub(crate) fn take(&mut self, quota: Quota, now: Duration) -> Result<(), Problem> {
        self.has_room(quota, now)?;
        self.free = self.free.max(now) + quota.every;
        Ok(())
    }
    /// Gives one back.
    pub(crate) fn give_back(&mut self, quota: Quota) {
        self.free = self.free.saturating_sub(quota.every);
    }
}

impl Lasting for Bucket {
    fn is_in_force(&self, now: Duration) -> bool {
        self.free > now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_at_once_and_then_one_every_so_often() {
        let quota = Quota { at_once: 3, every: Duration::from_secs(10) };
        let (mut bucket, now) = (Bucket::default(), Duration::from_secs(100));
        for _ in 0..3 {
            assert_eq!(bucket.take(quota, now), Ok(()));
        }
        assert_eq!(bucket.take(quota, now), Err(Problem::too_many(Duration::from_secs(10))));
        assert_eq!(bucket.take(quota, now + Duration::from_secs(10)), Ok(()));
        assert!(bucket.has_room(quota, now + Duration::from_secs(10)).is_err());
        bucket.give_back(quota);
        assert_eq!(bucket.take(quota, now + Duration::from_secs(10)), Ok(()));
        assert!(
            bucket.is_in_force(now + Duration::from_secs(39)) && !bucket.is_in_force(now + Duration::from_secs(40))
        );
    }
}
