//! The kiosk: one question a screen, each step an address, every page whole without script.
//!
//! A page is a pure function from what is known to an HTML document; the server's handlers load the data.

mod choices;
mod details;
mod enrolment;
mod frame;
mod hours;
mod notice;
mod parts;
mod planned;
mod ready;
mod slip;
mod space;
mod start;
mod step;
mod talk;
#[cfg(test)]
mod tests;
mod ticket;

use domain::{
    Instant, Language,
    centre::{Centre, Need, Space},
};

use super::{
    Head,
    catalogue::{Door, Look},
};
use crate::texts::{CentreTime, Texts};

pub use choices::{Choices, How, TextSize};
pub(super) use details::accommodation_name;
pub use details::{Detail, details};
pub use enrolment::enrolment;
pub(super) use frame::{Page, page};
pub use notice::{Notice, notice, without_centre};
pub(super) use parts::{back, heading, hidden};
pub use planned::{planned, told, where_planned};
pub use ready::{Ready, ready};
pub use slip::slip;
pub use space::space;
pub use start::start;
pub use step::{Step, expected_code};
pub use talk::talk;
pub use ticket::{Printing, Taken, taken_back, ticket};

/// What every page needs to know.
pub struct Visit<'a> {
    /// Where.
    pub centre: &'a Centre,
    /// The language of the screen.
    pub texts: Texts,
    /// What was chosen so far.
    pub choices: Choices,
    /// Which page.
    pub step: Step,
    /// When.
    pub now: Instant,
    /// The centre's clock.
    pub time: CentreTime,
    /// Style sheet, script and nonce.
    pub head: Head,
    /// Whether this is a demonstration.
    pub demo: bool,
}

/// What a visitor asks about.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// A need of a space.
    About(&'a Need, &'a Space),
    /// "I'd rather be helped."
    Welcome,
}

impl<'a> Question<'a> {
    /// The question of a need's code, or the welcome; none if the centre has no such need.
    pub fn of(centre: &'a Centre, code: Option<&str>) -> Option<Self> {
        let Some(code) = code else { return Some(Self::Welcome) };
        let need = centre.needs.iter().find(|n| n.code == code)?;
        Some(Self::About(need, centre.space(need.space)?))
    }
    /// The need; none for the welcome.
    pub fn need(&self) -> Option<&'a Need> {
        match self {
            Self::About(need, _) => Some(need),
            Self::Welcome => None,
        }
    }
    fn code(&self) -> Option<String> {
        self.need().map(|n| n.code.clone())
    }
    fn sign(&self) -> u8 {
        match self {
            Self::About(_, space) => space.sign,
            Self::Welcome => 0,
        }
    }
}

impl Visit<'_> {
    pub(super) fn language(&self) -> &Language {
        self.texts.language()
    }
    /// The address of a step with everything that was chosen.
    pub fn to(&self, step: &Step) -> String {
        self.with(step, &self.choices)
    }
    /// The address of a step with these choices.
    pub fn with(&self, step: &Step, choices: &Choices) -> String {
        step.address(self.centre, self.language(), choices)
    }
    /// The address where a form of the kiosk goes.
    pub(super) fn action(&self, path: &str) -> String {
        format!("/k/{}/{}{path}", self.centre.slug, self.language())
    }
    /// Where a form of a page of the catalogue goes: what it asks is in its fields.
    pub(super) fn form_action(&self, page: &Look) -> String {
        self.look_step(page.clone()).path_of(self.centre, self.language())
    }
    /// A page of the catalogue, by the door that this visitor came in by.
    pub(super) fn look_step(&self, page: Look) -> Step {
        Step::Look(if self.is_open() { Door::Open } else { Door::Kiosk }, page)
    }
    /// Whether this is no kiosk but anybody's browser.
    fn is_open(&self) -> bool {
        matches!(self.step, Step::Look(Door::Open, _))
    }
    /// The start as the next visitor finds it: in the centre's own language, as designed.
    fn fresh_start(&self) -> String {
        Step::Start.address(self.centre, &self.centre.language(), &Choices::default())
    }
    /// The start, with the screen as this visitor set it and with what was kept.
    pub(super) fn start(&self) -> String {
        self.with(&Step::Start, &self.choices.without_ticket())
    }
}
