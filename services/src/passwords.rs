//! Passwords: rules, hashing, and a limit to guessing.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::{
    Problem, StorageTrouble,
    secrets::{Secrets, readable},
};

/// The shortest password, in characters.
const SHORTEST: usize = 12;
/// The longest password, in bytes: hashing a book is no use to anybody.
pub(crate) const LONGEST: usize = 512;
/// Memory and passes of a hash: one of the settings that OWASP's Password Storage Cheat Sheet holds for equal. The C
/// library gives more than 32 MiB back to the system at once, and keeps less.
const MEMORY_KIB: u32 = 46 * 1024;
const PASSES: u32 = 1;
/// Hashings at once: each takes that memory and a core.
const AT_ONCE: usize = 2;

/// Tries at a login that cost nothing.
const FREE_TRIES: u32 = 5;
/// The wait after the first try too many; it doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// Failures are forgotten after this time without another.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(15);
/// Logins remembered at once.
const LOGINS: usize = 10_000;

/// Hashes passwords, one or two at a time, and remembers who guessed wrong. A login is remembered as a digest: what
/// people type there by mistake is nobody's business.
pub(crate) struct Passwords {
    hashing: Semaphore,
    tries: Mutex<HashMap<[u8; 32], Tries>>,
}

#[derive(Clone, Copy)]
struct Tries {
    failed: u32,
    last: Duration,
}

impl Tries {
    /// From when the next try is possible.
    fn next(self) -> Duration {
        let Some(too_many) = self.failed.checked_sub(FREE_TRIES) else { return self.last };
        let wait = FIRST_WAIT.saturating_mul(1 << too_many.min(10));
        self.last + wait.min(LONGEST_WAIT)
    }
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self { hashing: Semaphore::new(AT_ONCE), tries: Mutex::default() }
    }

    /// Counts a try before it is made, so that many at once are many; [`Passwords::succeeded`] takes it back.
    pub(crate) fn may_try(&self, login: &str, now: Duration) -> Result<(), Problem> {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let known = digest(login);
        if let Some(before) = tries.get(&known).filter(|t| now.saturating_sub(t.last) < FORGOTTEN_AFTER) {
            let next = before.next();
            if next > now {
                return Err(Problem::TooManyTries { retry_after: whole_seconds(next.saturating_sub(now)) });
            }
        }
        make_room(&mut tries, now);
        let kept = tries.entry(known).or_insert(Tries { failed: 0, last: now });
        if now.saturating_sub(kept.last) >= FORGOTTEN_AFTER {
            kept.failed = 0;
        }
        kept.failed += 1;
        kept.last = now;
        Ok(())
    }
    pub(crate) fn succeeded(&self, login: &str) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest(login));
    }

    /// The hash to keep of a password.
    pub(crate) async fn hash(&self, password: &str, secrets: &dyn Secrets) -> Result<String, Problem> {
        let mut salt = [0; 16];
        secrets.fill(&mut salt);
        let password = password.to_owned();
        self.work(move || hash(&password, &salt)).await?
    }
    /// Whether a password is the one of this hash. Without a hash the work is done all the same: how long the answer
    /// takes says nothing about who has an account.
    pub(crate) async fn is_right(&self, password: &str, kept: Option<String>) -> Result<bool, Problem> {
        let password = password.to_owned();
        self.work(move || {
            let known = kept.is_some();
            let hash = kept.or_else(nobodys).ok_or(HASHING_FAILED)?;
            Ok(argon2()?.verify_password(password.as_bytes(), hash.as_str()).is_ok() && known)
        })
        .await?
    }
    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let _permit = self.hashing.acquire().await.map_err(|_| HASHING_FAILED)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| HASHING_FAILED)
    }
}

const HASHING_FAILED: Problem = Problem::Storage(StorageTrouble::Other);

fn argon2() -> Result<Argon2<'static>, Problem> {
    let parameters = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|_| HASHING_FAILED)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn hash(password: &str, salt: &[u8]) -> Result<String, Problem> {
    let hash: Result<PasswordHash, _> = argon2()?.hash_password_with_salt(password.as_bytes(), salt);
    hash.map(|h| h.to_string()).map_err(|_| HASHING_FAILED)
}

/// The hash of a password that nobody has, made once.
fn nobodys() -> Option<String> {
    static HASH: OnceLock<Option<String>> = OnceLock::new();
    HASH.get_or_init(|| hash("nobody's", b"nobody's own salt").ok()).clone()
}

fn digest(login: &str) -> [u8; 32] {
    Sha256::digest(login).into()
}

fn whole_seconds(wait: Duration) -> Duration {
    Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
}

fn make_room(tries: &mut HashMap<[u8; 32], Tries>, now: Duration) {
    if tries.len() < LOGINS {
        return;
    }
    tries.retain(|_, t| now.saturating_sub(t.last) < FORGOTTEN_AFTER);
    if tries.len() >= LOGINS
        && let Some(oldest) = tries.iter().min_by_key(|(_, t)| t.last).map(|(k, _)| *k)
    {
        tries.remove(&oldest);
    }
}

/// A first password to hand over: three groups of four characters, 60 random bits.
pub(crate) fn generated(secrets: &dyn Secrets) -> String {
    let characters = readable(secrets, 12);
    format!("{}-{}-{}", &characters[..4], &characters[4..8], &characters[8..])
}

/// Whether somebody may have this password.
pub(crate) fn check(password: &str, login: &str) -> Result<(), Problem> {
    let wrong = |code| Err(Problem::Invalid { field: "password", code });
    let like_login = login.len() >= 4 && password.to_lowercase().contains(&login.to_lowercase());
    if password.chars().count() < SHORTEST {
        wrong("too_short")
    } else if password.len() > LONGEST {
        wrong("too_long")
    } else if like_login {
        wrong("like_login")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_passwords() {
        let code = |password: &str| match check(password, "marie.d") {
            Err(Problem::Invalid { code, .. }) => code,
            _ => "fine",
        };
        assert_eq!(code("elevenchars"), "too_short");
        assert_eq!(code("douzelettres"), "fine");
        assert_eq!(code("éàéàéàéàéàéà"), "fine");
        assert_eq!(code("my-Marie.D-password"), "like_login");
        assert_eq!(code(&"x".repeat(513)), "too_long");
    }

    #[test]
    fn guessing_gets_slower_and_is_forgotten() {
        let passwords = Passwords::new();
        let mut now = Duration::from_secs(1);
        for _ in 0..5 {
            assert_eq!(passwords.may_try("marie", now), Ok(()));
        }
        let wait = |now| match passwords.may_try("marie", now) {
            Err(Problem::TooManyTries { retry_after }) => retry_after.as_secs(),
            _ => 0,
        };
        assert_eq!(wait(now), 5);
        assert_eq!(passwords.may_try("paul", now), Ok(()), "another login is not concerned");
        for expected in [10, 20, 40, 80, 160, 300, 300] {
            now += Duration::from_mins(5);
            assert_eq!(wait(now), 0);
            assert_eq!(wait(now), expected);
        }
        now += FORGOTTEN_AFTER;
        for _ in 0..5 {
            assert_eq!(wait(now), 0);
        }
        assert_eq!(wait(now), 5);
        passwords.succeeded("marie");
        assert_eq!(wait(now), 0);
    }

    #[test]
    fn memory_of_guesses_is_limited() {
        let passwords = Passwords::new();
        for i in 0..LOGINS + 100 {
            passwords.may_try(&i.to_string(), Duration::from_millis(i as u64)).ok();
        }
        assert!(passwords.tries.lock().is_ok_and(|t| t.len() <= LOGINS));
    }
}
