//! Career information: its imports, the library in memory that visitors browse, the search in it, and what
//! staff change of it.

mod editing;
mod fruitless;
pub mod import;
mod library;
mod quality;
mod search;
mod shelf;
mod upload;

pub use editing::{Listed, Only, ToEdit, Wanted};
pub(crate) use fruitless::InVain;
pub use library::{Edited, Entry, Filter, Library};
pub use quality::Quality;
pub use search::{Found, Hit, Query};
pub(crate) use shelf::Shelf;
pub use upload::{Import, ImportTurn};
pub(crate) use upload::Importing;
pub use storage::fruitless::Fruitless;
