//! What a visitor's phone shows.

use serde::{Deserialize, Serialize};

use super::{DayState, Positions};
use crate::{
    Instant, Language, NeedId,
    centre::{Centre, is_word},
    day::{
        Channel, Day, Ending, Flag, Message, Number, Outlook, ReadyMessage, Stage, SuspendReason, Ticket, ToldBreak,
        later,
    },
};

/// One ticket as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FollowView {
    /// The number.
    pub number: Number,
    /// The sign of its letter, 1 to 5; 0 for the welcome.
    pub sign: u8,
    /// The visitor's screen language.
    pub language: Language,
    /// The need as it is now: the holder's own page may say it.
    pub need: Option<NeedId>,
    /// How the talk happens.
    pub channel: Channel,
    /// When it was taken.
    #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub taken: Instant,
    /// Where the ticket is.
    pub state: FollowState,
    /// Whether nobody able is expected today.
    pub nobody_able: bool,
    /// What is missing and what the holder can change, where nobody able is expected; told to who looks, not streamed.
    #[serde(default)]
    pub outlook: Option<Outlook>,
    /// Whether everything stands still.
    pub day: DayState,
    /// The break that begins soon, or that there is now.
    #[serde(default)]
    pub told_break: Option<ToldBreak>,
    /// What is said to everybody who waits.
    pub message: Option<Message>,
}

/// Where a ticket is, for its holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum FollowState {
    /// In the line.
    Waiting {
        /// Numbers before it: those that somebody who can receive it may call earlier.
        ahead: u32,
    },
    /// "Your turn".
    Called {
        /// The desk's name.
        desk: String,
        /// The newest call: a phone sounds when it changes.
        #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
        at: Instant,
    },
    /// With a counsellor.
    InTalk {
        /// The desk's name.
        desk: String,
    },
    /// Set aside.
    Parked {
        /// Until when.
        #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
        until: Instant,
    },
    /// Left; can be undone until an instant.
    Left {
        /// Until when "I did not want to leave" works.
        #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
        undo_until: Instant,
    },
    /// Called, and nobody came.
    NoShow,
    /// Taken back, or over for another reason.
    Over,
    /// The talk is finished.
    Finished,
}

impl FollowView {
    /// A ticket as its holder sees it.
    pub fn of(ticket: &Ticket, day: &Day, centre: &Centre, positions: &Positions) -> Self {
        Self {
            number: ticket.number,
            sign: centre.sign_of(ticket.number.letter),
            language: ticket.request.language.clone(),
            need: ticket.request.need,
            channel: ticket.request.channel,
            taken: ticket.arrived,
            state: state(ticket, centre, positions),
            nobody_able: ticket.flags.contains(&Flag::NobodyAble),
            outlook: None,
            day: day.phase.into(),
            told_break: day.told_break,
            message: day.message.clone(),
        }
    }

    /// The same with what is missing and what helps, where nobody able is expected.
    #[must_use]
    pub fn with_outlook(mut self, ticket: &Ticket, day: &Day, centre: &Centre, now: Instant) -> Self {
        if self.nobody_able {
            self.outlook = Some(day.outlook_of(centre, ticket, now));
        }
        self
    }
}

fn state(ticket: &Ticket, centre: &Centre, positions: &Positions) -> FollowState {
    match &ticket.stage {
        Stage::Waiting { .. } => FollowState::Waiting { ahead: positions.ahead(ticket.id).unwrap_or(0) },
        Stage::Called { place, last, .. } => FollowState::Called { desk: centre.place_name(*place), at: *last },
        Stage::InTalk { place, .. } => FollowState::InTalk { desk: centre.place_name(*place) },
        Stage::Parked { until, .. } => FollowState::Parked { until: *until },
        Stage::Ended { at, ending } => match ending {
            Ending::Left => FollowState::Left {
                undo_until: later(*at, chrono::Duration::seconds(i64::from(centre.policies.undo_seconds))),
            },
            Ending::NoShow => FollowState::NoShow,
            Ending::Finished(_) => FollowState::Finished,
            _ => FollowState::Over,
        },
    }
}

/// What a phone's live stream carries: everything that can change, in at most [`FollowLine::MOST_BYTES`] of JSON.
///
/// Instants are whole seconds since the epoch. Whatever cannot change (number, sign, channel) is in the page already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FollowLine {
    /// Where the ticket is.
    #[serde(flatten)]
    pub step: FollowStep,
    /// Whether nobody able is expected today.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
    /// Why everything stands still, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub halt: Option<SuspendReason>,
    /// From when to when there is a break that begins soon, or that there is now.
    #[serde(default, rename = "break", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<[i64; 2]>))]
    pub told_break: Option<(i64, i64)>,
    /// What is said to everybody who waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<Said>,
}

/// A [`FollowState`] for the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum FollowStep {
    /// In the line.
    Waiting {
        /// Numbers before it: those that somebody who can receive it may call earlier.
        ahead: u32,
    },
    /// "Your turn".
    Called {
        /// The desk's name, shortened if it is very long.
        desk: String,
        /// Whether the name is a word that stands alone: others go after the word "desk".
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        word: bool,
        /// The newest call.
        at: i64,
    },
    /// With a counsellor.
    InTalk {
        /// The desk's name, shortened if it is very long.
        desk: String,
        /// Whether the name is a word that stands alone.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        word: bool,
    },
    /// Set aside.
    Parked {
        /// Until when.
        until: i64,
    },
    /// Left.
    Left {
        /// Until when it can be undone.
        until: i64,
    },
    /// Called, and nobody came.
    NoShow,
    /// Over for another reason.
    Over,
    /// The talk is finished.
    Finished,
    /// The day is closed and its tickets are destroyed: the link ends.
    Gone,
}

/// A message on the wire. Words of the centre do not fit: a changed digest says that they have to be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Said {
    /// A sentence that the page has in every language.
    Ready(ReadyMessage),
    /// A digest of the centre's own words.
    Words(u32),
}

impl FollowLine {
    /// The most bytes of JSON that a line takes.
    pub const MOST_BYTES: usize = 200;

    /// The last line of a stream: the day is closed.
    pub fn gone() -> Self {
        Self { step: FollowStep::Gone, alone: false, halt: None, told_break: None, say: None }
    }
}

impl From<&FollowView> for FollowLine {
    fn from(view: &FollowView) -> Self {
        Self {
            step: FollowStep::from(&view.state),
            alone: view.nobody_able,
            halt: match view.day {
                DayState::Suspended { reason } => Some(reason),
                DayState::Open | DayState::Closed => None,
            },
            told_break: view.told_break.map(|told| (told.of.from.timestamp(), told.of.to.timestamp())),
            say: view.message.as_ref().map(Said::from),
        }
    }
}

impl From<&FollowState> for FollowStep {
    fn from(state: &FollowState) -> Self {
        match state {
            FollowState::Waiting { ahead } => Self::Waiting { ahead: *ahead },
            FollowState::Called { desk, at } => {
                Self::Called { desk: shortened(desk), word: is_word(desk), at: at.timestamp() }
            }
            FollowState::InTalk { desk } => Self::InTalk { desk: shortened(desk), word: is_word(desk) },
            FollowState::Parked { until } => Self::Parked { until: until.timestamp() },
            FollowState::Left { undo_until } => Self::Left { until: undo_until.timestamp() },
            FollowState::NoShow => Self::NoShow,
            FollowState::Over => Self::Over,
            FollowState::Finished => Self::Finished,
        }
    }
}

impl From<&Message> for Said {
    fn from(message: &Message) -> Self {
        match message {
            Message::Ready(ready) => Self::Ready(*ready),
            // FNV-1a: the same on every node, after every restart.
            Message::Words(words) => {
                Self::Words(words.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193)))
            }
        }
    }
}

/// At most 60 bytes of a name as JSON writes it.
fn shortened(name: &str) -> String {
    const MOST: usize = 60;
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let bytes = |c: char| c.len_utf8() + usize::from(matches!(c, '"' | '\\'));
    if name.chars().map(plain).map(bytes).sum::<usize>() <= MOST {
        return name.chars().map(plain).collect();
    }
    let mut left = MOST - '…'.len_utf8();
    let fits = |c: &char| left.checked_sub(bytes(*c)).map(|rest| left = rest).is_some();
    name.chars().map(plain).take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn noon() -> crate::day::Break {
        let at = |seconds| Instant::from_timestamp(seconds, 0).unwrap();
        crate::day::Break { from: at(1_780_000_000), to: at(1_780_003_600) }
    }

    fn view(state: FollowState, message: Option<Message>) -> FollowView {
        FollowView {
            number: "C042".parse().unwrap(),
            sign: 3,
            language: Language::french(),
            need: None,
            channel: Channel::Here,
            taken: Instant::UNIX_EPOCH,
            state,
            nobody_able: true,
            outlook: None,
            day: DayState::Suspended { reason: SuspendReason::Interruption },
            told_break: Some(ToldBreak { of: noon(), begun: true }),
            message,
        }
    }

    #[test]
    fn a_line_is_flat_and_leaves_out_what_is_not() {
        let mut calm = view(FollowState::Waiting { ahead: 3 }, None);
        calm.nobody_able = false;
        calm.day = DayState::Open;
        calm.told_break = None;
        assert_eq!(serde_json::to_string(&FollowLine::from(&calm)).unwrap(), r#"{"is":"waiting","ahead":3}"#);
        assert_eq!(serde_json::to_string(&FollowLine::gone()).unwrap(), r#"{"is":"gone"}"#);
        let at =
            |desk: &str| serde_json::to_string(&FollowStep::from(&FollowState::InTalk { desk: desk.into() })).unwrap();
        assert_eq!(at("4"), r#"{"is":"in_talk","desk":"4"}"#);
        assert_eq!(at("Box 2"), r#"{"is":"in_talk","desk":"Box 2","word":true}"#);
    }

    #[test]
    fn other_words_have_another_digest() {
        let said = |words: &str| Said::from(&Message::Words(words.to_owned()));
        assert_ne!(said("Salle 2"), said("Salle 3"));
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_promised(desk in ".{0,200}", words in ".{0,200}", at in 0..253_402_300_799_i64) {
            let at = Instant::from_timestamp(at, 0).unwrap();
            let line = FollowLine::from(&view(FollowState::Called { desk, at }, Some(Message::Words(words))));
            let json = serde_json::to_string(&line).unwrap();
            prop_assert!(json.len() <= FollowLine::MOST_BYTES, "{} bytes: {json}", json.len());
            prop_assert_eq!(serde_json::from_str::<FollowLine>(&json).unwrap(), line);
        }
    }
}
