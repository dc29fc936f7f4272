//! Career information: its imports, the library in memory that visitors browse, and the search in it.

pub mod import;
mod library;
mod search;
mod shelf;

pub use library::{Entry, Filter, Library};
pub use search::{Found, Hit, Query};
pub(crate) use shelf::Shelf;
