//! Every step has an address.

use std::fmt::Write;

use domain::{
    Language,
    centre::{Centre, Letter},
    day::{Expected, FollowToken, Number},
};

use super::{Choices, Detail, Door, Look};

/// Where a visitor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// "What brings you?"
    Start,
    /// The questions of a space.
    Space(Letter),
    /// The language of the talk, for a need's code or for the welcome.
    Talk(Option<String>),
    /// One of the things that are assumed.
    Details(Option<String>, Detail),
    /// The page that says how many wait, and offers the ticket.
    Ready(Option<String>),
    /// The ticket.
    Ticket(FollowToken),
    /// The ticket was taken back.
    TakenBack(Number),
    /// "I have an appointment or a workshop."
    Planned,
    /// In which space.
    PlannedWhere(Expected),
    /// The host knows.
    PlannedTold(Expected, Option<Letter>),
    /// The code of a priority slip.
    Slip,
    /// Looking around in career information, having come in by a door.
    Look(Door, Look),
}

/// The stable code of what somebody is expected for.
pub fn expected_code(kind: Expected) -> &'static str {
    match kind {
        Expected::Appointment => "appointment",
        Expected::Workshop => "workshop",
    }
}

impl Step {
    /// The end of its path, beginning with a slash; empty for the start.
    pub fn path(&self) -> String {
        match self {
            Self::Start => String::new(),
            Self::Space(letter) => format!("/space/{letter}"),
            Self::Talk(need) => question(need.as_deref()),
            Self::Details(need, detail) => format!("{}/details/{}", question(need.as_deref()), detail.code()),
            Self::Ready(need) => question(need.as_deref()) + "/ready",
            Self::Ticket(token) => format!("/ticket/{}", token.reveal()),
            Self::TakenBack(number) => format!("/taken-back/{number}"),
            Self::Planned => "/planned".into(),
            Self::PlannedWhere(kind) => format!("/planned/{}", expected_code(*kind)),
            Self::PlannedTold(kind, None) => format!("/planned/{}/told", expected_code(*kind)),
            Self::PlannedTold(kind, Some(space)) => format!("/planned/{}/told/{space}", expected_code(*kind)),
            Self::Slip => "/slip".into(),
            Self::Look(_, page) => page.path(),
        }
    }

    /// Its whole path. What anybody's browser may open stands apart from the kiosk.
    pub(super) fn path_of(&self, centre: &Centre, language: &Language) -> String {
        let door = if matches!(self, Self::Look(Door::Open, _)) { 'i' } else { 'k' };
        format!("/{door}/{}/{language}{}", centre.slug, self.path())
    }

    /// Its address.
    pub fn address(&self, centre: &Centre, language: &Language, choices: &Choices) -> String {
        let path = self.path_of(centre, language);
        let own = if let Self::Look(_, page) = self { page.pairs() } else { Vec::new() };
        let pairs = own.into_iter().chain(choices.pairs());
        let query: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", escape(&value))).collect();
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }
}

fn question(need: Option<&str>) -> String {
    need.map_or_else(|| "/welcome".into(), |code| format!("/need/{}", escape(code)))
}

fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_an_address_cannot_hold_is_escaped() {
        assert_eq!(escape("cv_1-a.b~"), "cv_1-a.b~");
        assert_eq!(escape("a b/é&"), "a%20b%2F%C3%A9%26");
    }
}
