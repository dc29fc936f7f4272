//! What anybody may know of a day, and when.

use std::time::Duration;

use domain::{
    day::{Command, Message, ReadyMessage, SuspendReason},
    view::{Band, DayState, PublicBoard},
};
use services::{Actor, Problem};

use crate::world::{World, kiosk_of, on_each, on_sqlite};

async fn told(w: &World) -> PublicBoard {
    w.parvis.public_board(w.here.id).await.unwrap().board.clone()
}

const FEW: Band = Band { from: 0, to: 9 };
const SOME: Band = Band { from: 5, to: 14 };

#[tokio::test]
async fn nothing_is_told_when_it_happens() {
    on_each(async |w| {
        w.open_day().await;
        w.pass(Duration::from_mins(10)).await;
        let before = told(&w).await;
        assert_eq!((before.state, before.spaces[1].waiting), (DayState::Open, FEW));
        for _ in 0..12 {
            w.take("cv").await;
        }
        // Who asks does not choose the moment; the first pulse after a mark does.
        w.clock.pass(Duration::from_secs(299));
        assert_eq!(told(&w).await, before, "twelve came, and nobody can tell");
        w.parvis.pulse().await;
        let after = told(&w).await;
        if after.version == before.version {
            w.clock.pass(Duration::from_secs(2));
            w.parvis.pulse().await;
        }
        let after = told(&w).await;
        assert_eq!((after.spaces[1].waiting, after.spaces[0].waiting, after.at > before.at), (SOME, FEW, true));
        assert!(after.version >= before.version + 300_000_000, "{} {}", before.version, after.version);
        w
    })
    .await;
}

#[tokio::test]
async fn a_band_does_not_rise_for_one() {
    on_sqlite(async |w| {
        w.open_day().await;
        for _ in 0..9 {
            w.take("cv").await;
        }
        w.pass(Duration::from_mins(6)).await;
        let before = told(&w).await;
        assert_eq!(before.spaces[1].waiting, FEW);
        w.take("cv").await;
        w.pass(Duration::from_mins(6)).await;
        let after = told(&w).await;
        assert_eq!((after.spaces[1].waiting, after.at), (FEW, before.at), "one came since: it would be known what for");
        assert!(after.version > before.version);
        for _ in 0..4 {
            w.take("").await;
        }
        w.pass(Duration::from_mins(6)).await;
        assert_eq!(told(&w).await.spaces[1].waiting, SOME, "five came since, for whatever");
        w
    })
    .await;
}

#[tokio::test]
async fn what_staff_say_of_the_day_is_told_at_once_and_changes_no_version() {
    on_sqlite(async |w| {
        w.open_day().await;
        w.pass(Duration::from_mins(6)).await;
        let before = told(&w).await;
        let message = Some(Message::Ready(ReadyMessage::Quieter));
        w.take("cv").await;
        w.act("host", Command::SendMessage { message: message.clone() }).await.unwrap();
        w.act("host", Command::Suspend { reason: SuspendReason::FireAlarm, since: None }).await.unwrap();
        let after = told(&w).await;
        assert_eq!(after.state, DayState::Suspended { reason: SuspendReason::FireAlarm });
        assert_eq!((after.message, after.version, after.spaces), (message, before.version, before.spaces));
        w
    })
    .await;
}

#[tokio::test]
async fn a_public_stream_says_nothing_when_somebody_comes() {
    on_sqlite(async |w| {
        w.open_day().await;
        let mut stream = w.parvis.watch_public(w.here.id).await.unwrap();
        stream.next().await.unwrap();
        for _ in 0..12 {
            w.take("cv").await;
        }
        let silent = tokio::time::timeout(Duration::from_secs(1), stream.next()).await;
        assert!(silent.is_err(), "{silent:?}");
        w.pass(Duration::from_mins(6)).await;
        assert_eq!(stream.next().await.unwrap().board.spaces[1].waiting, SOME);
        w
    })
    .await;
}

#[tokio::test]
async fn the_exact_board_is_for_the_centres_own() {
    on_sqlite(async |w| {
        for (who, problem) in [
            (Actor::Anyone, Problem::SignInNeeded),
            (kiosk_of(w.far.id), Problem::NotAllowed),
            (w.actor("far.coordinator"), Problem::NotAllowed),
            (w.actor("near.coordinator"), Problem::NotAllowed),
        ] {
            assert_eq!(w.parvis.board(&who, w.here.id).await.err(), Some(problem.clone()), "{who:?}");
            assert_eq!(w.parvis.watch(&who, w.here.id).await.err(), Some(problem), "{who:?}");
        }
        w
    })
    .await;
}
