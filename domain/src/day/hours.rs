//! A day and its centre's hours: until when it runs, and when its doors are shut in between.
//!
//! # Which word wins
//! A day follows its centre's hours as long as nobody said otherwise: what changes in them changes the day. A closing
//! time that somebody gave when they opened the day wins over the hours. A day that was opened outside of its hours, and
//! a demonstration's, has no closing time; it takes one only from hours that still lie ahead. Where the hours are taken
//! away from a day that runs, staff are asked: it ends when they close it, and stays open when they say so.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Day, Event, later};
use crate::{Instant, centre::Centre};

/// Between two periods of a day: the day goes on, everybody keeps their place in the line, but no kiosk gives tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Break {
    /// The doors close.
    #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub from: Instant,
    /// The doors open again.
    #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub to: Instant,
}

/// A break as everybody is told of it: a while before it, and as long as it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ToldBreak {
    /// Which.
    #[serde(flatten)]
    pub of: Break,
    /// Whether it has begun.
    pub begun: bool,
}

impl Day {
    /// Until when no kiosk gives tickets, if there is a break now.
    pub fn on_break_until(&self) -> Option<Instant> {
        self.told_break.filter(|told| told.begun).map(|told| told.of.to)
    }

    /// What becomes of the day now that its centre's hours say this of its date.
    pub(super) fn follow_hours(&self, closes: Option<Instant>, breaks: &[Break], at: Instant) -> Option<Event> {
        if self.closing_said {
            return None;
        }
        match (closes.filter(|c| *c > at), self.closes) {
            (Some(ahead), known) => {
                let same = known == Some(ahead) && self.breaks == breaks && self.hours_over.is_none();
                let (closes, breaks) = (Some(ahead), breaks.to_vec());
                (!same).then_some(Event::HoursChanged { closes, breaks, asked: false })
            }
            // The doors should be shut already, and nobody who is inside knows.
            (None, Some(known)) if known > at => {
                Some(Event::HoursChanged { closes: Some(at), breaks: Vec::new(), asked: true })
            }
            (None, _) => None,
        }
    }

    /// The break that everybody has to be told of by now, if it is another than was told.
    pub(super) fn break_to_tell(&self, centre: &Centre, at: Instant) -> Option<Event> {
        let ahead = Duration::minutes(i64::from(centre.policies.last_talk_minutes));
        let near = self.breaks.iter().find(|b| at < b.to && b.from <= later(at, ahead));
        let told = near.map(|b| ToldBreak { of: *b, begun: b.from <= at });
        (told != self.told_break).then_some(Event::BreakTold { told })
    }
}
