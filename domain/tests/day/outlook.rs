//! One judge before the ticket and after it, and one count of who is really before.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::{
    centre::Accommodation,
    day::{
        Channel, Command, Flag, Lines, Missing, Outlook, Prospect, Question, Remedy, Request, TakeTicket, TalkLanguage,
        Target, policy,
    },
    view::{Board, FollowView, Positions},
};
use proptest::{collection, option, prelude::*, sample};

use crate::world::{
    NEEDS, PLACES, World, abilities, language, need, open_place, organisation, place, request, space, staff, take,
    ticket, token,
};

fn speaking(code: &str) -> Request {
    Request { talk: TalkLanguage::Speaks(language(code)), ..request(Some(0)) }
}

fn needing(accommodation: Accommodation) -> Request {
    Request { accommodations: [accommodation].into(), ..request(Some(0)) }
}

fn outlook(world: &World, request: &Request) -> Outlook {
    world.day.outlook(&world.centre, request, world.now)
}

fn take_this(n: usize, request: Request) -> Command {
    Command::TakeTicket(TakeTicket { id: ticket(n), token: token(n), request, device: None, slip: None })
}

fn remedies(outlook: &Outlook) -> Vec<Remedy> {
    outlook.ways_out.iter().map(|way| way.remedy).collect()
}

#[test]
fn a_language_that_nobody_speaks_is_missed_before_the_ticket_and_after() {
    let mut world = World::open();
    let somali = speaking("so");
    let before = outlook(&world, &somali);
    assert_eq!(before.prospect, Prospect::Nobody { missing: Missing::Language { language: language("so") } });
    assert_eq!(remedies(&before), [Remedy::Accompanied, Remedy::Interpreter, Remedy::Welcome]);
    world.act(take_this(0, somali));
    let positions = Positions::of(&world.day, &world.centre);
    let view = FollowView::of(world.ticket(0), &world.day, &world.centre, &positions);
    assert!(view.nobody_able);
    let after = view.with_outlook(world.ticket(0), &world.day, &world.centre, world.now).outlook.unwrap();
    assert_eq!(after, before);
    world.act(Command::CorrectRequirements {
        ticket: ticket(0),
        talk: TalkLanguage::Accompanied(language("so")),
        accommodations: BTreeSet::new(),
    });
    world.act(Command::Tick);
    assert!(!world.ticket(0).flags.contains(&Flag::NobodyAble));
    assert_eq!(outlook(&world, &world.ticket(0).request).prospect, Prospect::Now);
}

#[test]
fn sign_language_is_missed_like_any_language() {
    let mut world = World::open();
    let signing = needing(Accommodation::SignLanguage);
    let missing = Missing::Accommodations { accommodations: [Accommodation::SignLanguage].into() };
    assert_eq!(outlook(&world, &signing).prospect, Prospect::Nobody { missing: missing.clone() });
    let mut signs = abilities(0..NEEDS);
    signs.accommodations.insert(Accommodation::SignLanguage);
    world.act(Command::ChangeAbilities { place: place(1), abilities: signs });
    assert_eq!(outlook(&world, &signing).prospect, Prospect::Now);
    let by_video = Request { channel: Channel::Video, ..signing.clone() };
    assert_eq!(outlook(&world, &by_video).prospect, Prospect::Now);
    let by_phone = Request { channel: Channel::Phone, ..signing };
    assert_eq!(outlook(&world, &by_phone).prospect, Prospect::Nobody { missing });
}

#[test]
fn who_does_not_come_needs_no_room_that_suits() {
    let world = World::open();
    let by_phone = Request { channel: Channel::Phone, ..needing(Accommodation::Wheelchair) };
    assert_eq!(outlook(&world, &by_phone).prospect, Prospect::Now);
}

#[test]
fn what_each_can_be_had_and_nobody_has_both_is_said_so() {
    let mut world = World::open();
    let mut quiet = abilities(0..NEEDS);
    quiet.accommodations.insert(Accommodation::Quiet);
    world.act(Command::ChangeAbilities { place: place(0), abilities: quiet });
    let mut somali = abilities(0..NEEDS);
    somali.languages = [language("so")].into();
    world.act(Command::ChangeAbilities { place: place(1), abilities: somali });
    let both = Request { talk: TalkLanguage::Speaks(language("so")), ..needing(Accommodation::Quiet) };
    let outlook = outlook(&world, &both);
    assert_eq!(
        outlook.prospect,
        Prospect::Nobody {
            missing: Missing::Together { language: language("so"), accommodations: [Accommodation::Quiet].into() }
        }
    );
    let all = [Remedy::Accompanied, Remedy::Interpreter, Remedy::WithoutAccommodations, Remedy::Welcome];
    assert_eq!(remedies(&outlook), all);
}

#[test]
fn the_plan_of_the_day_counts() {
    let mut world = World::open();
    world.act(Command::ClosePlace { place: place(1) });
    let back = world.now + Duration::hours(2);
    world.act(Command::PausePlace { place: place(0), until: Some(back) });
    let asked = request(Some(0));
    assert_eq!(outlook(&world, &asked).prospect, Prospect::From { at: back });
    world.later(2 * 3600 + 60);
    assert_eq!(outlook(&world, &asked).prospect, Prospect::Now, "whoever should be back is as good as here");
    world.act(Command::BackFromPause { place: place(0) });
    world.act(take(0, Some(0)));
    world.act(Command::CallNext { place: place(0) });
    assert_eq!(outlook(&world, &asked).prospect, Prospect::Now);
    world.act(Command::ClosePlace { place: place(0) });
    assert_eq!(
        outlook(&world, &asked).prospect,
        Prospect::Nobody { missing: Missing::Answer },
        "the last place closes next"
    );
}

#[test]
fn whoever_is_back_this_very_second_is_here() {
    let mut world = World::open();
    world.act(Command::ClosePlace { place: place(1) });
    let back = world.now + Duration::hours(2);
    world.act(Command::PausePlace { place: place(0), until: Some(back) });
    world.now = back;
    assert_eq!(outlook(&world, &request(Some(0))).prospect, Prospect::Now);
}

#[test]
fn who_asks_for_the_welcome_is_not_offered_the_welcome() {
    let mut world = World::open();
    let back = world.now + Duration::hours(2);
    for n in 0..2 {
        world.act(Command::PausePlace { place: place(n), until: Some(back) });
    }
    let outlook = outlook(&world, &request(None));
    assert_ne!(outlook.prospect, Prospect::Now);
    assert_eq!(remedies(&outlook), []);
    let somali = Request { need: None, ..speaking("so") };
    let outlook = World::open().day.outlook(&world.centre, &somali, world.now);
    assert_eq!(remedies(&outlook), [Remedy::Accompanied, Remedy::Interpreter]);
}

#[test]
fn a_way_out_after_the_ticket_counts_those_who_came_before_it_and_no_other() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.later(1).act(take_this(1, speaking("so")));
    for n in 2..5 {
        world.later(1).act(take(n, Some(0)));
    }
    let outlook = world.day.outlook_of(&world.centre, world.ticket(1), world.now);
    let accompanied = outlook.ways_out.iter().find(|way| way.remedy == Remedy::Accompanied).unwrap();
    assert_eq!(accompanied.ahead, 1);
}

#[test]
fn before_one_ticket_are_as_many_as_all_positions_say() {
    let mut world = World::open();
    for n in 0..4 {
        world.later(1).act(take(n, Some(0)));
    }
    for n in 0..4 {
        let before = Lines::before(&world.day, &world.centre, world.ticket(n));
        assert_eq!(before, u32::try_from(n).unwrap());
        assert_eq!(Positions::of(&world.day, &world.centre).ahead(ticket(n)), Some(before));
    }
}

#[test]
fn who_is_kept_for_a_place_waits_for_that_place_alone() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(Command::CallNext { place: place(0) });
    world.act(Command::Arrive { ticket: ticket(0) });
    world.act(Command::Park { ticket: ticket(0), until: world.now + Duration::minutes(5) });
    world.later(1).act(take(1, Some(0)));
    world.later(301).act(Command::Tick);
    // Ticket 0 came first, but place 1 calls nobody who is kept for place 0.
    world.act(Command::PausePlace { place: place(0), until: None });
    assert_eq!(Positions::of(&world.day, &world.centre).ahead(ticket(1)), Some(0));
    assert_eq!(Positions::of(&world.day, &world.centre).ahead(ticket(0)), Some(0));
}

#[test]
fn whoever_hands_over_does_not_receive_what_they_offer() {
    let mut world = World::open();
    world.act(Command::ChangeAbilities { place: place(1), abilities: abilities([0]) });
    world.act(take(0, Some(0)));
    world.act(Command::CallNext { place: place(0) });
    world.act(Command::Arrive { ticket: ticket(0) });
    let to = Target::Need(need(0));
    world.act(Command::Transfer { ticket: ticket(0), to, returns: false, advice: BTreeSet::new() });
    // Only place 0 answers need 1, only place 1 what place 0 offers: neither delays the other.
    world.later(1).act(take(1, Some(1)));
    assert_eq!(Positions::of(&world.day, &world.centre).ahead(ticket(1)), Some(0));
}

#[test]
fn nobody_is_promised_after_the_doors_close() {
    let mut world = World::new();
    let closes = world.now + Duration::hours(1);
    world.act(Command::OpenDay { closes: Some(closes) });
    world.act(open_place(0));
    world.act(Command::PausePlace { place: place(0), until: Some(closes + Duration::minutes(5)) });
    assert_eq!(outlook(&world, &request(Some(0))).prospect, Prospect::Nobody { missing: Missing::Answer });
}

#[test]
fn an_organisation_that_is_not_here_is_missed() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    let to = Target::Organisation { organisation: organisation(1), need: need(0) };
    world.act(Command::Transfer { ticket: ticket(0), to, returns: false, advice: BTreeSet::new() });
    world.act(Command::ClosePlace { place: place(1) });
    let prospect = world.day.prospect_of(&world.centre, world.ticket(0), world.now);
    assert_eq!(prospect, Prospect::Nobody { missing: Missing::Organisation { organisation: organisation(1) } });
}

#[test]
fn who_is_kept_for_somebody_that_went_away_without_a_time_is_flagged_at_once() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.act(Command::CallNext { place: place(0) });
    world.act(Command::Arrive { ticket: ticket(0) });
    world.act(Command::Park { ticket: ticket(0), until: world.now + Duration::minutes(5) });
    world.act(Command::PausePlace { place: place(0), until: None });
    world.later(301).act(Command::Tick);
    world.act(Command::Tick);
    assert!(world.ticket(0).flags.contains(&Flag::NobodyAble));
    let prospect = world.day.prospect_of(&world.centre, world.ticket(0), world.now);
    assert_eq!(prospect, Prospect::Nobody { missing: Missing::Keeper { place: place(0) } });
}

#[test]
fn who_is_set_aside_keeps_no_stale_flag() {
    let mut world = World::open();
    world.act(take_this(0, speaking("so")));
    assert!(world.ticket(0).flags.contains(&Flag::NobodyAble));
    world.act(Command::MoreTime { ticket: ticket(0) });
    assert!(world.ticket(0).flags.is_empty());
}

#[test]
fn a_visitor_says_that_they_are_back_and_keeps_their_place() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.later(1).act(take(1, Some(0)));
    world.act(Command::MoreTime { ticket: ticket(0) });
    world.later(60).act(Command::Resume { ticket: ticket(0) });
    assert_eq!(Positions::of(&world.day, &world.centre).ahead(ticket(0)), Some(0));
}

#[test]
fn who_was_handed_over_has_waited_as_long_as_before() {
    let mut world = World::open();
    world.act(take(0, Some(0)));
    world.later(28 * 60).act(Command::CallNext { place: place(0) });
    world.act(Command::Arrive { ticket: ticket(0) });
    world.later(600);
    let to = Target::Need(need(1));
    world.act(Command::Transfer { ticket: ticket(0), to, returns: false, advice: BTreeSet::new() });
    assert_eq!(world.ticket(0).waited(world.now), 0, "the present wait, for statistics");
    assert_eq!(world.ticket(0).waited_in_all(world.now), 28 * 60);
    assert_eq!(world.ticket(0).waiting_since(), world.now - Duration::minutes(28));
    world.later(120).act(Command::Tick);
    assert!(world.ticket(0).flags.contains(&Flag::Late), "30 minutes were promised");
}

#[test]
fn before_somebody_are_those_whom_the_same_counsellors_may_call_earlier() {
    let mut world = World::open();
    // Place 0 serves space 0, place 1 everything.
    world.act(Command::ChangeAbilities { place: place(0), abilities: abilities([0, 2]) });
    let mut all = abilities(0..NEEDS);
    all.languages.insert(language("ar"));
    world.act(Command::ChangeAbilities { place: place(1), abilities: all });
    for n in 0..5 {
        world.later(1).act(take(n, Some(0)));
    }
    let positions = Positions::of(&world.day, &world.centre);
    assert_eq!(positions.before_newcomer(Question::Need(need(1))), 5, "place 1 may call them first");
    assert_eq!(positions.before_newcomer(Question::AnyOf(space(1))), 5);
    world.act(Command::ChangeAbilities { place: place(1), abilities: abilities([1, 3]) });
    let positions = Positions::of(&world.day, &world.centre);
    assert_eq!(positions.before_newcomer(Question::Need(need(1))), 0, "nobody who serves them waits for others");
    assert_eq!(positions.before_newcomer(Question::Need(need(2))), 5, "place 0 serves the whole space");
    let board = Board::of(&world.day, &world.centre, &positions, 1, world.now);
    assert_eq!(board.spaces.iter().map(|s| (s.waiting, s.ahead)).collect::<Vec<_>>(), [(5, 5), (0, 0)]);
}

#[test]
fn who_cannot_be_served_delays_nobody() {
    let mut world = World::open();
    for n in 0..3 {
        world.later(1).act(take_this(n, speaking("so")));
    }
    assert_eq!(outlook(&world, &request(Some(0))).ahead, 0);
    assert_eq!(outlook(&world, &speaking("so")).ahead, 3, "as soon as somebody speaks it");
}

fn a_request() -> impl Strategy<Value = Request> {
    let talk = sample::select(vec!["fr", "ar", "so"]);
    let helps = collection::btree_set(sample::select(&Accommodation::ALL[..]), 0..2);
    let channel = prop_oneof![4 => Just(Channel::Here), 1 => Just(Channel::Phone)];
    (option::weighted(0.9, 0..NEEDS), talk, any::<bool>(), helps, channel).prop_map(
        |(of, code, accompanied, accommodations, channel)| {
            let spoken = language(code);
            let talk = if accompanied { TalkLanguage::Accompanied(spoken) } else { TalkLanguage::Speaks(spoken) };
            Request { talk, accommodations, channel, ..request(of) }
        },
    )
}

fn a_place(n: usize) -> impl Strategy<Value = Command> {
    let needs = collection::vec(0..NEEDS, 0..4);
    let languages = collection::btree_set(sample::select(vec!["fr", "ar", "so"]).prop_map(language), 1..3);
    let offers = collection::btree_set(sample::select(&Accommodation::ALL[..]), 0..3);
    (needs, languages, offers).prop_map(move |(needs, languages, accommodations)| {
        let abilities = domain::staff::Abilities { languages, accommodations, ..abilities(needs) };
        Command::OpenPlace { place: place(n), counsellor: staff(n), organisation: organisation(0), abilities }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// What is said before the ticket is said after it; and where somebody is here, they would call it.
    #[test]
    fn before_and_after_agree(
        places in (a_place(0), a_place(1), a_place(2)),
        asked in collection::vec(a_request(), 1..12),
        last in a_request(),
    ) {
        let mut world = World::new();
        world.act(Command::OpenDay { closes: None });
        for open in [places.0, places.1, places.2] {
            world.act(open);
        }
        for (n, request) in asked.into_iter().enumerate() {
            world.later(1).act(take_this(n, request));
        }
        let before = outlook(&world, &last);
        let tile = Positions::of(&world.day, &world.centre);
        world.later(1).act(take_this(50, last));
        let positions = Positions::of(&world.day, &world.centre);
        let it = world.ticket(50);
        prop_assert_eq!(positions.ahead(it.id), Some(before.ahead), "the same count before and after");
        prop_assert_eq!(it.flags.contains(&Flag::NobodyAble), matches!(before.prospect, Prospect::Nobody { .. }));
        let able = |n: usize| policy::can_serve(&world.centre, place(n), &world.day.places[&place(n)], it);
        prop_assert_eq!((0..PLACES - 1).any(able), before.prospect == Prospect::Now);
        if before.prospect == Prospect::Now {
            // The slow, plain definition.
            let shared = |t: &&domain::day::Ticket| (0..PLACES - 1).any(|n| {
                able(n) && policy::can_serve(&world.centre, place(n), &world.day.places[&place(n)], t)
            });
            let really = world.day.waiting().filter(|t| t.rank < it.rank).filter(shared).count();
            prop_assert_eq!(usize::try_from(before.ahead).unwrap(), really);
            let question = it.request.need.map_or(Question::Welcome, Question::Need);
            prop_assert!(before.ahead <= tile.before_newcomer(question), "the tile never says fewer");
        }
        for way in before.ways_out {
            let changed = way.remedy.applied_to(&it.request).unwrap();
            prop_assert!(!matches!(outlook(&world, &changed).prospect, Prospect::Nobody { .. }), "a remedy helps");
        }
    }
}
