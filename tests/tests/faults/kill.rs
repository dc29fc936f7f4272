//! The power goes, again and again, while kiosks and desks are busy.

use std::{sync::Arc, time::Duration};

use journeys::{Installation, program::Program};
use storage::testing;
use tokio::task::JoinSet;

use crate::load::{Load, all_are_there, numbers_are_whole};

const KILLS_ON_SQLITE: u64 = 40;
const KILLS_ON_POSTGRES: u64 = 15;
const KIOSKS: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_answered_is_still_there_after_each_of_many_power_cuts() {
    for home in testing::databases().await {
        let kills = if home.database.is_shared() { KILLS_ON_POSTGRES } else { KILLS_ON_SQLITE };
        let centre = Arc::new(Installation::by_hand(home).await);
        let tickets = power_cuts(&centre, kills).await;
        eprintln!("{kills} power cuts, {tickets} tickets");
        Arc::into_inner(centre).unwrap().finish().await;
    }
}

async fn power_cuts(centre: &Arc<Installation>, kills: u64) -> usize {
    let mut program = centre.serve().await;
    let (load, mut people) = (Load::default(), JoinSet::new());
    for kiosk in 0..KIOSKS {
        people.spawn(load.clone().kiosk(Arc::clone(centre), program.api(), format!("kiosk{kiosk}"), usize::MAX));
    }
    for (login, place) in [("counsellor1", centre.place("4", "A")), ("counsellor2", centre.place("4", "B"))] {
        let counsellor = program.api().signed_in(login).await;
        counsellor.post(&format!("/api/v1/places/{place}/open")).await.is(204);
        people.spawn(load.clone().desk(vec![counsellor], place, usize::MAX));
    }
    let mut checked = 0;
    for kill in 0..kills {
        // Never at the same moment of what the program does.
        tokio::time::sleep(Duration::from_millis(60 + kill * 37 % 140)).await;
        let answered = load.tickets();
        let address = program.address().to_owned();
        program.kill().await;
        program = Program::serve_at(&address, &centre.database, &[]);
        program.api().until_ready().await;
        all_are_there(centre, &program.api(), &answered[checked..]).await;
        checked = answered.len();
    }
    load.stop();
    while let Some(ended) = people.join_next().await {
        ended.expect("nobody was told anything wrong");
    }
    let tickets = load.tickets();
    assert!(tickets.len() as u64 > kills, "people were busy: {} tickets", tickets.len());
    numbers_are_whole(&tickets);
    all_are_there(centre, &program.api(), &tickets).await;
    assert!(load.calls().values().all(|times| *times == 1), "nobody is called twice");
    program.stop().await;
    tickets.len()
}
