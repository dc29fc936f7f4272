//! Words for the domain's fixed lists, the same on every screen.

use domain::{
    centre::{Accommodation, is_word},
    day::{Message, ReadyMessage, SuspendReason},
};

use super::{Texts, common};

/// What a place or a counsellor offers.
pub fn accommodation(t: &Texts, what: Accommodation) -> String {
    match what {
        Accommodation::Wheelchair => common::wheelchair(t),
        Accommodation::HearingLoop => common::hearing_loop(t),
        Accommodation::Quiet => common::quiet(t),
        Accommodation::SignLanguage => common::sign_language(t),
    }
}

/// Why everything stands still, and what to do.
pub fn suspension(t: &Texts, reason: SuspendReason) -> String {
    match reason {
        SuspendReason::FireAlarm => common::suspended_fire_alarm(t),
        SuspendReason::PowerCut => common::suspended_power_cut(t),
        SuspendReason::Interruption => common::suspended_interruption(t),
        SuspendReason::Other => common::suspended_other(t),
    }
}

/// What is said to everybody who waits.
pub fn message(t: &Texts, message: &Message) -> String {
    match message {
        Message::Words(words) => words.clone(),
        Message::Ready(ready) => ready_message(t, *ready),
    }
}

/// A sentence that exists in every language.
pub fn ready_message(t: &Texts, message: ReadyMessage) -> String {
    match message {
        ReadyMessage::LongerThanUsual => common::message_longer_than_usual(t),
        ReadyMessage::ClosingSoon => common::message_closing_soon(t),
        ReadyMessage::WorkshopSoon => common::message_workshop_soon(t),
        ReadyMessage::Quieter => common::message_quieter(t),
    }
}

/// The shape of a sign in words; none for the welcome.
pub fn shape(t: &Texts, sign: u8) -> Option<String> {
    Some(match sign {
        1 => common::space_circle(t),
        2 => common::space_square(t),
        3 => common::space_triangle(t),
        4 => common::space_diamond(t),
        5 => common::space_hexagon(t),
        _ => return None,
    })
}

/// `bureau 4` within a sentence, a name that is a word as it is, or the welcome where a desk has no name.
pub fn desk(t: &Texts, name: &str) -> String {
    match name {
        "" => common::welcome_desk(t),
        word if is_word(word) => word.to_owned(),
        number => common::desk(t, number),
    }
}

/// The same where it stands alone: `Bureau 4`.
pub fn desk_capital(t: &Texts, name: &str) -> String {
    match name {
        "" => common::welcome_capital(t),
        word if is_word(word) => word.to_owned(),
        number => common::desk_capital(t, number),
    }
}
