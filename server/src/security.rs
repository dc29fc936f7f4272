//! What every answer and every request goes through, whatever its page.

mod body_limit;
mod cross_site;
mod headers;
mod limits;
mod panics;

pub use body_limit::limit_body;
pub use cross_site::{refuse_cross_site, refuses};
pub use headers::{content_policy, protect};
pub use limits::limit;
pub use panics::{hide_panics, recovered};

/// The most bytes that a body may have.
pub const BODY_LIMIT: usize = 64 * 1024;
