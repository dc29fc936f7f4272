//! Every use case and command × everybody who could ask: what is not written here is denied.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{TimeZone, Utc};
use domain::{
    CountId, DeviceId, Instant, NetworkId, OrganisationId, PlaceId, SlipId, StaffId, TicketId,
    catalogue::{Entries, Notebook},
    centre::Centre,
    day::{
        Channel, Claim, Command, Counted, Day, Entry, Event, Expected, FollowToken, ForWhom, HelpOffered, Outcome,
        PartySize, PriorityReason, Reason, RefusalReason, Request, SuspendReason, TakeTicket, TalkLanguage, Target,
    },
    staff::{Abilities, Device, DeviceKind, Role, Staff},
    view::Cause,
};
use services::{
    Actor, Problem,
    authorise::{self, By, Sight, UseCase, Who},
};
use uuid::Uuid;

use crate::world::{World, kiosk_of, on_sqlite};

fn at() -> Instant {
    Utc.with_ymd_and_hms(2026, 6, 2, 8, 0, 0).unwrap()
}
fn ticket(n: u128) -> TicketId {
    TicketId(Uuid::from_u128(n))
}

/// Who asks. `own` and `other` say whose place and ticket the commands are about: `own` is the counsellor who sits at
/// the place, `other` one of another organisation at another place.
struct Cast {
    actors: Vec<(&'static str, Who)>,
}

struct Stage {
    centre: Centre,
    day: Day,
    place: PlaceId,
    other_place: PlaceId,
    counsellor: StaffId,
    organisation: OrganisationId,
    abilities: Abilities,
}

fn request(centre: &Centre) -> Request {
    Request {
        need: Some(centre.needs[1].id),
        language: domain::Language::french(),
        talk: TalkLanguage::Speaks(domain::Language::french()),
        party: PartySize::default(),
        for_whom: ForWhom::default(),
        channel: Channel::default(),
        accommodations: BTreeSet::new(),
        notebook: Notebook::default(),
    }
}

/// A day with two open places; ticket 1 called to the first, 2 to the second, 3 set aside for anybody, 4 waiting.
fn stage(w: &World) -> Stage {
    let centre = (*w.here).clone();
    let of = |login: &str| w.staff.iter().find(|s| s.login == login).unwrap().clone();
    let (one, two) = (of("here.c1"), of("here.c2"));
    let (place, other_place) = (w.place(1), w.place(2));
    let mut day = Day::default();
    let mut give = |command: Command| {
        let events = day.decide(&centre, &command, at()).unwrap_or_else(|e| panic!("{command:?}: {e}"));
        let entry =
            Entry { sequence: day.sequence + 1, at: at(), key: (day.sequence + 1).to_string(), fingerprint: 0, events };
        day.record(&entry);
    };
    give(Command::OpenDay { closes: None });
    for (id, who) in [(place, &one), (other_place, &two)] {
        let (organisation, abilities) = (who.organisation.unwrap(), who.abilities.clone());
        give(Command::OpenPlace { place: id, counsellor: who.id, organisation, abilities });
    }
    for n in 1..=4 {
        let token = FollowToken::from([u8::try_from(n).unwrap(); 16]);
        let take = TakeTicket { id: ticket(n), token, request: request(&centre), device: None, slip: None };
        give(Command::TakeTicket(take));
    }
    give(Command::CallTicket { place, ticket: ticket(1) });
    give(Command::CallTicket { place: other_place, ticket: ticket(2) });
    give(Command::Park { ticket: ticket(3), until: at() + chrono::Duration::hours(1) });
    Stage {
        place,
        other_place,
        counsellor: one.id,
        organisation: one.organisation.unwrap(),
        abilities: one.abilities,
        centre,
        day,
    }
}

impl Cast {
    fn of(w: &World) -> Self {
        let network = w.here.network;
        let who = |actor: Actor, home: Option<NetworkId>| Who::before(&actor, &w.here, home);
        let mut actors = vec![("anyone", who(Actor::Anyone, None))];
        for (name, centre, home) in
            [("", &w.here, network), ("near ", &w.near, network), ("far ", &w.far, w.far.network)]
        {
            for kind in [DeviceKind::Kiosk, DeviceKind::Display, DeviceKind::Printer] {
                let Actor::Device(kiosk) = kiosk_of(centre.id) else { unreachable!() };
                let device = Actor::Device(Arc::new(Device { kind, ..(*kiosk).clone() }));
                actors.push((leak(format!("{name}{}", kind.code())), who(device, home)));
            }
            for (role, login) in [
                ("host", "host"),
                ("own", "c1"),
                ("other", "c2"),
                ("idle", "c3"),
                ("manager", "manager"),
                ("coordinator", "coordinator"),
                ("administrator", "admin"),
            ] {
                let actor = w.actor(&format!("{}.{login}", centre.slug));
                actors.push((leak(format!("{name}{role}")), who(actor, home)));
            }
        }
        let changed = |login: &str, change: fn(&mut Staff)| {
            let Actor::Staff(staff) = w.actor(login) else { unreachable!() };
            let mut staff = (*staff).clone();
            change(&mut staff);
            who(Actor::Staff(Arc::new(staff)), network)
        };
        actors.push(("installation", who(crate::world::operator(), None)));
        actors.push(("first password", changed("coordinator", |s| s.must_change_password = true)));
        actors.push(("switched off", changed("coordinator", |s| s.active = false)));
        actors.push(("without role", changed("coordinator", |s| s.roles.clear())));
        // somebody who has every role but works elsewhere
        actors.push(("far everything", {
            let Actor::Staff(staff) = w.actor("far.c1") else { unreachable!() };
            let all = Staff { roles: Role::ALL.into(), ..(*staff).clone() };
            who(Actor::Staff(Arc::new(all)), w.far.network)
        }));
        Self { actors }
    }

    /// The names of those who may.
    fn who_may(&self, allowed: impl Fn(&Who) -> Result<(), Problem>) -> String {
        let may: Vec<&str> =
            self.actors.iter().filter(|(_, who)| allowed(who).is_ok()).map(|(name, _)| *name).collect();
        may.join(", ")
    }
}

fn leak(name: String) -> &'static str {
    Box::leak(name.into_boxed_str())
}

const STEER: &str = "host, coordinator, administrator, near administrator, installation";
const KIOSK_OR_STEER: &str = "kiosk, host, coordinator, administrator, near administrator, installation";
const RUN: &str = "coordinator, administrator, near administrator, installation";
const OWN: &str = "own";
const OWN_OR_STEER: &str = "host, own, coordinator, administrator, near administrator, installation";
const ABLE_OR_STEER: &str = "host, own, other, coordinator, administrator, near administrator, installation";
const OWN_OR_RUN: &str = "own, coordinator, administrator, near administrator, installation";
const NOBODY: &str = "";

/// Every command about the first place and its visitor, with those who may give it.
fn commands(s: &Stage) -> Vec<(Command, &'static str)> {
    let (place, mine) = (s.place, ticket(1));
    let count = CountId(Uuid::from_u128(1));
    let needs: BTreeSet<_> = [s.centre.needs[0].id].into();
    let fewer = Abilities { needs: needs.clone(), ..s.abilities.clone() };
    let take = TakeTicket {
        id: ticket(9),
        token: FollowToken::from([9; 16]),
        request: request(&s.centre),
        device: None,
        slip: None,
    };
    vec![
        (Command::OpenDay { closes: None }, STEER),
        (Command::TakeTicket(take), KIOSK_OR_STEER),
        (Command::TakeBack { ticket: ticket(4) }, KIOSK_OR_STEER),
        (Command::CorrectNeed { ticket: mine, need: None }, OWN_OR_STEER),
        (
            Command::CorrectRequirements {
                ticket: mine,
                talk: TalkLanguage::NeedsInterpreter(domain::Language::arabic()),
                accommodations: BTreeSet::new(),
            },
            OWN_OR_STEER,
        ),
        (Command::CallNext { place }, OWN),
        (Command::CallTicket { place, ticket: ticket(4) }, OWN),
        (Command::Recall { ticket: mine }, OWN_OR_STEER),
        (Command::Arrive { ticket: mine }, OWN_OR_STEER),
        (Command::NoShow { ticket: mine }, OWN_OR_STEER),
        (Command::PutBack { ticket: mine }, OWN_OR_STEER),
        (Command::Park { ticket: mine, until: at() }, OWN_OR_STEER),
        (Command::Resume { ticket: ticket(3) }, ABLE_OR_STEER),
        (Command::MoreTime { ticket: mine }, OWN_OR_STEER),
        (Command::Leave { ticket: mine }, OWN_OR_STEER),
        (Command::ComeBack { ticket: mine }, STEER),
        (
            Command::Transfer { ticket: mine, to: Target::Welcome, returns: false, advice: BTreeSet::new() },
            OWN_OR_STEER,
        ),
        (Command::Accept { ticket: mine, place }, OWN),
        (Command::Refuse { ticket: mine, place, reason: RefusalReason::NoTime }, OWN),
        (Command::GiveAdvice { ticket: mine, advice: BTreeSet::new() }, OWN_OR_STEER),
        (Command::Recommend { ticket: mine, entries: Entries::default() }, OWN_OR_STEER),
        (Command::Finish { ticket: mine, outcome: Outcome::Answered, further: None }, OWN_OR_STEER),
        (Command::Undo { place }, OWN),
        (
            Command::OpenPlace {
                place,
                counsellor: s.counsellor,
                organisation: s.organisation,
                abilities: s.abilities.clone(),
            },
            OWN,
        ),
        (Command::BackFromPause { place }, OWN_OR_STEER),
        (Command::PausePlace { place, until: None }, OWN_OR_STEER),
        (Command::ClosePlace { place }, OWN_OR_STEER),
        (Command::ChangeAbilities { place, abilities: fewer }, OWN_OR_RUN),
        (Command::JoinTalk { place, ticket: ticket(2) }, OWN),
        (Command::LeaveTalk { place }, OWN),
        (Command::MovePlace { from: place, to: s.other_place }, OWN_OR_STEER),
        (Command::CloseNeeds { needs: needs.clone(), reason: Reason::Full }, STEER),
        (Command::ReopenNeeds { needs }, STEER),
        (Command::SendMessage { message: None }, STEER),
        (Command::AskHelp { place, on: true }, OWN_OR_STEER),
        (Command::Count { id: count, what: Counted::CameIn }, STEER),
        (Command::Count { id: count, what: Counted::DocumentGiven }, KIOSK_OR_STEER),
        (Command::UndoCount { id: count }, STEER),
        (Command::Announce { id: count, kind: Expected::Workshop, space: None }, KIOSK_OR_STEER),
        (Command::Welcomed { id: count }, STEER),
        (Command::Prioritise { ticket: ticket(4), reason: PriorityReason::SmallChild }, STEER),
        (Command::KioskChecked { device: DeviceId(Uuid::from_u128(7)) }, STEER),
        (Command::Suspend { reason: SuspendReason::FireAlarm, since: None }, STEER),
        (Command::ResumeDay, STEER),
        (Command::Dismiss { ticket: mine, with: HelpOffered::Slip(SlipId(Uuid::from_u128(3))) }, STEER),
        (Command::CloseDay { force: true }, RUN),
        (Command::CloseDay { force: false }, STEER),
        (Command::Tick, NOBODY),
        (Command::StayOpen, STEER),
        (Command::FollowHours { closes: None, breaks: vec![] }, NOBODY),
    ]
}

/// A new command does not compile here until it is in the table above too.
fn position(command: &Command) -> usize {
    match command {
        Command::OpenDay { .. } => 0,
        Command::TakeTicket(_) => 1,
        Command::TakeBack { .. } => 2,
        Command::CorrectNeed { .. } => 3,
        Command::CorrectRequirements { .. } => 4,
        Command::CallNext { .. } => 5,
        Command::CallTicket { .. } => 6,
        Command::Recall { .. } => 7,
        Command::Arrive { .. } => 8,
        Command::NoShow { .. } => 9,
        Command::PutBack { .. } => 10,
        Command::Park { .. } => 11,
        Command::Resume { .. } => 12,
        Command::MoreTime { .. } => 13,
        Command::Leave { .. } => 14,
        Command::ComeBack { .. } => 15,
        Command::Transfer { .. } => 16,
        Command::Accept { .. } => 17,
        Command::Refuse { .. } => 18,
        Command::GiveAdvice { .. } => 19,
        Command::Recommend { .. } => 20,
        Command::Finish { .. } => 21,
        Command::Undo { .. } => 22,
        Command::OpenPlace { .. } => 23,
        Command::BackFromPause { .. } => 24,
        Command::PausePlace { .. } => 25,
        Command::ClosePlace { .. } => 26,
        Command::ChangeAbilities { .. } => 27,
        Command::JoinTalk { .. } => 28,
        Command::LeaveTalk { .. } => 29,
        Command::MovePlace { .. } => 30,
        Command::CloseNeeds { .. } => 31,
        Command::ReopenNeeds { .. } => 32,
        Command::SendMessage { .. } => 33,
        Command::AskHelp { .. } => 34,
        Command::Count { what: Counted::CameIn | Counted::QuickAnswer | Counted::Group(_), .. } => 35,
        Command::Count { what: Counted::DocumentGiven, .. } => 36,
        Command::UndoCount { .. } => 37,
        Command::Announce { .. } => 38,
        Command::Welcomed { .. } => 39,
        Command::Prioritise { .. } => 40,
        Command::KioskChecked { .. } => 41,
        Command::Suspend { .. } => 42,
        Command::ResumeDay => 43,
        Command::Dismiss { .. } => 44,
        Command::CloseDay { force: true } => 45,
        Command::CloseDay { force: false } => 46,
        Command::Tick => 47,
        Command::StayOpen => 48,
        Command::FollowHours { .. } => 49,
    }
}

#[tokio::test]
async fn every_command_and_everybody() {
    on_sqlite(async |w| {
        let (stage, cast) = (stage(&w), Cast::of(&w));
        let table = commands(&stage);
        assert!(table.iter().enumerate().all(|(i, (c, _))| position(c) == i));
        assert_eq!(table.len(), 50, "every command, counting and closing in both ways");
        for (command, expected) in table {
            let may =
                cast.who_may(|who| authorise::command(&By::Actor(who.clone()), &command, &stage.centre, &stage.day));
            assert_eq!(may, expected, "{command:?}");
            assert!(authorise::command(&By::Timer, &command, &stage.centre, &stage.day).is_ok());
        }
        w
    })
    .await;
}

#[tokio::test]
async fn the_holder_of_a_token_and_nobody_elses() {
    on_sqlite(async |w| {
        let stage = stage(&w);
        for (command, _) in commands(&stage) {
            let allowed = |n| authorise::command(&By::Holder(ticket(n)), &command, &stage.centre, &stage.day).is_ok();
            let own = match &command {
                Command::MoreTime { .. }
                | Command::Leave { .. }
                | Command::ComeBack { .. }
                | Command::CorrectRequirements { .. } => allowed(1),
                Command::Resume { .. } => allowed(3),
                Command::TakeBack { .. } => allowed(4),
                _ => !allowed(1) && !allowed(4),
            };
            let others = [1, 2, 3, 4].into_iter().filter(|n| allowed(*n)).count();
            assert!(own && others <= 1 && !allowed(2), "{command:?}");
        }
        w
    })
    .await;
}

#[tokio::test]
async fn every_other_use_case_and_everybody() {
    on_sqlite(async |w| {
        let cast = Cast::of(&w);
        let everybody = cast.who_may(|_| Ok(()));
        let accounts: Vec<&str> = everybody
            .split(", ")
            .filter(|n| {
                !["anyone", "switched off"].contains(n)
                    && !n.contains("kiosk")
                    && !n.contains("display")
                    && !n.contains("printer")
            })
            .collect();
        for use_case in UseCase::ALL {
            let expected = match use_case {
                UseCase::SeePublic => everybody.clone(),
                UseCase::SeeBoard => {
                    "kiosk, display, printer, host, own, other, idle, manager, coordinator, administrator, near administrator, installation".into()
                }
                UseCase::AskOutlook => KIOSK_OR_STEER.into(),
                UseCase::OwnAccount => accounts.join(", "),
                UseCase::SeeWelcome | UseCase::SeeTroubles | UseCase::SeeDevices => STEER.into(),
                UseCase::SeeDesk => "host, own, other, idle, coordinator".into(),
                UseCase::SeeCentre | UseCase::SeeStatistics => {
                    "manager, coordinator, administrator, near administrator, installation".into()
                }
                UseCase::ConnectPrinters => "administrator, near administrator, installation".into(),
                UseCase::ManageDevices | UseCase::ChangeSettings | UseCase::ManageStaff | UseCase::EditCatalogue => {
                    RUN.to_owned()
                }
            };
            assert_eq!(cast.who_may(|who| authorise::use_case(who, use_case)), expected, "{use_case:?}");
        }
        let everything = cast.who_may(|who| match authorise::sight(who) {
            Sight::Everything => Ok(()),
            Sight::OwnOrganisation => Err(Problem::NotAllowed),
        });
        assert_eq!(
            everything,
            "coordinator, administrator, near administrator, installation, first password, switched off"
        );
        for role in Role::ALL {
            let may = cast.who_may(|who| authorise::may_give(who, [role]));
            if role == Role::Administrator {
                assert_eq!(may, "administrator, near administrator, installation");
            } else {
                assert_eq!(
                    may,
                    "coordinator, administrator, near administrator, installation, first password, switched off"
                );
            }
        }
        w
    })
    .await;
}

#[tokio::test]
async fn a_denial_says_what_to_do() {
    on_sqlite(async |w| {
        let (stage, cast) = (stage(&w), Cast::of(&w));
        let ask = |name: &str, command: Command| {
            let who = cast.actors.iter().find(|(n, _)| *n == name).unwrap().1.clone();
            authorise::command(&By::Actor(who), &command, &stage.centre, &stage.day)
        };
        let next = Command::CallNext { place: stage.place };
        assert_eq!(ask("anyone", next.clone()), Err(Problem::SignInNeeded));
        assert_eq!(ask("switched off", next.clone()), Err(Problem::SignInNeeded));
        assert_eq!(ask("first password", next.clone()), Err(Problem::PasswordChangeNeeded));
        assert_eq!(ask("other", next), Err(Problem::NotAllowed));
        // what is no more, or not yet, is refused by its name
        let closed = Command::CallNext { place: w.place(4) };
        assert_eq!(ask("own", closed), Err(domain::day::Refusal::PlaceNotOpen.into()));
        assert_eq!(ask("own", Command::Arrive { ticket: ticket(77) }), Err(domain::day::Refusal::UnknownTicket.into()));
        assert_eq!(ask("own", Command::Arrive { ticket: ticket(2) }), Err(Problem::NotAllowed));
        w
    })
    .await;
}

#[tokio::test]
async fn counsellors_change_their_abilities_within_the_register() {
    on_sqlite(async |w| {
        let (stage, cast) = (stage(&w), Cast::of(&w));
        let own = &cast.actors.iter().find(|(n, _)| *n == "own").unwrap().1;
        let change = |change: fn(&mut Abilities)| {
            let mut abilities = stage.abilities.clone();
            change(&mut abilities);
            let command = Command::ChangeAbilities { place: stage.place, abilities };
            authorise::command(&By::Actor(own.clone()), &command, &stage.centre, &stage.day)
        };
        assert_eq!(change(|a| a.needs = a.needs.iter().copied().skip(1).collect()), Ok(()));
        assert_eq!(change(|a| a.languages.clear()), Ok(()));
        for more in [
            change(|a| a.needs.extend([domain::NeedId(Uuid::nil())])),
            change(|a| a.languages.extend(["ti".parse().unwrap()])),
            change(|a| a.accommodations.extend([domain::centre::Accommodation::SignLanguage])),
            change(|a| a.welcome = true),
        ] {
            assert_eq!(more, Err(Problem::NotAllowed));
        }
        w
    })
    .await;
}

#[tokio::test]
async fn a_visitor_set_aside_for_one_place_is_brought_back_there() {
    on_sqlite(async |w| {
        let (mut stage, cast) = (stage(&w), Cast::of(&w));
        let waiting = Event::Claimed { ticket: ticket(4), claim: Claim::KeptFor(stage.place) };
        stage.day.apply(&waiting, at());
        stage.day.apply(&Event::Parked { ticket: ticket(4), until: at() }, at());
        let resume = Command::Resume { ticket: ticket(4) };
        let may = cast.who_may(|who| authorise::command(&By::Actor(who.clone()), &resume, &stage.centre, &stage.day));
        assert_eq!(may, OWN_OR_STEER);
        w
    })
    .await;
}

#[tokio::test]
async fn managers_see_totals_and_their_own_organisation() {
    on_sqlite(async |w| {
        w.open_day().await;
        w.sit("c1", 1).await;
        w.sit("c2", 2).await;
        w.take("").await;
        w.parvis.pulse().await;
        let all = w.parvis.centre_view(&w.actor("coordinator"), w.here.id).await.unwrap();
        assert_eq!((all.organisations.len(), all.causes.len()), (2, 1));
        assert!(!all.causes[0].ways.is_empty());
        let own = w.parvis.centre_view(&w.actor("manager"), w.here.id).await.unwrap();
        assert_eq!(own.organisations.len(), 1);
        assert_eq!(own.organisations[0].organisation, w.here.organisations[0].id);
        assert_eq!((own.alerts, own.spaces, own.waiting), (vec![], all.spaces, all.waiting), "every total");
        let told = |causes: &[Cause]| causes.iter().map(|c| (c.lack.clone(), c.crowd)).collect::<Vec<_>>();
        assert_eq!(told(&own.causes), told(&all.causes), "the same truth");
        assert!(own.causes.iter().all(|c| c.ways.is_empty()), "and nothing to do about it");
        for (actor, centre) in [("host", &w.here), ("c1", &w.here), ("manager", &w.near), ("coordinator", &w.near)] {
            let seen = w.parvis.centre_view(&w.actor(actor), centre.id).await;
            assert_eq!(seen.unwrap_err(), Problem::NotAllowed, "{actor}");
        }
        assert!(w.parvis.centre_view(&w.actor("near.admin"), w.here.id).await.is_ok());
        // another's desk is the host's to look at, not a colleague's
        let place = Some(w.place(1));
        let look =
            async |login: &str| w.parvis.desk_view(&w.actor(login), w.here.id, place).await.map(|v| v.mine.is_some());
        assert_eq!(look("host").await, Ok(true));
        assert_eq!(look("c1").await, Ok(true));
        assert_eq!(look("c2").await, Err(Problem::NotAllowed));
        assert_eq!(look("manager").await, Err(Problem::NotAllowed));
        w
    })
    .await;
}
