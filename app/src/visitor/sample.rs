//! A small centre for the tests of pages.

#![allow(clippy::unwrap_used)]

use domain::{
    CentreId, DeskId, Instant, NeedId, PlaceId, SpaceId, Text,
    centre::{Centre, Desk, Letter, Need, OpeningHours, Place, Policies, Space, is_word},
    day::Channel,
    view::{Board, CallLine, DayState, FollowState, FollowView, SpaceLine},
};
use uuid::Uuid;

fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

/// A morning in March, 11:42 in Paris.
pub(crate) fn now() -> Instant {
    Instant::from_timestamp(1_772_448_120, 0).unwrap()
}

pub(crate) fn centre() -> Centre {
    let spaces = [
        ('A', "Je ne sais pas encore quoi faire", "I don’t know what to do yet", "لا أعرف بعد ماذا أريد أن أعمل"),
        ('B', "Je veux me former ou apprendre", "I want to train or learn", "أريد أن أتعلم أو أتدرب"),
        ('C', "Je cherche du travail", "I’m looking for work", "أبحث عن عمل"),
        ('D', "Je veux changer de travail", "I want to change my work", "أريد تغيير عملي"),
        ('E', "Je veux créer mon activité", "I want to start my own business", "أريد إنشاء مشروعي الخاص"),
    ];
    let spaces = (1_u8..).zip(spaces).map(|(sign, (letter, fr, en, ar))| Space {
        id: id::<SpaceId>(sign.into()),
        letter: Letter::try_from(letter).unwrap(),
        sign,
        name: Text::from([("fr", "Espace")]),
        question: Text::from([("fr", fr), ("en", en), ("ar", ar)]),
        hint: Text::default(),
        directions: Text::from([
            ("fr", "Asseyez-vous près du triangle rouge, au fond à droite."),
            ("en", "Have a seat near the red triangle, at the back on the right."),
            ("ar", "يمكن الجلوس قرب المثلث الأحمر، في آخر القاعة."),
        ]),
    });
    Centre {
        id: id::<CentreId>(100),
        slug: "valmont".into(),
        network: None,
        name: Text::from([("fr", "Cité des métiers de Valmont"), ("ar", "مدينة المهن في فالمون")]),
        time_zone: "Europe/Paris".into(),
        languages: ["fr", "en", "ar"].map(|l| l.parse().unwrap()).into(),
        talk_languages: Vec::new(),
        hours: OpeningHours::default(),
        policies: Policies::default(),
        spaces: spaces.collect(),
        needs: vec![Need {
            id: id::<NeedId>(7),
            code: "cv".into(),
            space: id(3),
            question: Text::from([
                ("fr", "Pouvez-vous m’aider pour mon CV ?"),
                ("en", "Can you help me with my CV?"),
                ("ar", "هل يمكنكم مساعدتي في سيرتي الذاتية؟"),
            ]),
            label: Text::default(),
            helps_with: std::collections::BTreeSet::new(),
        }],
        organisations: Vec::new(),
        desks: vec![Desk {
            id: id::<DeskId>(9),
            name: "4".into(),
            space: Some(id(3)),
            places: vec![Place {
                id: id::<PlaceId>(10),
                name: String::new(),
                accommodations: std::collections::BTreeSet::new(),
            }],
        }],
        safeguarding: Vec::new(),
        shelves: Vec::new(),
    }
}

pub(crate) fn follow(state: FollowState) -> FollowView {
    FollowView {
        number: "C042".parse().unwrap(),
        sign: 3,
        language: "fr".parse().unwrap(),
        need: Some(id(7)),
        channel: Channel::Here,
        taken: now(),
        state,
        nobody_able: false,
        outlook: None,
        day: DayState::Open,
        told_break: None,
        message: None,
    }
}

pub(crate) fn call(number: &str, sign: u8, desk: &str, seconds_ago: i64) -> CallLine {
    let at = now() - chrono::Duration::seconds(seconds_ago);
    CallLine { number: number.parse().unwrap(), sign, desk: desk.into(), word: is_word(desk), at }
}

pub(crate) fn board(calls: Vec<CallLine>) -> Board {
    let line = |s: &Space| SpaceLine {
        id: s.id,
        letter: s.letter,
        sign: s.sign,
        waiting: u32::from(s.sign) * 2,
        ahead: u32::from(s.sign) * 2,
        on_duty: s.sign != 5,
        closed: None,
    };
    Board {
        centre: "valmont".into(),
        version: 12,
        at: now(),
        state: DayState::Open,
        closes: None,
        told_break: None,
        calls,
        spaces: centre().spaces.iter().map(line).collect(),
        needs: Vec::new(),
        welcome_waiting: 0,
        welcome_ahead: 0,
        welcome_on_duty: true,
        message: None,
    }
}
