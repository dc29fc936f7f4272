//! Browsers where an account has signed in: so that whoever's account it is gets in while others guess at its password.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::Instant;
use hmac::Mac;
use sha2::{Digest, Sha256};

use crate::{Parvis, secrets::hexadecimal, signatures::hmac};

/// How long a browser is known after a sign-in.
const KNOWN_FOR: chrono::Duration = chrono::Duration::days(90);
/// Bytes of a signature that a mark carries.
const SIGNATURE: usize = 16;

/// What a browser keeps of an account that signed in there: it proves nothing but that, and gives no access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is kept under: another name for each account, which does not say whose it is.
    pub name: String,
    /// What is kept: until when, a random number, and our signature.
    pub value: String,
}

impl Mark {
    /// How long a browser keeps it, in seconds.
    pub const SECONDS: u64 = KNOWN_FOR.num_seconds().unsigned_abs();
}

impl Parvis {
    /// The name under which a browser keeps the mark of an account.
    pub fn mark_name(&self, login: &str) -> String {
        let digest = hmac(&self.0.browser_key, "name", &of(login), &[]).finalize().into_bytes();
        hexadecimal(&digest[..6])
    }

    /// A mark for a browser where this account has just signed in.
    pub(crate) fn new_mark(&self, login: &str) -> Mark {
        let mut random = [0; 9];
        self.0.tools.secrets.fill(&mut random);
        let content = format!("{:x}.{}", (self.now() + KNOWN_FOR).timestamp(), URL_SAFE_NO_PAD.encode(random));
        let signature = hmac(&self.0.browser_key, "mark", &of(login), content.as_bytes()).finalize().into_bytes();
        let value = format!("{content}.{}", URL_SAFE_NO_PAD.encode(&signature[..SIGNATURE]));
        Mark { name: self.mark_name(login), value }
    }

    /// Whether a browser's mark is one of ours for this account, and not over.
    pub(crate) fn is_mark(&self, login: &str, value: &str) -> bool {
        let Some((content, signature)) = value.rsplit_once('.') else { return false };
        let until = content.split_once('.').and_then(|(until, _)| i64::from_str_radix(until, 16).ok());
        let ends = until.and_then(|until| Instant::from_timestamp(until, 0));
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
        let signed = hmac(&self.0.browser_key, "mark", &of(login), content.as_bytes());
        signature.len() == SIGNATURE
            && signed.verify_truncated_left(&signature).is_ok()
            && ends.is_some_and(|ends| self.now() < ends)
    }
}

/// As many bytes of every login, so that none runs into what follows it.
fn of(login: &str) -> [u8; 32] {
    Sha256::digest(login).into()
}
