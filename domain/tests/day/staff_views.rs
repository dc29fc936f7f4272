//! What staff see: people and numbers counted apart, and a day that stands still.

use domain::{
    centre::Accommodation,
    day::{Channel, Command, Request, SuspendReason, TakeTicket, TalkLanguage, Target},
    view::{Cause, CentreView, Crowd, DeskView, Halt, Help, Lack, OrganisationOnDuty, Way, WelcomeView},
};

use crate::world::{World, language, open_place, place, request, space, ticket, token};

/// A number for somebody who asks for more than nothing.
fn take(n: usize, request: Request) -> Command {
    Command::TakeTicket(TakeTicket { id: ticket(n), token: token(n), request, device: None, slip: None })
}
fn party(people: u8) -> Request {
    Request { party: people.try_into().unwrap(), ..request(Some(0)) }
}
fn needing(what: Accommodation) -> Request {
    Request { accommodations: [what].into(), ..request(Some(0)) }
}
fn crowd(people: u32, numbers: u32) -> Crowd {
    Crowd { people, numbers }
}
fn halt(world: &World) -> Option<Halt> {
    let halt = Halt::of(&world.day, &world.centre);
    let (day, centre, now) = (&world.day, &world.centre, world.now);
    assert_eq!(WelcomeView::of(day, centre, 1, now).halt, halt);
    assert_eq!(CentreView::of(day, centre, 1, now).halt, halt);
    assert_eq!(DeskView::of(day, centre, Some(place(0)), 1, now).halt, halt);
    halt
}

#[test]
fn an_alarm_counts_who_is_inside_and_names_who_is_fetched_first() {
    let mut world = World::open();
    assert_eq!(halt(&world), None);
    world.act(take(0, party(9)));
    world.act(take(1, needing(Accommodation::Wheelchair)));
    world.act(take(2, Request { channel: Channel::Phone, ..needing(Accommodation::Wheelchair) }));
    world.act(take(3, needing(Accommodation::Quiet)));
    world.act(take(4, needing(Accommodation::SignLanguage)));
    world.act(Command::CallTicket { place: place(0), ticket: ticket(0) });
    let until = world.now + chrono::Duration::minutes(20);
    world.act(Command::Park { ticket: ticket(4), until });
    world.later(60).act(Command::Suspend { reason: SuspendReason::FireAlarm, since: None });

    let halt = halt(&world).unwrap();
    assert_eq!((halt.reason, halt.since), (SuspendReason::FireAlarm, world.now));
    let inside = halt.inside;
    assert_eq!((inside.received, inside.waiting, inside.set_aside), (crowd(9, 1), crowd(2, 2), crowd(1, 1)));
    assert_eq!((inside.places, inside.people()), (2, 14));
    let first: Vec<_> = inside.first.iter().map(|f| (f.number, f.place, f.set_aside)).collect();
    let number = |n| world.ticket(n).number;
    assert_eq!(first, [(number(1), None, false), (number(4), None, true)]);
}

#[test]
fn whoever_needs_help_in_an_alarm_is_looked_for_at_the_desk() {
    let mut world = World::open();
    world.act(open_place(2));
    world.act(Command::ChangeAbilities {
        place: place(2),
        abilities: domain::staff::Abilities {
            accommodations: [Accommodation::HearingLoop].into(),
            ..crate::world::abilities(0..2)
        },
    });
    world.act(take(0, needing(Accommodation::HearingLoop)));
    world.act(Command::CallNext { place: place(2) });
    world.act(Command::Suspend { reason: SuspendReason::FireAlarm, since: None });
    assert_eq!(halt(&world).unwrap().inside.first[0].place, Some(place(2)));
}

fn speaking(code: &str, of: usize, people: u8) -> Request {
    Request { talk: TalkLanguage::Speaks(language(code)), party: people.try_into().unwrap(), ..request(Some(of)) }
}
fn view(world: &World) -> CentreView {
    CentreView::of(&world.day, &world.centre, 1, world.now)
}
fn way(cause: &Cause, help: Help) -> Way {
    cause.ways.iter().find(|w| w.help == help).cloned().unwrap()
}
fn all(world: &mut World, commands: Vec<Command>) {
    for command in commands {
        world.act(command);
    }
}

#[test]
fn an_organisation_is_on_duty_with_what_is_open_and_what_is_away() {
    let mut world = World::open();
    let open = |world: &World| {
        let all = view(world).organisations;
        let sum = |of: fn(&OrganisationOnDuty) -> u32| all.iter().map(of).sum::<u32>();
        (sum(|o| o.open_places), sum(|o| o.away_places))
    };
    assert_eq!(open(&world), (2, 0));
    world.act(Command::PausePlace { place: place(0), until: None });
    assert_eq!(open(&world), (1, 1), "who is away is not counted as open");
}

#[test]
fn everybody_who_waits_for_one_language_is_one_cause_and_one_touch_helps_them_all() {
    let mut world = World::open();
    world.act(take(0, speaking("ti", 0, 1)));
    world.later(60).act(take(1, speaking("ti", 1, 9)));
    world.later(60).act(take(2, speaking("ti", 0, 1)));
    world.act(take(3, party(2)));
    world.act(Command::Tick);

    let before = view(&world);
    assert_eq!((before.waiting, before.unanswered), (crowd(13, 4), crowd(11, 3)));
    let [cause] = &before.causes[..] else { panic!("{:?}", before.causes) };
    assert_eq!(cause.lack, Lack::Language { language: language("ti") });
    assert_eq!((cause.crowd, cause.places), (crowd(11, 3), 2));
    assert_eq!(cause.spaces, [(Some(space(1)), crowd(9, 1)), (Some(space(0)), crowd(2, 2))]);
    assert_eq!(cause.longest_since, world.ticket(0).waiting_since());
    let host = WelcomeView::of(&world.day, &world.centre, 1, world.now);
    assert_eq!(host.causes, before.causes);
    assert_eq!(host.lacks.keys().copied().collect::<Vec<_>>(), [ticket(0), ticket(1), ticket(2)]);

    let interpreter = way(cause, Help::Interpreter);
    assert_eq!(interpreter.brings, crowd(11, 3));
    all(&mut world, interpreter.commands);
    assert_eq!(view(&world).causes, []);
    assert_eq!(view(&world).unanswered, crowd(0, 0));
    all(&mut world, interpreter.undo);
    assert_eq!(view(&world).causes, before.causes);
}

#[test]
fn whoever_waits_longer_than_was_said_is_one_cause_a_space() {
    let mut world = World::open();
    for n in 0..3 {
        world.act(take(n, party(1)));
    }
    world.act(take(3, Request { need: Some(crate::world::need(1)), ..party(4) }));
    world.later(i64::from(world.centre.policies.promise_minutes) * 60 + 1).act(Command::Tick);
    let view = view(&world);
    let late: Vec<_> = view.causes.iter().map(|c| (c.lack.clone(), c.crowd)).collect();
    assert_eq!(
        late,
        [(Lack::Late { space: Some(space(1)) }, crowd(4, 1)), (Lack::Late { space: Some(space(0)) }, crowd(3, 3))]
    );
    assert_eq!(view.unanswered, crowd(0, 0), "they only wait for long");
    let tell = way(&view.causes[0], Help::Tell);
    all(&mut world, tell.commands);
    assert!(self::view(&world).causes[0].ways.iter().all(|w| w.help != Help::Tell), "it is said");
}

#[test]
fn a_colleague_who_is_free_can_take_on_what_nobody_answers() {
    let mut world = World::new();
    world.act(Command::OpenDay { closes: None });
    let only = |needs: std::ops::Range<usize>| Command::OpenPlace {
        place: place(0),
        counsellor: crate::world::staff(0),
        organisation: crate::world::organisation(0),
        abilities: domain::staff::Abilities { welcome: false, ..crate::world::abilities(needs) },
    };
    world.act(only(0..1));
    world.act(take(0, Request { need: Some(crate::world::need(1)), ..party(2) }));
    let cause = view(&world).causes[0].clone();
    assert_eq!(cause.lack, Lack::Answer { space: Some(space(1)) });
    let asked = way(&cause, Help::TakeOn { place: place(0) });
    assert_eq!(asked.brings, crowd(2, 1));
    all(&mut world, asked.commands);
    assert_eq!(view(&world).causes, []);
    all(&mut world, asked.undo);
    assert_eq!(view(&world).causes[0], cause);
    world.act(take(1, party(1)));
    let busy = view(&world).causes[0].clone();
    assert!(busy.ways.iter().all(|w| w.help == Help::CloseNeeds), "somebody waits for the colleague now: {busy:?}");
}

#[test]
fn what_a_way_promises_comes_true() {
    let mut world = World::open();
    world.act(take(0, speaking("ti", 0, 3)));
    world.act(take(1, needing(Accommodation::SignLanguage)));
    let both = Request { accommodations: [Accommodation::Quiet].into(), ..speaking("so", 1, 1) };
    world.act(take(2, both));
    world.act(Command::Tick);
    let causes = view(&world).causes;
    assert_eq!(causes.len(), 3);
    for cause in causes {
        assert!(!cause.ways.is_empty(), "{:?}", cause.lack);
        for way in cause.ways.iter().filter(|w| w.brings.numbers > 0) {
            let mut tried = world.clone();
            let before = view(&tried).unanswered.people;
            all(&mut tried, way.commands.clone());
            assert_eq!(
                view(&tried).unanswered.people,
                before - way.brings.people,
                "{:?} by {:?}",
                cause.lack,
                way.help
            );
        }
    }
}

#[test]
fn what_was_handed_over_to_an_organisation_that_left_is_opened_to_every_other() {
    let mut world = World::open();
    world.act(take(0, party(1)));
    world.act(Command::CallTicket { place: place(0), ticket: ticket(0) });
    world.act(Command::Arrive { ticket: ticket(0) });
    let to = Target::Organisation { organisation: crate::world::organisation(1), need: crate::world::need(1) };
    world.act(Command::Transfer { ticket: ticket(0), to, returns: false, advice: [].into() });
    world.act(open_place(2));
    assert_eq!(view(&world).causes, []);
    world.act(Command::ClosePlace { place: place(1) });
    let cause = view(&world).causes[0].clone();
    assert_eq!(cause.lack, Lack::Organisation { organisation: crate::world::organisation(1) });
    all(&mut world, way(&cause, Help::AnyOrganisation).commands);
    assert_eq!(view(&world).causes, []);
}
