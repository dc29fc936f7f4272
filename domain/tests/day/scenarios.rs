//! Days as they happen.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::{
    catalogue::{Entries, Notebook},
    day::{
        Advice, Answer, Channel, Claim, Command, Ending, Expected, Flag, Outcome, Phase, PriorityReason, Refusal,
        RefusalReason, Request, Stage, SuspendReason, TakeTicket, TalkLanguage, Target, Ticket,
    },
    view::{Positions, WelcomeView},
};

use crate::world::{
    World, abilities, count, device, entry, language, letter, morning, need, open_place, organisation, place, request,
    slip, staff, take, ticket, token,
};

fn waits(stage: &Stage) -> bool {
    matches!(stage, Stage::Waiting { .. })
}
fn call(n: usize) -> Command {
    Command::CallNext { place: place(n) }
}
fn arrive(n: usize) -> Command {
    Command::Arrive { ticket: ticket(n) }
}
fn finish(n: usize) -> Command {
    Command::Finish { ticket: ticket(n), outcome: Outcome::Answered, further: None }
}
fn called_to(world: &World, n: usize) -> Option<domain::PlaceId> {
    world.ticket(n).place()
}

/// Twelve called and thirty waiting, forty minutes dead: nobody becomes a no-show.
#[test]
fn an_interruption_makes_nobody_a_no_show() {
    let mut world = World::new();
    let mut desks = world.centre.desks[0].clone();
    desks.places = (0..12).map(|n| domain::centre::Place { id: place(n), ..desks.places[0].clone() }).collect();
    world.centre.desks = vec![desks];
    world.act(Command::OpenDay { closes: None });
    for n in 0..42 {
        world.later(1).act(take(n, Some(n % 4)));
    }
    for n in 0..12 {
        world.act(open_place(n));
        world.act(call(n));
    }
    world.act(Command::Tick);
    let stopped = world.now;
    let waited: Vec<i64> = (12..42).map(|n| world.ticket(n).waited(stopped)).collect();

    // The start-up finds it afterwards.
    world.later(40 * 60).act(Command::Suspend { reason: SuspendReason::Interruption, since: Some(stopped) });
    assert_eq!(world.try_act(&Command::Tick), Ok(vec![]));
    world.later(5 * 60);
    assert_eq!(world.try_act(&Command::Tick), Ok(vec![]));
    world.act(Command::ResumeDay);
    assert_eq!(world.try_act(&Command::Tick), Ok(vec![]), "nothing is due at once");

    let called = world.day.tickets.values().filter(|t| matches!(t.stage, Stage::Called { .. })).count();
    assert_eq!((called, world.day.waiting().count()), (12, 30));
    let now: Vec<i64> = (12..42).map(|n| world.ticket(n).waited(world.now)).collect();
    assert_eq!(now, waited, "places and waits are kept");
    // Afterwards the timers go on: two recalls, then the no-shows that are due.
    for _ in 0..2 {
        world.later(90).act(Command::Tick);
    }
    assert!(world.day.tickets.values().all(Ticket::is_open));
    world.later(90).act(Command::Tick);
    let no_shows = |t: &&Ticket| matches!(t.stage, Stage::Ended { ending: Ending::NoShow, .. });
    assert_eq!(world.day.tickets.values().filter(no_shows).count(), 12);
}

#[test]
fn timers_stand_still_while_suspended_and_go_on_where_they_stood() {
    let mut world = World::open();
    for n in 0..4 {
        world.act(take(n, Some(0)));
    }
    world.act(call(0));
    world.act(call(1));
    world.act(arrive(1));
    world.act(Command::Park { ticket: ticket(2), until: world.now + Duration::minutes(10) });
    world.later(60).act(Command::Suspend { reason: SuspendReason::FireAlarm, since: None });
    assert!(matches!(world.day.phase, Phase::Suspended { .. }));
    world.later(3600).act(Command::ResumeDay);

    assert_eq!(world.try_act(&Command::Tick), Ok(vec![]));
    // The call had 30 of 90 seconds left, the parked visitor nine minutes.
    world.later(29);
    assert_eq!(world.try_act(&Command::Tick), Ok(vec![]));
    world.later(1).act(Command::Tick);
    assert!(matches!(world.stage(0), Stage::Called { recalls: 1, .. }));
    world.later(9 * 60 - 31).act(Command::Tick);
    assert!(matches!(world.stage(2), Stage::Parked { .. }));
    world.later(1).act(Command::Tick);
    assert!(waits(world.stage(2)));
    // The talk lasted from its arrival, the alarm left out.
    world.act(finish(1));
    let talk = &world.ticket(1).talks[0];
    assert_eq!((talk.to - talk.from).num_seconds(), 10 * 60);
}

#[test]
fn an_alarm_during_a_call_is_no_wait() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.later(60).act(call(0));
    world.later(10).act(Command::Suspend { reason: SuspendReason::FireAlarm, since: None });
    world.later(600).act(Command::ResumeDay);
    world.act(Command::PutBack { ticket: ticket(0) });
    assert_eq!(world.ticket(0).waited(world.now), 70);
    world.act(Command::MoreTime { ticket: ticket(0) });
    world.later(10).act(Command::Suspend { reason: SuspendReason::FireAlarm, since: None });
    world.later(600).act(Command::ResumeDay);
    world.later(10).act(Command::Resume { ticket: ticket(0) });
    assert_eq!(world.ticket(0).waited(world.now), 70, "nor while somebody needs more time");
}

#[test]
fn a_talk_that_ends_during_an_alarm_lasted_until_the_alarm() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(call(0));
    world.act(arrive(0));
    world.later(600).act(Command::Suspend { reason: SuspendReason::FireAlarm, since: None });
    world.later(3600).act(finish(0));
    let talk = &world.ticket(0).talks[0];
    assert_eq!((talk.to - talk.from).num_seconds(), 600);
}

#[test]
fn first_come_first_served_over_everything_that_a_place_can_serve() {
    let mut world = World::new();
    world.act(Command::OpenDay { closes: None });
    let open = |n, needs: &[usize]| Command::OpenPlace {
        place: place(n),
        counsellor: staff(n),
        organisation: organisation(0),
        abilities: abilities(needs.iter().copied()),
    };
    world.act(open(0, &[1, 3]));
    world.act(open(1, &[0]));
    for (n, of) in [Some(2), Some(3), Some(1), Some(0), None].into_iter().enumerate() {
        world.later(1).act(take(n, of));
    }
    for (at, expected) in [(0, 1), (1, 3)] {
        world.act(call(at));
        assert_eq!(called_to(&world, expected), Some(place(at)));
        world.act(Command::NoShow { ticket: ticket(expected) });
    }
    world.act(call(0));
    assert_eq!(called_to(&world, 2), Some(place(0)));
    world.act(call(1));
    assert_eq!(called_to(&world, 4), Some(place(1)), "who chose no need is for whoever receives");
    world.act(Command::NoShow { ticket: ticket(4) });
    assert_eq!(world.refusal(call(1)), Refusal::NobodyWaiting, "need 2 is for nobody here");
    world.act(Command::Tick);
    assert!(world.ticket(0).flags.contains(&Flag::NobodyAble));
}

#[test]
fn languages_and_accommodations_are_respected() {
    let mut world = World::open();
    let asking = |n, talk, needed: &[domain::centre::Accommodation]| {
        let request = Request { talk, accommodations: needed.iter().copied().collect(), ..request(Some(0)) };
        Command::TakeTicket(TakeTicket { id: ticket(n), token: token(n), request, device: None, slip: None })
    };
    let dari = language("prs");
    world.act(asking(0, TalkLanguage::Speaks(dari.clone()), &[]));
    assert!(world.ticket(0).flags.contains(&Flag::NobodyAble), "flagged at once");
    world.act(asking(1, TalkLanguage::Speaks(language("en")), &[domain::centre::Accommodation::Quiet]));
    assert_eq!(world.refusal(call(0)), Refusal::NobodyWaiting);
    world.act(asking(2, TalkLanguage::Accompanied(dari), &[]));
    world.act(call(0));
    assert_eq!(called_to(&world, 2), Some(place(0)));
}

#[test]
fn numbers_are_given_in_order_by_letter_and_never_begin_again() {
    let mut world = World::open();
    world.centre.policies.first_number = 7;
    world.centre.policies.last_number = 9;
    for (n, of) in [Some(0), Some(1), Some(2), None, Some(3)].into_iter().enumerate() {
        world.act(take(n, of));
    }
    let numbers: Vec<String> = (0..5).map(|n| world.number(n)).collect();
    assert_eq!(numbers, ["A007", "B007", "A008", "W007", "B008"]);
    world.act(Command::TakeBack { ticket: ticket(2) });
    world.act(take(5, Some(0)));
    assert_eq!(world.number(5), "A009", "a number that was taken back is not given again");
    assert_eq!(world.refusal(take(6, Some(0))), Refusal::NumbersExhausted);
    world.act(take(6, Some(1)));
    assert_eq!(world.number(6), "B009");
    let transfer =
        Command::Transfer { ticket: ticket(0), to: Target::Need(need(1)), returns: false, advice: BTreeSet::new() };
    world.act(transfer);
    assert_eq!(world.number(0), "A007", "kept after a transfer");
    assert_eq!(world.day.counters[&letter('A')], 10);
}

#[test]
fn a_put_back_visitor_goes_where_the_policy_says() {
    use domain::centre::PutBackRule::{End, KeepPlace, Places};
    for (rule, expected) in [
        (KeepPlace, [0, 1, 2, 3, 4]),
        (Places(2), [1, 2, 0, 3, 4]),
        (Places(9), [1, 2, 3, 4, 0]),
        (End, [1, 2, 3, 4, 0]),
    ] {
        let mut world = World::open();
        world.centre.policies.put_back = rule;
        for n in 0..5 {
            world.later(1).act(take(n, Some(0)));
        }
        world.later(1).act(call(0));
        world.act(Command::PutBack { ticket: ticket(0) });
        let mut order = Vec::new();
        for _ in 0..5 {
            world.act(call(0));
            let n = (0..5).find(|n| called_to(&world, *n).is_some()).unwrap();
            order.push(n);
            world.act(Command::NoShow { ticket: ticket(n) });
        }
        assert_eq!(order, expected, "{rule:?}");
    }
}

#[test]
fn a_hand_over_is_accepted_and_the_visitor_comes_back() {
    let mut world = World::open();
    world.act(open_place(2));
    world.act(take(0, Some(0)));
    world.later(300).act(call(0));
    world.act(arrive(0));
    let to = Target::Organisation { organisation: organisation(1), need: need(1) };
    let advice = BTreeSet::from([Advice::WriteCv]);
    world.later(600).act(Command::Transfer { ticket: ticket(0), to, returns: true, advice: advice.clone() });
    let refused = world.refusal(Command::Accept { ticket: ticket(0), place: place(2) });
    assert_eq!(refused, Refusal::PlaceNotAble, "another organisation's");
    world.act(Command::Accept { ticket: ticket(0), place: place(1) });
    assert_eq!(world.ticket(0).advice, advice);
    assert_eq!(world.refusal(call(0)), Refusal::NobodyWaiting);
    world.later(60).act(call(1));
    world.act(arrive(0));
    world.later(900).act(finish(0));
    assert_eq!(world.ticket(0).request.need, Some(need(0)));
    world.act(call(0));
    world.act(arrive(0));
    world.later(60).act(finish(0));
    let talks = &world.ticket(0).talks;
    let told: Vec<_> =
        talks.iter().map(|t| (t.organisation, t.need, t.waited_seconds, (t.to - t.from).num_seconds())).collect();
    let (home, other) = (organisation(0), organisation(1));
    assert_eq!(told, [(home, Some(need(0)), 300, 600), (other, Some(need(1)), 60, 900), (home, Some(need(0)), 0, 60)]);
    assert_eq!(world.ticket(0).arrived, morning());
}

#[test]
fn a_refused_hand_over_comes_back_and_one_that_nobody_accepts_is_for_everybody() {
    let mut world = World::open();
    let transfer =
        || Command::Transfer { ticket: ticket(0), to: Target::Need(need(1)), returns: false, advice: BTreeSet::new() };
    world.act(take(0, Some(0)));
    world.act(call(0));
    world.act(arrive(0));
    world.act(transfer());
    world.act(Command::Refuse { ticket: ticket(0), place: place(1), reason: RefusalReason::NoTime });
    assert_eq!(world.ticket(0).refused, Some(RefusalReason::NoTime));
    assert_eq!(world.refusal(call(1)), Refusal::NobodyWaiting);
    world.act(call(0));
    world.act(arrive(0));
    world.act(transfer());
    assert_eq!(world.refusal(call(0)), Refusal::NobodyWaiting);
    world.later(300).act(Command::Tick);
    world.act(call(0));
    assert_eq!(called_to(&world, 0), Some(place(0)));
}

#[test]
fn nobody_stays_kept_for_a_place_that_closes() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(call(0));
    world.act(arrive(0));
    world.act(Command::ClosePlace { place: place(0) });
    let until = world.now + Duration::minutes(5);
    world.act(Command::Park { ticket: ticket(0), until });
    assert!(!world.day.places.contains_key(&place(0)), "closed after this visitor");
    assert!(matches!(world.stage(0), Stage::Parked { claim: Claim::Anyone, .. }));
    world.later(300).act(Command::Tick);
    world.act(call(1));
}

#[test]
fn a_host_who_moves_a_waiting_visitor_does_not_shorten_the_wait() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.later(1200);
    world.act(Command::Transfer {
        ticket: ticket(0),
        to: Target::Need(need(1)),
        returns: false,
        advice: BTreeSet::new(),
    });
    world.later(300).act(call(0));
    assert_eq!(world.ticket(0).waited_seconds, Some(1500));
}

#[test]
fn time_in_a_talk_and_set_aside_is_no_wait() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.later(60).act(call(0));
    world.act(arrive(0));
    world.later(600);
    world.act(Command::Park { ticket: ticket(0), until: world.now + Duration::minutes(20) });
    world.later(1200).act(Command::Tick);
    world.later(30).act(call(0));
    assert_eq!(world.ticket(0).waited_seconds, Some(30));
    assert_eq!(world.ticket(0).talks[0].waited_seconds, 60);
}

#[test]
fn a_visitor_asks_for_time_leaves_and_comes_back() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(take(1, Some(0)));
    world.act(call(0));
    world.later(10).act(Command::MoreTime { ticket: ticket(0) });
    world.act(call(0));
    assert_eq!(called_to(&world, 1), Some(place(0)));
    world.later(600).act(Command::Tick);
    world.act(call(1));
    assert_eq!(called_to(&world, 0), Some(place(1)), "back at its old place in the line");
    world.act(Command::Leave { ticket: ticket(0) });
    world.later(30).act(Command::ComeBack { ticket: ticket(0) });
    world.act(Command::Leave { ticket: ticket(0) });
    assert_eq!(world.later(31).refusal(Command::ComeBack { ticket: ticket(0) }), Refusal::TooLateToUndo);
    world.act(Command::NoShow { ticket: ticket(1) });
    world.later(3600).act(Command::ComeBack { ticket: ticket(1) });
    assert_eq!(world.ticket(1).waited(world.now), 0, "a new wait");
    world.act(call(0));
    assert_eq!(called_to(&world, 1), Some(place(0)));
}

#[test]
fn what_was_corrected_survives_an_undo() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(call(0));
    world.act(Command::CorrectNeed { ticket: ticket(0), need: Some(need(2)) });
    world.later(5).act(Command::Undo { place: place(0) });
    assert!(waits(world.stage(0)));
    assert_eq!(world.ticket(0).request.need, Some(need(2)));
}

#[test]
fn an_undone_end_brings_back_the_question_of_the_talk() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(call(0));
    world.act(arrive(0));
    world.act(Command::Finish { ticket: ticket(0), outcome: Outcome::NextSteps, further: Some(need(1)) });
    assert_eq!(world.ticket(0).request.need, Some(need(1)), "it waits for its next talk");
    world.act(Command::Undo { place: place(0) });
    assert_eq!(world.ticket(0).request.need, Some(need(0)));
    assert!(matches!(world.stage(0), Stage::InTalk { .. }));
}

#[test]
fn a_pause_after_this_visitor_begins_when_the_call_is_undone() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(call(0));
    world.act(Command::PausePlace { place: place(0), until: None });
    world.act(Command::Undo { place: place(0) });
    assert_eq!(world.refusal(call(0)), Refusal::PlaceAway);
    world.act(call(1));
}

#[test]
fn an_undo_is_possible_for_thirty_seconds_and_only_while_nothing_followed() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(call(0));
    world.act(arrive(0));
    world.act(finish(0));
    assert_eq!(world.later(31).refusal(Command::Undo { place: place(0) }), Refusal::TooLateToUndo);
    world.act(take(1, Some(0)));
    world.act(call(0));
    world.act(Command::NoShow { ticket: ticket(1) });
    world.act(Command::ComeBack { ticket: ticket(1) });
    assert_eq!(world.refusal(Command::Undo { place: place(0) }), Refusal::TooLateToUndo, "the visitor came back");
}

#[test]
fn a_counsellor_goes_on_at_another_pc_with_the_visitor() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(call(0));
    world.act(arrive(0));
    world.act(Command::JoinTalk { place: place(1), ticket: ticket(0) });
    world.act(Command::MovePlace { from: place(0), to: place(2) });
    assert_eq!(called_to(&world, 0), Some(place(2)));
    assert_eq!(world.refusal(open_place(2)), Refusal::PlaceAlreadyOpen);
    world.act(finish(0));
    assert_eq!(world.refusal(Command::LeaveTalk { place: place(1) }), Refusal::NotJoining);
}

#[test]
fn who_cannot_be_seen_is_told_and_the_closing_lists_them() {
    let mut world = World::open();
    for n in 0..4 {
        world.act(take(n, Some(0)));
    }
    world.act(call(0));
    world.act(arrive(0));
    assert_eq!(world.refusal(Command::CloseDay { force: false }), Refusal::PeopleStillHere(4));
    world.act(Command::Dismiss { ticket: ticket(1), with: domain::day::HelpOffered::Slip(slip(1)) });
    world.act(Command::Dismiss { ticket: ticket(2), with: domain::day::HelpOffered::Other });
    world.act(Command::CloseDay { force: true });
    let endings: Vec<_> = (0..4)
        .map(|n| match world.stage(n) {
            Stage::Ended { ending, .. } => *ending,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(endings, [Ending::Finished(None), Ending::Slip(slip(1)), Ending::OtherHelp, Ending::NotSeen]);
    assert_eq!(world.ticket(0).talks.len(), 1);
    assert_eq!(world.refusal(take(5, Some(0))), Refusal::DayClosed);
}

#[test]
fn a_slip_goes_first_and_once() {
    let mut world = World::open();
    let with_slip = |n| {
        Command::TakeTicket(TakeTicket {
            id: ticket(n),
            token: token(n),
            request: request(Some(0)),
            device: None,
            slip: Some(slip(0)),
        })
    };
    world.act(take(0, Some(0)));
    world.later(60).act(with_slip(1));
    assert_eq!(world.ticket(1).priority, Some(PriorityReason::Slip));
    assert_eq!(Positions::of(&world.day, &world.centre).ahead(ticket(1)), Some(0));
    assert_eq!(world.refusal(with_slip(2)), Refusal::SlipUsed);
    world.act(call(0));
    assert_eq!(called_to(&world, 1), Some(place(0)));
}

#[test]
fn moving_forward_has_a_reason_and_goes_before_everybody() {
    let mut world = World::open();
    for n in 0..3 {
        world.later(1).act(take(n, Some(0)));
    }
    world.act(Command::Prioritise { ticket: ticket(2), reason: PriorityReason::SmallChild });
    world.act(Command::Prioritise { ticket: ticket(1), reason: PriorityReason::HardToWait });
    for (n, at) in [(1, 0), (2, 1)] {
        world.act(call(at));
        assert_eq!(called_to(&world, n), Some(place(at)));
    }
}

#[test]
fn a_kiosk_that_issues_many_tickets_calls_the_host() {
    let mut world = World::open();
    let at_kiosk = |n| {
        Command::TakeTicket(TakeTicket {
            id: ticket(n),
            token: token(n),
            request: request(Some(0)),
            device: Some(device(0)),
            slip: None,
        })
    };
    for n in 0..3 {
        world.later(10).act(at_kiosk(n));
    }
    assert!(world.day.flagged_kiosks.is_empty());
    world.later(10).act(at_kiosk(3));
    assert!(world.day.flagged_kiosks.contains(&device(0)));
    world.act(Command::KioskChecked { device: device(0) });
    for n in 4..8 {
        world.later(200).act(at_kiosk(n));
    }
    assert!(world.day.flagged_kiosks.is_empty(), "slowly is fine");
}

#[test]
fn a_kiosk_that_gives_far_too_many_stops_until_the_host_has_looked() {
    let mut world = World::open();
    world.centre.policies.last_number = 999;
    let from = |n, device| {
        let request = request(Some(0));
        Command::TakeTicket(TakeTicket { id: ticket(n), token: token(n), request, device, slip: None })
    };
    let given = |world: &mut World, numbers: std::ops::Range<usize>| {
        numbers.filter(|n| world.try_act(&from(*n, Some(device(0)))).is_ok()).count()
    };
    assert_eq!(given(&mut world, 0..100), 30, "ten times as many as the host is told at");
    assert_eq!(world.try_act(&from(100, Some(device(0)))), Err(Refusal::KioskStopped));
    let stopped = WelcomeView::of(&world.day, &world.centre, 1, world.now).stopped_kiosks;
    assert_eq!(stopped, [device(0)].into());
    world.later(3600);
    assert_eq!(given(&mut world, 100..110), 0, "not before somebody looked");
    world.act(from(110, Some(device(1))));
    world.act(from(111, None));
    world.act(Command::KioskChecked { device: device(0) });
    assert_eq!(given(&mut world, 112..200), 30);
}

#[test]
fn announcements_are_as_many_as_a_host_can_have_before_them() {
    let mut world = World::open();
    let announce = |n| Command::Announce { id: count(n), kind: Expected::Workshop, space: None };
    let made = (0..200).filter(|n| world.try_act(&announce(*n)).is_ok()).count();
    assert_eq!(made, 100);
    assert_eq!(world.try_act(&announce(200)), Err(Refusal::TooManyAnnounced));
    world.act(Command::Welcomed { id: count(0) });
    world.act(announce(201));
}

#[test]
fn a_caller_by_phone_is_not_called_aloud() {
    let mut world = World::open();
    let request = Request { channel: Channel::Phone, ..request(Some(0)) };
    let take = TakeTicket { id: ticket(0), token: token(0), request, device: None, slip: None };
    assert_eq!(world.act(Command::TakeTicket(take)), Answer::Ticket(ticket(0)));
    world.act(call(0));
    assert_eq!(calls(&world), []);
    world.act(self::take(1, Some(0)));
    world.act(call(1));
    assert_eq!(calls(&world), [world.ticket(1).number], "one who is here is");
}

#[test]
fn a_display_sends_nobody_to_a_desk_who_left_or_waits_again() {
    let mut world = World::open();
    for n in 0..3 {
        world.act(take(n, Some(0)));
    }
    let call = |n| Command::CallTicket { place: place(0), ticket: ticket(n) };
    world.act(call(0));
    assert_eq!(calls(&world).len(), 1);
    world.act(Command::Leave { ticket: ticket(0) });
    assert!(calls(&world).is_empty(), "who left");
    world.act(call(1));
    world.act(Command::PutBack { ticket: ticket(1) });
    assert!(calls(&world).is_empty(), "who waits again");
    world.act(call(2));
    world.act(Command::NoShow { ticket: ticket(2) });
    assert_eq!(calls(&world), [world.ticket(2).number], "who was not there may still come");
}

/// The numbers that a display shows.
fn calls(world: &World) -> Vec<domain::day::Number> {
    let positions = Positions::of(&world.day, &world.centre);
    let board = domain::view::Board::of(&world.day, &world.centre, &positions, 1, world.now);
    board.calls.iter().map(|c| c.number).collect()
}

#[test]
fn a_visitor_who_had_a_talk_cannot_take_the_ticket_back() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(call(0));
    world.act(arrive(0));
    world.act(Command::Finish { ticket: ticket(0), outcome: Outcome::NextSteps, further: Some(need(1)) });
    assert_eq!(world.refusal(Command::TakeBack { ticket: ticket(0) }), Refusal::TooLateToUndo);
    world.act(Command::Leave { ticket: ticket(0) });
}

#[test]
fn one_touch_counts_and_its_undo() {
    let mut world = World::open();
    world.act(Command::Count { id: count(0), what: domain::day::Counted::Group(12) });
    world.act(Command::Count { id: count(1), what: domain::day::Counted::QuickAnswer });
    let counts = domain::view::Counts::of(&world.day);
    assert_eq!((counts.came_in, counts.quick_answers), (12, 1));
    world.act(Command::UndoCount { id: count(0) });
    assert_eq!(domain::view::Counts::of(&world.day).came_in, 0);
}

/// What a visitor kept goes along, and ends with the ticket.
#[test]
fn a_notebook_goes_from_desk_to_desk_and_ends_with_its_ticket() {
    let mut world = World::open();
    let notebook = Notebook { kept: Entries::default().with(entry(1)), profile: None };
    let request = Request { notebook: notebook.clone(), ..request(Some(0)) };
    world.act(Command::TakeTicket(TakeTicket { id: ticket(0), token: token(0), request, device: None, slip: None }));
    world.act(call(0));
    let recommended = Entries::default().with(entry(2));
    let recommend = Command::Recommend { ticket: ticket(0), entries: recommended.clone() };
    assert_eq!(world.refusal(recommend.clone()), Refusal::NotInTalk, "advice is given in a talk");
    world.act(arrive(0));
    world.act(recommend);
    world.act(Command::Transfer {
        ticket: ticket(0),
        to: Target::Need(need(1)),
        returns: false,
        advice: BTreeSet::new(),
    });
    world.act(Command::CallTicket { place: place(1), ticket: ticket(0) });
    assert_eq!((&world.ticket(0).request.notebook, &world.ticket(0).recommended), (&notebook, &recommended));
    world.act(arrive(0));
    world.act(finish(0));
    assert!(world.ticket(0).request.notebook.is_empty() && world.ticket(0).recommended.is_empty());
    world.act(Command::Undo { place: place(1) });
    assert_eq!((&world.ticket(0).request.notebook, &world.ticket(0).recommended), (&notebook, &recommended));
}

#[test]
fn whoever_leaves_and_comes_back_still_has_the_notebook() {
    let mut world = World::open();
    let notebook = Notebook { kept: Entries::default().with(entry(1)), profile: None };
    let request = Request { notebook: notebook.clone(), ..request(Some(0)) };
    world.act(Command::TakeTicket(TakeTicket { id: ticket(0), token: token(0), request, device: None, slip: None }));
    world.act(Command::Leave { ticket: ticket(0) });
    world.act(Command::ComeBack { ticket: ticket(0) });
    assert_eq!(world.ticket(0).request.notebook, notebook);
    world.act(Command::TakeBack { ticket: ticket(0) });
    assert!(world.ticket(0).request.notebook.is_empty());
}

#[test]
fn what_follows_a_ticket_is_never_written_out() {
    assert_eq!(format!("{:?}", token(7)), "FollowToken(…)");
}
