//! Words for the domain's fixed lists, the same on every screen.

use domain::{
    catalogue::Interest,
    centre::{Accommodation, is_word},
    day::{Advice, Message, ReadyMessage, SuspendReason},
};

use super::{Texts, common, desk as texts};

/// What a place or a counsellor offers.
pub fn accommodation(t: &Texts, what: Accommodation) -> String {
    match what {
        Accommodation::Wheelchair => common::wheelchair(t),
        Accommodation::HearingLoop => common::hearing_loop(t),
        Accommodation::Quiet => common::quiet(t),
        Accommodation::SignLanguage => common::sign_language(t),
    }
}

/// A piece of advice.
pub fn advice(t: &Texts, advice: Advice) -> String {
    match advice {
        Advice::ExploreOccupations => texts::advice_explore_occupations(t),
        Advice::WriteCv => texts::advice_write_cv(t),
        Advice::PrepareInterview => texts::advice_prepare_interview(t),
        Advice::SearchOffers => texts::advice_search_offers(t),
        Advice::FindTraining => texts::advice_find_training(t),
        Advice::FindFunding => texts::advice_find_funding(t),
        Advice::RecogniseDiploma => texts::advice_recognise_diploma(t),
        Advice::RecogniseExperience => texts::advice_recognise_experience(t),
        Advice::LearnLanguage => texts::advice_learn_language(t),
        Advice::JoinWorkshop => texts::advice_join_workshop(t),
        Advice::MeetBusinessAdviser => texts::advice_meet_business_adviser(t),
        Advice::HealthAndWork => texts::advice_health_and_work(t),
        Advice::RightsAndBenefits => texts::advice_rights_and_benefits(t),
    }
}

/// An interest.
pub fn interest(t: &Texts, interest: Interest) -> String {
    match interest {
        Interest::R => common::interest_r(t),
        Interest::I => common::interest_i(t),
        Interest::A => common::interest_a(t),
        Interest::S => common::interest_s(t),
        Interest::E => common::interest_e(t),
        Interest::C => common::interest_c(t),
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
