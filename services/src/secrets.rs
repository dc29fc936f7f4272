//! Randomness comes from here only.

use std::fmt::Write;

use domain::day::FollowToken;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Where random bytes come from.
pub trait Secrets: Send + Sync + 'static {
    /// Fills a buffer with bytes that nobody can guess.
    fn fill(&self, buffer: &mut [u8]);
    /// A new identifier, a UUID version 7: sortable by time, no secret.
    fn new_id(&self) -> Uuid;
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemSecrets;

impl Secrets for SystemSecrets {
    #[expect(
        clippy::panic,
        clippy::disallowed_methods,
        reason = "the one source; without it no secret is one and nothing may go on"
    )]
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(e) = getrandom::fill(buffer) {
            panic!("the operating system gives no randomness: {e}");
        }
    }
    #[expect(clippy::disallowed_methods, reason = "the one place that makes identifiers")]
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// 256 random bits as 64 hexadecimal digits: a session's token or a device's secret. Never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What a member of staff's browser shows instead of a password.
pub type SessionToken = Secret;
/// What an enrolled device shows.
pub type DeviceSecret = Secret;

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new one.
    pub fn new(secrets: &dyn Secrets) -> Self {
        let mut bytes = [0; 32];
        secrets.fill(&mut bytes);
        Self(hexadecimal(&bytes))
    }
    /// What somebody sent; anything can be in it.
    pub fn received(text: &str) -> Self {
        Self(text.to_owned())
    }
    /// The digits, for the one who may have them.
    pub fn reveal(&self) -> &str {
        &self.0
    }
    /// What the database knows of it.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

pub(crate) fn follow_token(secrets: &dyn Secrets) -> FollowToken {
    let mut bytes = [0; 16];
    secrets.fill(&mut bytes);
    bytes.into()
}

/// `length` characters without those that are mistaken for others; five bits each.
pub(crate) fn readable(secrets: &dyn Secrets, length: usize) -> String {
    let mut bytes = vec![0; length];
    secrets.fill(&mut bytes);
    bytes.iter().map(|b| char::from(READABLE[usize::from(b % 32)])).collect()
}

/// Crockford's base 32: no I, L, O, U.
pub(crate) const READABLE: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code as it was meant: without spaces and hyphens, in capitals, and with the characters that it can have.
pub(crate) fn as_typed(code: &str) -> String {
    let meant = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    code.chars().filter(char::is_ascii_alphanumeric).map(meant).take(64).collect()
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}

#[cfg(any(test, feature = "testing"))]
pub use fake::CountingSecrets;

#[cfg(any(test, feature = "testing"))]
mod fake {
    use std::sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    };

    use sha2::{Digest, Sha256};
    use uuid::Uuid;

    use super::Secrets;

    /// The same sequence in every run: for tests only.
    #[derive(Clone, Debug, Default)]
    pub struct CountingSecrets(Arc<AtomicU64>);

    impl CountingSecrets {
        /// A sequence of its own.
        pub fn from(seed: u64) -> Self {
            Self(Arc::new(AtomicU64::new(seed << 32)))
        }
    }

    impl Secrets for CountingSecrets {
        fn fill(&self, buffer: &mut [u8]) {
            for chunk in buffer.chunks_mut(32) {
                let n = self.0.fetch_add(1, Ordering::Relaxed);
                chunk.copy_from_slice(&Sha256::digest(n.to_be_bytes())[..chunk.len()]);
            }
        }
        fn new_id(&self) -> Uuid {
            let mut bytes = [0; 16];
            self.fill(&mut bytes);
            uuid::Builder::from_custom_bytes(bytes).into_uuid()
        }
    }
}
