//! How much one source may ask for without showing who it is. What each limit is and why stands in docs/security.md.

mod digests;
mod doors;
mod quota;
mod source;

pub(crate) use digests::{Digests, Lasting};
pub(crate) use doors::Doors;
pub use doors::{Held, Limits};
pub(crate) use quota::{Bucket, Quota};
pub use source::Source;
