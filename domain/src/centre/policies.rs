//! The rules that a centre chooses for itself.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Letter;

/// Where a ticket goes when it is put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PutBackRule {
    /// It keeps its place.
    KeepPlace,
    /// It goes back this many places.
    Places(u8),
    /// It goes to the end.
    End,
}

/// Rules of a centre. Every duration says its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Policies {
    /// Seconds after which a call that nobody answered is repeated, or becomes a no-show.
    #[cfg_attr(feature = "schema", schema(minimum = 10, maximum = 3600))]
    pub call_limit_seconds: u32,
    /// How often a call is repeated by itself before it becomes a no-show.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10))]
    pub recalls: u8,
    /// Minutes within which every visitor should be called; later raises an alert.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 480))]
    pub promise_minutes: u32,
    /// Where a ticket goes when it is put back.
    pub put_back: PutBackRule,
    /// Minutes that "I need more time" gives.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 120))]
    pub more_time_minutes: u32,
    /// A kiosk that issues more than this many tickets…
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 1000))]
    pub kiosk_limit: u32,
    /// …within this many minutes calls the host.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 120))]
    pub kiosk_limit_minutes: u32,
    /// Seconds within which a desk can undo its last step, and a visitor a departure.
    #[cfg_attr(feature = "schema", schema(minimum = 5, maximum = 300))]
    pub undo_seconds: u32,
    /// Minutes after which a hand-over that nobody accepted is open to everybody able.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 120))]
    pub offer_minutes: u32,
    /// First counter of a number.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9998))]
    pub first_number: u16,
    /// Last counter of a number; a day never begins again at the first.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 9999))]
    pub last_number: u16,
    /// Letter of the numbers of visitors who chose no need.
    pub welcome_letter: Letter,
    /// Minutes before closing from which the kiosk says that a talk today is no longer likely.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 240))]
    pub last_talk_minutes: u32,
    /// Minutes after closing hour when an idle day closes by itself.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 720))]
    pub close_grace_minutes: u32,
    /// Days for which a priority slip is valid.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 90))]
    pub slip_days: u32,
    /// The least count that statistics show, and the least number of talks whose durations are kept.
    #[cfg_attr(feature = "schema", schema(minimum = 3, maximum = 100))]
    pub anonymity_threshold: u32,
    /// Seconds of interruption after which a day is found suspended.
    #[cfg_attr(feature = "schema", schema(minimum = 30, maximum = 3600))]
    pub interruption_seconds: u32,
    /// Seconds of stillness after which the kiosk goes back to its start.
    #[cfg_attr(feature = "schema", schema(minimum = 15, maximum = 600))]
    pub kiosk_idle_seconds: u32,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            call_limit_seconds: 90,
            recalls: 2,
            promise_minutes: 30,
            put_back: PutBackRule::Places(3),
            more_time_minutes: 10,
            kiosk_limit: 12,
            kiosk_limit_minutes: 5,
            undo_seconds: 30,
            offer_minutes: 5,
            first_number: 1,
            last_number: 999,
            welcome_letter: Letter('W'),
            last_talk_minutes: 30,
            close_grace_minutes: 60,
            slip_days: 7,
            anonymity_threshold: 5,
            interruption_seconds: 120,
            kiosk_idle_seconds: 60,
        }
    }
}

/// A rule that cannot be followed: which one, and what it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{field}: must be {must}")]
pub struct NoSuchPolicy {
    /// The field.
    pub field: &'static str,
    /// What it must be.
    pub must: &'static str,
}

impl Policies {
    /// Checks that every rule can be followed.
    pub fn check(&self) -> Result<(), NoSuchPolicy> {
        let rules = [
            ("call_limit_seconds", "10 to 3600", (10..=3600).contains(&self.call_limit_seconds)),
            ("recalls", "0 to 10", self.recalls <= 10),
            ("promise_minutes", "1 to 480", (1..=480).contains(&self.promise_minutes)),
            ("more_time_minutes", "1 to 120", (1..=120).contains(&self.more_time_minutes)),
            ("kiosk_limit", "1 to 1000", (1..=1000).contains(&self.kiosk_limit)),
            ("kiosk_limit_minutes", "1 to 120", (1..=120).contains(&self.kiosk_limit_minutes)),
            ("undo_seconds", "5 to 300", (5..=300).contains(&self.undo_seconds)),
            ("offer_minutes", "1 to 120", (1..=120).contains(&self.offer_minutes)),
            ("first_number", "less than last_number", self.first_number < self.last_number),
            ("last_number", "at most 9999", self.last_number <= 9999),
            ("last_talk_minutes", "0 to 240", self.last_talk_minutes <= 240),
            ("close_grace_minutes", "0 to 720", self.close_grace_minutes <= 720),
            ("slip_days", "1 to 90", (1..=90).contains(&self.slip_days)),
            ("anonymity_threshold", "3 to 100", (3..=100).contains(&self.anonymity_threshold)),
            ("interruption_seconds", "30 to 3600", (30..=3600).contains(&self.interruption_seconds)),
            ("kiosk_idle_seconds", "15 to 600", (15..=600).contains(&self.kiosk_idle_seconds)),
        ];
        match rules.iter().find(|(_, _, holds)| !holds) {
            Some(&(field, must, _)) => Err(NoSuchPolicy { field, must }),
            None => Ok(()),
        }
    }
}
