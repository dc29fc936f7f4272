//! What only this installation can have written.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// An HMAC over a content: `what` keeps one use of the key apart from another, `scope` one centre from another.
pub(crate) fn hmac(key: &[u8; 32], what: &str, scope: &[u8], content: &[u8]) -> Hmac<Sha256> {
    // A key shorter than the hash's block is filled with zeros, as the standard (RFC 2104) says.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut hmac = Hmac::<Sha256>::new(&block.into());
    hmac.update(what.as_bytes());
    hmac.update(&[0]);
    hmac.update(scope);
    hmac.update(content);
    hmac
}
