//! What an entry is, and what is said of it by words from fixed lists: people choose by them, whatever their language.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is written is not in the list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{word}” is none of: {list}")]
pub struct NotInList {
    /// What is written.
    pub word: String,
    /// What could be.
    pub list: String,
}

/// The codes of a list of variants, read and written.
macro_rules! coded {
    ($name:ident: $($variant:ident = $code:literal),+ $(,)?) => {
        impl $name {
            /// Every one, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The name in files, addresses and the database.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
        impl FromStr for $name {
            type Err = NotInList;
            fn from_str(code: &str) -> Result<Self, NotInList> {
                Self::ALL.iter().copied().find(|v| v.code() == code).ok_or_else(|| NotInList {
                    word: code.to_owned(),
                    list: Self::ALL.iter().map(|v| v.code()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What somebody does for a living.
    Occupation,
    /// Occupations that are alike.
    Group,
    /// Something that one can or knows.
    Skill,
    /// A way to learn.
    Training,
    /// A part of the economy.
    Sector,
    /// Something that people like to do, with the occupations that serve it.
    Theme,
    /// Something on a shelf.
    Document,
    /// A site on the web.
    Link,
    /// A job that somebody offers, until a date.
    Offer,
    /// What an organisation does for visitors.
    Service,
    /// Something to take part in.
    Workshop,
}
coded!(Kind: Occupation = "occupation", Group = "group", Skill = "skill", Training = "training", Sector = "sector", Theme = "theme", Document = "document", Link = "link", Offer = "offer", Service = "service", Workshop = "workshop");

/// A sector of the starter list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sector {
    /// Land, animals, forests, fishing.
    Agriculture,
    /// Making food.
    Food,
    /// Hotels, restaurants, tourism.
    Hotel,
    /// Building and public works.
    Building,
    /// Making things in a factory.
    Industry,
    /// Repairing machines and vehicles.
    Maintenance,
    /// Moving people and goods.
    Transport,
    /// Selling.
    Trade,
    /// Offices, money, insurance.
    Office,
    /// Computers and networks.
    Digital,
    /// Curing.
    Health,
    /// Looking after people.
    Care,
    /// Teaching and guiding.
    Education,
    /// Protecting.
    Security,
    /// Art and stage.
    Arts,
    /// Media, languages, events.
    Communication,
    /// Law and justice.
    Law,
    /// Research and laboratories.
    Science,
    /// Cleaning, recycling, energy.
    Environment,
    /// Sport.
    Sport,
    /// Hair and beauty.
    Beauty,
    /// Making things by hand.
    Crafts,
}
coded!(Sector: Agriculture = "agriculture", Food = "food", Hotel = "hotel", Building = "building", Industry = "industry", Maintenance = "maintenance", Transport = "transport", Trade = "trade", Office = "office", Digital = "digital", Health = "health", Care = "care", Education = "education", Security = "security", Arts = "arts", Communication = "communication", Law = "law", Science = "science", Environment = "environment", Sport = "sport", Beauty = "beauty", Crafts = "crafts");

/// What is asked to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// No diploma is asked.
    None,
    /// Some weeks or months of training.
    Short,
    /// A vocational diploma up to the bac (EQF 3 and 4).
    Vocational,
    /// Two or three years of study after the bac (EQF 5 and 6).
    Degree2,
    /// Five years of study and more (EQF 7 and 8).
    Degree5,
}
coded!(Level: None = "none", Short = "short", Vocational = "vocational", Degree2 = "degree2", Degree5 = "degree5");

/// With whom or what one mostly works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Company {
    /// People.
    People,
    /// Things: tools, machines, plants, animals.
    Things,
    /// Ideas.
    Ideas,
    /// Figures and facts.
    Data,
}
coded!(Company: People = "people", Things = "things", Ideas = "ideas", Data = "data");

/// Where one works, as a picture shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Workplace {
    /// An office.
    Office,
    /// A workshop.
    Workshop,
    /// A building site.
    Site,
    /// A shop.
    Shop,
    /// A kitchen.
    Kitchen,
    /// A hospital or practice.
    Hospital,
    /// A school or nursery.
    School,
    /// Outside, in nature or in fields.
    Nature,
    /// On the road, on rails, in the air.
    Road,
    /// At people's homes.
    Home,
    /// A stage or studio.
    Stage,
    /// A laboratory.
    Lab,
    /// On the water.
    Water,
    /// A factory or warehouse.
    Factory,
}
coded!(Workplace: Office = "office", Workshop = "workshop", Site = "site", Shop = "shop", Kitchen = "kitchen", Hospital = "hospital", School = "school", Nature = "nature", Road = "road", Home = "home", Stage = "stage", Lab = "lab", Water = "water", Factory = "factory");

/// What is true of a work: some like it, others would rather not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// With children.
    Children,
    /// With old people.
    Elderly,
    /// With animals.
    Animals,
    /// With plants.
    Plants,
    /// Food and cooking.
    Cooking,
    /// Counting.
    Numbers,
    /// Writing.
    Writing,
    /// Drawing, shapes, colours.
    Drawing,
    /// Work with one's hands.
    Hands,
    /// Machines.
    Machines,
    /// Computers.
    Computer,
    /// Selling and convincing.
    Selling,
    /// Helping people.
    Helping,
    /// Explaining and teaching.
    Explaining,
    /// Organising.
    Organising,
    /// Driving.
    Driving,
    /// Always in a team.
    Team,
    /// Mostly alone.
    Alone,
    /// On one's feet all day.
    Standing,
    /// Lifting and carrying.
    Heavy,
    /// Noise.
    Noise,
    /// High up.
    Heights,
    /// Cold.
    Cold,
    /// Dirt.
    Dirt,
    /// At night.
    Night,
    /// At weekends.
    Weekend,
    /// Outside in every weather.
    Outdoors,
    /// Away from home.
    Travel,
    /// All day at a screen.
    Screen,
    /// Strict rules.
    Rules,
    /// Emergencies and distress.
    Crisis,
    /// Blood, illness, bodies.
    Blood,
    /// A uniform.
    Uniform,
    /// By seasons.
    Seasonal,
    /// Quiet.
    Calm,
    /// Several languages.
    Languages,
}
coded!(Feature: Children = "children", Elderly = "elderly", Animals = "animals", Plants = "plants", Cooking = "cooking", Numbers = "numbers", Writing = "writing", Drawing = "drawing", Hands = "hands", Machines = "machines", Computer = "computer", Selling = "selling", Helping = "helping", Explaining = "explaining", Organising = "organising", Driving = "driving", Team = "team", Alone = "alone", Standing = "standing", Heavy = "heavy", Noise = "noise", Heights = "heights", Cold = "cold", Dirt = "dirt", Night = "night", Weekend = "weekend", Outdoors = "outdoors", Travel = "travel", Screen = "screen", Rules = "rules", Crisis = "crisis", Blood = "blood", Uniform = "uniform", Seasonal = "seasonal", Calm = "calm", Languages = "languages");

/// What else is said of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What it is, as the source defines it.
    Definition,
    /// What a day is like.
    Day,
    /// What one needs.
    Skills,
    /// How one gets there.
    WaysIn,
    /// Where one works, or where it leads to.
    LeadsTo,
}
coded!(Section: Definition = "definition", Day = "day", Skills = "skills", WaysIn = "ways_in", LeadsTo = "leads_to");

/// What may be done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lending {
    /// To read here.
    Consult,
    /// To take home for a while.
    Lend,
    /// To keep.
    Take,
}
coded!(Lending: Consult = "consult", Lend = "lend", Take = "take");

/// What one entry has to do with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Belongs to this larger group.
    Broader,
    /// Somebody who does this can come to do that (ROME's mobility).
    Mobility,
    /// Is close to it.
    Related,
    /// Asks for this skill.
    Skill,
    /// Interests that it serves.
    Theme,
    /// Trainings that lead to it.
    Training,
    /// The same thing in another source.
    Same,
}
coded!(Relation: Broader = "broader", Mobility = "mobility", Related = "related", Skill = "skill", Theme = "theme", Training = "training", Same = "same");
