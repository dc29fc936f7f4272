//! Made-up things to keep.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use domain::{
    CentreId, DayId, DeskId, DeviceId, Instant, Language, NeedId, OrganisationId, PlaceId, SpaceId, StaffId, Text,
    TicketId,
    catalogue::Kind,
    centre::{
        Accommodation, Centre, Desk, Letter, Need, OpeningHours, Organisation, Period, Place, Policies, PutBackRule,
        SafeguardingCard, Shelf, Space, SpecialDay,
    },
    day::{Entry, Event, FollowToken, Number, Rank, Request, TalkLanguage},
    staff::{Abilities, Arrow, Connection, Device, DeviceKind, Paper, Role, Staff},
};
use storage::{Database, centres, day_log};
use uuid::Uuid;

/// A new identifier.
pub fn id<T: From<Uuid>>() -> T {
    Uuid::now_v7().into()
}

/// So many seconds into a certain day.
pub fn at(seconds: i64) -> Instant {
    Utc.timestamp_opt(1_772_000_000 + seconds, 123_456_000).unwrap()
}

pub fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

pub fn language(code: &str) -> Language {
    code.parse().unwrap()
}

fn letter(c: char) -> Letter {
    c.try_into().unwrap()
}

fn period(from: u32, to: u32) -> Period {
    Period { from: NaiveTime::from_hms_opt(from, 30, 0).unwrap(), to: NaiveTime::from_hms_opt(to, 0, 0).unwrap() }
}

fn hours() -> OpeningHours {
    let mut week: [Vec<Period>; 7] = std::array::from_fn(|_| vec![period(8, 12), period(13, 18)]);
    week[6].clear();
    let closed = SpecialDay { date: date(20), periods: vec![] };
    let late = SpecialDay { date: date(5), periods: vec![period(10, 12), period(17, 22)] };
    OpeningHours { week, special: vec![closed, late] }
}

fn space(c: char, sign: u8) -> Space {
    Space {
        id: id(),
        letter: letter(c),
        sign,
        name: Text::from([("fr", "Santé"), ("en", "Health"), ("ar", "الصحة")]),
        question: Text::from([("fr", "Ma santé"), ("en", "My health's state")]),
        hint: Text::default(),
        directions: Text::from([("fr", "À gauche, derrière l'accueil")]),
    }
}

fn need(code: &str, space: SpaceId) -> Need {
    Need {
        id: id(),
        code: code.into(),
        space,
        question: Text::from([("fr", "Comment … ?")]),
        label: Text::from([("en", "CV")]),
        helps_with: [Kind::Occupation, Kind::Training].into(),
    }
}

fn place(name: &str, accommodations: &[Accommodation]) -> Place {
    Place { id: id(), name: name.into(), accommodations: accommodations.iter().copied().collect() }
}

/// A centre with everything that a centre can have.
pub fn centre(slug: &str) -> Centre {
    let (first, second) = (space('A', 1), space('C', 4));
    let needs = vec![need("cv", first.id), need("rights", second.id), need("offers", first.id)];
    let welcome = Desk { id: id(), name: "Accueil".into(), space: None, places: vec![place("", &[])] };
    let shared = Desk {
        id: id(),
        name: "4".into(),
        space: Some(second.id),
        places: vec![
            place("B", &[Accommodation::Wheelchair, Accommodation::Quiet]),
            place("A", &[Accommodation::SignLanguage]),
        ],
    };
    let card = |code: &str, phone: Option<&str>| SafeguardingCard {
        code: code.into(),
        title: Text::from([("fr", "Un enfant seul")]),
        steps: Text::from([("fr", "Rester avec l'enfant.\nAppeler.")]),
        phone: phone.map(Into::into),
    };
    Centre {
        id: id(),
        slug: slug.into(),
        network: None,
        name: Text::from([("fr", "Cité des métiers"), ("en", "Jobs' town")]),
        time_zone: "Europe/Paris".into(),
        languages: vec![language("fr"), language("en"), language("ar")],
        talk_languages: vec![language("fr"), language("prs")],
        hours: hours(),
        policies: Policies { put_back: PutBackRule::Places(5), recalls: 1, ..Policies::default() },
        spaces: vec![first, second],
        needs,
        organisations: vec![
            Organisation { id: id(), name: "Région".into() },
            Organisation { id: id(), name: "Mission locale".into() },
        ],
        desks: vec![welcome, shared],
        safeguarding: vec![card("minor_alone", Some("119")), card("violence", None)],
        shelves: vec![Shelf { mark: "A".into(), name: Text::from([("fr", "L'école")]), x: 2, y: 0, w: 12, h: 3 }],
    }
}

/// A centre, saved.
pub async fn saved_centre(database: &Database, slug: &str) -> Centre {
    let centre = centre(slug);
    centres::save(database, &centre).await.unwrap();
    centre
}

/// A centre's first day, made.
pub async fn made_day(database: &Database, centre: CentreId) -> DayId {
    let day = id();
    day_log::create_day(database, day, centre, date(2), at(0)).await.unwrap();
    day
}

pub fn staff(centre: &Centre, login: &str) -> Staff {
    Staff {
        id: id(),
        login: login.into(),
        name: "Camille D.".into(),
        centre: Some(centre.id),
        organisation: Some(centre.organisations[1].id),
        roles: BTreeSet::from([Role::Counsellor, Role::Manager]),
        abilities: Abilities {
            needs: BTreeSet::from([centre.needs[0].id, centre.needs[2].id]),
            welcome: true,
            languages: BTreeSet::from([language("fr"), language("ar")]),
            accommodations: BTreeSet::from([Accommodation::SignLanguage]),
        },
        language: language("fr"),
        must_change_password: true,
        letter_keys: false,
        active: true,
    }
}

pub fn device(centre: &Centre, name: &str) -> Device {
    Device {
        id: id(),
        centre: centre.id,
        kind: DeviceKind::Display,
        name: name.into(),
        arrow: Arrow::Behind,
        printer: None,
        connection: Connection::None,
        paper: Paper::Wide,
        active: true,
    }
}

/// An entry with one ticket that was taken.
pub fn taken(sequence: u64, letter_of: char) -> Entry {
    let ticket: TicketId = id();
    let secret: Uuid = id::<PlaceId>().0;
    let event = Event::TicketTaken {
        ticket,
        number: Number { letter: letter(letter_of), counter: u16::try_from(sequence % 10_000).unwrap() },
        token: FollowToken::from(secret.into_bytes()),
        request: request(),
        device: Some(id::<DeviceId>()),
        slip: None,
        rank: Rank { at: 1_772_000_000_123_456, taken: 3 },
    };
    entry(sequence, vec![event, Event::DayResumed])
}

pub fn entry(sequence: u64, events: Vec<Event>) -> Entry {
    let seconds = i64::try_from(sequence).unwrap();
    Entry {
        sequence,
        at: at(seconds),
        key: format!("key-{}", id::<DeskId>()),
        fingerprint: u64::MAX - sequence,
        events,
    }
}

fn request() -> Request {
    Request {
        need: Some(id::<NeedId>()),
        language: language("fr"),
        talk: TalkLanguage::Speaks(language("prs")),
        party: 2.try_into().unwrap(),
        for_whom: domain::day::ForWhom::MyChild,
        channel: domain::day::Channel::Here,
        accommodations: BTreeSet::from([Accommodation::Quiet]),
        notebook: domain::catalogue::Notebook::default(),
    }
}

/// Somebody and something that nothing knows of.
pub fn nobody() -> (StaffId, OrganisationId) {
    (id(), id())
}
