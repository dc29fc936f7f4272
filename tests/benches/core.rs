//! What a busy day costs inside the program: deciding, looking, counting.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a bench that cannot go on says why and stops"
)]

use std::{hint::black_box, sync::Arc};

use criterion::{Criterion, criterion_group, criterion_main};
use domain::{
    Instant, StaffId, TicketId,
    catalogue::Notebook,
    centre::Centre,
    day::{Channel, Command, Day, Entry, ForWhom, PartySize, Request, TakeTicket, TalkLanguage},
    staff::Abilities,
    statistics,
    view::{Board, Positions},
};
use journeys::{Installation, server::sunday};
use services::clock::FakeClock;
use uuid::Uuid;

const WAITING: usize = 10_000;

/// A day with one open place that can serve everybody, and ten thousand people waiting.
fn busy() -> (Centre, Day, Instant) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let centre = runtime.block_on(async {
        let clock = Arc::new(FakeClock::at(sunday()));
        let installation = Installation::new(storage::testing::sqlite().await, clock).await;
        let centre = installation.centre.clone();
        installation.finish().await;
        centre
    });
    let mut day = Day::default();
    let mut at = sunday();
    let mut act = |command: &Command| {
        at += chrono::Duration::seconds(1);
        let events = day.decide(&centre, command, at).unwrap();
        let key = day.sequence.to_string();
        day.record(&Entry { sequence: day.sequence + 1, at, key, fingerprint: 0, events });
    };
    act(&Command::OpenDay { closes: None });
    let needs = centre.needs.iter().map(|n| n.id).collect();
    let abilities = Abilities { needs, languages: [domain::Language::french()].into(), ..Abilities::default() };
    let (place, organisation) = (centre.desks[0].places[0].id, centre.organisations[0].id);
    act(&Command::OpenPlace { place, counsellor: StaffId(Uuid::from_u128(1)), organisation, abilities });
    for n in 0..WAITING {
        act(&Command::TakeTicket(TakeTicket {
            id: TicketId(Uuid::from_u128(n as u128)),
            token: (n as u128).to_be_bytes().into(),
            request: Request {
                need: Some(centre.needs[n % centre.needs.len()].id),
                language: domain::Language::french(),
                talk: TalkLanguage::Speaks(domain::Language::french()),
                party: PartySize::default(),
                for_whom: ForWhom::default(),
                channel: Channel::default(),
                accommodations: [].into(),
                notebook: Notebook::default(),
            },
            device: None,
            slip: None,
        }));
    }
    (centre, day, at)
}

fn core(criterion: &mut Criterion) {
    let (centre, day, at) = busy();
    let place = centre.desks[0].places[0].id;
    criterion.bench_function("decide \"call next\", 10,000 waiting", |b| {
        b.iter(|| day.decide(&centre, black_box(&Command::CallNext { place }), at).unwrap());
    });
    criterion.bench_function("one tick of the timer, 10,000 waiting", |b| {
        b.iter(|| day.decide(&centre, black_box(&Command::Tick), at).unwrap());
    });
    criterion.bench_function("positions and board, 10,000 waiting", |b| {
        b.iter(|| {
            let positions = Positions::of(black_box(&day), &centre);
            Board::of(&day, &centre, &positions, 1, at)
        });
    });
    criterion.bench_function("fold a day of 10,000 tickets", |b| {
        b.iter(|| statistics::fold(black_box(&day), &centre, at.date_naive(), &|at| at.naive_utc()));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).without_plots();
    targets = core
}
criterion_main!(benches);
