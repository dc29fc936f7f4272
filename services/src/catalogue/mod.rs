//! Career information: its imports, the library in memory that visitors browse, the search in it, and what
//! staff change of it.

mod editing;
mod facets;
mod fruitless;
pub mod import;
mod library;
mod quality;
mod search;
mod sheet;
mod shelf;
mod upload;

pub use editing::{Listed, Only, ToEdit, Wanted};
pub use facets::Facet;
pub(crate) use fruitless::InVain;
pub use library::{Edited, Entry, Filter, Library};
pub use quality::Quality;
pub use search::{Found, Hit, Query};
pub use sheet::{Dossier, Sheet, SheetTitles};
pub(crate) use shelf::Shelf;
pub use storage::fruitless::Fruitless;
pub(crate) use upload::Importing;
pub use upload::{Import, ImportTurn};
