//! A small centre and a day that a test drives.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration};
use domain::{
    CentreId, CountId, DeskId, DeviceId, Instant, Language, NeedId, OrganisationId, PlaceId, SlipId, SpaceId, StaffId,
    Text, TicketId,
    catalogue::{EntryId, Notebook, Source},
    centre::{Accommodation, Centre, Desk, Letter, Need, OpeningHours, Organisation, Place, Policies, Space},
    day::{
        Answer, Channel, Command, Day, Entry, Event, FollowToken, ForWhom, PartySize, Refusal, Request, Stage,
        TakeTicket, TalkLanguage, Ticket,
    },
    staff::Abilities,
};
use uuid::Uuid;

/// An identifier of a kind, by number.
fn id<T: From<Uuid>>(kind: u128, n: usize) -> T {
    T::from(Uuid::from_u128(kind << 64 | n as u128))
}
pub fn space(n: usize) -> SpaceId {
    id(1, n)
}
pub fn need(n: usize) -> NeedId {
    id(2, n)
}
pub fn entry(n: usize) -> EntryId {
    EntryId::new(Source::Own, n.to_string())
}
pub fn organisation(n: usize) -> OrganisationId {
    id(3, n)
}
pub fn place(n: usize) -> PlaceId {
    id(4, n)
}
pub fn staff(n: usize) -> StaffId {
    id(5, n)
}
pub fn ticket(n: usize) -> TicketId {
    id(6, n)
}
pub fn count(n: usize) -> CountId {
    id(7, n)
}
pub fn device(n: usize) -> DeviceId {
    id(8, n)
}
pub fn slip(n: usize) -> SlipId {
    id(9, n)
}
pub fn token(n: usize) -> FollowToken {
    FollowToken::from((n as u128 + 1_000_000).to_be_bytes())
}

pub const SPACES: usize = 2;
/// Needs 0 and 2 belong to space 0, needs 1 and 3 to space 1.
pub const NEEDS: usize = 4;
pub const PLACES: usize = 4;
pub const ORGANISATIONS: usize = 2;

pub fn letter(c: char) -> Letter {
    c.try_into().unwrap()
}

pub fn language(code: &str) -> Language {
    code.parse().unwrap()
}

pub fn centre() -> Centre {
    let spaces = (0..SPACES).zip('A'..).map(|(n, c)| Space {
        id: space(n),
        letter: letter(c),
        sign: 1,
        name: Text::default(),
        question: Text::default(),
        hint: Text::default(),
        directions: Text::default(),
    });
    let needs = (0..NEEDS).map(|n| Need {
        id: need(n),
        code: format!("need-{n}"),
        space: space(n % SPACES),
        question: Text::default(),
        label: Text::default(),
        helps_with: BTreeSet::new(),
    });
    let desks = (0..PLACES).map(|n| Desk {
        id: id::<DeskId>(10, n),
        name: n.to_string(),
        space: None,
        places: vec![Place { id: place(n), name: String::new(), accommodations: BTreeSet::new() }],
    });
    Centre {
        id: id::<CentreId>(0, 0),
        slug: "centre".into(),
        network: None,
        name: Text::default(),
        time_zone: "Europe/Paris".into(),
        languages: vec![Language::french()],
        talk_languages: vec![Language::french()],
        hours: OpeningHours::default(),
        policies: Policies { last_number: 60, kiosk_limit: 3, ..Policies::default() },
        spaces: spaces.collect(),
        needs: needs.collect(),
        organisations: (0..ORGANISATIONS).map(|n| Organisation { id: organisation(n), name: n.to_string() }).collect(),
        desks: desks.collect(),
        safeguarding: vec![],
        shelves: vec![],
    }
}

/// Nine in the morning of a Monday.
pub fn morning() -> Instant {
    DateTime::from_timestamp(1_772_442_000, 0).unwrap()
}

pub fn abilities(needs: impl IntoIterator<Item = usize>) -> Abilities {
    Abilities {
        needs: needs.into_iter().map(need).collect(),
        welcome: true,
        languages: [language("fr"), language("en")].into(),
        accommodations: BTreeSet::new(),
    }
}

pub fn request(of: Option<usize>) -> Request {
    Request {
        need: of.map(need),
        language: Language::french(),
        talk: TalkLanguage::Speaks(Language::french()),
        party: PartySize::default(),
        for_whom: ForWhom::default(),
        channel: Channel::default(),
        accommodations: BTreeSet::<Accommodation>::new(),
        notebook: Notebook::default(),
    }
}

pub fn take(n: usize, of: Option<usize>) -> Command {
    Command::TakeTicket(TakeTicket { id: ticket(n), token: token(n), request: request(of), device: None, slip: None })
}

/// A place opens with a counsellor and an organisation of its own number, for every need.
pub fn open_place(n: usize) -> Command {
    Command::OpenPlace {
        place: place(n),
        counsellor: staff(n),
        organisation: organisation(n % ORGANISATIONS),
        abilities: abilities(0..NEEDS),
    }
}

/// A day, its clock and its log.
#[derive(Clone)]
pub struct World {
    pub centre: Centre,
    pub day: Day,
    pub now: Instant,
    pub log: Vec<Entry>,
}

impl World {
    /// A day that has not opened.
    pub fn new() -> Self {
        Self { centre: centre(), day: Day::default(), now: morning(), log: Vec::new() }
    }
    /// An open day with places 0 and 1 available.
    pub fn open() -> Self {
        let mut world = Self::new();
        world.act(Command::OpenDay { closes: None });
        world.act(open_place(0));
        world.act(open_place(1));
        world
    }

    /// The same, but for what was logged.
    pub fn without_log(&self) -> Self {
        Self { centre: self.centre.clone(), day: self.day.clone(), now: self.now, log: Vec::new() }
    }

    pub fn later(&mut self, seconds: i64) -> &mut Self {
        self.now += Duration::seconds(seconds);
        self
    }

    /// Decides a command and makes its events true.
    pub fn try_act(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let events = self.day.decide(&self.centre, command, self.now)?;
        if !events.is_empty() {
            let sequence = self.day.sequence + 1;
            let entry = Entry {
                sequence,
                at: self.now,
                key: format!("key-{sequence}"),
                fingerprint: sequence,
                events: events.clone(),
            };
            self.day.record(&entry);
            self.log.push(entry);
        }
        Ok(events)
    }

    /// Does what must be possible.
    #[track_caller]
    pub fn act(&mut self, command: Command) -> Answer {
        match self.try_act(&command) {
            Ok(events) => Answer::of(&events),
            Err(refusal) => panic!("{command:?} was refused: {refusal}"),
        }
    }

    /// What must be refused.
    #[track_caller]
    pub fn refusal(&mut self, command: Command) -> Refusal {
        self.try_act(&command).expect_err("a refusal")
    }

    pub fn ticket(&self, n: usize) -> &Ticket {
        self.day.ticket(ticket(n)).expect("a ticket that was taken")
    }
    pub fn stage(&self, n: usize) -> &Stage {
        &self.ticket(n).stage
    }
    pub fn number(&self, n: usize) -> String {
        self.ticket(n).number.to_string()
    }
}
