//! Career information: its imports, the library in memory that visitors browse, and the search in it.

pub mod import;
mod library;
mod search;
mod sheet;
mod shelf;

pub use library::{Entry, Filter, Library};
pub use search::{Found, Hit, Query};
pub use sheet::{Dossier, Sheet, SheetTitles};
pub(crate) use shelf::Shelf;
