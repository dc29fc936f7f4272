//! A small installation: a centre, another of its network, and one elsewhere.

use std::{future::Future, sync::Arc, time::Duration};

use chrono::{NaiveDate, TimeZone, Utc};
use domain::{
    CentreId, Instant, NeedId, PlaceId, TicketId,
    catalogue::Notebook,
    centre::Centre,
    day::{Answer, Command, Outcome, Request, TalkLanguage},
    staff::{Abilities, Device, DeviceKind, Role, Staff},
};
use services::{
    Actor, Options, Parvis, Problem, Published, Session, TakeTicketForm, Taken, Whence, clock::FakeClock,
    import::FirstPasswords, printers::AllowedPrinters, secrets::CountingSecrets,
};
use storage::{
    Database,
    testing::{TestDatabase, databases},
};

pub const PASSWORD: &str = "correct horse battery";

pub struct World {
    pub parvis: Parvis,
    pub clock: FakeClock,
    pub test: TestDatabase,
    pub here: Arc<Centre>,
    pub near: Arc<Centre>,
    pub far: Arc<Centre>,
    pub staff: Vec<Staff>,
    seed: u64,
}

/// A Tuesday morning in Paris, before anything opens.
pub fn morning() -> Instant {
    Utc.with_ymd_and_hms(2026, 6, 2, 6, 0, 0).unwrap()
}

pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Runs a test on each kind of database, one after the other.
pub async fn on_each<F: Future<Output = World>>(test: impl Fn(World) -> F) {
    for database in databases().await {
        let world = test(World::new(database).await).await;
        world.parvis.stop().await;
        world.test.finish().await;
    }
}

/// Runs a test on SQLite only.
pub async fn on_sqlite<F: Future<Output = World>>(test: impl Fn(World) -> F) {
    let world = test(World::new(storage::testing::sqlite().await).await).await;
    world.parvis.stop().await;
    world.test.finish().await;
}

pub fn operator() -> Actor {
    person(None, [Role::Administrator].into())
}

fn person(centre: Option<CentreId>, roles: std::collections::BTreeSet<Role>) -> Actor {
    Actor::Staff(Arc::new(Staff {
        id: domain::StaffId(uuid::Uuid::nil()),
        login: "operator".into(),
        name: "Operator".into(),
        centre,
        organisation: None,
        roles,
        abilities: Abilities::default(),
        language: domain::Language::french(),
        must_change_password: false,
        letter_keys: false,
        active: true,
    }))
}

pub fn centre_file(slug: &str, network: &str) -> String {
    include_str!("centre.toml").replace("SLUG", slug).replace("NETWORK", network)
}

impl World {
    async fn new(test: TestDatabase) -> Self {
        let clock = FakeClock::at(morning());
        let parvis = start(test.database.clone(), &clock, 1).await;
        let mut centres = Vec::new();
        for (slug, network) in [("here", "one"), ("near", "one"), ("far", "two")] {
            let all = FirstPasswords::All(PASSWORD.into());
            let imported = parvis.import_centre(&centre_file(slug, network), all).await.unwrap();
            centres.push(parvis.centre_by_id(imported.centre).unwrap());
        }
        let staff = storage::staff::list_all(&test.database).await.unwrap();
        let mut centres = centres.into_iter();
        let mut next = || centres.next().unwrap();
        Self { parvis, clock, here: next(), near: next(), far: next(), staff, test, seed: 1 }
    }

    /// The same installation, started again: what was in memory is gone.
    pub async fn restart(mut self) -> Self {
        self.parvis.stop().await;
        self.test.database = Database::open(&self.test.url).await.unwrap();
        self.seed += 1;
        self.parvis = start(self.test.database.clone(), &self.clock, self.seed).await;
        self
    }
    /// Another node on the same database.
    pub async fn second_node(&self) -> Parvis {
        let database = Database::open(&self.test.url).await.unwrap();
        start(database, &self.clock, self.seed + 100).await
    }

    /// Signs in from nowhere in particular.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<Session, Problem> {
        self.parvis.sign_in(login, password, &Whence::default()).await
    }
    pub fn actor(&self, login: &str) -> Actor {
        let login = if login.contains('.') { login.to_owned() } else { format!("here.{login}") };
        Actor::Staff(Arc::new(self.staff.iter().find(|s| s.login == login).expect("a login").clone()))
    }
    pub fn kiosk(&self) -> Actor {
        kiosk_of(self.here.id)
    }
    pub fn need(&self, code: &str) -> NeedId {
        self.here.needs.iter().find(|n| n.code == code).unwrap().id
    }
    pub fn place(&self, n: usize) -> PlaceId {
        self.here.desks.iter().flat_map(|d| &d.places).nth(n).unwrap().id
    }

    pub async fn act(&self, login: &str, command: Command) -> Result<Answer, Problem> {
        self.parvis.act(&self.actor(login), self.here.id, command, None).await
    }
    pub async fn open_day(&self) {
        self.act("host", Command::OpenDay { closes: None }).await.unwrap();
    }
    pub async fn take(&self, code: &str) -> Taken {
        self.take_with(&self.kiosk(), self.form(code), None).await.unwrap()
    }
    pub async fn take_with(&self, by: &Actor, form: TakeTicketForm, key: Option<&str>) -> Result<Taken, Problem> {
        self.parvis.take_ticket(by, self.here.id, form, key.map(str::to_owned)).await
    }
    pub fn form(&self, code: &str) -> TakeTicketForm {
        TakeTicketForm { request: self.request(code), slip: None }
    }
    pub fn request(&self, code: &str) -> Request {
        Request {
            need: (!code.is_empty()).then(|| self.need(code)),
            language: domain::Language::french(),
            talk: TalkLanguage::Speaks(domain::Language::french()),
            party: domain::day::PartySize::default(),
            for_whom: domain::day::ForWhom::default(),
            channel: domain::day::Channel::default(),
            accommodations: std::collections::BTreeSet::new(),
            notebook: Notebook::default(),
        }
    }
    pub async fn sit(&self, login: &str, place: usize) {
        self.parvis.open_place(&self.actor(login), self.place(place), None).await.unwrap();
    }
    pub async fn next(&self, login: &str, place: usize) -> Option<TicketId> {
        let called = self.parvis.call_next(&self.actor(login), self.place(place), None).await.unwrap();
        called.map(|c| c.ticket.id)
    }
    pub async fn receive(&self, login: &str, place: usize) -> TicketId {
        let ticket = self.next(login, place).await.unwrap();
        self.act(login, Command::Arrive { ticket }).await.unwrap();
        self.act(login, Command::Finish { ticket, outcome: Outcome::Answered, further: None }).await.unwrap();
        ticket
    }

    /// Time passes as it does: with a pulse now and then.
    pub async fn pass(&self, time: Duration) {
        const STEP: Duration = Duration::from_secs(100);
        let mut left = time;
        while !left.is_zero() {
            let step = left.min(STEP);
            self.clock.pass(step);
            self.parvis.pulse().await;
            left -= step;
        }
    }
    /// Jumps over hours in which nothing happens, without letting anybody see an interruption: nothing is open.
    pub async fn wait_until(&self, at: Instant) {
        let now = services::clock::Clock::now(&self.clock);
        self.clock.pass((at - now).to_std().unwrap());
        self.parvis.pulse().await;
    }
    pub async fn is_open(&self) -> bool {
        self.board().await.board.state == domain::view::DayState::Open
    }
    /// What the centre's own screens show.
    pub async fn board(&self) -> Arc<Published> {
        self.parvis.board(&self.kiosk(), self.here.id).await.unwrap()
    }
}

pub async fn start(database: Database, clock: &FakeClock, seed: u64) -> Parvis {
    let options = Options {
        clock: Arc::new(clock.clone()),
        secrets: Arc::new(CountingSecrets::from(seed)),
        timer: false,
        printers: AllowedPrinters::new(vec!["/dev/usb/lp0".parse().unwrap()], Vec::new()),
        ..Options::default()
    };
    Parvis::start(database, options).await.unwrap()
}

pub fn kiosk_of(centre: CentreId) -> Actor {
    Actor::Device(Arc::new(Device {
        id: domain::DeviceId(uuid::Uuid::from_u128(7)),
        centre,
        kind: DeviceKind::Kiosk,
        name: "kiosk".into(),
        arrow: domain::staff::Arrow::None,
        printer: None,
        connection: domain::staff::Connection::None,
        paper: domain::staff::Paper::Wide,
        active: true,
    }))
}
