//! Career information: its imports, the library in memory that visitors browse, and the search in it.

mod facets;
pub mod import;
mod library;
mod search;
mod sheet;
mod shelf;

pub use facets::Facet;
pub use library::{Entry, Filter, Library};
pub use search::{Found, Hit, Query};
pub use sheet::{Dossier, Sheet, SheetTitles};
pub(crate) use shelf::Shelf;
