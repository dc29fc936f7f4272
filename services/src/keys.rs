//! Idempotency keys: what makes a repeated request the same request.

use domain::{CountId, day::FollowToken};
use serde::Serialize;
use sha2::{Digest, Sha256};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{Actor, secrets::Secrets};

/// A client's key, made its own: two kiosks that both say "1" do not mean the same ticket, and the log does not tell
/// who sent what. Without a key a new one is made.
pub(crate) fn scoped(actor: &Actor, key: Option<String>, secrets: &dyn Secrets) -> String {
    let scope = match actor {
        Actor::Anyone => "anyone".to_owned(),
        Actor::Device(device) => format!("device {}", device.id),
        Actor::Staff(staff) => format!("staff {}", staff.id),
    };
    made(&scope, key, secrets)
}

/// The same for the holder of a follow token.
pub(crate) fn scoped_to_holder(token: &FollowToken, key: Option<String>, secrets: &dyn Secrets) -> String {
    made(&format!("holder {}", token.reveal()), key, secrets)
}

/// The id of something new that comes with a key: the same request makes the same thing, and another actor's key that
/// reads the same makes another.
pub(crate) fn count_id(actor: &Actor, key: Option<String>, secrets: &dyn Secrets) -> CountId {
    let Some(key) = key else { return CountId(secrets.new_id()) };
    let digest = Sha256::digest(scoped(actor, Some(key), secrets));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    CountId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn made(scope: &str, key: Option<String>, secrets: &dyn Secrets) -> String {
    let Some(key) = key else { return secrets.new_id().to_string() };
    let digest = Sha256::new().chain_update(scope).chain_update([0]).chain_update(key).finalize();
    URL_SAFE_NO_PAD.encode(&digest[..18])
}

/// A digest of a body: the first eight bytes of the SHA-256 of its JSON, whose order of fields is fixed.
pub(crate) fn fingerprint(body: &impl Serialize) -> u64 {
    let json = serde_json::to_vec(body).unwrap_or_default();
    let digest: [u8; 32] = Sha256::digest(json).into();
    digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}
