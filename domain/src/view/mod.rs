//! What each screen shows: projections of the day, made once per version and shared by every reader.
//!
//! Ids are looked up in the [`crate::centre::Centre`] that a page was given; texts are in the page's catalogue.
//! What anybody may know is a type of its own, [`PublicBoard`]: it never says why somebody came, or when.

mod board;
mod cause;
mod coordinator;
mod crowd;
mod desk;
mod follow;
mod halt;
mod line;
mod public;
mod receipt;
mod welcome;

pub use board::{Board, CallLine, DayState, NeedState, SpaceLine};
pub use cause::{Cause, Help, Lack, Way};
pub use coordinator::{Alert, CentreView, OrganisationOnDuty, SpaceState};
pub use crowd::Crowd;
pub use desk::{Colleague, ColleagueState, DeskView, MyPlace, Visit};
pub use follow::{FollowLine, FollowState, FollowStep, FollowView, Said};
pub use halt::{FetchFirst, Halt, Inside};
pub use line::{LineItem, Positions};
pub use public::{BETWEEN_MARKS, Band, PublicBoard, PublicNeed, PublicSpace, mark};
pub use receipt::{ReceiptData, SlipData};
pub use welcome::{Counts, DateAsked, DeskLine, WelcomeView};
