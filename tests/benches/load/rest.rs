//! Starting in the middle of a very long day, and what an idle centre needs.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use chrono::{SubsecRound, Utc};
use domain::{
    DayId, TicketId,
    catalogue::Notebook,
    centre::Centre,
    day::{Channel, Command, Day, Entry, ForWhom, Outcome, PartySize, Request, TakeTicket, TalkLanguage},
    staff::Abilities,
};
use journeys::{
    Installation,
    program::{Program, memory as resident},
};
use storage::{Database, day_log, testing};
use uuid::Uuid;

use crate::report::{Report, Times, ms};

const EVENTS: u32 = 100_000;
const STARTS: usize = 5;
/// How long the demo is left alone before its memory is read.
const CALM: Duration = Duration::from_secs(10);

/// From the start of the process to "ready" with a day of 100,000 events.
pub async fn start(report: &mut Report) {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    a_long_day(&centre).await;
    let mut times = Times::default();
    for _ in 0..STARTS {
        let began = Instant::now();
        let program = Program::serve(&centre.database, &[]);
        let api = program.api();
        api.until_ready().await;
        let board = centre.device(&api, "display").get(&centre.path("display")).await;
        times.push(began.elapsed());
        assert_eq!(board.is(200)["calls"].as_array().unwrap().len(), Day::CALLS_KEPT, "the day is there");
        program.stop().await;
    }
    centre.finish().await;
    let p50 = times.at(0.5);
    let measured = format!("{} (slowest of {STARTS}: {})", ms(p50), ms(times.at(1.0)));
    report.add(
        "start with a day of 100,000 events",
        measured,
        "–".to_owned(),
        "≤ 1 s to ready",
        p50 <= Duration::from_secs(1),
    );
}

/// Visits one after the other, decided by the day itself and appended as the program appends them.
async fn a_long_day(centre: &Installation) {
    let database = Database::open(&centre.database).await.expect("the database");
    let mut log =
        Log { day: Day::default(), centre: &centre.centre, at: Utc::now().trunc_subsecs(6), entries: Vec::new() };
    // Events are a few milliseconds apart, and the last is just over.
    log.at -= chrono::Duration::milliseconds(i64::from(EVENTS) * 4);
    let id = DayId(Uuid::now_v7());
    day_log::create_day(&database, id, centre.centre.id, log.at.date_naive(), log.at).await.expect("a day");
    log.act(&Command::OpenDay { closes: None });
    let place = centre.centre.desks[0].places[0].id;
    let abilities = Abilities { welcome: true, ..Abilities::default() };
    let organisation = centre.centre.organisations[0].id;
    log.act(&Command::OpenPlace { place, counsellor: domain::StaffId(Uuid::now_v7()), organisation, abilities });
    for n in 0.. {
        if log.day.sequence >= u64::from(EVENTS) {
            break;
        }
        log.visit(n, place);
    }
    for batch in log.entries.chunks(1_000) {
        day_log::append(&database, id, batch).await.expect("the log is kept");
    }
    database.close().await;
}

struct Log<'a> {
    day: Day,
    centre: &'a Centre,
    at: domain::Instant,
    entries: Vec<Entry>,
}

impl Log<'_> {
    fn act(&mut self, command: &Command) {
        self.at += chrono::Duration::milliseconds(4);
        let mut events = self.day.decide(self.centre, command, self.at).expect("a day as it is");
        // Nobody looks after this day's timers.
        events.truncate(1);
        let entry = Entry {
            sequence: self.day.sequence + 1,
            at: self.at,
            key: Uuid::now_v7().to_string(),
            fingerprint: self.day.sequence,
            events,
        };
        self.day.record(&entry);
        self.entries.push(entry);
    }

    /// Takes a ticket at a kiosk, is called by number, received and sent home: four events.
    fn visit(&mut self, n: usize, place: domain::PlaceId) {
        let ticket = TicketId(Uuid::now_v7());
        // A letter has 9,999 numbers.
        let needs = [None, Some(self.centre.needs[0].id), self.centre.needs.last().map(|n| n.id)];
        let request = Request {
            need: None,
            language: domain::Language::french(),
            talk: TalkLanguage::NeedsInterpreter(domain::Language::french()),
            party: PartySize::default(),
            for_whom: ForWhom::default(),
            channel: Channel::default(),
            accommodations: [].into(),
            notebook: Notebook::default(),
        };
        let token = (n as u128).to_be_bytes().into();
        self.act(&Command::TakeTicket(TakeTicket {
            id: ticket,
            token,
            request: Request { need: needs[n % 3], ..request },
            device: None,
            slip: None,
        }));
        if needs[n % 3].is_some() {
            self.act(&Command::CorrectNeed { ticket, need: None });
        }
        self.act(&Command::CallTicket { place, ticket });
        self.act(&Command::Arrive { ticket });
        self.act(&Command::Finish { ticket, outcome: Outcome::Answered, further: None });
    }
}

/// The demo's centre when nobody does anything.
async fn memory_of_the_demo() -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("demo.db");
    let program = Program::serve(&format!("sqlite:{}", file.display()), &["--demo=empty"]);
    program.api().until_ready().await;
    tokio::time::sleep(CALM).await;
    let bytes = resident(program.id());
    program.stop().await;
    bytes
}

/// The figure.
pub async fn memory(report: &mut Report) {
    let megabytes = memory_of_the_demo().await as f64 / 1024.0 / 1024.0;
    report.add("memory, demo centre, idle", format!("{megabytes:.1} MB"), "–".to_owned(), "≤ 60 MB", megabytes <= 60.0);
}
