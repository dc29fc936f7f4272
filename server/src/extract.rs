//! What handlers ask of a request: who calls, the page's nonce, path and body with errors of our own.

mod body;
mod caller;
mod credentials;
mod key;
mod nonce;
mod params;
mod source;

pub use body::{Body, OptionalBody};
pub use caller::{
    Caller, DEVICE_COOKIE, Enrolled, SESSION_COOKIE, clear_cookie, cookie, session_cookies, set_cookie, shown_token,
};
pub use credentials::Credentials;
pub use key::Key;
pub use nonce::Nonce;
pub use params::{Params, QueryParams};
pub use source::{Origin, Peer, source, whence};
