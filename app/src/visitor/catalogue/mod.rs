//! Career information for visitors: looked at without a ticket, at the kiosk and, at addresses of their own, from any
//! browser. Each page is an address and whole without script.

mod documents;
mod entry;
mod explorer;
mod help;
mod home;
mod in_short;
mod interests;
mod job;
mod likes;
mod lists;
mod look;
pub(crate) mod names;
mod narrow;
mod notebook;
mod parts;
mod plan;
mod search;

pub use documents::{documents, taken};
pub use entry::{OnPaper, Shown, entry};
pub use explorer::explorer;
pub use help::Known;
pub use home::home;
pub use in_short::{EntryInShort, printed};
pub use interests::interests;
pub use job::{from_job, job};
pub use likes::likes;
pub use lists::{list, places, sectors};
pub use look::{Door, Liked, Look, facets};
pub use notebook::{Paper as NotebookPaper, notebook};
pub use search::search;
