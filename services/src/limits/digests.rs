//! What is remembered of sources, logins and tokens: by digests whose key is thrown away within two hours.

use std::{collections::HashMap, sync::Arc, time::Duration};

use hmac::Mac;

use crate::{secrets::Secrets, signatures::hmac};

/// How long a key is used. What was remembered by it can be found for as long again.
const RENEWED_AFTER: Duration = Duration::from_hours(1);
/// How often room is looked for where there is none.
const SWEPT_AFTER: Duration = Duration::from_secs(1);

/// Something that is remembered for a reason.
pub(crate) trait Lasting {
    /// Whether it would be wrong to forget it now.
    fn is_in_force(&self, now: Duration) -> bool;
}

/// Values by the digest of what they belong to, and no more than so many of them. What is in force is not given up for
/// something new.
pub(crate) struct Digests<V> {
    secrets: Arc<dyn Secrets>,
    most: usize,
    now: Generation<V>,
    before: Generation<V>,
    renewed: Option<Duration>,
    swept: Duration,
}

struct Generation<V> {
    key: [u8; 32],
    values: HashMap<[u8; 16], V>,
}

impl<V> Default for Generation<V> {
    fn default() -> Self {
        Self { key: [0; 32], values: HashMap::new() }
    }
}

impl<V> Generation<V> {
    fn digest(&self, of: &[u8]) -> [u8; 16] {
        let whole: [u8; 32] = hmac(&self.key, "limit", &[], of).finalize().into_bytes().into();
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        half
    }
    fn take(&mut self, of: &[u8]) -> Option<V> {
        if self.values.is_empty() {
            return None;
        }
        let digest = self.digest(of);
        self.values.remove(&digest)
    }
}

impl<V: Lasting + Default> Digests<V> {
    pub(crate) fn new(most: usize, secrets: &Arc<dyn Secrets>) -> Self {
        Self {
            secrets: Arc::clone(secrets),
            most,
            now: Generation::default(),
            before: Generation::default(),
            renewed: None,
            swept: Duration::ZERO,
        }
    }

    /// The value of something, if it is remembered.
    pub(crate) fn get(&mut self, of: &[u8], now: Duration) -> Option<&mut V> {
        self.renew(now);
        let digest = self.now.digest(of);
        if let Some(kept) = self.before.take(of) {
            self.now.values.insert(digest, kept);
        }
        self.now.values.get_mut(&digest)
    }

    /// The value of something, new if need be; none where there is no room for it.
    pub(crate) fn entry(&mut self, of: &[u8], now: Duration) -> Option<&mut V> {
        if self.get(of, now).is_none() && self.len() >= self.most {
            self.sweep(now);
            if self.len() >= self.most {
                return None;
            }
        }
        let digest = self.now.digest(of);
        Some(self.now.values.entry(digest).or_default())
    }

    /// Forgets something.
    pub(crate) fn remove(&mut self, of: &[u8], now: Duration) {
        self.renew(now);
        self.before.take(of);
        self.now.take(of);
    }

    pub(crate) fn len(&self) -> usize {
        self.now.values.len() + self.before.values.len()
    }

    fn renew(&mut self, now: Duration) {
        let age = self.renewed.map(|at| now.saturating_sub(at));
        if age.is_some_and(|age| age < RENEWED_AFTER) {
            return;
        }
        let mut key = [0; 32];
        self.secrets.fill(&mut key);
        self.before = std::mem::replace(&mut self.now, Generation { key, values: HashMap::new() });
        if age.is_some_and(|age| age >= RENEWED_AFTER * 2) {
            self.before = Generation::default();
        }
        self.renewed = Some(now);
    }

    fn sweep(&mut self, now: Duration) {
        if !self.swept.is_zero() && now.saturating_sub(self.swept) < SWEPT_AFTER {
            return;
        }
        self.swept = now;
        for generation in [&mut self.now, &mut self.before] {
            generation.values.retain(|_, value| value.is_in_force(now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::SystemSecrets;

    #[derive(Default)]
    struct Until(Duration);
    impl Lasting for Until {
        fn is_in_force(&self, now: Duration) -> bool {
            self.0 > now
        }
    }

    fn digests(most: usize) -> Digests<Until> {
        Digests::new(most, &(Arc::new(SystemSecrets) as Arc<dyn Secrets>))
    }
    fn keep(digests: &mut Digests<Until>, of: &[u8], now: u64, until: u64) -> bool {
        let kept = digests.entry(of, Duration::from_secs(now));
        kept.map(|value| value.0 = Duration::from_secs(until)).is_some()
    }

    #[test]
    fn what_is_in_force_is_not_given_up_for_something_new() {
        let mut digests = digests(2);
        assert!(keep(&mut digests, b"one", 1, 100) && keep(&mut digests, b"two", 1, 3));
        assert!(!keep(&mut digests, b"three", 2, 9));
        assert!(keep(&mut digests, b"three", 4, 9), "the second one is over");
        assert!(digests.get(b"one", Duration::from_secs(5)).is_some() && digests.len() == 2);
    }

    #[test]
    fn the_key_is_renewed_and_what_is_asked_for_stays() {
        let mut digests = digests(10);
        assert!(keep(&mut digests, b"one", 1, 100_000) && keep(&mut digests, b"two", 1, 100_000));
        let first = digests.now.key;
        assert!(digests.get(b"one", Duration::from_secs(3700)).is_some());
        assert_ne!(digests.now.key, first);
        assert!(digests.get(b"one", Duration::from_secs(7400)).is_some());
        assert!(digests.get(b"two", Duration::from_secs(7400)).is_none(), "nobody asked for two hours");
        assert!(digests.get(b"one", Duration::from_secs(20_000)).is_none());
    }
}
