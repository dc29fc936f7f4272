//! Long random days: whatever is asked, at whatever time, every truth holds.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::{
    Instant,
    catalogue::Entries,
    day::{
        Activity, Advice, Answer, Break, Channel, Claim, Command, Counted, Day, Ending, Entry, Event, Expected,
        HelpOffered, Message, Outcome, PriorityReason, ReadyMessage, Reason, Refusal, RefusalReason, Request, Stage,
        SuspendReason, TakeTicket, TalkLanguage, Target, Ticket,
    },
    view::{Board, CentreView, DeskView, FollowView, Positions, PublicBoard, WelcomeView},
};
use proptest::{collection, option, prelude::*, sample};

use crate::{
    truths,
    world::{
        NEEDS, ORGANISATIONS, PLACES, SPACES, World, abilities, count, device, entry, language, morning, need,
        organisation, place, request, slip, space, staff, ticket, token,
    },
};

/// How many random days: fifty times as many in `make soak`. A long day takes many steps to become a short one.
fn config(cases: u32) -> ProptestConfig {
    let (soak, said) = (std::env::var_os("PARVIS_SOAK"), std::env::var_os("PROPTEST_MAX_SHRINK_ITERS"));
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if soak.is_some() { cases * 50 } else { cases },
        max_shrink_iters: if said.is_some() { default.max_shrink_iters } else { 20_000 },
        ..default
    }
}

/// What is asked at one moment of a random day.
#[derive(Clone, Debug)]
struct Moment {
    passes: Passes,
    command: Command,
}

#[derive(Clone, Copy, Debug)]
enum Passes {
    Seconds(i64),
    /// The clock is wrong.
    To(Instant),
}

fn hostile_time() -> impl Strategy<Value = Instant> {
    prop_oneof![
        Just(Instant::MIN_UTC),
        Just(Instant::MAX_UTC),
        (-100_000i64..100_000).prop_map(|s| morning() + Duration::seconds(s)),
        (-400i64..400).prop_map(|d| morning() + Duration::days(d)),
    ]
}

/// Times that somebody may type.
fn until() -> impl Strategy<Value = Instant> {
    prop_oneof![8 => (0i64..14_400).prop_map(|s| morning() + Duration::seconds(s)), 1 => hostile_time()]
}

// One more than there are, so that what is unknown is asked for too.
fn a_ticket() -> impl Strategy<Value = domain::TicketId> {
    (0usize..20).prop_map(ticket)
}
fn a_place() -> impl Strategy<Value = domain::PlaceId> {
    prop_oneof![30 => (0..PLACES).prop_map(place), 1 => Just(place(PLACES))]
}
fn a_need() -> impl Strategy<Value = domain::NeedId> {
    prop_oneof![30 => (0..NEEDS).prop_map(need), 1 => Just(need(NEEDS))]
}
fn needs() -> impl Strategy<Value = BTreeSet<domain::NeedId>> {
    collection::btree_set(a_need(), 0..3)
}
fn advice() -> impl Strategy<Value = BTreeSet<Advice>> {
    collection::btree_set(sample::select(&Advice::ALL[..]), 0..3)
}

fn asked() -> impl Strategy<Value = Request> {
    let talk = prop_oneof![
        6 => Just(TalkLanguage::Speaks(language("fr"))),
        1 => Just(TalkLanguage::Speaks(language("prs"))),
        1 => Just(TalkLanguage::NeedsInterpreter(language("prs"))),
    ];
    let channel = prop_oneof![5 => Just(Channel::Here), 1 => Just(Channel::Phone)];
    (option::weighted(0.9, 0..NEEDS), talk, channel).prop_map(|(of, talk, channel)| Request {
        talk,
        channel,
        ..request(of)
    })
}

fn taking() -> impl Strategy<Value = Command> {
    let one = (0usize..40, asked(), option::weighted(0.5, 0usize..2), option::weighted(0.1, 0usize..3));
    one.prop_map(|(n, request, device_, slip_)| {
        let (device, slip) = (device_.map(device), slip_.map(slip));
        Command::TakeTicket(TakeTicket { id: ticket(n), token: token(n), request, device, slip })
    })
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        4 => a_need().prop_map(Target::Need),
        2 => (0..=SPACES).prop_map(|n| Target::Space(space(n))),
        2 => (0..=ORGANISATIONS, a_need()).prop_map(|(o, need)| Target::Organisation { organisation: organisation(o), need }),
        1 => Just(Target::Welcome),
    ]
}

fn of_tickets() -> impl Strategy<Value = Command> {
    let outcome = sample::select(&Outcome::ALL[..]);
    prop_oneof![
        2 => a_ticket().prop_map(|ticket| Command::TakeBack { ticket }),
        3 => (a_ticket(), option::weighted(0.8, a_need())).prop_map(|(ticket, need)| Command::CorrectNeed { ticket, need }),
        3 => (a_ticket(), asked()).prop_map(|(ticket, Request { talk, accommodations, .. })| {
            Command::CorrectRequirements { ticket, talk, accommodations }
        }),
        3 => a_ticket().prop_map(|ticket| Command::Recall { ticket }),
        14 => a_ticket().prop_map(|ticket| Command::Arrive { ticket }),
        4 => a_ticket().prop_map(|ticket| Command::NoShow { ticket }),
        4 => a_ticket().prop_map(|ticket| Command::PutBack { ticket }),
        5 => (a_ticket(), until()).prop_map(|(ticket, until)| Command::Park { ticket, until }),
        3 => a_ticket().prop_map(|ticket| Command::Resume { ticket }),
        3 => a_ticket().prop_map(|ticket| Command::MoreTime { ticket }),
        2 => a_ticket().prop_map(|ticket| Command::Leave { ticket }),
        3 => a_ticket().prop_map(|ticket| Command::ComeBack { ticket }),
        8 => (a_ticket(), target(), any::<bool>(), advice())
            .prop_map(|(ticket, to, returns, advice)| Command::Transfer { ticket, to, returns, advice }),
        4 => (a_ticket(), a_place()).prop_map(|(ticket, place)| Command::Accept { ticket, place }),
        4 => (a_ticket(), a_place())
            .prop_map(|(ticket, place)| Command::Refuse { ticket, place, reason: RefusalReason::NotOurs }),
        2 => (a_ticket(), advice()).prop_map(|(ticket, advice)| Command::GiveAdvice { ticket, advice }),
        2 => (a_ticket(), 0..20_usize).prop_map(|(ticket, n)| Command::Recommend {
            ticket,
            entries: (0..n).map(entry).fold(Entries::default(), Entries::with),
        }),
        10 => (a_ticket(), outcome, option::weighted(0.3, a_need()))
            .prop_map(|(ticket, outcome, further)| Command::Finish { ticket, outcome, further }),
        2 => a_ticket().prop_map(|ticket| Command::Prioritise { ticket, reason: PriorityReason::HardToWait }),
        1 => (a_ticket(), any::<bool>()).prop_map(|(ticket, with_slip)| {
            let with = if with_slip { HelpOffered::Slip(slip(7)) } else { HelpOffered::Other };
            Command::Dismiss { ticket, with }
        }),
    ]
}

fn of_places() -> impl Strategy<Value = Command> {
    let all = prop_oneof![3 => Just((0..NEEDS).collect()), 1 => collection::vec(0..=NEEDS, 0..3)];
    prop_oneof![
        20 => a_place().prop_map(|place| Command::CallNext { place }),
        6 => (a_place(), a_ticket()).prop_map(|(place, ticket)| Command::CallTicket { place, ticket }),
        6 => a_place().prop_map(|place| Command::Undo { place }),
        12 => (a_place(), 0usize..6, 0..=ORGANISATIONS, all.clone()).prop_map(|(place, counsellor, of, needs)| {
            Command::OpenPlace {
                place,
                counsellor: staff(counsellor),
                organisation: organisation(of),
                abilities: abilities(needs),
            }
        }),
        4 => a_place().prop_map(|place| Command::BackFromPause { place }),
        3 => (a_place(), option::of(until())).prop_map(|(place, until)| Command::PausePlace { place, until }),
        3 => a_place().prop_map(|place| Command::ClosePlace { place }),
        2 => (a_place(), all).prop_map(|(place, needs)| Command::ChangeAbilities { place, abilities: abilities(needs) }),
        5 => (a_place(), a_ticket()).prop_map(|(place, ticket)| Command::JoinTalk { place, ticket }),
        2 => a_place().prop_map(|place| Command::LeaveTalk { place }),
        4 => (a_place(), a_place()).prop_map(|(from, to)| Command::MovePlace { from, to }),
        1 => (a_place(), any::<bool>()).prop_map(|(place, on)| Command::AskHelp { place, on }),
    ]
}

/// What hours may say, also of another day.
fn hours() -> impl Strategy<Value = Command> {
    let breaks = collection::vec((until(), until()), 0..3).prop_map(|times| {
        let mut breaks: Vec<_> = times.into_iter().map(|(a, b)| Break { from: a.min(b), to: a.max(b) }).collect();
        breaks.sort_by_key(|b| b.from);
        breaks
    });
    (option::weighted(0.8, until()), breaks).prop_map(|(closes, breaks)| Command::FollowHours { closes, breaks })
}

fn of_the_centre() -> impl Strategy<Value = Command> {
    let message = prop_oneof![
        Just(None),
        Just(Some(Message::Ready(ReadyMessage::ClosingSoon))),
        ".{0,230}".prop_map(|words| Some(Message::Words(words))),
    ];
    prop_oneof![
        2 => option::of(until()).prop_map(|closes| Command::OpenDay { closes }),
        3 => hours(),
        1 => Just(Command::StayOpen),
        2 => needs().prop_map(|needs| Command::CloseNeeds { needs, reason: Reason::Full }),
        4 => needs().prop_map(|needs| Command::ReopenNeeds { needs }),
        1 => message.prop_map(|message| Command::SendMessage { message }),
        2 => (0usize..9, 0u16..600).prop_map(|(n, people)| Command::Count { id: count(n), what: Counted::Group(people) }),
        1 => (0usize..9).prop_map(|n| Command::UndoCount { id: count(n) }),
        1 => (0usize..9, option::of(0..=SPACES)).prop_map(|(n, of)| {
            Command::Announce { id: count(n), kind: Expected::Workshop, space: of.map(space) }
        }),
        1 => (0usize..9).prop_map(|n| Command::Welcomed { id: count(n) }),
        1 => (0usize..2).prop_map(|n| Command::KioskChecked { device: device(n) }),
        2 => option::weighted(0.3, until())
            .prop_map(|since| Command::Suspend { reason: SuspendReason::FireAlarm, since }),
        6 => Just(Command::ResumeDay),
        20 => Just(Command::Tick),
    ]
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![12 => taking(), 25 => of_tickets(), 20 => of_places(), 10 => of_the_centre()]
}

fn moment(hostile: u32) -> impl Strategy<Value = Moment> {
    let passes = prop_oneof![
        100 => (0i64..20).prop_map(Passes::Seconds),
        20 => (0i64..900).prop_map(Passes::Seconds),
        hostile => hostile_time().prop_map(Passes::To),
    ];
    (passes, command()).prop_map(|(passes, command)| Moment { passes, command })
}

/// A day with hundreds of commands; `hostile` in 120 come at a wrong time. Some are closed at the end.
fn moments(hostile: u32) -> impl Strategy<Value = Vec<Moment>> {
    (collection::vec(moment(hostile), 1..400), any::<bool>()).prop_map(|(mut moments, closed)| {
        if closed {
            moments.push(Moment { passes: Passes::Seconds(1), command: Command::CloseDay { force: true } });
        }
        moments
    })
}

/// Whether a ticket is one that a command is for.
fn suits(command: &Command, ticket: &Ticket) -> bool {
    match command {
        Command::ComeBack { .. } => !ticket.is_open(),
        Command::Accept { .. } | Command::Refuse { .. } => {
            matches!(ticket.stage, Stage::Waiting { claim: Claim::Offered, .. })
        }
        Command::Recall { .. } | Command::Arrive { .. } | Command::NoShow { .. } | Command::PutBack { .. } => {
            matches!(ticket.stage, Stage::Called { .. })
        }
        Command::Finish { .. } | Command::GiveAdvice { .. } | Command::Recommend { .. } | Command::JoinTalk { .. } => {
            matches!(ticket.stage, Stage::InTalk { .. })
        }
        _ => ticket.is_open(),
    }
}

/// What was drawn, mostly about a ticket that suits it; and a new ticket mostly with a new id.
fn aimed(world: &World, command: &Command) -> Command {
    if let Command::TakeTicket(take) = command {
        let n = world.day.tickets.len() + 50;
        let known = take.id <= ticket(1);
        let (id, token) = if known { (take.id, take.token.clone()) } else { (ticket(n), token(n)) };
        return Command::TakeTicket(TakeTicket { id, token, ..take.clone() });
    }
    let mut json = serde_json::to_value(command).unwrap();
    let fields = json.as_object_mut().and_then(|o| o.values_mut().next()).and_then(|v| v.as_object_mut());
    if let Some(drawn) = fields.and_then(|f| f.get_mut("ticket")) {
        let n = (0..20).find(|n| *drawn == ticket(*n).to_string()).unwrap_or_default();
        let all = world.day.tickets.values();
        let mut pool: Vec<_> = all.filter(|t| n % 5 == 0 || suits(command, t)).map(|t| t.id).collect();
        pool.sort_unstable();
        if !pool.is_empty() {
            *drawn = pool[n % pool.len()].to_string().into();
        }
    }
    serde_json::from_value(json).unwrap()
}

fn pass(world: &mut World, passes: Passes) {
    match passes {
        Passes::Seconds(s) => world.now = world.now.checked_add_signed(Duration::seconds(s)).unwrap_or(world.now),
        Passes::To(at) => world.now = at,
    }
}

fn look(world: &World) {
    let (day, centre, now) = (&world.day, &world.centre, world.now);
    let positions = Positions::of(day, centre);
    Board::of(day, centre, &positions, 1, now);
    PublicBoard::of(day, centre, &positions, now, None);
    CentreView::of(day, centre, 1, now);
    WelcomeView::of(day, centre, 1, now);
    for place in (0..PLACES).map(place).map(Some).chain([None]) {
        DeskView::of(day, centre, place, 1, now);
    }
    for ticket in day.tickets.values() {
        FollowView::of(ticket, day, centre, &positions);
    }
}

fn replay(log: &[Entry]) -> Day {
    let mut day = Day::default();
    for entry in log {
        day.record(entry);
    }
    day
}

/// A desk's step that can be undone, by what it was asked with.
fn undoable(world: &World, command: &Command) -> Option<domain::PlaceId> {
    match command {
        Command::CallNext { place } | Command::CallTicket { place, .. } => Some(*place),
        Command::NoShow { ticket } | Command::Park { ticket, .. } | Command::Finish { ticket, .. } => {
            world.day.ticket(*ticket).ok()?.place()
        }
        _ => None,
    }
}

/// Undoing a step at once gives the state before it.
fn undo_restores(before: &World, after: &World, place: domain::PlaceId) -> Result<(), TestCaseError> {
    let mut world = after.without_log();
    if !world.day.places.contains_key(&place) || !world.day.is_open() {
        return Ok(());
    }
    world.act(Command::Undo { place });
    let mut tickets = before.day.tickets.clone();
    for ticket in tickets.values_mut() {
        // A visitor who comes after all has the time of a call again.
        let missed = matches!(after.day.tickets[&ticket.id].stage, Stage::Ended { ending: Ending::NoShow, .. });
        if let (true, Stage::Called { place: at, last, .. }) = (missed, &mut ticket.stage)
            && *at == place
        {
            *last = world.now;
        }
    }
    prop_assert_eq!(&world.day.tickets, &tickets);
    prop_assert_eq!(&world.day.open, &before.day.open);
    let activity = |world: &World| world.day.places[&place].activity;
    prop_assert_eq!(activity(&world), activity(before));
    truths::check(&world.day, &world.centre).map_err(TestCaseError::fail)?;
    prop_assert_eq!(world.refusal(Command::Undo { place }), Refusal::TooLateToUndo, "twice");
    Ok(())
}

/// The timer's no-show can be undone as long as a desk's own, and the undone call is not over a second later.
fn undo_of_the_timer_lasts(before: &World, after: &World, events: &[Event]) -> Result<usize, TestCaseError> {
    let policies = &before.centre.policies;
    let (undo, call) = (i64::from(policies.undo_seconds), i64::from(policies.call_limit_seconds));
    let missed = events.iter().filter_map(|e| match e {
        Event::Ended { ticket, ending: Ending::NoShow } => Some((*ticket, before.day.ticket(*ticket).ok()?.place()?)),
        _ => None,
    });
    let mut undone = 0;
    for (ticket, place) in missed.filter(|(_, place)| after.day.places.contains_key(place)) {
        let mut late = after.without_log();
        prop_assert_eq!(late.later(undo + 1).refusal(Command::Undo { place }), Refusal::TooLateToUndo);
        let mut world = after.without_log();
        world.later(undo).act(Command::Undo { place });
        prop_assert_eq!(world.day.places[&place].activity, Activity::Receiving(ticket));
        let is_called = |w: &World| matches!(w.day.tickets[&ticket].stage, Stage::Called { .. });
        world.later(call - 1).act(Command::Tick);
        prop_assert!(is_called(&world), "called again for the time of a call");
        world.later(1).act(Command::Tick);
        prop_assert!(!is_called(&world), "and no longer");
        truths::check(&world.day, &world.centre).map_err(TestCaseError::fail)?;
        undone += 1;
    }
    Ok(undone)
}

/// Who is called next: kept for the place, else the first in order, and nobody before them who could be served.
fn order_holds(before: &World, command: &Command, events: &[Event]) -> Result<(), TestCaseError> {
    if let (Command::CallNext { place }, [Event::Called { ticket, .. }]) = (command, events) {
        let open = &before.day.places[place];
        let called = before.day.ticket(*ticket).expect("a ticket");
        let kept = |t: &Ticket| matches!(t.stage, Stage::Waiting { claim: Claim::KeptFor(p), .. } if p == *place);
        for other in before.day.waiting().filter(|t| domain::day::policy::can_serve(&before.centre, *place, open, t)) {
            let first = (!kept(called), called.rank) <= (!kept(other), other.rank);
            prop_assert!(first, "{} before {}", called.number, other.number);
        }
        let needs = &open.abilities.needs;
        let able = match (called.any_need_of, called.request.need) {
            (Some(_), _) => !needs.is_empty(),
            (None, Some(need)) => needs.contains(&need),
            (None, None) => open.abilities.welcome,
        };
        prop_assert!(able || kept(called));
        prop_assert!(
            kept(called) || called.request.talk.required().is_none_or(|l| open.abilities.languages.contains(l))
        );
    }
    Ok(())
}

fn live(moments: Vec<Moment>, monotonic: bool) -> Result<(), TestCaseError> {
    let mut world = World::open();
    for Moment { passes, command } in moments {
        pass(&mut world, passes);
        let command = aimed(&world, &command);
        let before = world.without_log();
        let Ok(events) = world.try_act(&command) else {
            prop_assert_eq!(&world.day, &before.day, "a refusal changes nothing");
            continue;
        };
        truths::check(&world.day, &world.centre)
            .map_err(|e| TestCaseError::fail(format!("after {command:?} ({events:?}): {e}")))?;
        order_holds(&before, &command, &events)?;
        if let Some(place) = undoable(&before, &command).filter(|_| monotonic) {
            undo_restores(&before, &world, place)?;
        }
        if command == Command::Tick && monotonic {
            undo_of_the_timer_lasts(&before, &world, &events)?;
        }
        if events.len() > 1 {
            look(&world);
        }
    }
    prop_assert_eq!(&replay(&world.log), &world.day, "the log tells everything");
    let json = serde_json::to_string(&world.log).expect("JSON");
    let read: Vec<Entry> = serde_json::from_str(&json).expect("what was written");
    prop_assert_eq!(&replay(&read), &world.day, "through JSON too");
    for entry in &world.log {
        let answer = Answer::of(&entry.events);
        prop_assert_eq!(world.day.recorded(&entry.key, entry.fingerprint), Ok(Some(answer)));
        prop_assert_eq!(world.day.recorded(&entry.key, entry.fingerprint + 1), Err(Refusal::KeyReused));
    }
    prop_assert_eq!(world.day.recorded("another key", 1), Ok(None));
    Ok(())
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn every_truth_holds_all_day(moments in moments(0)) {
        live(moments, true)?;
    }

    #[test]
    fn no_time_and_no_clock_breaks_a_day(moments in moments(6)) {
        live(moments, false)?;
    }

    /// While everything stands still the timer does nothing, and afterwards everybody has waited as long as before.
    #[test]
    fn a_suspension_takes_no_time(moments in moments(0), minutes in 1i64..300) {
        let mut world = World::open();
        for Moment { passes, command } in moments {
            pass(&mut world, passes);
            let command = aimed(&world, &command);
            let _ = world.try_act(&command);
        }
        if world.try_act(&Command::Suspend { reason: SuspendReason::PowerCut, since: None }).is_err() {
            return Ok(());
        }
        let waits = |world: &World| -> Vec<_> {
            let mut waits: Vec<_> =
                world.day.waiting().map(|t| (t.id, t.waited(world.now), t.rank)).collect();
            waits.sort_unstable();
            waits
        };
        let mut without = world.clone();
        without.act(Command::ResumeDay);
        for _ in 0..3 {
            world.later(minutes * 20);
            prop_assert_eq!(world.try_act(&Command::Tick), Ok(vec![]));
        }
        world.act(Command::ResumeDay);
        prop_assert_eq!(waits(&world), waits(&without));
        let due = |mut world: World| {
            let mut events = world.try_act(&Command::Tick)?;
            // Breaks begin and end by the clock on the wall.
            events.retain(|e| !matches!(e, Event::BreakTold { .. }));
            Ok::<_, Refusal>(events)
        };
        prop_assert_eq!(due(world), due(without), "what was due then is due now, and nothing else");
    }
}

#[test]
fn random_days_reach_everything() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let (mut events, mut activities, mut refusals) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut undone = 0;
    for _ in 0..150 {
        let mut world = World::open();
        for Moment { passes, command } in moments(0).new_tree(&mut runner).unwrap().current() {
            pass(&mut world, passes);
            let (command, before) = (aimed(&world, &command), world.without_log());
            match world.try_act(&command) {
                Ok(happened) => {
                    if command == Command::Tick {
                        undone += undo_of_the_timer_lasts(&before, &world, &happened).unwrap();
                    }
                    let name =
                        |e: &Event| format!("{e:?}").chars().take_while(|c| c.is_alphanumeric()).collect::<String>();
                    events.extend(happened.iter().map(name));
                    activities.extend(world.day.places.values().map(|p| match p.activity {
                        Activity::Available => "available",
                        Activity::Receiving(_) => "receiving",
                        Activity::Joining { .. } => "joining",
                        Activity::Away { .. } => "away",
                    }));
                }
                Err(refusal) => drop(refusals.insert(refusal.code())),
            }
        }
    }
    assert_eq!(activities.len(), 4);
    assert!(undone > 10, "the timer was undone {undone} times");
    // Every event but the opening, which comes before.
    assert_eq!(events.len(), 40, "{events:?}");
    assert!(refusals.len() >= 34, "{} {refusals:?}", refusals.len());
}
