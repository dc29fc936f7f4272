//! What is printed for a visitor: the same for a receipt printer and for a browser.

use super::{FollowState, FollowView};
use crate::{
    Language,
    centre::Centre,
    day::{Channel, Number},
};

/// A ticket on paper. Texts are in the visitor's language already, times are local.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptData {
    /// The visitor's language: everything around these texts is in it too.
    pub language: Language,
    /// The centre's name.
    pub centre: String,
    /// The number.
    pub number: Number,
    /// The sign of its letter, 1 to 5; 0 for the welcome.
    pub sign: u8,
    /// The space's sentence, such as "I'm looking for work"; none for the welcome.
    pub space: Option<String>,
    /// The need's question; none for the welcome.
    pub need: Option<String>,
    /// When it was taken: local date and time, as the language writes it.
    pub taken: String,
    /// Tickets before it when it was printed; none if it does not wait any more.
    pub ahead: Option<u32>,
    /// How the talk happens.
    pub channel: Channel,
    /// What the QR code holds: the address by which a phone follows the ticket.
    pub follow_url: String,
    /// How to find the waiting area; empty if the centre says nothing.
    pub directions: String,
}

impl ReceiptData {
    /// A ticket on paper, in the visitor's language. `taken` is its local date and time as that language writes it.
    pub fn of(centre: &Centre, view: &FollowView, taken: String, follow_url: String) -> Self {
        let language = view.language.clone();
        let text = |text: &crate::Text| text.get(&language).to_owned();
        let space = centre.space_of(view.need);
        Self {
            centre: text(&centre.name),
            number: view.number,
            sign: view.sign,
            space: space.map(|s| text(&s.question)),
            need: view.need.and_then(|n| centre.need(n)).map(|n| text(&n.question)),
            taken,
            ahead: match view.state {
                FollowState::Waiting { ahead } => Some(ahead),
                _ => None,
            },
            channel: view.channel,
            follow_url,
            directions: space.map(|s| text(&s.directions)).unwrap_or_default(),
            language,
        }
    }
}

/// A priority slip on paper: whoever brings it on a later day is seen first. It says nothing about anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipData {
    /// The visitor's language.
    pub language: Language,
    /// The centre's name.
    pub centre: String,
    /// What is typed or scanned at the kiosk.
    pub code: String,
    /// The last day on which it is valid, as the language writes it.
    pub valid_until: String,
}
