//! Who shows which token, remembered for a second, so that a busy desk or kiosk is not looked up at every touch.
//!
//! What this node changes is forgotten at once; what another node or the command line changes is known a second later.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::Actor;

/// How long a caller is remembered.
const REMEMBERED: Duration = Duration::from_secs(1);
/// How often it is noted that somebody uses a session.
const NOTED_AFTER: Duration = Duration::from_mins(1);
/// Callers remembered at once.
const MOST: usize = 10_000;

/// Callers by the hashes of their tokens.
#[derive(Default)]
pub(crate) struct Callers(Mutex<Known>);

#[derive(Default)]
struct Known {
    by_token: HashMap<[u8; 32], (Actor, Duration)>,
    /// When it was noted that a session is used.
    noted: HashMap<[u8; 32], Duration>,
    /// How often everything was forgotten: what was read before is not remembered afterwards.
    forgotten: u64,
}

/// When a caller was looked up.
#[derive(Clone, Copy)]
pub(crate) struct LookedUp {
    at: Duration,
    forgotten: u64,
}

impl Callers {
    /// Who shows this token, or when it is looked up now.
    pub(crate) fn recall(&self, token_hash: [u8; 32], now: Duration) -> Result<Actor, LookedUp> {
        let known = self.lock();
        match known.by_token.get(&token_hash) {
            Some((actor, at)) if now.saturating_sub(*at) < REMEMBERED => Ok(actor.clone()),
            _ => Err(LookedUp { at: now, forgotten: known.forgotten }),
        }
    }

    /// Remembers who was found, unless something changed meanwhile.
    pub(crate) fn remember(&self, token_hash: [u8; 32], actor: &Actor, looked_up: LookedUp) {
        let mut known = self.lock();
        if known.forgotten != looked_up.forgotten || matches!(actor, Actor::Anyone) {
            return;
        }
        if known.by_token.len() >= MOST {
            known.by_token.clear();
        }
        known.by_token.insert(token_hash, (actor.clone(), looked_up.at));
    }

    /// Whether it is time to note that somebody uses this token; then it is taken for noted.
    pub(crate) fn is_use_worth_noting(&self, token_hash: [u8; 32], now: Duration) -> bool {
        let mut known = self.lock();
        if known.noted.get(&token_hash).is_some_and(|at| now.saturating_sub(*at) < NOTED_AFTER) {
            return false;
        }
        if known.noted.len() >= MOST {
            known.noted.clear();
        }
        known.noted.insert(token_hash, now);
        true
    }

    /// Accounts, sessions or devices changed.
    pub(crate) fn forget(&self) {
        let mut known = self.lock();
        known.by_token.clear();
        known.forgotten += 1;
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "tests")]
    use std::sync::Arc;

    use domain::{
        CentreId, DeviceId,
        staff::{Arrow, Connection, Device, DeviceKind, Paper},
    };
    use uuid::Uuid;

    use super::*;

    fn kiosk() -> Actor {
        Actor::Device(Arc::new(Device {
            id: DeviceId(Uuid::nil()),
            centre: CentreId(Uuid::nil()),
            kind: DeviceKind::Kiosk,
            name: String::new(),
            arrow: Arrow::None,
            printer: None,
            connection: Connection::None,
            paper: Paper::Wide,
            active: true,
        }))
    }

    fn looked_up(callers: &Callers, now: Duration) -> LookedUp {
        callers.recall([1; 32], now).expect_err("nobody is remembered")
    }

    #[test]
    fn a_caller_is_remembered_for_a_second() {
        let (callers, now) = (Callers::default(), Duration::from_secs(9));
        callers.remember([1; 32], &kiosk(), looked_up(&callers, now));
        assert!(callers.recall([1; 32], now + Duration::from_millis(999)).is_ok());
        looked_up(&callers, now + REMEMBERED);
        assert!(callers.recall([2; 32], now).is_err());
    }

    #[test]
    fn what_changes_while_a_caller_is_looked_up_is_not_overlooked() {
        let (callers, now) = (Callers::default(), Duration::from_secs(9));
        let before = looked_up(&callers, now);
        callers.forget();
        callers.remember([1; 32], &kiosk(), before);
        looked_up(&callers, now);
    }

    #[test]
    fn nobody_is_not_remembered() {
        let (callers, now) = (Callers::default(), Duration::from_secs(9));
        callers.remember([1; 32], &Actor::Anyone, looked_up(&callers, now));
        looked_up(&callers, now);
    }
}
