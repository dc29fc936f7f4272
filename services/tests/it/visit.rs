//! A visit from the ticket to the goodbye, and what everybody sees of it.

use std::time::Duration;

use domain::{
    day::{Answer, Command, Counted, Expected, FollowToken, Message, Outcome, ReadyMessage, Refusal, SuspendReason},
    view::{ColleagueState, DayState, FollowState, FollowStep},
};
use services::{Actor, Problem, VisitorAction, What};

use crate::world::on_each;

#[tokio::test]
async fn a_visit_from_the_kiosk_to_the_goodbye() {
    on_each(async |w| {
        let refused = w.take_with(&w.kiosk(), w.form("cv"), None).await;
        assert_eq!(refused, Err(Refusal::DayNotOpen.into()));
        w.open_day().await;

        let (first, second) = (w.take("cv").await, w.take("offers").await);
        assert_eq!((first.number.to_string(), first.ahead), ("C001".into(), 0));
        assert_eq!((second.number.to_string(), second.ahead), ("C002".into(), 1));
        assert_eq!(w.take("").await.number.to_string(), "W001");

        // whoever was answered finds it on the board at once
        let board = w.board().await;
        let waiting: Vec<u32> = board.board.spaces.iter().map(|s| s.waiting).collect();
        assert_eq!((waiting, board.board.welcome_waiting), (vec![0, 2], 1));
        assert!(!board.board.spaces[1].on_duty);
        assert!(board.sent.frame.starts_with(format!("event: board\nid: {}\ndata: {{", board.version).as_bytes()));

        w.sit("c1", 1).await;
        let called = w.parvis.call_next(&w.actor("c1"), w.place(1), None).await.unwrap().unwrap();
        assert_eq!((called.ticket.id, called.desk.as_str()), (first.id, "2"));
        let (centre, view) = w.parvis.follow(&first.token).await.unwrap();
        assert_eq!(centre.id, w.here.id);
        assert!(matches!(view.state, FollowState::Called { ref desk, .. } if desk == "2"), "{view:?}");
        let follower = w.parvis.follower(&second.token).await.unwrap();
        let newest = follower.versions().next().await.unwrap();
        assert_eq!(follower.line(&newest).unwrap().step, FollowStep::Waiting { ahead: 0 });

        assert_eq!(w.act("c1", Command::Arrive { ticket: first.id }).await, Ok(Answer::Done));
        let desk = w.parvis.desk_view(&w.actor("c1"), w.here.id, None).await.unwrap();
        assert_eq!(desk.mine.unwrap().visit.unwrap().line.id, first.id);
        assert_eq!(desk.for_me.iter().map(|l| l.id).collect::<Vec<_>>(), [second.id]);
        assert_eq!(w.parvis.my_place(&w.actor("c1")).await, Some((w.here.id, w.place(1))));
        assert_eq!(w.parvis.my_place(&w.actor("c2")).await, None);

        let welcome = w.parvis.welcome_view(&w.actor("host"), w.here.id).await.unwrap();
        assert_eq!(welcome.tickets.len(), 3);
        assert_eq!(welcome.places[0].state, ColleagueState::Busy);

        w.act("c1", Command::Finish { ticket: first.id, outcome: Outcome::Answered, further: None }).await.unwrap();
        assert_eq!(w.parvis.follow(&first.token).await.unwrap().1.state, FollowState::Finished);
        assert_eq!(w.next("c1", 1).await, Some(second.id));
        assert_eq!(w.parvis.centre_view(&w.actor("coordinator"), w.here.id).await.unwrap().talks, 1);

        // nobody waits whom this place can serve: no ticket, no error
        w.act("c1", Command::NoShow { ticket: second.id }).await.unwrap();
        assert_eq!(w.next("c1", 1).await, None);
        w
    })
    .await;
}

#[tokio::test]
async fn the_holder_of_a_token_acts_on_its_own_ticket() {
    on_each(async |w| {
        w.open_day().await;
        let (mine, other) = (w.take("cv").await, w.take("cv").await);
        let act = async |action| w.parvis.act_by_token(&mine.token, action, None).await;
        assert_eq!(act(VisitorAction::Leave).await.map(|v| matches!(v.state, FollowState::Left { .. })), Ok(true));
        assert_eq!(act(VisitorAction::ComeBack).await.unwrap().state, FollowState::Waiting { ahead: 0 });
        assert!(matches!(act(VisitorAction::MoreTime).await.unwrap().state, FollowState::Parked { .. }));
        assert_eq!(w.parvis.follow(&other.token).await.unwrap().1.state, FollowState::Waiting { ahead: 0 });
        assert_eq!(
            w.parvis.act_by_token(&other.token, VisitorAction::TakeBack, None).await.unwrap().state,
            FollowState::Over
        );
        let nobodys = FollowToken::from([9; 16]);
        assert_eq!(w.parvis.follow(&nobodys).await.unwrap_err(), Problem::Unknown(What::Ticket));
        w
    })
    .await;
}

#[tokio::test]
async fn the_same_key_is_the_same_request() {
    on_each(async |w| {
        w.open_day().await;
        let kiosk = w.kiosk();
        let first = w.take_with(&kiosk, w.form("cv"), Some("k")).await.unwrap();
        for _ in 0..4 {
            assert_eq!(w.take_with(&kiosk, w.form("cv"), Some("k")).await.unwrap(), first);
        }
        let other_body = w.take_with(&kiosk, w.form("offers"), Some("k")).await;
        assert_eq!(other_body, Err(Refusal::KeyReused.into()));
        let other_actor = w.take_with(&w.actor("host"), w.form("cv"), Some("k")).await.unwrap();
        assert_ne!(other_actor.id, first.id, "a key belongs to whoever made it");

        // five presses at once are one
        let (again, form) = (w.form("offers"), Some("p"));
        let presses = tokio::join!(
            w.take_with(&kiosk, again.clone(), form),
            w.take_with(&kiosk, again.clone(), form),
            w.take_with(&kiosk, again.clone(), form),
            w.take_with(&kiosk, again.clone(), form),
            w.take_with(&kiosk, again.clone(), form),
        );
        let ids = [presses.0, presses.1, presses.2, presses.3, presses.4].map(|t| t.unwrap().id);
        assert!(ids.iter().all(|id| *id == ids[0]));

        // it holds across a restart, also for a call that moved on meanwhile
        w.sit("c1", 1).await;
        let c1 = w.actor("c1");
        let called = w.parvis.call_next(&c1, w.place(1), Some("n".into())).await.unwrap().unwrap();
        w.act("c1", Command::Arrive { ticket: called.ticket.id }).await.unwrap();
        let finish = Command::Finish { ticket: called.ticket.id, outcome: Outcome::Answered, further: None };
        w.parvis.act(&c1, w.here.id, finish.clone(), Some("f".into())).await.unwrap();
        let w = w.restart().await;
        assert_eq!(w.take_with(&w.kiosk(), w.form("cv"), Some("k")).await.unwrap().id, first.id);
        let again = w.parvis.call_next(&c1, w.place(1), Some("n".into())).await.unwrap().unwrap();
        assert_eq!(again.ticket.id, called.ticket.id);
        assert_eq!(w.parvis.act(&c1, w.here.id, finish, Some("f".into())).await, Ok(Answer::Done));
        w
    })
    .await;
}

#[tokio::test]
async fn everything_answered_is_there_after_a_restart() {
    on_each(async |w| {
        w.open_day().await;
        w.sit("c1", 1).await;
        let tickets = [w.take("cv").await, w.take("offers").await, w.take("cv").await];
        w.receive("c1", 1).await;
        let host = w.actor("host");
        let count = Command::Count { id: domain::CountId(uuid::Uuid::from_u128(1)), what: Counted::Group(12) };
        w.parvis.act(&host, w.here.id, count, None).await.unwrap();
        let before = w.board().await;
        let welcome = w.parvis.welcome_view(&host, w.here.id).await.unwrap();

        let w = w.restart().await;
        let after = w.board().await;
        assert_eq!(after.version, before.version, "a version is the same on every node");
        assert_eq!(after.board, before.board);
        assert_eq!(w.parvis.welcome_view(&host, w.here.id).await.unwrap(), welcome);
        assert_eq!(w.parvis.follow(&tickets[2].token).await.unwrap().1.state, FollowState::Waiting { ahead: 1 });
        assert_eq!(w.take("cv").await.number.to_string(), "C004");
        w
    })
    .await;
}

#[tokio::test]
async fn what_hosts_do_is_seen() {
    on_each(async |w| {
        w.open_day().await;
        let id = domain::CountId(uuid::Uuid::from_u128(5));
        let kiosk = w.kiosk();
        let announce = Command::Announce { id, kind: Expected::Workshop, space: None };
        w.parvis.act(&kiosk, w.here.id, announce, None).await.unwrap();
        w.act("host", Command::SendMessage { message: Some(Message::Ready(ReadyMessage::ClosingSoon)) }).await.unwrap();
        let view = w.parvis.welcome_view(&w.actor("host"), w.here.id).await.unwrap();
        assert_eq!((view.announced.len(), view.message.is_some()), (1, true));

        // nobody but the server says since when, or that it was an interruption of its own
        let since = Some(crate::world::morning() - chrono::Duration::hours(5));
        w.act("host", Command::Suspend { reason: SuspendReason::FireAlarm, since }).await.unwrap();
        let board = w.board().await;
        assert_eq!(board.board.state, DayState::Suspended { reason: SuspendReason::FireAlarm });
        w.act("host", Command::ResumeDay).await.unwrap();
        assert!(w.is_open().await);
        w
    })
    .await;
}

#[tokio::test]
async fn what_has_its_own_way_cannot_be_sent_as_a_command() {
    on_each(async |w| {
        w.open_day().await;
        let place = w.place(1);
        let staff = w.staff.iter().find(|s| s.login == "here.c1").unwrap();
        let open = Command::OpenPlace {
            place,
            counsellor: staff.id,
            organisation: staff.organisation.unwrap(),
            abilities: staff.abilities.clone(),
        };
        for command in [Command::Tick, open] {
            for actor in [w.actor("admin"), w.actor("coordinator"), w.actor("c1"), Actor::Anyone] {
                let refused = w.parvis.act(&actor, w.here.id, command.clone(), None).await;
                assert_eq!(refused, Err(Problem::NotAllowed));
            }
        }
        w
    })
    .await;
}

#[tokio::test]
async fn live_streams_begin_with_what_is_true_and_get_the_latest() {
    on_each(async |w| {
        w.open_day().await;
        let mut stream = w.parvis.watch(&w.kiosk(), w.here.id).await.unwrap();
        stream.next().await.expect("the first snapshot is there at once");
        for _ in 0..20 {
            w.take("cv").await;
        }
        let newest = w.board().await.version;
        let mut versions = Vec::new();
        while versions.last().is_none_or(|v| *v < newest) {
            versions.push(stream.next().await.unwrap().version);
        }
        assert!(versions.is_sorted(), "{versions:?}");
        assert!(versions.len() < 10, "many changes are a few snapshots: {versions:?}");

        w.parvis.end_streams();
        assert!(stream.next().await.is_none(), "who watches hears that the service stops");
        w.take("cv").await;
        // Longer than what is published waits for more to come.
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert!(w.parvis.watch(&w.kiosk(), w.here.id).await.unwrap().next().await.is_none(), "for good");
        w
    })
    .await;
}
