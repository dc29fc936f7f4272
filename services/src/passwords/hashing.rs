//! Hashing, on two threads of its own: one for strangers, with a short line, and one for whoever is known.
//!
//! However many strangers ask, those who are known never stand behind them, and nothing else of the server waits for a
//! hash. Who finds the line full is told so at once.

use std::{sync::OnceLock, thread, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::{mpsc, oneshot};

use crate::{Problem, StorageTrouble, secrets::Secrets};

/// Memory and passes of a hash: one of the settings that OWASP's Password Storage Cheat Sheet holds for equal. The C
/// library gives more than 32 MiB back to the system at once, and keeps less.
const MEMORY_KIB: u32 = 46 * 1024;
const PASSES: u32 = 1;
/// Who may stand in line: a hash takes some 50 ms, so that the last one waits for less than a second.
const IN_LINE: usize = 12;
/// When to come again where the line is full.
const COME_AGAIN: Duration = Duration::from_secs(1);

const HASHING_FAILED: Problem = Problem::Storage(StorageTrouble::Other);

/// Hashes passwords.
pub(crate) struct Passwords {
    strangers: Line,
    known: Line,
}

/// In which line somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Anybody's: who finds it full is sent away.
    Strangers,
    /// Of browsers and people that are known: who finds it full waits.
    Known,
}

type Job = Box<dyn FnOnce() + Send>;

/// A thread, and who waits for it.
struct Line(mpsc::Sender<Job>);

/// A place in a line.
pub(crate) struct Turn<'a>(mpsc::Permit<'a, Job>);

impl Line {
    fn new() -> Self {
        let (sender, mut jobs) = mpsc::channel::<Job>(IN_LINE);
        // It ends with the last of those who could ask it. Where no thread can be had, whoever asks is told.
        let work = move || {
            while let Some(job) = jobs.blocking_recv() {
                job()
            }
        };
        let _ = thread::Builder::new().name("passwords".into()).spawn(work);
        Self(sender)
    }
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self { strangers: Line::new(), known: Line::new() }
    }

    /// A place in a line, taken before anything else is done for whoever asks.
    pub(crate) async fn turn(&self, lane: Lane) -> Result<Turn<'_>, Problem> {
        match lane {
            Lane::Strangers => match self.strangers.0.try_reserve() {
                Ok(permit) => Ok(Turn(permit)),
                Err(_) => Err(Problem::Busy { retry_after: COME_AGAIN }),
            },
            Lane::Known => self.known.0.reserve().await.map(Turn).map_err(|_| HASHING_FAILED),
        }
    }

    /// The hash to keep of a password.
    pub(crate) async fn hash(&self, password: &str, secrets: &dyn Secrets) -> Result<String, Problem> {
        let mut salt = [0; 16];
        secrets.fill(&mut salt);
        let password = password.to_owned();
        self.turn(Lane::Known).await?.work(move || hash(&password, &salt)).await
    }
}

impl Turn<'_> {
    /// Whether a hash holds for this password. Without a hash the work is done all the same: how long the answer
    /// takes says nothing about who has an account. `count` is asked when it is about to be done.
    pub(crate) async fn holds(
        self,
        password: &str,
        kept: Option<String>,
        count: impl FnOnce() -> Result<(), Problem> + Send + 'static,
    ) -> Result<bool, Problem> {
        let password = password.to_owned();
        let known = kept.is_some();
        self.work(move || {
            count()?;
            let hash = kept.or_else(nobodys).ok_or(HASHING_FAILED)?;
            Ok(argon2()?.verify_password(password.as_bytes(), hash.as_str()).is_ok() && known)
        })
        .await
    }

    async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (answer, answered) = oneshot::channel();
        self.0.send(Box::new(move || {
            // Nobody works for those who went away.
            if !answer.is_closed() {
                let _ = answer.send(work());
            }
        }));
        answered.await.map_err(|_| HASHING_FAILED)?
    }
}

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc as blocking,
    };

    use super::*;

    /// Somebody's work that goes on until the test says so.
    async fn long(turn: Turn<'_>, until: blocking::Receiver<()>) -> Result<(), Problem> {
        turn.work(move || until.recv().map_err(|_| HASHING_FAILED)).await
    }

    #[tokio::test]
    async fn a_flood_of_strangers_is_refused_early_and_whoever_is_known_goes_first() {
        let passwords = Passwords::new();
        let (go_on, until) = blocking::channel();
        let mut asked: Vec<_> = vec![Box::pin(long(passwords.turn(Lane::Strangers).await.unwrap(), until))];
        let mut refused = 0;
        for _ in 0..2_000 {
            match passwords.turn(Lane::Strangers).await {
                Ok(turn) => asked.push(Box::pin(long(turn, blocking::channel().1))),
                Err(problem) => {
                    assert_eq!(problem, Problem::Busy { retry_after: COME_AGAIN });
                    refused += 1;
                }
            }
        }
        assert!(refused >= 2_000 - IN_LINE, "{refused}");
        let right = passwords.turn(Lane::Known).await.unwrap().holds("x", None, || Ok(())).await;
        assert_eq!(right, Ok(false));
        drop((asked, go_on));
    }

    #[tokio::test]
    async fn what_is_not_hashed_is_not_counted() {
        let passwords = Passwords::new();
        let counted = Arc::new(AtomicUsize::new(0));
        let (go_on, until) = blocking::channel();
        let first = passwords.turn(Lane::Strangers).await.unwrap();
        let (second, counting) = (passwords.turn(Lane::Strangers).await.unwrap(), Arc::clone(&counted));
        let first = long(first, until);
        let count = move || {
            counting.fetch_add(1, Ordering::Relaxed);
            Ok(())
        };
        let gone = tokio::time::timeout(Duration::from_millis(50), async {
            tokio::join!(first, second.holds("x", None, count))
        });
        assert!(gone.await.is_err(), "both wait, and go away");
        go_on.send(()).ok();
        let last = passwords.turn(Lane::Strangers).await.unwrap().holds("x", None, || Ok(())).await;
        assert_eq!((last, counted.load(Ordering::Relaxed)), (Ok(false), 0));
    }
}
