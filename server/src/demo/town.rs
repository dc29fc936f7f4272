//! Who comes in such a town: what is asked, in which languages, by how many, each with its weight. Invented, after what
//! centres publish: most look for work or a training, most speak French, most come alone.

use domain::{centre::Accommodation, day::ForWhom};

/// Codes of the demo's needs; none of them is the welcome.
pub(super) const QUESTIONS: [(&str, u32); 27] = [
    ("welcome", 5),
    ("cv", 14),
    ("offers", 12),
    ("interview", 6),
    ("first-job", 7),
    ("newcomer", 6),
    ("long-break", 3),
    ("health-work", 4),
    ("abroad", 1),
    ("which-training", 9),
    ("funding", 8),
    ("work-study", 4),
    ("experience", 3),
    ("foreign-diploma", 4),
    ("basic-skills", 4),
    ("occupations", 7),
    ("this-occupation", 3),
    ("after-school", 4),
    ("left-school", 3),
    ("change", 7),
    ("progress", 2),
    ("work-harms", 2),
    ("losing-job", 4),
    ("idea", 3),
    ("legal-form", 2),
    ("start-money", 2),
    ("keep-rights", 2),
];

/// Language of the screen and language of the talk.
pub(super) const LANGUAGES: [((&str, &str), u32); 16] = [
    (("fr", "fr"), 74),
    (("en", "en"), 4),
    (("ar", "ar"), 7),
    (("fr", "ar"), 2),
    (("fr", "pt"), 2),
    (("en", "es"), 1),
    (("en", "uk"), 2),
    (("fr", "tr"), 1),
    (("fr", "ro"), 1),
    (("en", "prs"), 2),
    (("en", "ps"), 1),
    (("en", "ti"), 2),
    (("ar", "so"), 1),
    (("en", "bn"), 1),
    (("fr", "zh"), 1),
    (("en", "ta"), 1),
];

/// People who come together.
pub(super) const PARTIES: [(u8, u32); 5] = [(1, 80), (2, 13), (3, 4), (4, 2), (9, 1)];

/// For whom.
pub(super) const FOR_WHOM: [(ForWhom, u32); 3] = [(ForWhom::Me, 88), (ForWhom::MyChild, 8), (ForWhom::SomeoneIHelp, 4)];

/// What the place or the counsellor must offer.
pub(super) const ACCOMMODATIONS: [(Option<Accommodation>, u32); 5] = [
    (None, 92),
    (Some(Accommodation::Wheelchair), 3),
    (Some(Accommodation::HearingLoop), 2),
    (Some(Accommodation::Quiet), 2),
    (Some(Accommodation::SignLanguage), 1),
];
