//! Words for what a desk shows.

use domain::day::{Channel, ForWhom, Outcome, PartySize, PriorityReason, RefusalReason, Step, TalkLanguage};
use domain::view::LineItem;

use crate::texts::{Texts, common, desk, language_name, words};

/// How the talk can be held.
pub(in crate::staff) fn talk(t: &Texts, talk: &TalkLanguage) -> String {
    let name = language_name(t, talk.language());
    match talk {
        TalkLanguage::Speaks(_) => desk::speaks(t, name),
        TalkLanguage::Accompanied(_) => desk::accompanied(t, name),
        TalkLanguage::NeedsInterpreter(_) => desk::needs_interpreter(t, name),
    }
}

/// What staff should know of a visitor, a few words each.
pub(in crate::staff) fn facts(t: &Texts, line: &LineItem) -> Vec<String> {
    let for_whom = match line.for_whom {
        ForWhom::Me => None,
        ForWhom::MyChild => Some(desk::for_child(t)),
        ForWhom::SomeoneIHelp => Some(desk::for_someone(t)),
    };
    let channel = match line.channel {
        Channel::Here => None,
        Channel::Phone => Some(desk::by_phone(t)),
        Channel::Video => Some(desk::by_video(t)),
    };
    [Some(talk(t, &line.talk)), channel, party(t, line.party), for_whom]
        .into_iter()
        .flatten()
        .chain(line.accommodations.iter().map(|a| words::accommodation(t, *a)))
        .chain((line.talks > 0).then(|| desk::earlier_talks(t, line.talks)))
        .chain(line.offered.then(|| desk::offered(t)))
        .collect()
}

/// How many come together; nothing for one.
pub(in crate::staff) fn party(t: &Texts, size: PartySize) -> Option<String> {
    let people = u8::from(size);
    (people > 1).then(|| common::people(t, people))
}

/// Why somebody goes before others.
pub(in crate::staff) fn priority(t: &Texts, reason: PriorityReason) -> String {
    match reason {
        PriorityReason::HardToWait => desk::priority_hard_to_wait(t),
        PriorityReason::SmallChild => desk::priority_small_child(t),
        PriorityReason::OurMistake => desk::priority_our_mistake(t),
        PriorityReason::LeavesSoon => desk::priority_leaves_soon(t),
        PriorityReason::Safeguarding => desk::priority_safeguarding(t),
        PriorityReason::Slip => desk::priority_slip(t),
    }
}

/// Why a hand-over was refused.
pub(super) fn refusal(t: &Texts, reason: RefusalReason) -> String {
    match reason {
        RefusalReason::NoTime => desk::refusal_no_time(t),
        RefusalReason::NotOurs => desk::refusal_not_ours(t),
        RefusalReason::SomethingMissing => desk::refusal_something_missing(t),
    }
}

/// How a talk ended.
pub(in crate::staff) fn outcome(t: &Texts, outcome: Outcome) -> String {
    match outcome {
        Outcome::Answered => desk::outcome_answered(t),
        Outcome::NextSteps => desk::outcome_next_steps(t),
        Outcome::Appointment => desk::outcome_appointment(t),
        Outcome::ReferredOutside => desk::outcome_referred_outside(t),
        Outcome::ComesBack => desk::outcome_comes_back(t),
        Outcome::CouldNotHelp => desk::outcome_could_not_help(t),
    }
}

/// What can be undone.
pub(super) fn step(t: &Texts, step: Step) -> String {
    match step {
        Step::Call => desk::undo_call(t),
        Step::NoShow => desk::undo_no_show(t),
        Step::Park => desk::undo_park(t),
        Step::Finish => desk::undo_finish(t),
    }
}

/// Minutes and seconds, alike in every language: `1:05`.
pub(super) fn stopwatch(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::day::{Advice, Outcome, PriorityReason};

    use super::{outcome, priority, stopwatch};
    use crate::texts::{Texts, screen_languages, words::advice};

    #[test]
    fn a_stopwatch_counts_minutes_on() {
        assert_eq!([0, 59, 60, 3605].map(stopwatch), ["0:00", "0:59", "1:00", "60:05"]);
    }

    #[test]
    fn no_two_choices_read_alike() {
        for language in screen_languages() {
            let t = Texts::of(&language);
            let said = Advice::ALL.map(|a| advice(&t, a));
            assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "{language}");
            let said = Outcome::ALL.map(|o| outcome(&t, o));
            assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "{language}");
            let said = PriorityReason::CHOSEN.map(|p| priority(&t, p));
            assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "{language}");
        }
    }
}
