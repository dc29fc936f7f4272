//! The transition table: every state × every command gives events or a named refusal.
//!
//! The table is kept as text. When a rule changes, `cargo insta review` (or `INSTA_UPDATE=always cargo test`) shows and
//! takes over what changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use chrono::Duration;
use domain::{
    Instant,
    catalogue::Entries,
    centre::Accommodation,
    day::{
        Advice, Break, Claim, Command, Counted, Event, Expected, HelpOffered, Message, Outcome, PriorityReason, Reason,
        RefusalReason, Stage, SuspendReason, TakeTicket, TalkLanguage, Target,
    },
};

use crate::{
    truths,
    world::{
        World, abilities, count, device, entry, language, morning, need, open_place, organisation, place, request,
        slip, space, staff, take, ticket, token,
    },
};

/// The place that most states and commands are about.
const HERE: usize = 0;
/// A colleague's place.
const THERE: usize = 1;
/// The ticket that most states and commands are about.
const IT: usize = 0;

fn then(mut world: World, commands: impl IntoIterator<Item = Command>) -> World {
    for command in commands {
        world.later(60).act(command);
    }
    world
}

/// An open day with two places available, and these commands given one after the other.
fn open(commands: impl IntoIterator<Item = Command>) -> World {
    then(World::open(), commands)
}

fn waiting() -> [Command; 1] {
    [take(IT, Some(0))]
}
fn called() -> [Command; 2] {
    [take(IT, Some(0)), Command::CallNext { place: place(HERE) }]
}
fn in_talk() -> [Command; 3] {
    let [take, call] = called();
    [take, call, Command::Arrive { ticket: ticket(IT) }]
}
fn in_talk_and(more: impl IntoIterator<Item = Command>) -> World {
    then(open(in_talk()), more)
}
fn finish() -> Command {
    Command::Finish { ticket: ticket(IT), outcome: Outcome::Answered, further: None }
}
fn transfer(returns: bool) -> Command {
    Command::Transfer { ticket: ticket(IT), to: Target::Need(need(1)), returns, advice: BTreeSet::new() }
}
fn park() -> Command {
    Command::Park { ticket: ticket(IT), until: in_an_hour() }
}
fn in_an_hour() -> Instant {
    morning() + Duration::hours(1)
}
fn pause() -> Command {
    Command::PausePlace { place: place(HERE), until: Some(in_an_hour()) }
}
/// Breaks of half an hour, the first of them soon.
fn lunch(breaks: i64) -> Vec<Break> {
    let from = |n| morning() + Duration::minutes(20 + n * 60);
    (0..breaks).map(|n| Break { from: from(n), to: from(n) + Duration::minutes(30) }).collect()
}
/// The hours of a day that runs, and the timer.
fn with_hours(closes: Option<Instant>, breaks: i64) -> [Command; 2] {
    [Command::FollowHours { closes, breaks: lunch(breaks) }, Command::Tick]
}
fn suspend() -> Command {
    Command::Suspend { reason: SuspendReason::FireAlarm, since: None }
}

/// Every state that the rules tell apart.
#[allow(clippy::too_many_lines)] // a list
fn states() -> Vec<(&'static str, World)> {
    let close_here = Command::ClosePlace { place: place(HERE) };
    let colleague_receives = [
        take(1, Some(0)),
        Command::CallTicket { place: place(THERE), ticket: ticket(1) },
        Command::Arrive { ticket: ticket(1) },
    ];
    let closed_needs = Command::CloseNeeds { needs: [need(0)].into(), reason: Reason::Full };
    let kiosk_tickets = (10..14).map(|n| {
        let request = request(Some(0));
        Command::TakeTicket(TakeTicket { id: ticket(n), token: token(n), request, device: Some(device(0)), slip: None })
    });
    let mut last_numbers = World::open();
    last_numbers.centre.policies.last_number = 2;
    let with_slip = Command::TakeTicket(TakeTicket {
        id: ticket(IT),
        token: token(IT),
        request: request(Some(0)),
        device: None,
        slip: Some(slip(0)),
    });
    vec![
        ("before opening", World::new()),
        ("open, no place open", then(World::new(), [Command::OpenDay { closes: None }])),
        ("nobody waits", World::open()),
        ("needs closed", open([closed_needs])),
        ("last numbers given", then(last_numbers, [take(8, Some(0)), take(9, Some(2))])),
        ("a slip was used", open([with_slip])),
        ("kiosk flagged", open(kiosk_tickets)),
        (
            "counted, announced, message",
            open([
                Command::Count { id: count(0), what: Counted::CameIn },
                Command::Announce { id: count(1), kind: Expected::Workshop, space: None },
                Command::SendMessage { message: Some(Message::Words("Bonjour".into())) },
                Command::AskHelp { place: place(HERE), on: true },
            ]),
        ),
        ("open until an hour", then(World::new(), [Command::OpenDay { closes: Some(in_an_hour()) }])),
        ("hours until an hour", open(with_hours(Some(in_an_hour()), 0))),
        ("a break soon", open(with_hours(Some(in_an_hour()), 1))),
        ("on a break", {
            let mut world = open(with_hours(Some(in_an_hour()), 1));
            world.later(20 * 60).act(Command::Tick);
            world
        }),
        ("hours over", {
            let [until, tick] = with_hours(Some(in_an_hour()), 0);
            let gone = Command::FollowHours { closes: None, breaks: vec![] };
            open(waiting().into_iter().chain([until, tick, gone]))
        }),
        ("waiting", open(waiting())),
        ("waiting for long", {
            let mut world = open(waiting());
            world.later(3600);
            world
        }),
        ("waiting, place away", open(waiting().into_iter().chain([pause()]))),
        ("waiting, place closed", open(waiting().into_iter().chain([close_here.clone()]))),
        (
            "waiting, nobody able",
            open(waiting().into_iter().chain([close_here.clone(), Command::ClosePlace { place: place(THERE) }])),
        ),
        (
            "waiting, place joins a talk",
            open(
                colleague_receives
                    .clone()
                    .into_iter()
                    .chain(waiting())
                    .chain([Command::JoinTalk { place: place(HERE), ticket: ticket(1) }]),
            ),
        ),
        (
            "waiting, place not able",
            open(
                waiting()
                    .into_iter()
                    .chain([Command::ChangeAbilities { place: place(HERE), abilities: abilities([1]) }]),
            ),
        ),
        ("waiting, place busy with another", {
            open([take(1, Some(0)), Command::CallNext { place: place(HERE) }].into_iter().chain(waiting()))
        }),
        ("called here", open(called())),
        ("called here long ago", {
            let mut world = open(called());
            world.later(100);
            world
        }),
        ("called here, too many recalls", {
            let mut world = open(called());
            for _ in 0..2 {
                world.later(100).act(Command::Tick);
            }
            world.later(100);
            world
        }),
        ("called here, place plans to close", open(called().into_iter().chain([close_here.clone()]))),
        ("called there", {
            open([take(IT, Some(0)), Command::CallTicket { place: place(THERE), ticket: ticket(IT) }])
        }),
        ("in talk here", open(in_talk())),
        ("in talk here, place plans a pause", in_talk_and([pause()])),
        ("in talk here, place plans to close", in_talk_and([close_here.clone()])),
        (
            "in talk here, a colleague joins",
            in_talk_and([Command::JoinTalk { place: place(THERE), ticket: ticket(IT) }]),
        ),
        ("in talk there", {
            open([
                take(IT, Some(0)),
                Command::CallTicket { place: place(THERE), ticket: ticket(IT) },
                Command::Arrive { ticket: ticket(IT) },
            ])
        }),
        ("parked", open(waiting().into_iter().chain([park()]))),
        ("parked, time is up", {
            let mut world = open(waiting().into_iter().chain([park()]));
            world.now = in_an_hour();
            world
        }),
        ("parked by this place in a talk", in_talk_and([park()])),
        ("offered by this place", in_talk_and([transfer(true)])),
        ("offered by the colleague", {
            let mut world = open([
                take(IT, Some(0)),
                Command::CallTicket { place: place(THERE), ticket: ticket(IT) },
                Command::Arrive { ticket: ticket(IT) },
            ]);
            world.later(60).act(transfer(true));
            world
        }),
        ("offered by this place for long", {
            let mut world = in_talk_and([transfer(true)]);
            world.later(600);
            world
        }),
        ("kept for this place", {
            let offered = in_talk_and([transfer(true)]);
            let refuse = Command::Refuse { ticket: ticket(IT), place: place(THERE), reason: RefusalReason::NoTime };
            then(offered, [refuse])
        }),
        ("kept for the colleague", {
            then(in_talk_and([transfer(true)]), [Command::Accept { ticket: ticket(IT), place: place(THERE) }])
        }),
        ("in talk there, to come back here", {
            then(
                in_talk_and([transfer(true)]),
                [Command::CallNext { place: place(THERE) }, Command::Arrive { ticket: ticket(IT) }],
            )
        }),
        ("transferred to a space", {
            let to = Target::Space(space(1));
            in_talk_and([Command::Transfer { ticket: ticket(IT), to, returns: false, advice: BTreeSet::new() }])
        }),
        ("transferred to another organisation", {
            let to = Target::Organisation { organisation: organisation(1), need: need(0) };
            in_talk_and([Command::Transfer { ticket: ticket(IT), to, returns: false, advice: BTreeSet::new() }])
        }),
        ("finished just now", in_talk_and([finish()])),
        ("finished a while ago", {
            let mut world = in_talk_and([finish()]);
            world.later(3600);
            world
        }),
        ("no-show just now", open(called().into_iter().chain([Command::NoShow { ticket: ticket(IT) }]))),
        ("left just now", open(waiting().into_iter().chain([Command::Leave { ticket: ticket(IT) }]))),
        ("left a while ago", {
            let mut world = open(waiting().into_iter().chain([Command::Leave { ticket: ticket(IT) }]));
            world.later(3600);
            world
        }),
        ("taken back", open(waiting().into_iter().chain([Command::TakeBack { ticket: ticket(IT) }]))),
        ("suspended, waiting", open(waiting().into_iter().chain([suspend()]))),
        ("suspended, called", open(called().into_iter().chain([suspend()]))),
        ("suspended, in talk", in_talk_and([suspend()])),
        ("closed", open(waiting().into_iter().chain([Command::CloseDay { force: true }]))),
    ]
}

/// What the compiler asks for a new command: its name. The table then asks for its rows.
fn name(command: &Command) -> &'static str {
    match command {
        Command::OpenDay { .. } => "open day",
        Command::FollowHours { .. } => "follow hours",
        Command::StayOpen => "stay open",
        Command::TakeTicket(_) => "take ticket",
        Command::TakeBack { .. } => "take back",
        Command::CorrectNeed { .. } => "correct need",
        Command::CorrectRequirements { .. } => "correct requirements",
        Command::CallNext { .. } => "call next",
        Command::CallTicket { .. } => "call ticket",
        Command::Recall { .. } => "recall",
        Command::Arrive { .. } => "arrive",
        Command::NoShow { .. } => "no-show",
        Command::PutBack { .. } => "put back",
        Command::Park { .. } => "park",
        Command::Resume { .. } => "resume",
        Command::MoreTime { .. } => "more time",
        Command::Leave { .. } => "leave",
        Command::ComeBack { .. } => "come back",
        Command::Transfer { .. } => "transfer",
        Command::Accept { .. } => "accept",
        Command::Refuse { .. } => "refuse",
        Command::GiveAdvice { .. } => "give advice",
        Command::Recommend { .. } => "recommend",
        Command::Finish { .. } => "finish",
        Command::Undo { .. } => "undo",
        Command::OpenPlace { .. } => "open place",
        Command::BackFromPause { .. } => "back from pause",
        Command::PausePlace { .. } => "pause place",
        Command::ClosePlace { .. } => "close place",
        Command::ChangeAbilities { .. } => "change abilities",
        Command::JoinTalk { .. } => "join talk",
        Command::LeaveTalk { .. } => "leave talk",
        Command::MovePlace { .. } => "move place",
        Command::CloseNeeds { .. } => "close needs",
        Command::ReopenNeeds { .. } => "reopen needs",
        Command::SendMessage { .. } => "send message",
        Command::AskHelp { .. } => "ask help",
        Command::Count { .. } => "count",
        Command::UndoCount { .. } => "undo count",
        Command::Announce { .. } => "announce",
        Command::Welcomed { .. } => "welcomed",
        Command::Prioritise { .. } => "prioritise",
        Command::KioskChecked { .. } => "kiosk checked",
        Command::Suspend { .. } => "suspend",
        Command::ResumeDay => "resume day",
        Command::Dismiss { .. } => "dismiss",
        Command::CloseDay { .. } => "close day",
        Command::Tick => "tick",
    }
}
const COMMANDS: usize = 48;

/// Every command, with every way that it can be meant or be wrong.
#[allow(clippy::too_many_lines)] // a list
fn commands() -> Vec<(&'static str, Command)> {
    let (here, there, shut, nowhere) = (place(HERE), place(THERE), place(2), place(99));
    let (it, unknown) = (ticket(IT), ticket(99));
    let taking = |n, of: Option<usize>, device_: Option<usize>, slip_: Option<usize>| {
        let (device, slip) = (device_.map(device), slip_.map(slip));
        Command::TakeTicket(TakeTicket { id: ticket(n), token: token(n), request: request(of), device, slip })
    };
    let to = |to, returns| Command::Transfer { ticket: it, to, returns, advice: [Advice::WriteCv].into() };
    let finishing = |further| Command::Finish { ticket: it, outcome: Outcome::NextSteps, further };
    let opening = |place, counsellor, organisation| Command::OpenPlace {
        place,
        counsellor,
        organisation,
        abilities: abilities(0..4),
    };
    let (past, future) = (morning() - Duration::hours(1), morning() + Duration::hours(9));
    let hours = |closes, breaks| Command::FollowHours { closes, breaks: lunch(breaks) };
    let words = |n: usize| Command::SendMessage { message: Some(Message::Words("é".repeat(n))) };
    vec![
        ("", Command::OpenDay { closes: None }),
        ("until a time", Command::OpenDay { closes: Some(future) }),
        ("", hours(Some(future), 0)),
        ("with a break", hours(Some(future), 1)),
        ("over already", hours(Some(past), 0)),
        ("closed", hours(None, 0)),
        ("", Command::StayOpen),
        ("", taking(50, Some(0), None, None)),
        ("welcome first", taking(50, None, None, None)),
        ("at the kiosk", taking(50, Some(0), Some(0), None)),
        ("with a slip", taking(50, Some(0), None, Some(0))),
        ("id in use", taking(IT, Some(0), None, None)),
        ("unknown need", taking(50, Some(99), None, None)),
        ("", Command::TakeBack { ticket: it }),
        ("unknown", Command::TakeBack { ticket: unknown }),
        ("", Command::CorrectNeed { ticket: it, need: Some(need(3)) }),
        ("same", Command::CorrectNeed { ticket: it, need: Some(need(0)) }),
        ("unknown need", Command::CorrectNeed { ticket: it, need: Some(need(99)) }),
        (
            "",
            Command::CorrectRequirements {
                ticket: it,
                talk: TalkLanguage::NeedsInterpreter(language("ti")),
                accommodations: [Accommodation::Quiet].into(),
            },
        ),
        (
            "same",
            Command::CorrectRequirements {
                ticket: it,
                talk: TalkLanguage::Speaks(language("fr")),
                accommodations: BTreeSet::new(),
            },
        ),
        ("", Command::CallNext { place: here }),
        ("not open", Command::CallNext { place: shut }),
        ("unknown place", Command::CallNext { place: nowhere }),
        ("", Command::CallTicket { place: here, ticket: it }),
        ("colleague", Command::CallTicket { place: there, ticket: it }),
        ("unknown", Command::CallTicket { place: here, ticket: unknown }),
        ("", Command::Recall { ticket: it }),
        ("", Command::Arrive { ticket: it }),
        ("", Command::NoShow { ticket: it }),
        ("", Command::PutBack { ticket: it }),
        ("", Command::Park { ticket: it, until: future }),
        ("until the past", Command::Park { ticket: it, until: past }),
        ("", Command::Resume { ticket: it }),
        ("", Command::MoreTime { ticket: it }),
        ("", Command::Leave { ticket: it }),
        ("", Command::ComeBack { ticket: it }),
        ("to a need", to(Target::Need(need(1)), false)),
        ("to a space and back", to(Target::Space(space(1)), true)),
        ("to an organisation", to(Target::Organisation { organisation: organisation(1), need: need(2) }, false)),
        ("to the welcome", to(Target::Welcome, false)),
        ("to an unknown need", to(Target::Need(need(99)), false)),
        ("to an unknown space", to(Target::Space(space(99)), false)),
        ("to nobody", to(Target::Organisation { organisation: organisation(99), need: need(2) }, false)),
        ("", Command::Accept { ticket: it, place: here }),
        ("colleague", Command::Accept { ticket: it, place: there }),
        ("", Command::Refuse { ticket: it, place: here, reason: RefusalReason::NotOurs }),
        ("colleague", Command::Refuse { ticket: it, place: there, reason: RefusalReason::NotOurs }),
        ("", Command::GiveAdvice { ticket: it, advice: [Advice::WriteCv].into() }),
        ("none", Command::GiveAdvice { ticket: it, advice: BTreeSet::new() }),
        ("", Command::Recommend { ticket: it, entries: Entries::default().with(entry(0)) }),
        ("none", Command::Recommend { ticket: it, entries: Entries::default() }),
        ("", finishing(None)),
        ("with a further need", finishing(Some(need(1)))),
        ("with an unknown need", finishing(Some(need(99)))),
        ("", Command::Undo { place: here }),
        ("", opening(shut, staff(9), organisation(0))),
        ("open already", opening(here, staff(9), organisation(0))),
        ("counsellor elsewhere", opening(shut, staff(THERE), organisation(0))),
        ("unknown place", opening(nowhere, staff(9), organisation(0))),
        ("unknown organisation", opening(shut, staff(9), organisation(99))),
        ("", Command::BackFromPause { place: here }),
        ("", Command::PausePlace { place: here, until: None }),
        ("until the past", Command::PausePlace { place: here, until: Some(past) }),
        ("as it is", Command::PausePlace { place: here, until: Some(in_an_hour()) }),
        ("", Command::ClosePlace { place: here }),
        ("", Command::ChangeAbilities { place: here, abilities: abilities([3]) }),
        ("same", Command::ChangeAbilities { place: here, abilities: abilities(0..4) }),
        ("unknown need", Command::ChangeAbilities { place: here, abilities: abilities([99]) }),
        ("", Command::JoinTalk { place: there, ticket: it }),
        ("own", Command::JoinTalk { place: here, ticket: it }),
        ("", Command::LeaveTalk { place: here }),
        ("", Command::MovePlace { from: here, to: shut }),
        ("to an open one", Command::MovePlace { from: here, to: there }),
        ("to nowhere", Command::MovePlace { from: here, to: nowhere }),
        ("", Command::CloseNeeds { needs: [need(0), need(1)].into(), reason: Reason::Full }),
        ("none", Command::CloseNeeds { needs: BTreeSet::new(), reason: Reason::Full }),
        ("unknown", Command::CloseNeeds { needs: [need(99)].into(), reason: Reason::Full }),
        ("", Command::ReopenNeeds { needs: [need(0), need(1)].into() }),
        ("", words(200)),
        ("too long", words(201)),
        ("empty", Command::SendMessage { message: Some(Message::Words("  ".into())) }),
        ("none", Command::SendMessage { message: None }),
        ("", Command::AskHelp { place: here, on: true }),
        ("off", Command::AskHelp { place: here, on: false }),
        ("", Command::Count { id: count(50), what: Counted::QuickAnswer }),
        ("id in use", Command::Count { id: count(0), what: Counted::CameIn }),
        ("group of one", Command::Count { id: count(50), what: Counted::Group(1) }),
        ("group", Command::Count { id: count(50), what: Counted::Group(500) }),
        ("", Command::UndoCount { id: count(0) }),
        ("", Command::Announce { id: count(50), kind: Expected::Appointment, space: Some(space(0)) }),
        ("id in use", Command::Announce { id: count(1), kind: Expected::Appointment, space: None }),
        ("unknown space", Command::Announce { id: count(50), kind: Expected::Workshop, space: Some(space(99)) }),
        ("", Command::Welcomed { id: count(1) }),
        ("", Command::Prioritise { ticket: it, reason: PriorityReason::SmallChild }),
        ("", Command::KioskChecked { device: device(0) }),
        ("", suspend()),
        ("", Command::ResumeDay),
        ("with a slip", Command::Dismiss { ticket: it, with: HelpOffered::Slip(slip(5)) }),
        ("with other help", Command::Dismiss { ticket: it, with: HelpOffered::Other }),
        ("", Command::CloseDay { force: false }),
        ("by force", Command::CloseDay { force: true }),
        ("", Command::Tick),
    ]
}

fn event_name(event: &Event) -> String {
    let debug = format!("{event:?}");
    let name: String = debug.chars().take_while(|c| c.is_alphanumeric()).collect();
    match event {
        Event::Claimed { claim: Claim::Anyone, .. } => "Claimed by anyone".into(),
        Event::Claimed { .. } => "Claimed by a place".into(),
        Event::HoursChanged { asked: true, .. } => format!("{name}, staff are asked"),
        Event::BreakTold { told } => match told {
            None => format!("{name} over"),
            Some(told) if told.begun => format!("{name} begun"),
            Some(_) => format!("{name} soon"),
        },
        Event::Ended { ending, .. } => format!("{name} ({ending:?})").replace("Slip(SlipId(", "Slip(("),
        Event::Flagged { flag, on, .. } => format!("{name} {flag:?} {on}"),
        _ => name,
    }
}

/// One event of each kind that any command leads to in any state, by name.
pub fn every_event() -> BTreeMap<String, Event> {
    let mut events = BTreeMap::new();
    for (_, world) in states() {
        for event in world.log.iter().flat_map(|entry| &entry.events) {
            events.entry(event_name(event)).or_insert_with(|| event.clone());
        }
        for (_, command) in commands() {
            let mut world = world.clone();
            world.later(10);
            for event in world.try_act(&command).unwrap_or_default() {
                events.entry(event_name(&event)).or_insert(event);
            }
        }
    }
    events
}

/// What a command is answered with in a state, after which every truth must hold.
fn answer(world: &World, command: &Command) -> String {
    let mut world = world.clone();
    world.later(10);
    match world.try_act(command) {
        Err(refusal) => refusal.code().to_owned(),
        Ok(events) => {
            truths::check(&world.day, &world.centre).unwrap_or_else(|e| panic!("after {command:?}: {e}"));
            let names: Vec<_> = events.iter().map(event_name).collect();
            if names.is_empty() { "nothing".into() } else { names.join(", ") }
        }
    }
}

#[test]
fn every_state_and_every_command() {
    let states = states();
    let mut table = "Before opening every command is refused as day_not_open, after closing as day_closed, \
        where the table does not say otherwise.\n"
        .to_owned();
    for (variant, command) in commands() {
        let mut answers = BTreeMap::<String, Vec<&str>>::new();
        for (state, world) in &states {
            let answer = answer(world, &command);
            if !matches!((*state, answer.as_str()), ("before opening", "day_not_open") | ("closed", "day_closed")) {
                answers.entry(answer).or_default().push(state);
            }
        }
        writeln!(table, "{}{}{variant}", name(&command), if variant.is_empty() { "" } else { ": " }).unwrap();
        // What most states answer is said once.
        let most = answers.values().map(Vec::len).max().unwrap_or(0);
        let usual = answers.iter().find(|(_, s)| s.len() == most && most > 3).map(|(a, _)| a.clone());
        for (answer, states) in answers.iter().filter(|(a, _)| Some(*a) != usual.as_ref()) {
            writeln!(table, "  {answer}\n    {}", states.join(" | ")).unwrap();
        }
        if let Some(usual) = usual {
            writeln!(table, "  {usual}\n    in all other states").unwrap();
        }
    }
    insta::assert_snapshot!("transitions", table);
}

#[test]
fn the_table_has_every_command() {
    let names: BTreeSet<_> = commands().iter().map(|(_, c)| name(c)).collect();
    assert_eq!(names.len(), COMMANDS);
}

#[test]
fn the_table_has_every_stage_ending_and_activity() {
    let states = states();
    let of = |n: &str| states.iter().find(|(name, _)| *name == n).map(|(_, w)| w).unwrap();
    assert!(
        matches!(of("kept for this place").stage(IT), Stage::Waiting { claim: Claim::KeptFor(p), .. } if *p == place(HERE))
    );
    assert!(matches!(of("offered by this place").stage(IT), Stage::Waiting { claim: Claim::Offered, .. }));
    let seen: BTreeSet<String> = states
        .iter()
        .flat_map(|(_, w)| w.day.tickets.values())
        .map(|t| format!("{:?}", t.stage).chars().take_while(|c| c.is_alphanumeric()).collect())
        .collect();
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["Called", "Ended", "InTalk", "Parked", "Waiting"]);
    for (name, world) in &states {
        truths::check(&world.day, &world.centre).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
    // The colleague's place is open everywhere but where nothing is.
    assert!(of("waiting").clone().try_act(&open_place(2)).is_ok());
}
